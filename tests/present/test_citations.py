from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from records import articles, make_courier, make_lantern, texts

from variorum.model.article import Article
from variorum.present.citations import make_citation, make_citation_tail


def test_everything_known() -> None:
    """A citation has the words, the outlet, the title, the date and the address, in this order."""
    article, _ = make_courier()

    assert make_citation("Twelve people\nwere  killed", article) == (
        "“Twelve people were killed” — The Courier, “Ferry sinks”, 2031-05-04, "
        "https://courier.example/orla"
    )


def test_nothing_known() -> None:
    """What is not known leaves no gap and no empty quotation marks."""
    article, _ = make_lantern()

    assert make_citation("reckless", article) == "“reckless” — The Lantern"


@pytest.mark.parametrize(
    ("unknown", "expected"),
    [
        ({"title": None}, "The Courier, 2031-05-04, https://courier.example/orla"),
        ({"published": None}, "The Courier, “Ferry sinks”, https://courier.example/orla"),
        ({"url": None}, "The Courier, “Ferry sinks”, 2031-05-04, news/courier.txt"),
        ({"url": None, "path": None}, "The Courier, “Ferry sinks”, 2031-05-04"),
        ({"title": ""}, "The Courier, 2031-05-04, https://courier.example/orla"),
    ],
)
def test_something_unknown(unknown: dict[str, str | None], expected: str) -> None:
    """Each part is left out on its own; the file's name stands in for the address."""
    article, _ = make_courier()

    assert make_citation_tail(replace(article, **unknown)) == expected  # type: ignore[arg-type]


@given(texts, articles())
def test_words_are_on_one_line(words: str, article: Article) -> None:
    """Whatever white space is in the words, they come out as words between single spaces."""
    citation = make_citation(words, article)

    assert citation == f"“{' '.join(words.split())}” — {make_citation_tail(article)}"
    assert article.outlet in citation
