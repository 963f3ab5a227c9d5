"""The shipped network: tags, trees and names of lines of words, by numpy alone.

training/student.py trains it and says what it is made of. A word's own part is computed once and
kept, a line costs six convolutions, and only sentences that are asked for get a tree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from variorum.annotate.features import find_places, hash_rows
from variorum.annotate.name_tags import NameTags
from variorum.annotate.trees import find_heads
from variorum.languages.encoder import StaticEncoder
from variorum.languages.word_table import Floats, WordTable

MAX_ROWS = 4_096
"""Words convolved together, more if one line has more: 9 MB of window, no gain in speed beyond."""

MAX_TREE_WORDS = 150
"""A tree's time may grow with the cube of its words; a longer sentence is cut in several."""

EPSILON = 1e-5

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be read.

    Attributes:
        words: Its words, no white space among them.
        sentences: For each word the number of its sentence; never falling.
        needs_tree: Whether its sentences shall have trees.
    """

    words: Sequence[str]
    sentences: Sequence[int]
    needs_tree: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What the network says of a line; the numbers are places in its lists of labels.

    Attributes:
        tags: Penn Treebank tags.
        names: Tags of names (BIO).
        heads: Each word's head in the line, a root's itself; None without a tree.
        deps: Relations to the heads; None without a tree.
        states: What the heads of the network read of each word, ``(words, width)``.
    """

    tags: Numbers
    names: Numbers
    heads: Numbers | None
    deps: Numbers | None
    states: Floats


