from __future__ import annotations

import numpy as np
import pytest
from events import WordEncoder, make_article, make_notes, make_parted
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.group.paraphrases import encode_sentences, score_paraphrases
from variorum.model.ports import Vectors

FERRY = "The ferry Orla sank off Karsa in fog"
HARVEST = "Hail has ruined the barley of Drumel this year"
MUSEUM = "Thieves took six bronze masks from the museum"
GUARD = "A guard noticed the empty cases after the concert"

VECTORS = st.lists(st.sampled_from(range(36)), max_size=6)


def make_vectors(numbers: list[int]) -> Vectors:
    """Return a unit vector of each number, ten degrees apart."""
    angles = np.radians(10 * np.array(numbers, dtype=np.float32))
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32).reshape(-1, 2)


def score(left: list[str], right: list[str]) -> float:
    encoder = WordEncoder()
    return score_paraphrases(encoder.encode(left), encoder.encode(right))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([FERRY], [FERRY], 1 / 3),
        ([FERRY, HARVEST], [MUSEUM, HARVEST, FERRY], 2 / 3),
        ([FERRY, HARVEST, MUSEUM], [MUSEUM, FERRY, HARVEST], 1.0),
        ([FERRY, HARVEST, MUSEUM, GUARD], [GUARD, MUSEUM, FERRY, HARVEST], 1.0),
        ([FERRY, FERRY, FERRY], [FERRY], 1 / 3),
        ([FERRY], [HARVEST], 0.0),
        ([FERRY], [], 0.0),
        ([], [FERRY], 0.0),
    ],
)
def test_sentences_said_alike(left: list[str], right: list[str], expected: float) -> None:
    """Three sentences are full evidence, more do not add to it; one sentence counts once."""
    assert score(left, right) == pytest.approx(expected)


@given(VECTORS, VECTORS)
@settings(deadline=None)
def test_score_is_symmetric(left: list[int], right: list[int]) -> None:
    """Which of two articles comes first makes no difference; the score is of 0.0 to 1.0."""
    sides = make_vectors(left), make_vectors(right)

    assert 0.0 <= score_paraphrases(*sides) == score_paraphrases(*sides[::-1]) <= 1.0


@given(st.permutations(range(0, 36, 3)), st.permutations(range(1, 36, 5)))
@settings(deadline=None, max_examples=60)
def test_nearest_sentences(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    """Counted are the pairs each of which is the other's nearest and near enough, by hand."""
    rows, columns = list(left)[:4], list(right)[:4]
    angles = [[min(abs(i - j), 36 - abs(i - j)) for j in columns] for i in rows]
    # Two steps of ten degrees have a cosine of 0.94, three of 0.87, four of 0.77.
    alike = [
        (n, row.index(min(row)))
        for n, row in enumerate(angles)
        if min(row) <= 3 and min(row) == min(other[row.index(min(row))] for other in angles)
    ]
    ties = any(row.count(min(row)) > 1 for row in [*angles, *map(list, zip(*angles, strict=True))])

    if not ties:
        expected = min(1.0, len(alike) / 3)
        assert score_paraphrases(make_vectors(rows), make_vectors(columns)) == expected


def test_sentences_that_are_compared() -> None:
    """Compared are headline and body, without sentences so short that anybody may say them."""
    article = make_parted(
        "a1",
        ("headline", FERRY),
        ("caption", MUSEUM),
        ("body", f"{HARVEST}. He did not say why. {GUARD}."),
        ("boilerplate", "Please give what you can to our newspaper today."),
    )
    (vectors,) = encode_sentences([article], [make_notes(article)], WordEncoder())

    assert np.array_equal(vectors, WordEncoder().encode([FERRY, HARVEST, GUARD]))


def test_each_article_has_its_own_sentences() -> None:
    """One array an article, in order, empty where nothing is to compare; none of no articles."""
    articles = [
        make_article("a1", f"{FERRY}. {HARVEST}."),
        make_article("a2", "It rained."),
        make_article("a3", f"{MUSEUM}."),
    ]
    found = encode_sentences(articles, [make_notes(a) for a in articles], WordEncoder())

    assert [len(vectors) for vectors in found] == [2, 0, 1]
    assert np.array_equal(found[2], WordEncoder().encode([MUSEUM]))
    assert encode_sentences([], [], WordEncoder()) == []


def test_endless_article() -> None:
    """Only the first sixty sentences are compared."""
    article = make_article("a1", *(f"{FERRY} for the {n} time." for n in range(80)))
    (vectors,) = encode_sentences([article], [make_notes(article)], WordEncoder())

    assert len(vectors) == 60
    assert np.array_equal(vectors[-1:], WordEncoder().encode([f"{FERRY} for the 59 time."]))
