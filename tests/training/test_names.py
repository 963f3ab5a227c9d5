from __future__ import annotations

import random
from pathlib import Path

import names
import pytest

from variorum.resolve import score

WORDS = [
    ("Lanov", "Lanow", "Lanoff"),
    ("Sergo", "Serguo"),
    ("Brandt", "Brant"),
    ("Halim", "Khalim", "Haleem"),
    ("Torvald", "Thorvald"),
    ("Perrin", "Perin"),
    ("Ladan", "Laddan"),
    ("Azadi", "Azady"),
]


@pytest.fixture(autouse=True)
def _same_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the weights of the program as they were."""
    for name in ("WORD_BIAS", "WORD_FEATURES", "NAME_BIAS", "NAME_FEATURES"):
        monkeypatch.setattr(score, name, getattr(score, name))


def test_pairs_of_words() -> None:
    """A pair that is one has two spellings of a word; any other has words of two."""
    word_of = {spelling: number for number, word in enumerate(WORDS) for spelling in word}
    pairs = list(names.make_word_pairs(WORDS, 60, random.Random(1)))

    assert {is_one for *_, is_one in pairs} == {True, False}
    assert all((word_of[left] == word_of[right]) == is_one for left, right, is_one in pairs)


def test_fit_tells_spellings_from_strangers() -> None:
    """The fitted sum is higher for spellings of one word than for other words."""
    pairs = list(names.make_word_pairs(WORDS, 200, random.Random(1)))
    start = [feature.weight for feature in score.WORD_FEATURES]
    fitted = names.fit(pairs, score.measure_words, start, names.WORD_PENALTY)
    sums = {
        is_one: [
            fitted.bias
            + sum(w * m for w, m in zip(fitted.weights, score.measure_words(a, b), strict=True))
            for a, b, same in pairs
            if same is is_one
        ]
        for is_one in (True, False)
    }

    means = {is_one: sum(values) / len(values) for is_one, values in sums.items()}
    assert means[True] > means[False]


def test_measured_names_are_left_out(tmp_path: Path) -> None:
    """A word of which one spelling stands in the labelled pairs is not fitted on."""
    path = tmp_path / "variants.tsv"
    path.write_text("a\tLanov|Lanow\nb\tHalim|Khalim\n", encoding="utf-8")

    assert names.load_words(path, frozenset({"lanow"})) == [("Halim", "Khalim")]
