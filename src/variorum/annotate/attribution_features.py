"""What the reader of attributions sees of a word beside its states: the tree, distance, marks.

Training and run time share these numbers, so that the one can't drift from the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from variorum.languages.word_table import Floats

MAX_REACH = 100
"""Words on each side of a cue in which its source and its content are sought, in its sentence."""

EXACT_STEPS = 10
MAX_STEP = 18
N_DISTANCES = 2 * MAX_STEP + 1
MAX_LEVEL = 3
"""Ancestors of a cue further up than this count as one."""

N_MARKS = 4
MAX_CROSSED = 4
N_CROSSED = (MAX_CROSSED + 1) ** 2

Numbers = npt.NDArray[np.int64]


class Parsed(NamedTuple):
    """A paragraph as the reader of attributions needs it; arrays have one entry a word.

    Attributes:
        words: As they are written.
        states: The network's states, ``(words, width)``.
        heads: Each word's head, a root's itself.
        relations: Numbers of the relations to the heads, below ``n_relations``.
        sentences: Number of each word's sentence; never falling.
        is_quoted: Whether it stands inside quotation marks.
    """

    words: Sequence[str]
    states: Floats
    heads: Numbers
    relations: Numbers
    sentences: Numbers
    is_quoted: npt.NDArray[np.bool_]


def count_paths(n_relations: int) -> int:
    """Return how many numbers :func:`find_paths` may give."""
    return 1 + (MAX_LEVEL + 1) * (n_relations + 1)


def find_window(sentences: Numbers, head: int) -> tuple[int, int]:
    """Return the words among which a cue's source and content are sought: its sentence's."""
    start = int(np.searchsorted(sentences, sentences[head], "left"))
    end = int(np.searchsorted(sentences, sentences[head], "right"))
    return max(start, head - MAX_REACH), min(end, head + MAX_REACH)


def find_distances(start: int, end: int, head: int) -> Numbers:
    """Return the number of each word's signed distance to the cue: exact when near."""
    steps = np.arange(start, end) - head
    far = np.abs(steps)
    coarse = EXACT_STEPS + 3 * np.log2(np.maximum(far, 1) / EXACT_STEPS)
    size = np.where(far <= EXACT_STEPS, far, np.minimum(coarse, MAX_STEP)).astype(np.int64)
    return np.sign(steps) * size + MAX_STEP


def find_ancestors(heads: Sequence[int], head: int) -> list[int]:
    """Return a word, what it hangs on, and so on to the root."""
    found = [head]
    while heads[found[-1]] != found[-1]:
        found.append(heads[found[-1]])
    return found


def find_paths(
    heads: Sequence[int],
    relations: Sequence[int],
    window: tuple[int, int],
    head: int,
    n_relations: int,
) -> list[int]:
    """Return, for each word of a window, where in the tree it lies as the cue sees it.

    That is which ancestor of the cue it hangs under (the cue is its own, number 0) and by which
    relation the branch with it hangs there; 0 for words of another tree.
    """
    levels = {word: min(n, MAX_LEVEL) for n, word in enumerate(find_ancestors(heads, head))}
    found = {word: 1 + level * (n_relations + 1) + n_relations for word, level in levels.items()}
    for place in range(*window):
        trail, value = [], 0
        word = place
        while True:
            if word in found:
                value = found[word]
                break
            trail.append(word)
            above = heads[word]
            if above in levels:
                value = 1 + levels[above] * (n_relations + 1) + relations[word]
                break
            if above == word:
                break
            word = above
        found.update(dict.fromkeys(trail, value))
    return [found[place] for place in range(*window)]


def find_crossed(heads: Numbers, window: tuple[int, int], ancestors: Sequence[int]) -> Numbers:
    """Return, for each word of a window, how many arcs pass over its beginning and its end.

    A phrase ends where none does. Arcs to the cue and its ancestors do not count: they pass over
    whole phrases.
    """
    start, end = window
    words = np.arange(start, end)
    above = heads[start:end]
    is_ancestor = np.zeros(len(heads), bool)
    is_ancestor[ancestors] = True
    counts = (above != words) & ~is_ancestor[above]
    first, second = words[counts], above[counts]
    low = np.clip(np.minimum(first, second), start, end - 1) - start
    high = np.clip(np.maximum(first, second), start, end - 1) - start
    size = end - start + 1
    steps = np.bincount(low + 1, minlength=size) - np.bincount(high + 1, minlength=size)
    crossed = np.minimum(np.cumsum(steps), MAX_CROSSED)
    return crossed[:-1] * (MAX_CROSSED + 1) + crossed[1:]


def find_children(heads: Numbers, relations: Numbers, n_relations: int) -> Floats:
    """Return which relations, on which side, the children of each word have: ones and zeros."""
    words = np.arange(len(heads))
    is_child = heads != words
    kinds = relations + n_relations * (words > heads)
    found = np.zeros((len(heads), 2 * n_relations), np.float32)
    found[heads[is_child], kinds[is_child]] = 1
    return found


def find_marks(is_quoted: npt.NDArray[np.bool_], start: int, end: int, head: int) -> Numbers:
    """Return whether each word, and whether the cue, stands inside quotation marks: 0 to 3."""
    return is_quoted[start:end].astype(np.int64) + 2 * int(is_quoted[head])
