"""The page in a real browser: what a reader clicks, types and sees."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from variorum.compare.differences import CAVEAT
from variorum.model.annotation import Annotations
from variorum.model.article import Article, Failure, Segment
from variorum.model.edition import Edition
from variorum.model.span import Span
from variorum.present.index import EditionIndex
from variorum.present.page import render_page

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome")
                 if (path := shutil.which(name))), None)  # fmt: skip
CHROMIUM_ARGS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
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
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
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
    text = "<script>alert(1)</script> & <b onclick='x'>“Orla”</b>\r\n\x00\u202edone \U0001f6a2"
    article = Article(
        id="a-1",
        outlet="\u2067<img src=x onerror=alert(2)>",
        text=text,
        version="v",
        title='"><script>alert(3)</script>',
        url="javascript:alert(4)",
        segments=(Segment(span=Span(0, len(text)), kind="body", reason='"onload="alert(5)'),),
    )
    html = render_page(
        EditionIndex(Edition(articles=(article,), annotations=(Annotations(article_id="a-1"),)))
    )
    body = html[html.index("<body>") :]
    assert "<script" not in body
    assert "<img" not in body
    assert 'href="javascript:' not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in body
    assert "&#13;" in body
    assert "\ufffd\ufffddone" in body
    assert not {*"\x00\u202e\u2067"} & set(body)


def test_empty_edition() -> None:
    """An edition of nothing is a page that says so."""
    assert "Nothing was read." in render_page(EditionIndex(Edition()))


def test_failures_are_told() -> None:
    """What could not be read stands on the page with its reason."""
    failure = Failure(input="news.csv, row 7", stage="ingest", reason="it holds <no> text")
    html = render_page(EditionIndex(Edition(failures=(failure,))))
    assert "<b>news.csv, row 7</b>: it holds &lt;no&gt; text" in html
    assert "1 input not read" in html


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
          for (const link of document.querySelectorAll(
              ".brief a, .timeline a, .links td a:not([data-search]), .copies a.words, .alike a")) {
            link.click();
            const marked = [...document.querySelectorAll("#reader mark.here")]
              .map((mark) => mark.textContent).join("");
            if (flat(marked) !== flat(link.textContent)) wrong.push([link.textContent, marked]);
          }
          for (const link of document.querySelectorAll(".reading a")) {
            link.click();
            const marked = flat([...document.querySelectorAll("#reader mark.here")]
              .map((mark) => mark.textContent).join(""));
            const runs = [...link.querySelectorAll(":scope > span:not(.cut)")]
              .map((run) => flat(run.textContent));
            const fits = marked.startsWith(runs[0]) && marked.endsWith(runs.at(-1))
              && runs.every((run) => marked.includes(run));
            if (!fits) wrong.push([link.textContent, marked]);
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
    opener = page.evaluate("document.activeElement.querySelector('.reading a').hash")  # type: ignore[attr-defined]
    keyboard.press("Enter")
    assert page.locator("#reader").is_visible()  # type: ignore[attr-defined]
    keyboard.press("Escape")
    assert not page.locator("#reader").is_visible()  # type: ignore[attr-defined]
    assert page.evaluate("document.activeElement.hash") == opener  # type: ignore[attr-defined]
    story = "document.activeElement.closest('.story').id"
    first = page.evaluate(story)  # type: ignore[attr-defined]
    keyboard.press("n")
    assert page.evaluate(story) != first  # type: ignore[attr-defined]
    keyboard.press("p")
    assert page.evaluate(story) == first  # type: ignore[attr-defined]


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
def test_keys_can_be_switched_off(page: object) -> None:
    """Whoever speaks to the computer can switch single keys off (WCAG 2.1.4)."""
    page.locator("#keys").uncheck()  # type: ignore[attr-defined]
    page.evaluate("document.activeElement.blur()")  # type: ignore[attr-defined]
    page.keyboard.press("/")  # type: ignore[attr-defined]
    assert page.evaluate("document.activeElement.id") != "find"  # type: ignore[attr-defined]


@needs_browser
@pytest.mark.browser
def test_reading_is_cited_where_it_stands(page: object) -> None:
    """A reading is copied as a citation without its article being opened."""
    reading = page.locator(".reading", has_text="The crew ignored a warning").first  # type: ignore[attr-defined]
    reading.hover()
    reading.locator("button.cite").click()
    page.wait_for_selector(".cite[data-cited]")  # type: ignore[attr-defined]
    cited = reading.locator("button.cite").get_attribute("data-cited")
    assert cited.startswith("“The crew ignored a warning” — Daily Lantern, ")
    assert page.locator("#said").inner_text() == f"Copied: {cited}"  # type: ignore[attr-defined]
    assert not page.locator("#reader").is_visible()  # type: ignore[attr-defined]


@needs_browser
@pytest.mark.browser
def test_lone_statement_is_sought_elsewhere(page: object) -> None:
    """What one outlet tells is searched in every other article of the story, with its hits."""
    page.locator("details.lone summary").first.click()  # type: ignore[attr-defined]
    button = page.locator("button.elsewhere:visible").first  # type: ignore[attr-defined]
    button.click()
    links = button.locator("xpath=following-sibling::*//a")
    n_articles = page.locator(".story").first.locator(".headlines li").count()  # type: ignore[attr-defined]
    assert links.count() == n_articles - 1
    links.first.click()
    assert page.locator("#words").input_value() == button.get_attribute("data-search")  # type: ignore[attr-defined]
    hits = links.first.inner_text().rpartition(": ")[2]
    assert page.locator("#hits").inner_text().removesuffix("s").removesuffix(" place") == hits  # type: ignore[attr-defined]


@needs_browser
@pytest.mark.browser
def test_back_returns_to_the_table(page: object) -> None:
    """The browser's own way back closes the article."""
    page.locator(".reading a:visible").first.click()  # type: ignore[attr-defined]
    assert page.locator("#reader").is_visible()  # type: ignore[attr-defined]
    page.go_back()  # type: ignore[attr-defined]
    assert not page.locator("#reader").is_visible()  # type: ignore[attr-defined]
    page.go_forward()  # type: ignore[attr-defined]
    assert page.locator("#reader").is_visible()  # type: ignore[attr-defined]


