from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.resolve import iter_scores, score_names


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Sergei Branov", "Sergey Branow"),
        ("Kerim al-Sharif", "Karim ash-Sharif"),
        ("Branov, Sergei", "Sergei Branov"),
        ("Сергей Бранов", "Sergei Branov"),
        ("Bill Keltner", "William Keltner"),
        ("S. Branov", "Sergei Branov"),
        ("Tilbeck Holdings Ltd.", "Tilbeck Holdings Limited"),
        ("FHF", "Free Harbour Front"),
        ("Dzhamal", "Jamal"),
        ("Ali Reza Branov", "Alireza Branov"),
        ("SergeiBranov", "Sergei Branov"),
        ("Abd al-Karim Orsek", "Abdulkarim Orsek"),
        ("Sergei Bramov", "Sergei Branov"),
        ("Dzhebhat EN-Karsa", "al-Karsa Front"),
        ("高橋 民", "高橋民"),
    ],
)
def test_spellings_of_one_name_score_high(left: str, right: str) -> None:
    """Transliteration, script, order, short forms and legal forms do not matter."""
    assert score_names(left, right).value >= 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Robert Keltner", "Maria Keltner"),
        ("Sergei Branov", "Sergei Orsekin"),
        ("Tilbeck Shipping", "Merrow Shipping"),
        ("Keltner", "Tilbeck"),
        ("Omar bin Salim al-Orsek", "Salim bin Omar al-Orsek"),
        ("Karsa Brigade 44", "Karsa Brigade 45"),
        ("Tilbeck Bank of Mexico", "Tilbeck Bank of Chile"),
        ("Tilbeck AG", "Tilbeck GmbH"),
        ("高橋民", "高橋明"),
        ("Hassan Orsek", "Hussein Orsek"),
        ("N.N.", "Nadia Norell"),
        ("Rami Keltner", "Sami Keltner"),
    ],
)
def test_names_of_two_score_low(left: str, right: str) -> None:
    """One word in common does not make one name."""
    assert score_names(left, right).value < 0.5


@given(st.text(max_size=30), st.text(max_size=30))
@settings(deadline=None)
def test_scores_are_numbers_with_reasons(left: str, right: str) -> None:
    """Whatever the names, the score lies between 0 and 1, says why, and has no side."""
    score = score_names(left, right)

    assert 0.0 <= score.value <= 1.0
    assert score.reasons
    assert score.value == pytest.approx(score_names(right, left).value, abs=0.002)


def test_a_surname_alone_is_less_sure() -> None:
    """A name of one word may be many people's; it scores less than the whole name does."""
    assert score_names("Branov", "Sergei Branov").value < 0.8
    assert score_names("Branov", "Sergei Branov").value > score_names("Branow", "Olga Tilb").value


def test_many_are_scored_as_one_by_one() -> None:
    """Pairs that are scored together have the scores and reasons that each has alone."""
    pairs = [("Sergei Branov", "Sergey Branow"), ("FHF", "Free Harbour Front"), ("", "Keltner")]

    assert list(iter_scores(pairs)) == [score_names(left, right) for left, right in pairs]


@pytest.mark.parametrize("name", ["K", "...", "\U0001f600", "K" * 3000, "KEL " * 900, ""])
def test_odd_names_are_scored(name: str) -> None:
    """Single letters, endless names, emoji and nothing at all do no harm."""
    assert 0.0 <= score_names(name, "Robert Keltner").value <= 1.0
