from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.clean.tongues import find_language, score_translated

ENGLISH = (
    "The ferry Orla sank off Karsa on Monday after it struck a reef, and all were brought ashore."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH * 2, "en"),
        ("De veerboot zonk maandag voor de kust, zo heeft de havenmeester laten weten. " * 3, "nl"),
        ("El transbordador se hundió el lunes frente a la costa, dijo el capitán. " * 3, "es"),
        ("Η βυθιση του πλοιου εγινε τη Δευτερα το πρωι, ειπε ο λιμεναρχης. " * 3, "el"),
        ("غرقت العبارة قبالة الساحل صباح يوم الاثنين بحسب مدير الميناء. " * 3, "ar"),
    ],
)
def test_language(text: str, language: str) -> None:
    """A paragraph is enough to tell a language."""
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text", ["", "2031", "Ferry sinks", "“Ferry sinks”", "Orla’s owner fined — mayor", "Ferry…"]
)
def test_too_few_words(text: str) -> None:
    """A few words in Latin letters could be of any language, whatever marks stand between them."""
    assert find_language(text) is None


def test_few_words_of_another_script() -> None:
    """Another script tells that a few words are no English."""
    assert find_language("Паром затонул у берегов") not in {None, "en"}


def test_sample() -> None:
    """The beginning tells: a long text in two languages is of the first."""
    assert find_language(ENGLISH * 30 + "Паром затонул у берегов города. " * 200) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "“It sank”, – said the mayor.",
        "The foreign Ministry of Vellan is closed.",
        "He met the fighters of EN-Nahra.",
        "It is noted that the ferry was old.",
    ],
)
def test_marks_of_translation(text: str) -> None:
    """Each kind of mark makes a machine likelier, and more of them likelier yet."""
    once, thrice, many = (score_translated(f"{text} " * n) for n in (1, 3, 9))

    assert 0.0 < once < thrice == many < 1.0


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "“It sank,” said the mayor – and left.",
        "The Foreign Ministry of Vellan and the ministry of transport are closed.",
        "The al-Nahra Front left. A U-Boat was seen.",
        "He noted that it is reported daily.",
    ],
)
def test_plain_english(text: str) -> None:
    """What outlets that write English print has no mark."""
    assert score_translated(text) == 0.0


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=50, deadline=None)
def test_any_text(left: str, right: str) -> None:
    """Whatever the text, the likelihood is one, and more text does not take a mark away."""
    mark = "It is noted that the ferry sank. "

    assert 0.0 <= score_translated(left) <= 1.0
    assert score_translated(f"{left}\n{mark}\n{right}") >= score_translated(mark) > 0.0
