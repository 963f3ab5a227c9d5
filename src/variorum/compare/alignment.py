"""Two wordings of one thing, word against word (Needleman and Wunsch 1970).

Equal words match, words of like meaning match for less, what has no counterpart is a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from variorum.model.ports import Encoder, Vectors
from variorum.model.span import Span

WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:['’-][^\W_]+)*")

GAP = -0.25
MIN_COSINE = 0.5
"""Of two words' vectors: "city" and "town" lie above it, "city" and "war" below."""

MISMATCH = -1.0
MAX_CELLS = 250_000
"""Words of one side times words of the other; longer readings are compared by their beginnings."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a reading, with its place in the article and its form for comparison."""

    text: str
    span: Span

    @property
    def folded(self) -> str:
        """Lower case, straight apostrophe, no possessive."""
        return self.text.casefold().replace("’", "'").removesuffix("'s")


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of either side without a counterpart on the other, between two matches."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Matched words, and what stands between them.

    Attributes:
        share: Matched words over the words of the shorter side, 0.0 to 1.0.
        longest_run: Most words that follow each other on both sides and are the same.
    """

    pairs: tuple[tuple[Word, Word], ...]
    gaps: tuple[Gap, ...]
    share: float
    longest_run: int


def find_words(text: str, spans: Sequence[Span]) -> tuple[Word, ...]:
    """Return the words of a reading, in text order."""
    return tuple(
        Word(match[0], Span(match.start(), match.end()))
        for span in spans
        for match in WORD.finditer(text, span.start, span.end)
    )


def align(left: Sequence[Word], right: Sequence[Word], encoder: Encoder) -> Alignment:
    """Return the best alignment of two readings; of equals, the one with the earliest matches."""
    limit = max(1, MAX_CELLS // max(1, min(len(left), 500)))
    left, right = tuple(left[:500]), tuple(right[:limit])
    likeness = _make_likeness(left, right, encoder)
    matched = _trace(_fill(likeness), likeness)
    pairs = tuple((left[i], right[j]) for i, j in matched)
    shorter = max(1, min(len(left), len(right)))
    return Alignment(
        pairs=pairs,
        gaps=tuple(_find_gaps(left, right, matched)),
        share=round(len(pairs) / shorter, 4),
        longest_run=_find_longest_run(left, right, matched),
    )


def _find_longest_run(
    left: Sequence[Word], right: Sequence[Word], matched: Sequence[tuple[int, int]]
) -> int:
    longest = run = 0
    previous = (-1, -1)
    for i, j in matched:
        follows = (i, j) == (previous[0] + 1, previous[1] + 1)
        is_same = left[i].folded == right[j].folded
        run = (run if follows else 0) + 1 if is_same else 0
        longest = max(longest, run)
        previous = (i, j)
    return longest


def _make_likeness(left: Sequence[Word], right: Sequence[Word], encoder: Encoder) -> Vectors:
    """Return what it is worth to match two words.

    Shape: ``(len(left), len(right))``, float32.
    """
    forms = sorted({word.folded for word in (*left, *right)})
    place = {form: n for n, form in enumerate(forms)}
    vectors = encoder.encode(forms)
    rows, columns = ([place[w.folded] for w in side] for side in (left, right))
    cosines = np.round(vectors[rows] @ vectors[columns].T, 4) if rows and columns else None
    if cosines is None:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    worth = np.where(cosines >= MIN_COSINE, cosines * 0.8, MISMATCH)
    equal = np.array(rows)[:, None] == np.array(columns)[None, :]
    numeric = [np.array([w.text[0].isdigit() for w in side]) for side in (left, right)]
    # Two numbers are equal or they are not: 19 is not nearly 23.
    worth[(numeric[0][:, None] | numeric[1][None, :])] = MISMATCH
    return np.asarray(np.where(equal, 1.0, worth), dtype=np.float32)


def _fill(likeness: Vectors) -> Vectors:
    n, m = likeness.shape
    table = np.zeros((n + 1, m + 1), dtype=np.float32)
    table[:, 0] = GAP * np.arange(n + 1)
    table[0, :] = GAP * np.arange(m + 1)
    steps = GAP * np.arange(m + 1)
    for i in range(1, n + 1):
        best = np.maximum(table[i - 1, 1:] + GAP, table[i - 1, :-1] + likeness[i - 1])
        # Gaps along the row: a running maximum of what is left after paying for the way.
        row = np.concatenate(([table[i, 0]], best)) - steps
        table[i] = np.maximum.accumulate(row) + steps
    return table


def _trace(table: Vectors, likeness: Vectors) -> list[tuple[int, int]]:
    i, j = likeness.shape
    matched = []
    while i and j:
        here = table[i, j]
        is_match = likeness[i - 1, j - 1] > 0
        if is_match and abs(here - (table[i - 1, j - 1] + likeness[i - 1, j - 1])) < 1e-4:
            matched.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif abs(here - (table[i - 1, j] + GAP)) < 1e-4:
            i -= 1
        elif abs(here - (table[i, j - 1] + GAP)) < 1e-4:
            j -= 1
        else:
            i, j = i - 1, j - 1
    return matched[::-1]


def _find_gaps(
    left: Sequence[Word], right: Sequence[Word], matched: Sequence[tuple[int, int]]
) -> list[Gap]:
    gaps = []
    i = j = 0
    for next_i, next_j in (*matched, (len(left), len(right))):
        if next_i > i or next_j > j:
            gaps.append(Gap(tuple(left[i:next_i]), tuple(right[j:next_j])))
        i, j = next_i + 1, next_j + 1
    return gaps
