"""The labels that a network learns, and lines of words as rows of their numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from samples import EVERY_TAG, NAME_TAGS, Sample

UNMARKED = -100
"""What torch's losses leave out."""

Rows = dict[str, np.ndarray]


@dataclass(frozen=True)
class Labels:
    """Tags of words, relations to heads, tags of names; a label's number is its place."""

    tags: tuple[str, ...]
    deps: tuple[str, ...]
    names: tuple[str, ...] = NAME_TAGS

    @classmethod
    def collect(cls, samples: Iterable[Sample]) -> Labels:
        """Return every label that the samples have, in the order of the alphabet."""
        tags: Counter[str] = Counter()
        deps: Counter[str] = Counter()
        for sample in samples:
            tags.update(sample.tags or ())
            deps.update(sample.deps or ())
        return cls(tuple(sorted(tags)), tuple(sorted(deps)))

    def save(self, file: Path) -> None:
        """Write them as JSON."""
        file.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Labels:
        """Return what :meth:`save` wrote."""
        return cls(**{k: tuple(v) for k, v in json.loads(file.read_text("utf-8")).items()})


def make_rows(samples: Sequence[Sample], labels: Labels) -> Rows:
    """Return the samples' marks as arrays, shape ``(lines, longest line)``.

    ``tags``, ``heads``, ``deps``: numbers, :data:`UNMARKED` where unknown; ``allowed``: bits;
    ``sentences``: numbers, -1 beyond a line's end.
    """
    shape = (len(samples), max(len(sample.words) for sample in samples))
    rows = {name: np.full(shape, UNMARKED, np.int64) for name in ("tags", "heads", "deps")}
    rows["sentences"] = np.full(shape, -1, np.int64)
    rows["allowed"] = np.full(shape, EVERY_TAG, np.int64)
    tags = {label: n for n, label in enumerate(labels.tags)}
    deps = {label: n for n, label in enumerate(labels.deps)}
    for n, sample in enumerate(samples):
        end = len(sample.words)
        rows["sentences"][n, :end] = sample.sentences
        if sample.tags is not None:
            rows["tags"][n, :end] = [tags.get(tag, UNMARKED) for tag in sample.tags]
        if sample.heads is not None and sample.deps is not None:
            rows["heads"][n, :end] = sample.heads
            rows["deps"][n, :end] = [deps.get(dep, UNMARKED) for dep in sample.deps]
        if sample.allowed is not None:
            rows["allowed"][n, :end] = sample.allowed
    return rows
