from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from variorum.languages.folding import fold_plain, fold_skeleton, fold_word

WORDS = st.text(max_size=80)
LATIN = st.text("abcdefghijklmnopqrstuvwxyz", max_size=14)


@given(WORDS)
def test_plain_letters(word: str) -> None:
    """Whatever the script, what is left is lower-case Latin, and folding it changes nothing."""
    folded = fold_plain(word)

    assert re.fullmatch(r"[a-z0-9]*", folded)
    assert fold_plain(folded[:60]) == folded[:60]


@given(WORDS)
def test_word_keys(word: str) -> None:
    """A key has no letter twice in a row, since romanisations double letters as they please."""
    folded = fold_word(word)

    assert re.fullmatch(r"[a-z0-9]*", folded)
    assert not re.search(r"([a-z])\1", folded)


@given(WORDS)
def test_skeletons(word: str) -> None:
    """A skeleton has one letter of each class of consonants, and no vowel but a first one."""
    assume(fold_word(word))
    skeleton = fold_skeleton(word)

    assert re.fullmatch(r"a?[bcdklmnrstvwxyq0-9]*", skeleton)
    assert skeleton.startswith("a") == (fold_word(word)[:1] in set("aeiou"))


@given(LATIN)
def test_case(word: str) -> None:
    """Capitals and small letters are one, as in headlines."""
    for fold in (fold_plain, fold_word, fold_skeleton):
        assert fold(word.upper()) == fold(word.title()) == fold(word)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Yeltsov", "Eltsov"),
        ("Mohammed", "Mohamed"),
        ("Zhukarin", "Djukarin"),
        ("Qadri", "Kadri"),
        ("Łukasz", "Lukash"),
        ("Shcherbin", "Scherbin"),
        ("Олег", "Oleg"),
    ],
)
def test_romanisations(left: str, right: str) -> None:
    """Spellings of one name that romanisations exchange have one key."""
    assert fold_word(left) == fold_word(right)


@pytest.mark.parametrize(
    ("left", "right"), [("Karim", "Karam"), ("Holt", "Hold"), ("Reyes", "Rees"), ("Ana", "Anna B")]
)
def test_names_of_two(left: str, right: str) -> None:
    """Names that differ in a letter that is heard keep keys of their own."""
    assert fold_word(left) != fold_word(right)


@pytest.mark.parametrize(("left", "right"), [("Karim", "Karam"), ("Holt", "Hold")])
def test_blocking(left: str, right: str) -> None:
    """Skeletons bring together more than keys do: vowels and voice do not tell."""
    assert fold_skeleton(left) == fold_skeleton(right)
