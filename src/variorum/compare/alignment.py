"""Two wordings of one thing, word against word (Needleman and Wunsch 1970).

Equal words match, words of like meaning match for less, what has no counterpart is a gap. A name
is one word, and matches every other spelling of whom it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.model.ports import Encoder, Vectors, WordWeights
from variorum.model.span import Span

WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:['’-][^\W_]+)*")

GAP = -0.25
MIN_COSINE = 0.5
"""Of two words' vectors: "city" and "town" lie above it, "city" and "war" below."""

MISMATCH = -1.0
MAX_CELLS = 250_000
"""Words of one side times words of the other; longer readings are compared by their beginnings."""


MIN_ISLAND_WEIGHT = 5.0
"""Matched words between two long gaps that tell less, one rare word or two others, match by
chance."""

LONG_GAP = 3
"""Steps over words of both sides without a counterpart after which a match stands alone."""

Named = Sequence[tuple[Span, str]]
"""Mentions by name, in text order and without overlaps, each with the entity that it names."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a reading, or a name of several words, with its place in the article.

    Attributes:
        entity: Id of the entity that it names; None for any other word.
    """

    text: str
    span: Span
    entity: str | None = None

    @property
    def key(self) -> str:
        """What is equal for words that are one and the same."""
        return self.entity or self.folded

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


def find_words(text: str, spans: Sequence[Span], named: Named = ()) -> tuple[Word, ...]:
    """Return the words of a reading, in text order."""
    return tuple(word for span in spans for word in _iter_words(text, span, named))


def _iter_words(text: str, span: Span, named: Named) -> Iterator[Word]:
    names = [(name, entity) for name, entity in named if span.contains(name)]
    at = span.start
    for name, entity in (*names, (Span(span.end, span.end), "")):
        for match in WORD.finditer(text, at, name.start):
            yield Word(match[0], Span(match.start(), match.end()))
        if entity:
            yield Word(name.of(text), name, entity)
        at = name.end


def align(
    left: Sequence[Word], right: Sequence[Word], encoder: Encoder, weights: WordWeights
) -> Alignment:
    """Return the best alignment of two readings; of equals, the one with the earliest matches."""
    limit = max(1, MAX_CELLS // max(1, min(len(left), 500)))
    left, right = tuple(left[:500]), tuple(right[:limit])
    likeness = _make_likeness(left, right, encoder)
    matched = _drop_islands(_trace(_fill(likeness), likeness), left, weights)
    pairs = tuple((left[i], right[j]) for i, j in matched)
    shorter = max(1, min(len(left), len(right)))
    return Alignment(
        pairs=pairs,
        gaps=tuple(_find_gaps(left, right, matched)),
        share=round(len(pairs) / shorter, 4),
        longest_run=_find_longest_run(left, right, matched),
    )


def _drop_islands(
    matched: Sequence[tuple[int, int]], left: Sequence[Word], weights: WordWeights
) -> list[tuple[int, int]]:
    """Return the matches without those that stand alone between long gaps and tell nothing."""
    runs: list[list[tuple[int, int]]] = []
    for pair in matched:
        steps = (pair[0] - runs[-1][-1][0], pair[1] - runs[-1][-1][1]) if runs else (0, 0)
        # Words that one side alone has do not part their neighbours from each other.
        if runs and (min(steps) == 1 or max(steps) <= LONG_GAP):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return [
        pair
        for run in runs
        if len(runs) == 1 or _tell(run, left, weights) >= MIN_ISLAND_WEIGHT
        for pair in run
    ]


def _tell(run: Sequence[tuple[int, int]], words: Sequence[Word], weights: WordWeights) -> float:
    return sum(weights.weight_of(words[i].folded) for i, _ in run)


def _find_longest_run(
    left: Sequence[Word], right: Sequence[Word], matched: Sequence[tuple[int, int]]
) -> int:
    longest = run = 0
    previous = (-1, -1)
    for i, j in matched:
        follows = (i, j) == (previous[0] + 1, previous[1] + 1)
        is_same = left[i].key == right[j].key
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
    keys = [np.array([word.key for word in side], dtype=object) for side in (left, right)]
    cosines = np.round(vectors[rows] @ vectors[columns].T, 4) if rows and columns else None
    if cosines is None:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    worth = np.where(cosines >= MIN_COSINE, cosines * 0.8, MISMATCH)
    equal = keys[0][:, None] == keys[1][None, :]
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
