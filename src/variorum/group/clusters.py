"""Average linkage over sparse likeness (Sokal and Michener 1958, UPGMA)."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components

from variorum.group.likeness import Pairs

MAX_COMPONENT = 6_000
"""Items in one dense matrix: 36 million distances, 144 MB as they are halved by scipy."""

PLACES = 9
"""Means are rounded so, lest the last bit of a sum decide over a mean that is the threshold."""

STRICTER = 1.25
"""What the threshold is multiplied with, as often as needed, to break up a larger component."""


def find_clusters(pairs: Pairs, n_items: int, threshold: float) -> list[list[int]]:
    """Return the items in clusters whose mean likeness is at least ``threshold``.

    Pairs that are not in ``pairs`` have likeness 0. Clusters and their items are sorted; items
    should come in an order that does not depend on the input's, for it decides between equals.
    """
    clusters: list[list[int]] = []
    for items in _iter_components(pairs, np.arange(n_items), threshold):
        clusters += _link(pairs, items, threshold)
    return sorted(clusters)


def _iter_components(pairs: Pairs, items: np.ndarray, threshold: float) -> list[np.ndarray]:
    """Return sets of items that average linkage could not join across."""
    chosen = np.zeros(int(max(pairs.right.max(initial=0), items.max(initial=0))) + 1, dtype=bool)
    chosen[items] = True
    keep = (pairs.likeness >= threshold) & chosen[pairs.left] & chosen[pairs.right]
    left, right = pairs.left[keep], pairs.right[keep]
    n = len(chosen)
    graph = sparse.coo_array((np.ones(len(left)), (left, right)), shape=(n, n))
    _, label = connected_components(graph, directed=False)
    order = items[np.argsort(label[items], kind="stable")]
    parts = np.split(order, np.flatnonzero(np.diff(label[order])) + 1) if len(order) else []
    found: list[np.ndarray] = []
    for part in parts:
        if len(part) <= MAX_COMPONENT:
            found.append(part)
        else:
            found += _iter_components(pairs, part, threshold * STRICTER)
    return found


def _link(pairs: Pairs, items: np.ndarray, threshold: float) -> list[list[int]]:
    if len(items) < 2:
        return [[int(item)] for item in items]
    first = np.searchsorted(items, pairs.left)
    second = np.searchsorted(items, pairs.right)
    first_ok = items[np.minimum(first, len(items) - 1)] == pairs.left
    second_ok = items[np.minimum(second, len(items) - 1)] == pairs.right
    keep = first_ok & second_ok
    i, j, n = first[keep], second[keep], len(items)
    distances = np.ones(n * (n - 1) // 2)
    # Place of the pair (i, j), i < j, in scipy's condensed form.
    distances[n * i - i * (i + 1) // 2 + j - i - 1] = 1 - pairs.likeness[keep]
    tree = linkage(distances, "average")
    tree[:, 2] = np.round(tree[:, 2], PLACES)
    labels = fcluster(tree, round(1 - threshold, PLACES), "distance")
    return [[int(item) for item in items[labels == label]] for label in np.unique(labels)]
