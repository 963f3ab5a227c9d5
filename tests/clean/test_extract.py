from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.clean import extract
from variorum.clean.extract import Extract, extract_article, find_host
from variorum.errors import NoArticleError

PARAGRAPHS = (
    "The ferry Orla sank off Karsa on Monday after it struck a reef in thick fog, the mayor said.",
    "All of its passengers were brought ashore by fishermen, and two were taken to the hospital.",
    "Divers found the wreck at a depth of thirty metres. “It lies on its side,” one of them said.",
)

TIME = "2031-05-04T14:35:00+02:00"


def make_html(
    *paragraphs: str, head: str = "", above: str = "<h1>Ferry sinks off Karsa</h1>", below: str = ""
) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><title>Ferry sinks off Karsa - The Courier</title>{head}"
        f"</head><body><article>{above}{body}{below}</article></body></html>"
    )


def extract_from(html: str) -> Extract:
    return extract_article(html, "one.html")


def make_meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def make_data(data: object) -> str:
    """Return what a page tells search engines."""
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_text() -> None:
    """The headline and the paragraphs, word for word, with an empty line between."""
    assert extract_from(make_html()).text == "\n\n".join(["Ferry sinks off Karsa", *PARAGRAPHS])


def test_white_space() -> None:
    """Line breaks of the page's source are no line breaks of the text; links are their words."""
    broken = PARAGRAPHS[0].replace(" sank", "\n    sank").replace("reef", '<a href="/r">reef</a>')

    assert PARAGRAPHS[0] in extract_from(make_html(broken, *PARAGRAPHS[1:])).text.split("\n\n")


def test_entities() -> None:
    """What the page writes as entities is read as the characters they stand for."""
    page = make_html(PARAGRAPHS[0].replace("thick fog", "fog &amp; ice &lt; 5&deg;"), *PARAGRAPHS)

    assert "in fog & ice < 5°, the mayor said." in extract_from(page).text


def test_furniture() -> None:
    """Menus, links to other articles, scripts and comments are no part of the text."""
    below = (
        "<script>var ferry = 'none';</script></article><aside>More ferry news</aside>"
        "<div class='comments'><p>I was on that boat and it was terrible, believe me.</p></div>"
        "<footer>About the Courier</footer>"
    )
    text = extract_from(make_html(above="<nav><a href='/'>Home</a></nav>", below=below)).text

    assert text.endswith(PARAGRAPHS[-1])
    assert not {"none", "More", "terrible", "About", "Home"} & set(text.split())


@pytest.mark.parametrize(
    ("above", "head", "title"),
    [
        ("<h1>Ferry sinks off Karsa</h1>", "", "Ferry sinks off Karsa"),
        ("<h1>Ferry sinks off Karsa in fog</h1>", make_meta("og:title", "Ferry sinks off Karsa"),
         "Ferry sinks off Karsa in fog"),
        ("", make_meta("og:title", "Ferry sinks off Karsa"), "Ferry sinks off Karsa"),
        ("<h1>Tide tables</h1>", make_meta("og:title", "Ferry sinks off Karsa"),
         "Ferry sinks off Karsa"),
    ],
)  # fmt: skip
def test_title(above: str, head: str, title: str) -> None:
    """The headline as the page prints it, else as it is told for sharing; the text begins so."""
    found = extract_from(make_html(above=above, head=head))

    assert found.title == title
    assert title in found.text.split("\n\n")[:2]


def test_title_stands_once() -> None:
    """A headline that the page prints above the text is not put there again."""
    text = extract_from(make_html()).text

    assert text.count("Ferry sinks off Karsa") == 1


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img src='x.jpg'><figcaption>{}</figcaption></figure>",
        "<figure class='media'><img src='x.jpg'><figcaption><p>{}</p></figcaption></figure>",
        "<figure><figure><img src='x.jpg'><figcaption> {}\n</figcaption></figure></figure>",
    ],
)
def test_captions(figure: str) -> None:
    """A caption stays where it stood, and is told to be one."""
    caption = "The Orla in the harbour of Karsa in 2029. (Mira Holt/The Courier)"
    page = make_html(above=f"<h1>Ferry sinks off Karsa</h1>{figure.format(caption)}")

    found = extract_from(page)

    assert found.captions == {caption}
    assert found.text.split("\n\n")[1:3] == [caption, PARAGRAPHS[0]]


def test_captions_elsewhere() -> None:
    """A caption that stands outside the article is none of the article's lines."""
    figure = "<figure><img src='x.jpg'><figcaption>A tram in Vellan</figcaption></figure>"
    page = make_html(below=f"</article><aside>{figure}</aside>")

    assert extract_from(page).captions == frozenset()


