from __future__ import annotations

import itertools

import numpy as np
import pytest

from variorum.annotate.name_tags import NameTags

TAGS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG")


def is_allowed(row: tuple[str, ...]) -> bool:
    before = ("O", *row)
    return all(
        not new.startswith("I-") or old[1:] == new[1:]
        for old, new in zip(before, row, strict=False)
    )


@pytest.mark.parametrize("seed", range(30))
def test_best_allowed_row(seed: int) -> None:
    """No allowed row of tags is likelier; tried one by one."""
    scores = np.random.default_rng(seed).normal(size=(4, len(TAGS))).astype(np.float32) * 3

    found = NameTags(TAGS).decode(scores)

    rows = itertools.product(range(len(TAGS)), repeat=4)
    allowed = [row for row in rows if is_allowed(tuple(TAGS[n] for n in row))]
    best = max(allowed, key=lambda row: sum(scores[n, tag] for n, tag in enumerate(row)))
    assert tuple(found.tolist()) == best


def test_empty_line() -> None:
    """No word, no tag."""
    assert NameTags(TAGS).decode(np.zeros((0, 5), np.float32)).tolist() == []
