"""The best tree of a sentence from scores of its arcs.

Chu and Liu 1965, Edmonds 1967: the spanning arborescence of greatest weight; one root, as
Universal Dependencies want (Zmigrod et al. 2020, "Please Mind the Root").
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Heads = npt.NDArray[np.int64]

MAX_ROOTS = 5
"""Roots tried where the best arcs are no tree. In sentences the first or second has the best tree;
in a table without a verb any of hundreds may, and it tells nothing.
"""


def find_heads(arcs: Scores) -> Heads:
    """Return each word's head, ``(words,)``; the root's is itself.

    Args:
        arcs: ``(words, heads)``; the diagonal has the scores of being the root.
    """
    if len(arcs) == 1:
        return np.zeros(1, np.int64)
    places = np.arange(len(arcs))
    others = arcs.copy()
    np.fill_diagonal(others, -np.inf)
    heads: Heads = others.argmax(1)
    chosen = others[places, heads]
    # No tree with a word as root weighs more than that word's best arcs together: so the first
    # root whose best arcs are a tree, or whose best tree weighs more than that, has the best.
    gains = np.diagonal(arcs) - chosen
    best, best_gain = heads, -np.inf
    for root in np.argsort(-gains, kind="stable")[:MAX_ROOTS].tolist():
        if gains[root] <= best_gain:
            break
        found = heads.copy()
        found[root] = root
        gain = float(gains[root])
        if not _is_tree(found, root):
            found = _find_arborescence(others, root)
            found[root] = root
            lost = np.delete(chosen - others[places, found], root).sum()
            gain -= float(lost)
        if gain > best_gain:
            best, best_gain = found, gain
    return best


def _is_tree(heads: Heads, root: int) -> bool:
    # Following heads doubles the distance at each step: whoever is in a circle never arrives.
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    return bool((reached == root).all())


def _find_arborescence(graph: Scores, root: int) -> Heads:
    """Return the heads of greatest weight under the given root; the root's is -1."""
    heads: Heads = graph.argmax(1)
    heads[root] = -1
    cycle = _find_cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(graph), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    ring = np.asarray(cycle)
    # The circle becomes one word, the last of a smaller graph.
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf, graph.dtype)
    smaller[:-1, :-1] = graph[outside[:, None], outside]
    leaving = graph[outside[:, None], ring]
    smaller[:-1, -1] = leaving.max(1)
    breaking = graph[ring[:, None], outside] - graph[ring, heads[ring]][:, None]
    smaller[-1, :-1] = breaking.max(0)
    found = _find_arborescence(smaller, int(np.searchsorted(outside, root)))
    result = heads.copy()
    for place, word in enumerate(outside):
        head = found[place]
        if head == len(outside):
            result[word] = ring[leaving[place].argmax()]
        elif head >= 0:
            result[word] = outside[head]
    entry = found[-1]
    entered = ring[breaking[:, entry].argmax()]
    result[entered] = outside[entry]
    return result


def _find_cycle(heads: Heads) -> list[int]:
    done = np.zeros(len(heads), bool)
    for start in range(len(heads)):
        path: list[int] = []
        at = start
        while at >= 0 and not done[at]:
            done[at] = True
            path.append(at)
            at = int(heads[at])
        if at in path:
            return path[path.index(at) :]
    return []
