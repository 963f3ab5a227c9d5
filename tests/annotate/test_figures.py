from __future__ import annotations

import pytest
from told import make_article

from variorum.annotate.annotators import annotate_article
from variorum.annotate.language import load_language
from variorum.model.annotation import Figure


def figures_of(text: str) -> list[Figure]:
    return list(annotate_article(make_article(text), load_language()).figures)


@pytest.mark.parametrize(
    ("text", "low", "high", "modifier", "unit"),
    [
        ("The blast killed 14 people.", 14, 14, "exact", "person"),
        ("At least nine people died.", 9, None, "at least", "person"),
        ("Not less than 9 people were lost.", 9, None, "at least", "person"),
        ("More than 70 homes burned.", 70, None, "more than", "home"),
        ("Dozens of people were hurt.", 24, None, "dozens", "person"),
        ("Between 5 and 7 people fled.", 5, 7, "between", "person"),
        ("About 50 people fled.", 50, 50, "about", "person"),
        ("Up to 300 people were aboard.", None, 300, "up to", "person"),
        ("It cost 1.2 million people their homes.", 1_200_000, 1_200_000, "exact", "person"),
        ("Half a million people fled.", 500_000, 500_000, "exact", "person"),
        ("Some 12,000 nurses walked out.", 12_000, 12_000, "about", "nurse"),
        ("Twenty-four lorries went in.", 24, 24, "exact", "lorry"),
        ("The repair cost $3 million.", 3_000_000, 3_000_000, "exact", "USD"),
        ("Prices rose by 4.5 percent.", 4.5, 4.5, "exact", "%"),
    ],
)
def test_values(text: str, low: float | None, high: float | None, modifier: str, unit: str) -> None:
    """Numbers are read with their bounds, their modifier and what they count."""
    (figure,) = figures_of(text)
    assert (figure.low, figure.high, figure.modifier) == (low, high, modifier)
    assert figure.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "The fair opened on 4 June 2031 at 6.30 pm.",
        "He told Channel 9 that he would stay.",
        "The bridge was built in 1994.",
        "Mira Holt, 31, was on deck.",
        "The 21-year-old left after three weeks.",
        "One of them said so.",
    ],
)
def test_no_figures(text: str) -> None:
    """Dates, times, ages, durations and names with numbers count nothing."""
    assert figures_of(text) == []


def test_what() -> None:
    """A figure says what is counted and what became of it."""
    (figure,) = figures_of("The vessel had 112 people aboard.")
    assert figure.what == "people aboard"


def test_whose() -> None:
    """A number inside a quotation is its speaker's, another the outlet's own."""
    text = "The mayor said that nine people died. Eleven houses burned."
    notes = annotate_article(make_article(text), load_language())
    first, second = notes.figures
    assert first.attributed_to == notes.quotations[0].id
    assert second.attributed_to is None
