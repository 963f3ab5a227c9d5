"""Vectors of words, computed once and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

MAX_KEPT_WORDS = 50_000
"""Vectors kept, some 40 to 80 MB; then all are forgotten."""

BLOCK = 64
"""Words computed together, always as many: a product's last bits depend on its shape."""

Floats = npt.NDArray[np.float32]


class WordTable:
    """What ``compute`` says of each word, whatever is asked beside it and was before.

    Args:
        compute: Returns one row for each of ``BLOCK`` words.
    """

    def __init__(self, compute: Callable[[Sequence[str]], Floats]) -> None:
        self._compute = compute
        self._numbers: dict[str, int] = {}
        self._vectors: Floats = self._compute_block([""])

    def look_up(self, words: Sequence[str]) -> Floats:
        """Return one row a word."""
        fresh = sorted({word for word in words if word not in self._numbers})
        if len(self._numbers) + len(fresh) > MAX_KEPT_WORDS:
            self._numbers.clear()
            fresh = sorted(set(words))
        for start in range(0, len(fresh), BLOCK):
            block = fresh[start : start + BLOCK]
            first, end = len(self._numbers), len(self._numbers) + len(block)
            if end > len(self._vectors):
                # Twice the room each time: what is kept is then seldom copied.
                room = np.zeros((max(end, len(self._vectors)), self._vectors.shape[1]), np.float32)
                self._vectors = np.concatenate([self._vectors, room])
            self._vectors[first:end] = self._compute_block(block)
            self._numbers.update(zip(block, range(first, end), strict=True))
        return self._vectors[[self._numbers[word] for word in words]]

    def _compute_block(self, words: Sequence[str]) -> Floats:
        return self._compute([*words, *[""] * (BLOCK - len(words))])[: len(words)]
