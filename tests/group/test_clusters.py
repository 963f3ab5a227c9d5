from __future__ import annotations

import random
from itertools import combinations
from unittest.mock import patch

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.group import clusters
from variorum.group.clusters import find_clusters
from variorum.group.likeness import Pairs

THRESHOLD = 0.19

Likeness = dict[tuple[int, int], float]


def make_pairs(likeness: Likeness) -> Pairs:
    left, right = zip(*sorted(likeness), strict=True) if likeness else ((), ())
    return Pairs(
        np.array(left, dtype=np.int64),
        np.array(right, dtype=np.int64),
        np.array([likeness[pair] for pair in sorted(likeness)], dtype=np.float64),
    )


@st.composite
def drawn(draw: st.DrawFn) -> tuple[int, Likeness]:
    """Draw some items and the likeness of some of their pairs, no two values alike."""
    n_items = draw(st.integers(0, 9))
    pairs = draw(st.sets(st.sampled_from([*combinations(range(n_items), 2)] or [(0, 0)])))
    chance = random.Random(draw(st.integers(0, 2**32)))
    return n_items, {pair: chance.uniform(0.1, 0.5) for pair in sorted(pairs) if len({*pair}) == 2}


def link_by_hand(n_items: int, likeness: Likeness, threshold: float) -> list[list[int]]:
    """Join the two clusters of the highest mean likeness as long as it reaches the threshold."""
    found = [[item] for item in range(n_items)]

    def mean(left: list[int], right: list[int]) -> float:
        total = sum(likeness.get((min(i, j), max(i, j)), 0.0) for i in left for j in right)
        return total / (len(left) * len(right))

    while len(found) > 1:
        left, right = max(combinations(found, 2), key=lambda pair: mean(*pair))
        if mean(left, right) < threshold:
            break
        found = [c for c in found if c not in (left, right)] + [sorted(left + right)]
    return sorted(found)


@given(drawn())
@settings(deadline=None)
def test_average_linkage(items: tuple[int, Likeness]) -> None:
    """Clusters are those of joining the likeliest pair of clusters, one by one, by hand."""
    n_items, likeness = items

    found = find_clusters(make_pairs(likeness), n_items, THRESHOLD)

    assert found == link_by_hand(n_items, likeness, THRESHOLD)


@given(drawn(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_of_items(items: tuple[int, Likeness], chance: random.Random) -> None:
    """The same items under other numbers are the same clusters."""
    n_items, likeness = items
    number = list(range(n_items))
    chance.shuffle(number)
    renamed = {
        (min(number[i], number[j]), max(number[i], number[j])): value
        for (i, j), value in likeness.items()
    }

    found = find_clusters(make_pairs(likeness), n_items, THRESHOLD)
    again = find_clusters(make_pairs(renamed), n_items, THRESHOLD)

    assert again == sorted(sorted(number[item] for item in cluster) for cluster in found)


@given(drawn(), st.integers(1, 4))
@settings(deadline=None)
def test_components(items: tuple[int, Likeness], max_component: int) -> None:
    """No cluster joins what no chain of likely pairs connects; every item is in exactly one."""
    n_items, likeness = items
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n_items))
    graph.add_edges_from(pair for pair, value in likeness.items() if value >= THRESHOLD)
    components = [set(component) for component in nx.connected_components(graph)]

    for limit in (max_component, n_items + 1):
        with patch.object(clusters, "MAX_COMPONENT", limit):
            found = find_clusters(make_pairs(likeness), n_items, THRESHOLD)

        assert sorted(item for cluster in found for item in cluster) == list(range(n_items))
        assert all(any(component.issuperset(c) for component in components) for c in found)


def test_large_component_is_broken_at_its_weak_pairs() -> None:
    """What would need too large a matrix comes apart where the likeness is least."""
    likeness = dict.fromkeys([*combinations(range(3), 2), *combinations(range(3, 6), 2)], 0.9)
    likeness |= {(i, j): 0.2 for i in range(3) for j in range(3, 6)}

    whole = find_clusters(make_pairs(likeness), 6, THRESHOLD)
    with patch.object(clusters, "MAX_COMPONENT", 3):
        broken = find_clusters(make_pairs(likeness), 6, THRESHOLD)

    assert whole == [[0, 1, 2, 3, 4, 5]]
    assert broken == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize("threshold", [0.12, 0.19])
def test_mean_that_is_the_threshold(threshold: float) -> None:
    """A mean of exactly the threshold joins, one just below it does not, however it is summed."""
    for seed in range(60):
        chance = random.Random(seed)
        likeness = dict.fromkeys(combinations(range(4), 2), 0.95)
        whole = round(threshold * 10_000)
        parts = [chance.randint(whole // 2, whole) for _ in range(3)]
        parts.append(4 * whole - sum(parts))
        likeness |= {(item, 4): part / 10_000 for item, part in enumerate(parts)}

        assert find_clusters(make_pairs(likeness), 5, threshold) == [[0, 1, 2, 3, 4]]
        likeness[(3, 4)] -= 0.0001
        assert find_clusters(make_pairs(likeness), 5, threshold) == [[0, 1, 2, 3], [4]]
