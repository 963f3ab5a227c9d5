from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.languages.spellings import N_LETTERS, encode_letters, load_spellings

WORDS = st.text(max_size=24)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Dzhamal", "Jamal"),
        ("Sergey", "Serguei"),
        ("Yusuf", "Youssef"),
        ("Branov", "Branoff"),
        ("Халид", "Khaled"),
        ("خالد", "Khalid"),
    ],
)
def test_spellings_are_one(left: str, right: str) -> None:
    """What transliterations exchange costs little, another script hardly more."""
    assert load_spellings().score([(left, right)])[0] > 0.5


@pytest.mark.parametrize(
    ("left", "right"), [("Rami", "Sami"), ("Castillo", "Castro"), ("Branov", "Tilbeck")]
)
def test_look_alikes_are_two(left: str, right: str) -> None:
    """Another consonant makes another word, however alike the two look."""
    assert load_spellings().score([(left, right)])[0] < 0.5


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
@settings(deadline=None, max_examples=50)
def test_a_pair_is_scored_as_if_alone(pairs: list[tuple[str, str]]) -> None:
    """A score is the same whatever is asked beside it, whichever word comes first."""
    network = load_spellings()
    scores = network.score(pairs)

    assert ((scores >= 0) & (scores <= 1)).all()
    for pair, score in zip(pairs, scores, strict=True):
        assert network.score([pair])[0] == score
        assert network.score([pair[::-1]])[0] == pytest.approx(score, abs=2e-4)


@given(st.text(max_size=80))
def test_letters_fill_their_row(word: str) -> None:
    """Of a word of any length or script as many letters are read as there is room for."""
    codes = encode_letters(word)

    assert len(codes) == N_LETTERS
    assert codes[0] != 0


def test_nothing_is_asked() -> None:
    """No pair has no score."""
    assert load_spellings().score([]).shape == (0,)
