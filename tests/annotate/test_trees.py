from __future__ import annotations

import itertools

import numpy as np
import pytest

from variorum.annotate.trees import find_heads


def weigh(arcs: np.ndarray, heads: tuple[int, ...] | np.ndarray) -> float:
    return float(sum(arcs[n, head] for n, head in enumerate(heads)))


def is_tree(heads: tuple[int, ...]) -> bool:
    roots = [n for n, head in enumerate(heads) if head == n]
    if len(roots) != 1:
        return False
    for n in range(len(heads)):
        seen: set[int] = set()
        at = n
        while at != roots[0]:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at]
    return True


@pytest.mark.parametrize("seed", range(40))
def test_finds_the_best_of_all_trees(seed: int) -> None:
    """No other tree with one root weighs more, tried one by one."""
    draw = np.random.default_rng(seed)
    n = int(draw.integers(1, 7))
    arcs = draw.normal(size=(n, n)).astype(np.float32)

    heads = find_heads(arcs)

    trees = (row for row in itertools.product(range(n), repeat=n) if is_tree(row))
    best = max(weigh(arcs, row) for row in trees)
    assert is_tree(tuple(int(head) for head in heads))
    assert weigh(arcs, heads) == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_long_sentences_are_trees(seed: int) -> None:
    """Scores without any sense still give one root and no circle."""
    arcs = np.random.default_rng(seed).normal(size=(120, 120)).astype(np.float32)

    assert is_tree(tuple(int(head) for head in find_heads(arcs)))


def test_only_one_root_however_good_others_are() -> None:
    """Universal Dependencies allow one; the better of two stays."""
    arcs = np.array([[9, 0, 0], [0, 8, 0], [5, 1, -9]], dtype=np.float32)

    assert find_heads(arcs).tolist() == [0, 0, 0]
