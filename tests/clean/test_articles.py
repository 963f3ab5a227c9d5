from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.clean import clean_page
from variorum.errors import NoArticleError
from variorum.model.article import Page

TEXT = (
    "Ferry sinks off Karsa\n\n"
    "The ferry Orla sank off Karsa on Monday after it struck a reef in thick fog, and the harbour "
    "master said that all of its passengers had been brought ashore.\n"
)

HTML = """<!DOCTYPE html><html lang="en"><head>
<title>Ferry sinks off Karsa - The Karsa Courier</title>
<meta property="og:site_name" content="The Karsa Courier">
<meta property="og:title" content="Ferry sinks off Karsa">
<meta name="author" content="Mira Holt">
<link rel="canonical" href="https://courier.example/2031/ferry">
<meta property="article:published_time" content="2031-05-04T14:35:00+02:00"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Ferry sinks off Karsa</h1>
<figure><img src="x.jpg"><figcaption>The ferry Orla in Karsa in 2029. (Tom Reed/The Courier)
</figcaption></figure>
<p>KARSA (AFP) - The ferry Orla sank off Karsa on Monday after it struck a reef in thick fog, the
harbour master said.</p>
<p>All of its <a href="/x">passengers</a> were brought ashore, and two of them were taken to the
hospital of Vellan with broken bones. Divers found the wreck at a depth of 40 metres.</p>
<h2>Third accident</h2>
<p>It was the third accident of the kind in a year. "We will look into it," the minister said.</p>
</article><aside>Related: <a href="/y">Other news</a></aside>
<div class="comments"><p>First! I was on that boat and it was terrible.</p></div>
<footer>Copyright 2031 The Karsa Courier</footer></body></html>"""


def make_page(**changes: Any) -> Page:
    given = {"where": "one.txt", "path": "one.txt", "media": "text", "content": TEXT, **changes}
    return Page(**given)


def test_plain_text_is_the_article() -> None:
    """Character for character; the headline becomes the title."""
    article = clean_page(make_page())

    assert article.text == TEXT
    assert article.title == "Ferry sinks off Karsa"
    assert article.outlet == "unknown: one"
    assert article.language == "en"
    assert article.page is None


def test_html_is_extracted() -> None:
    """Headline, caption and paragraphs, with what the page says of itself; the page is kept."""
    article = clean_page(make_page(media="html", content=HTML))

    parts = [(part.kind, part.span.of(article.text)) for part in article.segments]
    assert parts[0] == ("headline", "Ferry sinks off Karsa")
    assert parts[1] == ("caption", "The ferry Orla in Karsa in 2029. (Tom Reed/The Courier)")
    assert parts[2] == ("dateline", "KARSA (AFP) -")
    assert "\n\n" in article.text
    assert "First!" not in article.text
    assert "Copyright" not in article.text
    assert article.page == HTML
    assert article.outlet == "The Karsa Courier"
    assert article.url == "https://courier.example/2031/ferry"
    assert article.published == "2031-05-04T14:35:00+02:00"
    assert article.author == "Mira Holt"


def test_page_without_article() -> None:
    """A page of links is told of, not guessed at."""
    page = make_page(media="html", content="<html><body><a href='/'>Home</a></body></html>")

    with pytest.raises(NoArticleError, match="no article"):
        clean_page(page)


def test_page_of_too_many_tags() -> None:
    """A page made to keep the reader busy is refused at once."""
    html = f"<html><body>{'<p>It sank off Karsa.</p>' * 100_000}</body></html>"

    with pytest.raises(NoArticleError, match="tags"):
        clean_page(make_page(media="html", content=html))


def test_text_of_nothing_but_clutter() -> None:
    """Share links alone are no article."""
    with pytest.raises(NoArticleError):
        clean_page(make_page(content="Share\nFacebook Twitter\nRead more\nAdvertisement\n"))


@pytest.mark.parametrize(
    ("given", "outlet"),
    [
        ({"outlet": "Courier", "url": "https://www.star.example/1"}, "Courier"),
        ({"url": "https://www.star.example/1", "default_outlet": "X"}, "star.example"),
        ({"url": "http://archive.example/web/2031/http://star.example:80/1"}, "star.example"),
        ({"default_outlet": "X"}, "X"),
        ({}, "unknown: one"),
        ({"path": "in/2030.10.12-courier.txt"}, "unknown: 2030.10.12-courier"),
        ({"path": "rows.jsonl.gz"}, "unknown: rows"),
        ({"path": None, "where": "standard input"}, "unknown: standard input"),
    ],
)
def test_outlet(given: dict[str, Any], outlet: str) -> None:
    """From the row or header, the address, the user's default, else not known."""
    assert clean_page(make_page(**given)).outlet == outlet


def test_dates_of_the_page_come_first() -> None:
    """The user's date is for pages that have none."""
    left = clean_page(make_page(published="4 May 2031", default_published="2030"))
    right = clean_page(make_page(default_published="2030"))

    assert (left.published, left.published_precision) == ("2031-05-04", "day")
    assert (right.published, right.published_precision) == ("2030", "year")


@pytest.mark.parametrize(
    "other",
    [
        {"outlet": "Star"},
        {"content": TEXT + "More."},
        {"path": "two.txt"},
        {"row": 2},
        {"input_id": "7"},
        {"url": "https://courier.example/2"},
    ],
)
def test_ids_tell_articles_apart(other: dict[str, Any]) -> None:
    """Two outlets with one wire text, two rows, two addresses are two articles."""
    base = {"outlet": "Courier", "row": 1}

    assert clean_page(make_page(**base)).id != clean_page(make_page(**(base | other))).id


def test_ids_do_not_depend_on_place_or_order() -> None:
    """With an address or an id of its own, neither file nor row counts."""
    given = {"outlet": "Courier", "input_id": "7"}

    left = clean_page(make_page(**given, path="a.jsonl", row=1))
    right = clean_page(make_page(**given, path="b.jsonl", row=9))

    assert left.id == right.id


@given(st.text(max_size=300))
def test_any_text_stays_as_it_is(noise: str) -> None:
    """Cleaning plain text changes no character of it."""
    content = f"{noise}\r\n{TEXT}"

    assert clean_page(make_page(content=content)).text == content


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        ("Паром затонул у берегов Карсы в понедельник утром, сообщили власти города. " * 3, "ru"),
        ("Die Fähre sank am Montag vor der Küste, teilte der Hafenmeister mit. " * 3, "de"),
        ("Le ferry a coulé lundi au large de la ville, a annoncé le capitaine du port. " * 3, "fr"),
        ("Ferry sinks", None),
    ],
)  # fmt: skip
def test_language(text: str, language: str | None) -> None:
    """Other languages are told, a few words are not judged."""
    assert clean_page(make_page(content=text)).language == language


def test_marks_of_machine_translation() -> None:
    """Halved titles and dashes after quotations add up; plain English has none."""
    clumsy = (
        "The head of the foreign Ministry of Vellan Iva Moss said on Monday that the ferry was in "
        "order. “The boat was not old”, – said Moss. It is noted that the security Council of the "
        "country will meet. “We will find the guilty” — added the Minister."
    )

    assert clean_page(make_page(content=clumsy)).translated > 0.8
    assert clean_page(make_page()).translated == 0.0
