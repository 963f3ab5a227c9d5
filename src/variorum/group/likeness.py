"""How alike two articles are, for all pairs that could be of one event.

Words, lead and names are cosines of frozen-weight TF-IDF vectors (Salton and Buckley 1988); time
has a heavy tail, because dates of real collections are often those of a later crawl.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

from variorum.group.features import Features, make_matrix

# Measured on the 209 development articles and 1,500 of the incidents (average linkage, B-cubed
# F1 at the threshold of stories.py): words alone 91.5 / 73.0, with lead 93.3 / 72.2, with lead,
# names and time 92.0 / 88.9.
WEIGHTS = {"words": 0.4, "names": 0.2, "lead": 0.4}

TIME_FACTORS = ((3, 1.0), (7, 0.9), (30, 0.8))
"""Days apart, at most, and what is left of the likeness."""

FAR_FACTOR = 0.7

MIN_LIKENESS = 0.1
"""Pairs below this are left out: they are as far apart as two articles can be."""

CHUNK = 512
"""Articles compared with all others at a time, to bound memory."""

PLACES = 4


class Pairs(NamedTuple):
    """Likeness of pairs of articles, each pair once, left before right.

    Shape: three arrays of one length; indices int64, likeness float64 in 0.0 to 1.0.
    """

    left: np.ndarray
    right: np.ndarray
    likeness: np.ndarray


def find_pairs(features: Sequence[Features]) -> Pairs:
    """Return all pairs whose likeness is at least ``MIN_LIKENESS``."""
    parts = {
        name: make_matrix([getattr(feature, name) for feature in features]) for name in WEIGHTS
    }
    days = np.array([np.nan if f.day is None else f.day for f in features], dtype=np.float64)
    found = [
        _pairs_from(parts, days, start, min(start + CHUNK, len(features)))
        for start in range(0, len(features), CHUNK)
    ]
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return Pairs(nothing, nothing, np.zeros(0))
    return Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _pairs_from(
    parts: dict[str, sparse.csr_array], days: np.ndarray, start: int, end: int
) -> Pairs:
    total = sum(
        (WEIGHTS[name] * (matrix[start:end] @ matrix.T) for name, matrix in parts.items()),
        start=sparse.csr_array((end - start, len(days))),
    ).tocoo()
    left, right = total.row + start, total.col
    likeness = np.round(total.data * _time_factors(days[left], days[right]), PLACES)
    keep = (left < right) & (likeness >= MIN_LIKENESS)
    return Pairs(left[keep].astype(np.int64), right[keep].astype(np.int64), likeness[keep])


def _time_factors(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    apart = np.abs(left - right)
    factors = np.full(apart.shape, FAR_FACTOR)
    for days, factor in reversed(TIME_FACTORS):
        factors[apart <= days] = factor
    factors[np.isnan(apart)] = 1.0
    return factors
