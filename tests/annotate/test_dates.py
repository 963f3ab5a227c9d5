from __future__ import annotations

from dataclasses import replace

import pytest
from told import make_article

from variorum.annotate.annotators import annotate_article
from variorum.annotate.language import load_language


def dates_of(text: str, published: str | None = "2031-06-04") -> list[tuple[str, str, str]]:
    article = replace(make_article(text), published=published, published_precision="day")
    notes = annotate_article(article, load_language())
    return [(date.span.of(text), date.type, date.value) for date in notes.dates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began on 12 February 2016.", ("12 February 2016", "DATE", "2016-02-12")),
        ("It began on February 12, 2016.", ("February 12, 2016", "DATE", "2016-02-12")),
        ("It began on Monday.", ("Monday", "DATE", "2031-06-02")),
        ("It ended yesterday.", ("yesterday", "DATE", "2031-06-03")),
        ("It lasted three days.", ("three days", "DURATION", "P3D")),
        ("It began two weeks ago.", ("two weeks ago", "DATE", "2031-W21")),
        ("It began in March 2024.", ("March 2024", "DATE", "2024-03")),
        ("It was built in 1994.", ("1994", "DATE", "1994")),
        ("They meet every week.", ("every week", "SET", "P1W")),
    ],
)
def test_values(text: str, expected: tuple[str, str, str]) -> None:
    """Times are TIMEX3 values, relative ones reckoned from the day of publication."""
    assert expected in dates_of(text)


def test_undated() -> None:
    """Without a day to reckon from a weekday stays open, and nothing is invented."""
    for _, _, value in dates_of("It began on Monday and lasted three days.", published=None):
        assert value == "P3D" or value.startswith("XXXX")


def test_day_told_by_the_text() -> None:
    """A full date in the text stands in for an unknown day of publication."""
    text = "KARSA, June 4, 2031 - The ferry sank.\n\nThe search ended yesterday."
    assert ("yesterday", "DATE", "2031-06-03") in dates_of(text, published=None)
