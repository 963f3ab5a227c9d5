"""Names as tags of words: O outside, B- beginning, I- inside (Ramshaw and Marcus 1995)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


class NameTags:
    """The tags of a network, and which may follow which."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = tuple(tags)
        self.is_inside = np.array([tag.startswith("I-") for tag in tags])
        self.kinds = tuple(tag[2:] for tag in tags)
        self._follows = np.array(
            [[not new.startswith("I-") or new[2:] == old[2:] for new in tags] for old in tags]
        )

    def decode(self, scores: Scores) -> Numbers:
        """Return the best allowed tag of each word, ``(words,)``, from ``(words, tags)``.

        The likeliest tag of each where these agree; else the best row of tags (Viterbi 1967).
        """
        best: Numbers = scores.argmax(1)
        if not len(best):
            return best
        is_valid = not self.is_inside[best[0]] and self._follows[best[:-1], best[1:]].all()
        return best if is_valid else self._find_row(scores)

    def _find_row(self, scores: Scores) -> Numbers:
        barred = np.where(self._follows, 0.0, -1e9)
        total = np.where(self.is_inside, -1e9, scores[0])
        came_from = np.zeros(scores.shape, np.int64)
        for n in range(1, len(scores)):
            paths = total[:, None] + barred
            came_from[n] = paths.argmax(0)
            total = paths.max(0) + scores[n]
        row = np.zeros(len(scores), np.int64)
        row[-1] = total.argmax()
        for n in range(len(scores) - 1, 0, -1):
            row[n - 1] = came_from[n, row[n]]
        return row
