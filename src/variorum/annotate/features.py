"""What the network sees of a word beside its vector: parts of it, its shape, lists it stands in.

Each feature is a row of one table, found by hashing (Weinberger et al. 2009, "Feature Hashing for
Large Scale Multitask Learning"); so no word is unknown, and rare ones share what their parts say.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

N_FEATURES = 9
N_IDENTITIES = 2
"""The first two name the word itself: one hash alone would take other words for it."""

LISTS_PLACE = 7
"""Of the feature that says which lists the word stands in."""

MAX_WORD_CHARS = 40
"""Of a longer word its beginning and its end are looked at."""

DIGIT = re.compile(r"\d")
LONG_RUN = re.compile(r"(.)\1{3,}")
OPENING = re.compile(r"[\"“”„«»(\[{<'‘–—-]")

Rows = npt.NDArray[np.int64]


def make_features(word: str, lists: Mapping[str, str]) -> Sequence[str]:
    """Return the features of a word, :data:`N_FEATURES` of them.

    Args:
        word: As it stands in the text.
        lists: For words in lower case, the lists they stand in, as one string.
    """
    if len(word) > MAX_WORD_CHARS:
        word = word[: MAX_WORD_CHARS // 2] + word[-MAX_WORD_CHARS // 2 :]
    low = DIGIT.sub("0", word.lower().replace("’", "'").replace("‘", "'"))
    return (
        f"1 {low}",
        f"2 {low}",
        f"3 {low[:3]}",
        f"4 {low[-2:]}",
        f"5 {low[-3:]}",
        f"6 {low[-4:]}",
        f"7 {shape(word)}",
        f"8 {lists.get(low, '')}",
        f"9 {low[:1]}{len(word) if len(word) < 4 else '+'}{low[-1:]}",
    )


@lru_cache(maxsize=100_000)
def shape(word: str) -> str:
    """Return a word's shape: ``Xxxxx``, ``XXX``, ``dddd``, ``xx-XXx``; runs are cut at four."""
    drawn = "".join(
        "d" if c.isdigit() else ("X" if c.isupper() else "x") if c.isalpha() else c for c in word
    )
    return LONG_RUN.sub(r"\1\1\1\1", drawn)


def hash_rows(words: Sequence[str], lists: Mapping[str, str], n_rows: int) -> Rows:
    """Return the table's rows of each word, ``(words, N_FEATURES)``."""
    rows = np.empty((len(words), N_FEATURES), np.int64)
    for n, word in enumerate(words):
        for place, feature in enumerate(make_features(word, lists)):
            rows[n, place] = zlib.crc32(feature.encode()) % n_rows
    return rows


N_PLACES = 12


def find_places(words: Sequence[str], sentences: Sequence[int]) -> npt.NDArray[np.int8]:
    """Return, for each word, what its place tells of its capital: a number below N_PLACES.

    A sentence's first word is capital whatever it is, and in a headline or a line of capitals
    most words are: three kinds of place (first, first after a mark, inside), four kinds of line.
    """
    letters = [word for word in words if word[:1].isalpha()]
    n_capitals = sum(word[:1].isupper() for word in letters)
    long = [word for word in letters if len(word) > 3]
    kind = 0
    if long and sum(word.isupper() for word in long) > 0.6 * len(long):
        kind = 1
    elif long and sum(word[:1].isupper() for word in long) > 0.7 * len(long):
        kind = 2
    elif n_capitals == 0:
        kind = 3
    places = np.zeros(len(words), np.int8)
    fresh, last = True, -1
    for n, (word, sentence) in enumerate(zip(words, sentences, strict=True)):
        if sentence != last:
            fresh, last = True, sentence
            place = 1
        else:
            place = 2 if fresh else 0
        fresh = fresh and OPENING.match(word) is not None
        places[n] = 3 * kind + place
    return places
