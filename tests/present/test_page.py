"""The page in a real browser: what a reader clicks, types and sees."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from variorum.model.annotation import Annotations
from variorum.model.article import Article, Segment
from variorum.model.edition import Edition
from variorum.model.span import Span
from variorum.present.index import EditionIndex
from variorum.present.page import render_page

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome")
                 if (path := shutil.which(name))), None)  # fmt: skip
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def html(index: EditionIndex) -> str:
    return render_page(index)


@pytest.fixture(scope="module")
def file(html: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "edition.html"
    path.write_text(html, encoding="utf-8", newline="\n")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: object, file: str) -> Iterator[object]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})  # type: ignore[attr-defined]
    page = context.new_page()
    problems: list[str] = []
    requests: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file)
    yield page
    assert problems == []
    assert {url.partition("#")[0] for url in requests} == {file}
    context.close()


def test_no_network(html: str) -> None:
    """The page asks nobody for anything: no script, style, picture or font from elsewhere."""
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", html)
    assert "default-src 'none'" in unescape(html)
    assert "url(" not in html


def test_same_bytes(index: EditionIndex, html: str) -> None:
    """The same edition is the same page."""
    assert render_page(index) == html


def test_words_of_strangers() -> None:
    """Tags, scripts and addresses in an article are shown and never run."""
    text = "<script>alert(1)</script> & <b onclick='x'>“Orla”</b>\r\n\x00done \U0001f6a2"
    article = Article(
        id="a-1",
        outlet="<img src=x onerror=alert(2)>",
        text=text,
        version="v",
        title='"><script>alert(3)</script>',
        url="javascript:alert(4)",
        segments=(Segment(span=Span(0, len(text)), kind="body", reason='"onload="alert(5)'),),
    )
    html = render_page(
        EditionIndex(Edition(articles=(article,), annotations=(Annotations(article_id="a-1"),)))
    )
    body = html[html.index("</style>") : html.rindex("<script>")]
    assert "<script" not in body
    assert "<img" not in body
    assert 'href="javascript:' not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in body
    assert "&#13;" in body
    assert "\x00" not in body


def test_empty_edition() -> None:
    """An edition of nothing is a page that says so."""
    assert "Nothing was read." in render_page(EditionIndex(Edition()))


@needs_browser
@pytest.mark.browser
def test_reading_leads_to_its_words(page: object) -> None:
    """A click on a reading opens its article at the very words, and the address can be kept."""
    page.locator(".reading a", has_text="The crew ignored a warning").first.click()  # type: ignore[attr-defined]
    marked = page.locator("#reader mark.here")  # type: ignore[attr-defined]
    assert "".join(marked.all_inner_texts()).startswith("The crew ignored a warning")
    assert marked.first.is_visible()
    address = page.url  # type: ignore[attr-defined]
    assert re.search(r"#a-\w+:\d+-\d+$", address)
    page.goto("about:blank")  # type: ignore[attr-defined]
    page.goto(address)  # type: ignore[attr-defined]
    assert marked.first.is_visible()


@needs_browser
@pytest.mark.browser
def test_every_reading_is_marked_exactly(page: object, index: EditionIndex) -> None:
    """What is marked in the article is the reading's words, for every reading of the page."""
    wrong = page.evaluate(  # type: ignore[attr-defined]
        """() => {
          const flat = (text) => text.replace(/\\s+/g, "");
          const wrong = [];
          for (const link of document.querySelectorAll(".brief a, .timeline a, .links td a")) {
            link.click();
            const marked = [...document.querySelectorAll("#reader mark.here")]
              .map((mark) => mark.textContent).join("");
            if (flat(marked) !== flat(link.textContent)) wrong.push([link.textContent, marked]);
          }
          return wrong;
        }"""
    )
    assert wrong == []


@needs_browser
@pytest.mark.browser
def test_not_found_searches_the_article(page: object) -> None:
    """“Not found” opens the outlet's article with a search that the reader can change."""
    cell = page.locator("td.missing a:visible").first  # type: ignore[attr-defined]
    cell.click()
    assert page.locator("#words").input_value()  # type: ignore[attr-defined]
    assert page.locator("#reader article.shown").count() == 1  # type: ignore[attr-defined]
    page.locator("#words").fill("the")  # type: ignore[attr-defined]
    assert page.locator("#reader mark.hit").count() > 0  # type: ignore[attr-defined]
    page.locator("#words").fill("zzzz")  # type: ignore[attr-defined]
    assert page.locator("#hits").inner_text() == "nothing"  # type: ignore[attr-defined]


