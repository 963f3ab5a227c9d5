from __future__ import annotations

import json
import random
from pathlib import Path

import names
import pytest
from variants import Pair, Word, load_words, make_name_pairs, make_word_pairs, slip

from variorum.resolve import score

WORDS = [
    Word(native, tuple(spellings))
    for native, *spellings in (
        ("ланов", "Lanov", "Lanow", "Lanoff"),
        ("серго", "Sergo", "Serguo"),
        ("брандт", "Brandt", "Brant"),
        ("халим", "Halim", "Khalim", "Haleem"),
        ("торвальд", "Torvald", "Thorvald"),
        ("перрин", "Perrin", "Perin"),
        ("ладан", "Ladan", "Laddan"),
        ("азади", "Azadi", "Azady"),
    )
]


@pytest.fixture(autouse=True)
def _same_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the weights of the program as they were."""
    for name in ("NAME_BIAS", "NAME_FEATURES"):
        monkeypatch.setattr(score, name, getattr(score, name))


def test_pairs_of_words() -> None:
    """A pair that is one has two spellings of a word; any other has words of two."""
    word_of = {text: number for number, word in enumerate(WORDS) for text in word.spellings}
    pairs = list(make_word_pairs(WORDS, 60, random.Random(1)))

    assert {pair.is_same for pair in pairs} == {True, False}
    assert all((word_of[pair.left] == word_of[pair.right]) == pair.is_same for pair in pairs)


def test_pairs_of_names() -> None:
    """Names that are two share no more than all words but one."""
    pairs = list(make_name_pairs(WORDS, 60, random.Random(1)))

    assert {pair.is_same for pair in pairs} == {True, False}
    assert all(pair.left != pair.right for pair in pairs)


def test_a_slip_is_one_letter() -> None:
    """A slip doubles, leaves out, exchanges or turns one letter, never the first."""
    rng = random.Random(1)
    for _ in range(50):
        slipped = slip("Torvald", rng)
        assert slipped[0] == "T"
        assert abs(len(slipped) - 7) <= 1


def test_fit_tells_spellings_from_strangers() -> None:
    """The fitted sum is higher for names of one person than for others'; set weights stay."""
    pairs = list(make_name_pairs(WORDS, 200, random.Random(1)))
    fitted = names.move_bias(names.fit(pairs), [pairs])
    measures, same = names.measure(pairs)
    totals = measures @ fitted.weights + fitted.bias

    assert totals[same == 1].mean() > 0 > totals[same == 0].mean()
    for feature, weight in zip(score.NAME_FEATURES, fitted.weights, strict=True):
        assert feature.is_fitted or weight == feature.weight


def test_weights_are_put_in_place() -> None:
    """Only the numbers of the source change, and come back as they were put."""
    source = names.SCORE.read_text(encoding="utf-8")
    weights = names.Weights(0.5, tuple(map(float, range(len(score.NAME_FEATURES)))))
    namespace = names.find_values(names.put_weights(source, weights))

    assert namespace["NAME_BIAS"].value == 0.5
    assert [call.args[1].value for call in namespace["NAME_FEATURES"].elts] == list(weights.weights)


def test_measured_names_are_left_out(tmp_path: Path) -> None:
    """What stands in the labelled pairs is not fitted on: no spelling of a word, no name."""
    path = tmp_path / "variants.tsv"
    path.write_text("a\tLanov|Lanow\nb\tHalim|Khalim\n", encoding="utf-8")
    people = tmp_path / "people.jsonl"
    rows = (
        {"name": "LANOW, Sergo", "aliases": [{"name": "Serguo Lanov"}]},
        {"name": "BRANDT, Halim", "aliases": [{"name": "Khalim Brant"}]},
    )
    people.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    assert load_words(path, frozenset({"lanow"})) == [Word("b", ("Halim", "Khalim"))]
    kept = names.load_people(people, frozenset({"sergo lanow"}))
    assert kept == [["Halim BRANDT", "Khalim Brant"]]
    assert Pair("Halim BRANDT", "Khalim Brant", is_same=True) in names.make_list_pairs(kept)
