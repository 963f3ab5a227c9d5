from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.group import likeness
from variorum.group.features import Features
from variorum.group.likeness import MIN_LIKENESS, Pairs, find_pairs

rows = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 9).map(float), max_size=5)
features = st.builds(
    Features, words=rows, lead=rows, names=rows, day=st.none() | st.integers(738_000, 738_040)
)


def pairs_of(pairs: Pairs) -> dict[tuple[int, int], float]:
    """Return the likeness by pair; a pair that comes twice fails."""
    keys = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, pairs.likeness.tolist(), strict=True))


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    dot = sum(weight * right.get(word, 0.0) for word, weight in left.items())
    norms = [math.sqrt(sum(value * value for value in row.values())) for row in (left, right)]
    return dot / (norms[0] * norms[1]) if all(norms) else 0.0


def weigh_by_hand(left: Features, right: Features) -> float:
    total = (
        0.4 * cosine(left.words, right.words)
        + 0.4 * cosine(left.lead, right.lead)
        + 0.2 * cosine(left.names, right.names)
    )
    if left.day is None or right.day is None:
        return total
    apart = abs(left.day - right.day)
    return total * (1.0 if apart <= 3 else 0.9 if apart <= 7 else 0.8 if apart <= 30 else 0.7)


@given(st.lists(features, max_size=6))
@settings(deadline=None, max_examples=60)
def test_pairs(drawn: list[Features]) -> None:
    """Each pair comes once, the first before the second, with the likeness worked out by hand."""
    found = pairs_of(find_pairs(drawn))

    for left, right in combinations(range(len(drawn)), 2):
        expected = weigh_by_hand(drawn[left], drawn[right])
        if abs(expected - MIN_LIKENESS) > 0.001:
            assert ((left, right) in found) == (expected > MIN_LIKENESS)
        assert found.get((left, right), expected) == pytest.approx(expected, abs=0.0001)
    assert all(left < right for left, right in found)


@given(features, features)
@settings(deadline=None, max_examples=60)
def test_likeness_is_symmetric(left: Features, right: Features) -> None:
    """Which of two articles comes first makes no difference, to the last bit."""
    assert pairs_of(find_pairs([left, right])) == pairs_of(find_pairs([right, left]))


@given(features, features, st.lists(features, max_size=3))
@settings(deadline=None, max_examples=60)
def test_other_articles_do_not_count(
    left: Features, right: Features, others: list[Features]
) -> None:
    """Two articles are as alike among others as alone, to the last bit."""
    alone = pairs_of(find_pairs([left, right]))
    among = pairs_of(find_pairs([left, right, *others]))

    assert among.get((0, 1)) == alone.get((0, 1))


@given(st.lists(features, max_size=6), st.integers(1, 3))
@settings(deadline=None, max_examples=40)
def test_chunks(drawn: list[Features], chunk: int) -> None:
    """How many articles are compared at a time makes no difference."""
    with patch.object(likeness, "CHUNK", chunk):
        in_parts = pairs_of(find_pairs(drawn))

    assert in_parts == pairs_of(find_pairs(drawn))


@pytest.mark.parametrize(
    ("apart", "factor"),
    [(0, 1.0), (3, 1.0), (4, 0.9), (7, 0.9), (8, 0.8), (30, 0.8), (31, 0.7), (4_000, 0.7)],
)
def test_days_apart(apart: int, factor: float) -> None:
    """The same words told later are less alike, but never nothing."""
    row = {"ferry": 2.0}
    first = Features(words=row, lead=row, names=row, day=738_000)
    pair = (first, replace(first, day=738_000 + apart))

    assert pairs_of(find_pairs(pair)) == {(0, 1): factor}
    assert pairs_of(find_pairs(pair[::-1])) == {(0, 1): factor}


def test_days_that_are_not_known() -> None:
    """Without a day the words alone tell."""
    row = {"ferry": 2.0}
    first = Features(words=row, lead=row, names=row, day=738_000)

    assert pairs_of(find_pairs([first, replace(first, day=None)])) == {(0, 1): 1.0}


def test_nothing_in_common() -> None:
    """Articles without words in common, or without words, make no pair; nor do no articles."""
    left, right = ({"ferry": 1.0}, {"barley": 1.0})
    sides = [Features(words=row, lead=row, names=row, day=None) for row in (left, right, {}, {})]

    assert pairs_of(find_pairs(sides)) == {}
    assert pairs_of(find_pairs([])) == {}