def test_endless_caption() -> None:
    """What is far too long for a caption is not taken for one."""
    figure = f"<figure><img src='x.jpg'><figcaption>{'reef ' * 130}</figcaption></figure>"

    assert extract_from(make_html(above=figure)).captions == frozenset()


@pytest.mark.parametrize(
    "head",
    [
        make_meta("article:published_time", TIME),
        f'<meta itemprop="datePublished" content="{TIME}">',
        f'<meta name="pubdate" content=" {TIME} ">',
        make_data({"datePublished": TIME}),
        make_data({"@graph": [1, {"article": {"datePublished": TIME}}]}),
        make_meta("article:published_time", "yesterday") + make_data({"datePublished": TIME}),
        '<script type="application/ld+json">{broken</script>'
        + make_data([{"datePublished": TIME}]),
    ],
)
def test_time_of_publication(head: str) -> None:
    """The time with its zone is read wherever pages keep it for search engines."""
    assert extract_from(make_html(head=head)).published == TIME


def test_deep_data() -> None:
    """Data for search engines are not followed for ever."""
    deep: object = {"datePublished": TIME}
    for _ in range(9):
        deep = [deep]
    endless = f'<script type="application/ld+json">{"[" * 100_000}</script>'

    assert extract_from(make_html(head=make_data(deep) + endless)).published != TIME


def test_what_the_page_says_of_itself() -> None:
    """Outlet, author and address are taken from the page; what it does not say stays open."""
    told = make_meta("og:site_name", "The Karsa  Courier") + (
        '<meta name="author" content="Mira Holt">'
        '<link rel="canonical" href="https://courier.example/2031/ferry">'
    )
    full, bare = extract_from(make_html(head=told)), extract_from(make_html())

    assert (full.outlet, full.author) == ("The Karsa Courier", "Mira Holt")
    assert full.url == "https://courier.example/2031/ferry"
    assert (bare.author, bare.url, bare.published) == (None, None, None)


@pytest.mark.parametrize(
    "page",
    [
        "",
        " \n",
        "<",
        "<html></html>",
        "ferry " * 60,
        "<html><body><a href='/'>Home</a></body></html>",
        make_html("It sank."),
        "<html><body>" + "<div>" * 2_000 + "It sank.",
    ],
)
def test_page_without_article(page: str) -> None:
    """A page that has no article is told of by its name, with what to do."""
    with pytest.raises(NoArticleError, match=r"^one\.html: .*; (save|give) ") as caught:
        extract_from(page)
    assert caught.value.where == "one.html"


def test_page_of_too_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that would take minutes is refused, and the message says why."""
    monkeypatch.setattr(extract, "MAX_TAGS", 20)
    assert extract_from(make_html())

    with pytest.raises(NoArticleError, match="more than 20 tags"):
        extract_from(make_html(below="<br>" * 20))


PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<h1>", "<figure>", "<figcaption>", "</figure>", "<article>", "</div>",
         "<!--", "-->", "<script>", "</script>", "<table><tr><td>", "&amp;", "&#0;", "<br/>",
         "<svg><p>", "<![CDATA[", "<a href='", "'>", *PARAGRAPHS]
    )
    | st.text(max_size=8),
    max_size=14,
).map("".join)  # fmt: skip


@given(PIECES)
@settings(max_examples=60, deadline=None)
def test_any_page(page: str) -> None:
    """Whatever the page, there is an article of clean lines in it or there is said to be none."""
    try:
        found = extract_from(f"<html><body>{page}<p>{PARAGRAPHS[0]}</p></body></html>")
    except NoArticleError:
        return

    lines = found.text.split("\n\n")
    assert all(line == " ".join(line.split()) != "" for line in lines)
    assert found.captions <= set(lines)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.courier.example/2031/ferry", "courier.example"),
        ("http://Courier.example:8080/", "courier.example"),
        ("https://news.courier.example", "news.courier.example"),
        ("http://archive.example/web/2031/http://star.example:80/1", "star.example"),
        ("http://archive.example/web/2031/https://www.star.example/?x=1", "star.example"),
        ("https://courier.example/1?from=https://star.example/2", "courier.example"),
        ("https://courier.example/1#https://star.example", "courier.example"),
        ("http://[::1/ferry", None),
        ("/2031/ferry", None),
        ("", None),
        (None, None),
    ],
)
def test_host(url: str | None, host: str | None) -> None:
    """The host without "www."; the outlet's own where an archive kept the page."""
    assert find_host(url) == host