@needs_browser
@pytest.mark.browser
def test_article_over_the_page(browser: object, file: str) -> None:
    """Where an article covers the page, what lies below can't be reached; a click there closes."""
    page = browser.new_page(viewport={"width": 1024, "height": 800})  # type: ignore[attr-defined]
    page.goto(file)
    page.locator(".reading a:visible").first.click()
    assert page.evaluate("document.querySelector('.frame').inert")
    page.mouse.click(40, 500)
    assert not page.locator("#reader").is_visible()
    assert not page.evaluate("document.querySelector('.frame').inert")
    page.close()


@needs_browser
@pytest.mark.browser
def test_outlets_stay_in_sight(page: object) -> None:
    """However far a table is scrolled, down or sideways, its columns keep their heads."""
    page.locator(".statements .statement").nth(5).scroll_into_view_if_needed()  # type: ignore[attr-defined]
    page.locator(".wide").first.evaluate("wide => { wide.scrollLeft = 150; }")  # type: ignore[attr-defined]
    page.wait_for_timeout(100)  # type: ignore[attr-defined]
    lefts = """pair => ["thead", ".heads thead"].map(
        (rows) => pair.querySelector(`${rows} th:last-child`).getBoundingClientRect().left)"""
    left, twin = page.locator(".pair").first.evaluate(lefts)  # type: ignore[attr-defined]
    assert left == pytest.approx(twin, abs=1)
    assert page.locator(".heads th").nth(1).is_visible()  # type: ignore[attr-defined]
    top = page.locator(".heads").first.bounding_box()["y"]  # type: ignore[attr-defined]
    assert 0 <= top <= 100


@needs_browser
@pytest.mark.browser
def test_doubt_is_said_once_and_marked_everywhere(page: object, index: EditionIndex) -> None:
    """Each difference between translations bears the sign; the sentence stands once a story."""
    signs = page.locator(".differences .dagger").count()  # type: ignore[attr-defined]
    notes = page.locator(".footnote", has_text=CAVEAT)  # type: ignore[attr-defined]
    doubtful = [
        account
        for account in index.edition.accounts
        if any(d.caveat for s in account.statements for d in s.differences)
    ]
    assert signs > 0
    assert notes.count() == len(doubtful) > 0
    assert page.locator(".differences", has_text=CAVEAT).count() == 0  # type: ignore[attr-defined]


CONTRAST = """() => {
  const parse = (css) => css.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest(".unseen, .skip")) continue;
    const tones = [parse(getComputedStyle(element).color), ground(element)].map(light);
    const ratio = (Math.max(...tones) + .05) / (Math.min(...tones) + .05);
    if (ratio < 4.5) faint.set(`${element.tagName}.${element.className}`, ratio);
  }
  return [...faint];
}"""


@needs_browser
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_is_legible(browser: object, file: str, scheme: str) -> None:
    """All text has the contrast that WCAG 2.2 AA asks of small text: 4.5 to 1."""
    page = browser.new_page(color_scheme=scheme)  # type: ignore[attr-defined]
    page.goto(file)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate(CONTRAST) == []
    page.locator(".reading a").first.click()
    page.locator("#words").fill("the")
    assert page.evaluate(CONTRAST) == []
    page.close()


@needs_browser
@pytest.mark.browser
def test_structure(page: object) -> None:
    """One heading of the first level, none skipped; ids are unique; every control has a name."""
    levels = page.evaluate(  # type: ignore[attr-defined]
        "[...document.querySelectorAll('h1, h2, h3, h4')].map(h => Number(h.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(next_ <= level + 1 for level, next_ in pairwise(levels))
    repeated = page.evaluate(  # type: ignore[attr-defined]
        """() => {
          const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
          return ids.filter((id, n) => ids.indexOf(id) !== n);
        }"""
    )
    assert repeated == []
    nameless = page.evaluate(  # type: ignore[attr-defined]
        """() => [...document.querySelectorAll("a[href], button, input, summary")]
          .filter((e) => ![e.textContent, e.ariaLabel, e.labels?.[0]?.textContent]
            .some((name) => name?.trim()))
          .map((e) => e.outerHTML)"""
    )
    assert nameless == []
    dead = page.evaluate(  # type: ignore[attr-defined]
        """() => [...document.querySelectorAll("a[href^='#']")].map((a) => a.hash.slice(1))
          .filter((id) => !document.getElementById(id))"""
    )
    assert dead == []


@needs_browser
@pytest.mark.browser
def test_print(browser: object, file: str) -> None:
    """On paper everything is dark on white, unfolded, and no wider than the sheet."""
    page = browser.new_page(color_scheme="dark", viewport={"width": 700, "height": 1000})  # type: ignore[attr-defined]
    page.goto(file)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    assert page.locator(".lone .reading").first.is_visible()
    assert not page.locator(".top").is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('h2')).color") == "rgb(29, 27, 24)"
    )
    page.close()


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