class Network:
    """Weights and labels; :meth:`read` is pure, and its results do not depend on what came before.

    Args:
        folder: With ``network.json``, ``network.safetensors`` and ``lists.tsv``.
    """

    def __init__(self, folder: Path) -> None:
        described = json.loads((folder / "network.json").read_text(encoding="utf-8"))
        self.tags: tuple[str, ...] = tuple(described["tags"])
        self.deps: tuple[str, ...] = tuple(described["deps"])
        self.names = NameTags(described["names"])
        self._dilations: tuple[int, ...] = tuple(described["dilations"])
        max_offset: int = described["max_offset"]
        self._lists = _load_lists(folder / "lists.tsv")
        weights = load_file(folder / "network.safetensors")
        self._rows = weights.pop("rows")
        self._w = {name: value.astype(np.float32) for name, value in weights.items()}
        self._turned = [
            np.ascontiguousarray(self._w[f"convolutions.{n}.weight"].T)
            for n in range(len(self._dilations))
        ]
        self._encoder = StaticEncoder()
        places = np.arange(MAX_TREE_WORDS)
        steps = np.clip(places[None, :] - places[:, None], -max_offset, max_offset)
        self._offsets: Floats = self._w["offset"][steps + max_offset]
        self._words = WordTable(self.compute_words)
        self._root = self.deps.index("ROOT")
        self._joined = np.concatenate(
            [self._w[f"{name}.weight"] for name in ("arc_word", "arc_head", "rel_word", "rel_head")]
        )
        self._joined_bias = np.concatenate(
            [self._w[f"{name}.bias"] for name in ("arc_word", "arc_head", "rel_word", "rel_head")]
        )

    def read(self, lines: Sequence[Line]) -> list[Read]:
        """Return what is found in each line."""
        found: list[Read] = []
        for batch in _iter_batches(lines, max(self._dilations)):
            found += self._read_batch(batch)
        return found

    def _read_batch(self, lines: Sequence[Line]) -> Iterator[Read]:
        words = [word for line in lines for word in line.words]
        places = [find_places(line.words, line.sentences) for line in lines]
        inputs = self._words.look_up(words) + self._w["places.weight"][np.concatenate(places)]
        # Lines lie one after another with zeros between them, so that none sees its neighbour.
        gap = max(self._dilations)
        is_word = np.zeros(len(words) + gap * (len(lines) + 1), bool)
        start = gap
        for line in lines:
            is_word[start : start + len(line.words)] = True
            start += len(line.words) + gap
        x = np.zeros((len(is_word), inputs.shape[1]), np.float32)
        x[is_word] = _normalise(inputs) * self._w["first_norm.weight"] + self._w["first_norm.bias"]
        for number, dilation in enumerate(self._dilations):
            x = self._convolve(x, is_word, number, dilation)
        states = x[is_word]
        tags = self._apply("tags", states).argmax(1)
        hidden = np.maximum(self._apply("name_hidden", states), 0)
        names = self._apply("names", hidden)
        trees = self._project(states, lines)
        at = 0
        for line, projected in zip(lines, trees, strict=True):
            end = at + len(line.words)
            heads, deps = (None, None) if projected is None else self._grow(line, projected)
            decoded = self.names.decode(names[at:end])
            yield Read(tags[at:end], decoded, heads, deps, states[at:end])
            at = end

    def _apply(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"])

    def _convolve(self, x: Floats, is_word: npt.NDArray[np.bool_], n: int, step: int) -> Floats:
        """Return ``norm(x + relu(convolution(x)))``, zeros where no word is."""
        gap = max(self._dilations)
        inner = len(x) - 2 * gap
        window = np.concatenate(
            [x[gap + side : gap + side + inner] for side in (-step, 0, step)], axis=1
        )
        found = window @ self._turned[n]
        found += self._w[f"convolutions.{n}.bias"]
        np.maximum(found, 0, out=found)
        found += x[gap:-gap]
        result = np.zeros_like(x)
        result[gap:-gap] = _normalise(found)
        result[~is_word] = 0
        return result

    def _project(self, states: Floats, lines: Sequence[Line]) -> Iterator[Floats | None]:
        """Yield what trees are grown from, for the lines that need one."""
        wanted = np.concatenate([np.full(len(line.words), line.needs_tree) for line in lines])
        projected = states[wanted] @ self._joined.T + self._joined_bias
        at = 0
        for line in lines:
            if line.needs_tree:
                yield projected[at : at + len(line.words)]
                at += len(line.words)
            else:
                yield None

    def _grow(self, line: Line, projected: Floats) -> tuple[Numbers, Numbers]:
        """Return heads and relations of a line's words."""
        arc_width = len(self._w["arc.bias"])
        arc_word, arc_head = (
            np.maximum(projected[:, n * arc_width : (n + 1) * arc_width], 0) for n in (0, 1)
        )
        rel_word, rel_head = np.split(projected[:, 2 * arc_width :], 2, axis=1)
        roots = self._apply("root", arc_word)[:, 0]
        turned = self._apply("arc", arc_word)
        heads = np.empty(len(line.words), np.int64)
        is_root = np.zeros(len(line.words), bool)
        for start, end, is_whole in _iter_trees(line.sentences):
            arcs = turned[start:end] @ arc_head[start:end].T
            arcs += self._offsets[: end - start, : end - start]
            np.fill_diagonal(arcs, roots[start:end])
            found = find_heads(arcs) + start
            heads[start:end] = found
            own = start + int((found == np.arange(start, end)).argmax())
            if is_whole:
                is_root[own] = True
                root = own
            else:
                heads[own] = root
        scores = self._apply("rel", np.maximum(rel_word + rel_head[heads], 0))
        scores[:, self._root] = -np.inf
        deps = scores.argmax(1)
        deps[is_root] = self._root
        return heads, deps

    def compute_words(self, words: Sequence[str]) -> Floats:
        """Return the words' own part of the input, ``(len(words), width)``."""
        places = hash_rows(words, self._lists, len(self._rows))
        hashed = (self._rows[places] * self._w["row_scales"][places]).sum(1, dtype=np.float32)
        static = self._encoder.encode(words) @ self._w["static.weight"].T
        both = _normalise(np.concatenate([hashed, static], axis=1))
        both = both * self._w["word_norm.weight"] + self._w["word_norm.bias"]
        return np.maximum(self._apply("word", both), 0)


def _normalise(x: Floats) -> Floats:
    """Return each row with mean zero and variance one (Ba et al. 2016, "Layer Normalization")."""
    x = x - x.mean(1, keepdims=True)
    x *= 1 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + EPSILON)[:, None]
    return x


def _load_lists(file: Path) -> Mapping[str, str]:
    lists = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        word, _, where = line.partition("\t")
        lists[word] = where
    return lists


def _iter_batches(lines: Sequence[Line], gap: int) -> Iterator[list[Line]]:
    batch: list[Line] = []
    size = 0
    for line in lines:
        if batch and size + len(line.words) > MAX_ROWS:
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += len(line.words) + gap
    if batch:
        yield batch


def _iter_trees(sentences: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Yield the runs of words that get a tree each, and whether a sentence begins with it."""
    at = 0
    for _, group in groupby(sentences):
        end = at + len(list(group))
        for start in range(at, end, MAX_TREE_WORDS):
            yield start, min(end, start + MAX_TREE_WORDS), start == at
        at = end