@needs_browser
@pytest.mark.browser
def test_difference_shows_where(page: object) -> None:
    """A click on a difference leaves only its own words marked, on both sides."""
    row = page.locator(".statement", has_text="The crew ignored a warning").first  # type: ignore[attr-defined]
    button = row.locator("button.meaning", has_text="may have").first
    button.click()
    assert [text.strip() for text in row.locator("mark.picked").all_inner_texts()] == ["may have"]
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert row.locator("mark.picked").count() == 0


@needs_browser
@pytest.mark.browser
def test_keyboard(page: object) -> None:
    """All of it works without a mouse: find, step, open, close, and back to where one was."""
    keyboard = page.keyboard  # type: ignore[attr-defined]
    keyboard.press("/")
    keyboard.type("sardines")
    visible = page.locator(".statement:visible")  # type: ignore[attr-defined]
    assert visible.count() == 1
    keyboard.press("Control+A")
    keyboard.press("Delete")
    page.evaluate("document.activeElement.blur()")  # type: ignore[attr-defined]
    keyboard.press("j")
    keyboard.press("Tab")
    opener = page.evaluate("document.activeElement.getAttribute('href')")  # type: ignore[attr-defined]
    keyboard.press("Enter")
    assert page.locator("#reader").is_visible()  # type: ignore[attr-defined]
    keyboard.press("Escape")
    assert not page.locator("#reader").is_visible()  # type: ignore[attr-defined]
    assert page.evaluate("document.activeElement.getAttribute('href')") == opener  # type: ignore[attr-defined]


@needs_browser
@pytest.mark.browser
def test_citation_is_copied(page: object) -> None:
    """The marked words are copied with outlet, title, date and address."""
    page.locator(".reading a", has_text="The crew ignored a warning").first.click()  # type: ignore[attr-defined]
    page.locator("#cite").click()  # type: ignore[attr-defined]
    page.wait_for_selector("#cite[data-cited]")  # type: ignore[attr-defined]
    cited = page.locator("#cite").get_attribute("data-cited")  # type: ignore[attr-defined]
    assert cited.startswith("“The crew ignored a warning” — Daily Lantern, ")
    assert "https://lantern.example/news/ship-of-shame" in cited


@needs_browser
@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024), (1400, 900)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_the_screen(browser: object, file: str, width: int, height: int, scheme: str) -> None:
    """On a phone, a tablet and a desk the page is no wider than the screen."""
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": width, "height": height}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(file)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 20)"
    assert dark == (scheme == "dark")
    context.close()


@needs_browser
@pytest.mark.browser
def test_without_script(browser: object, file: str) -> None:
    """With scripts switched off the articles stand below and links still lead to their words."""
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(file)
    assert page.locator("#reader article").first.is_visible()
    target = page.locator(".reading a").first.get_attribute("href").removeprefix("#")
    assert page.locator(f'[id="{target}"]').count() == 1
    context.close()


@needs_browser
@pytest.mark.browser
def test_characters_beyond_the_first_plane(
    browser: object, tmp_path: Path, edition: Edition
) -> None:
    """Emoji before a reading do not shift what is marked: offsets count code points."""
    text = "\U0001f6a2\U0001f6a2 “We sank,” said Ann Lee.\r\nNext line."
    start = text.index("We sank")
    article = replace(
        edition.articles[0],
        id="a-x",
        text=text,
        segments=(Segment(span=Span(0, len(text)), kind="body", reason="test"),),
    )
    path = tmp_path / "emoji.html"
    index = EditionIndex(Edition(articles=(article,), annotations=(Annotations(article_id="a-x"),)))
    path.write_text(render_page(index), encoding="utf-8", newline="\n")
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(f"{path.as_uri()}#a-x:{start}-{start + 7}")
    assert page.locator("mark.here").all_inner_texts() == ["We sank"]
    end = len(text)
    page.goto(f"{path.as_uri()}#a-x:{end - 5}-{end}")
    page.reload()
    assert page.locator("mark.here").all_inner_texts() == ["line."]
    page.close()
