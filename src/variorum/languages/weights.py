"""How much a word tells, from a table that ships with the language.

The weights are inverse document frequencies (Spärck Jones 1972) over the openly licensed training
texts, frozen, so that an edition never depends on which other articles were read.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from variorum.languages.tables import DEFAULT_LANGUAGE

STOP_BELOW = 1.6
"""A word that stands in more than a fifth of all documents (ln 5 = 1.6) tells nothing."""


class FrozenWeights:
    """Weights of words of one language; a word that the table does not know weighs most."""

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        self._weights = _load_weights(language)
        self._unknown = max(self._weights.values(), default=1.0)

    def weight_of(self, word: str) -> float:
        """Return the weight of a lower-case word; 0.0 for a stop word."""
        weight = self._weights.get(word, self._unknown)
        return weight if weight >= STOP_BELOW else 0.0


@cache
def _load_weights(language: str) -> dict[str, float]:
    file = resources.files("variorum.languages") / language / "word_weights.tsv"
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: float(weight) for word, weight in rows}
