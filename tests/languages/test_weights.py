from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.languages.weights import STOP_BELOW, FrozenWeights

WEIGHTS = FrozenWeights()
UNKNOWN = WEIGHTS.weight_of("zzqorlaxx")


def test_stop_words() -> None:
    """Words that every text has tell nothing."""
    assert {WEIGHTS.weight_of(word) for word in ("the", "of", "and", "is", "it")} == {0.0}


def test_rare_words_tell_more() -> None:
    """The rarer a word the more it tells; a word that is not in the table tells most."""
    order = ["year", "company", "minister", "ferry", "zzqorlaxx"]
    weights = [WEIGHTS.weight_of(word) for word in order]

    assert weights == sorted(weights)
    assert 0.0 < weights[0] < weights[2] < weights[-1]


@given(st.text(max_size=12))
def test_any_word(word: str) -> None:
    """Every word tells nothing, or something between the commonest and an unknown word."""
    weight = WEIGHTS.weight_of(word)

    assert weight == 0.0 or STOP_BELOW <= weight <= UNKNOWN
