"""Finds who says what, sentence by sentence, with numpy alone.

A cue is found by what the network of tags and trees knows of a word and of what hangs on it; then
every word of the cue's sentence is asked whether it belongs to its source, to its content or to
the cue itself, as in semantic role labelling (He et al. 2017, "Deep Semantic Role Labeling").
training/attributions.py trains it and says what it is made of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from variorum.annotate.attribution_features import (
    Numbers,
    Parsed,
    find_ancestors,
    find_children,
    find_crossed,
    find_distances,
    find_marks,
    find_paths,
    find_window,
)
from variorum.languages.encoder import STATIC_WIDTH, StaticEncoder
from variorum.languages.word_table import Floats, WordTable

LABELS = ("O", "B-source", "I-source", "B-content", "I-content", "B-cue", "I-cue")
PARTS = ("source", "content", "cue")
MAX_CUES = 30
"""Cues in one sentence; of more, the likeliest count: "said said said ..." is no prose."""

MAX_ROWS = 16_384
"""Words asked together: 6 MB an array."""

EPSILON = 1e-5
FORBIDDEN = -1e4

Chances = npt.NDArray[np.float64]
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said what; half-open runs of one paragraph's words.

    Attributes:
        head: The cue's main word.
        source: Empty where the text names none.
        content: Several runs where the tag interrupts it.
        probability: That ``head`` is a cue.
        certainty: Mean probability of the labels from which the runs were drawn.
    """

    head: int
    cue: tuple[Run, ...]
    source: tuple[Run, ...]
    content: tuple[Run, ...]
    probability: float
    certainty: float


class _Cue(NamedTuple):
    """A cue as it is found: its paragraph, its main word, where its window begins."""

    number: int
    head: int
    start: int
    probability: float


class _Entered(NamedTuple):
    """A paragraph with what each part of the network takes from its words' states."""

    parsed: Parsed
    cue_word: Floats
    cue_head: Floats
    word: Floats
    head: Floats


class AttributionNetwork:
    """Weights; :meth:`read` is pure.

    Args:
        folder: With ``attribution.json`` and ``attribution.safetensors``.
    """

    def __init__(self, folder: Path) -> None:
        described = json.loads((folder / "attribution.json").read_text(encoding="utf-8"))
        self.relations: tuple[str, ...] = tuple(described["relations"])
        self._cue_dilations: tuple[int, ...] = tuple(described["cue_dilations"])
        self._dilations: tuple[int, ...] = tuple(described["dilations"])
        weights = load_file(folder / "attribution.safetensors")
        self.weights = {name: value.astype(np.float32) for name, value in weights.items()}
        self._transitions = make_transitions()
        names = ("cue_word", "cue_head", "word", "head")
        joined = np.concatenate([self.weights[f"{name}.weight"] for name in names]).T
        # What each word is by itself follows the states; its part is computed once a word.
        encoder, own = StaticEncoder(), np.ascontiguousarray(joined[-STATIC_WIDTH:])
        self._joined = np.ascontiguousarray(joined[:-STATIC_WIDTH])
        self._words = WordTable(lambda words: np.asarray(encoder.encode(words) @ own))
        self._joined_bias = np.concatenate([self.weights[f"{name}.bias"] for name in names])

    def read(
        self, paragraphs: Sequence[Parsed], least: float | Sequence[Chances]
    ) -> list[list[Attribution]]:
        """Return what is attributed in each paragraph, by the cues' order.

        Args:
            least: The probability from which a word is taken for a cue, or that of each word of
                each paragraph.
        """
        found: list[list[Attribution]] = [[] for _ in paragraphs]
        filled = [number for number, one in enumerate(paragraphs) if len(one.heads)]
        if not filled:
            return found
        entered = self.enter([paragraphs[number] for number in filled])
        most = [least if isinstance(least, float) else least[number] for number in filled]
        cues = list(self._find_cues(entered, filled, most))
        if not cues:
            return found
        chosen = dict(zip(filled, entered, strict=True))
        scores = self.rate_words([(chosen[cue.number], cue.head) for cue in cues])
        for cue, drawn in zip(cues, _decode(scores, self._transitions), strict=True):
            found[cue.number].append(_make_attribution(cue, *drawn))
        return found

    def enter(self, paragraphs: Sequence[Parsed]) -> list[_Entered]:
        """Return paragraphs with what each part of the network takes from their states."""
        states = np.concatenate([one.states for one in paragraphs])
        own = self._words.look_up([word for one in paragraphs for word in one.words])
        parts = np.split(states @ self._joined + own + self._joined_bias, 4, axis=1)
        entered, at = [], 0
        for one in paragraphs:
            end = at + len(one.heads)
            entered.append(_Entered(one, *(part[at:end] for part in parts)))
            at = end
        return entered

    def _find_cues(
        self,
        entered: Sequence[_Entered],
        numbers: Sequence[int],
        least: Sequence[float | Chances],
    ) -> Iterator[_Cue]:
        logits = self.rate_cues(entered)
        chances = 1 / (1 + np.exp(-logits.astype(np.float64)))
        at = 0
        for number, one, (paragraph, *_) in zip(numbers, least, entered, strict=True):
            own = chances[at : at + len(paragraph.heads)]
            at += len(own)
            for head in _pick_heads(own, paragraph.sentences, one):
                start, _ = find_window(paragraph.sentences, head)
                yield _Cue(number, head, start, float(own[head]))

    def rate_cues(self, entered: Sequence[_Entered]) -> Floats:
        """Return the logit of being a cue for each word, all paragraphs' one after another."""
        inputs = [self._enter_cues(one) for one in entered]
        x = self._convolve(inputs, "cue_", self._cue_dilations)
        return self._apply("cue_out", x)[:, 0]

    def _enter_cues(self, entered: _Entered) -> Floats:
        w, paragraph = self.weights, entered.parsed
        children = find_children(paragraph.heads, paragraph.relations, len(self.relations))
        x = entered.cue_word + entered.cue_head[paragraph.heads]
        x += w["cue_relations.weight"][paragraph.relations]
        x += w["cue_marks.weight"][paragraph.is_quoted.astype(np.int64)]
        x += children @ w["cue_children.weight"].T
        return np.asarray(x)

    def rate_words(self, cues: Sequence[tuple[_Entered, int]]) -> list[Floats]:
        """Return the logits of :data:`LABELS` for the words of each cue's window.

        Args:
            cues: Paragraphs, each with the main word of a cue.
        """
        found: list[Floats] = []
        inputs: list[Floats] = []
        size = 0
        for entered, head in cues:
            inputs.append(self._enter_window(entered, head))
            size += len(inputs[-1])
            if size > MAX_ROWS:
                found += self._label(inputs)
                inputs, size = [], 0
        return found + self._label(inputs)

    def _enter_window(self, entered: _Entered, head: int) -> Floats:
        w, paragraph = self.weights, entered.parsed
        window = find_window(paragraph.sentences, head)
        above, relations = paragraph.heads.tolist(), paragraph.relations.tolist()
        paths = find_paths(above, relations, window, head, len(self.relations))
        ancestors = find_ancestors(above, head)
        x = entered.word[slice(*window)] + entered.head[head]
        x += w["distances.weight"][find_distances(*window, head)]
        x += w["paths.weight"][paths]
        x += w["crossed.weight"][find_crossed(paragraph.heads, window, ancestors)]
        x += w["marks.weight"][find_marks(paragraph.is_quoted, *window, head)]
        return np.asarray(x)

    def _label(self, inputs: Sequence[Floats]) -> list[Floats]:
        if not inputs:
            return []
        found = self._apply("out", self._convolve(inputs, "", self._dilations))
        return np.split(found, np.cumsum([len(one) for one in inputs])[:-1])

    def _apply(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"])

    def _normalise(self, x: Floats, name: str) -> Floats:
        x = x - x.mean(1, keepdims=True)
        x *= 1 / np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + EPSILON)[:, None]
        return x * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def _convolve(self, inputs: Sequence[Floats], part: str, dilations: Sequence[int]) -> Floats:
        """Return the rows of all inputs after the convolutions; none sees another's."""
        rows = np.maximum(self._normalise(np.concatenate(inputs), f"{part}norm"), 0)
        gap = max(dilations)
        is_word = np.zeros(sum(len(x) + gap for x in inputs) + gap, bool)
        start = gap
        for one in inputs:
            is_word[start : start + len(one)] = True
            start += len(one) + gap
        x = np.zeros((len(is_word), rows.shape[1]), np.float32)
        x[is_word] = rows
        inner = len(x) - 2 * gap
        for number, step in enumerate(dilations):
            window = np.concatenate(
                [x[gap + side : gap + side + inner] for side in (-step, 0, step)], axis=1
            )
            found = np.maximum(self._apply(f"{part}convolutions.{number}", window), 0)
            x[gap:-gap] = self._normalise(x[gap:-gap] + found, f"{part}convolutions_norm")
            x[~is_word] = 0
        return x[is_word]


def _pick_heads(chances: Chances, sentences: Numbers, least: float | Chances) -> Iterator[int]:
    """Yield the words that are likely cues, at most :data:`MAX_CUES` of a sentence."""
    likely = np.flatnonzero(chances >= least)
    for _, group in groupby(likely.tolist(), key=lambda word: int(sentences[word])):
        heads = list(group)
        if len(heads) > MAX_CUES:
            heads = sorted(sorted(heads, key=lambda word: (-chances[word], word))[:MAX_CUES])
        yield from heads


def make_transitions() -> Floats:
    """Return what is added to a label's score after another: an inside follows its own kind."""
    table = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for row, before in enumerate(LABELS):
        for column, label in enumerate(LABELS):
            if label.startswith("I-") and before[2:] != label[2:]:
                table[row, column] = FORBIDDEN
    return table


def _decode(scores: Sequence[Floats], transitions: Floats) -> Iterator[tuple[list[int], float]]:
    """Yield the best row of labels for each cue (Viterbi 1967) and their mean probability."""
    lengths = [len(one) for one in scores]
    padded = np.zeros((len(scores), max(lengths), len(LABELS)), np.float32)
    for number, one in enumerate(scores):
        padded[number, : len(one)] = one
    padded -= padded.max(2, keepdims=True)
    padded -= np.log(np.exp(padded).sum(2, keepdims=True))
    opening = [FORBIDDEN if label.startswith("I-") else 0.0 for label in LABELS]
    best = padded[:, 0] + np.asarray(opening, np.float32)
    back = np.zeros(padded.shape, np.int64)
    finals = [best]
    for place in range(1, padded.shape[1]):
        sums = best[:, :, None] + transitions
        back[:, place] = sums.argmax(1)
        best = sums.max(1) + padded[:, place]
        finals.append(best)
    for number, length in enumerate(lengths):
        label = int(finals[length - 1][number].argmax())
        row = [label]
        for before in back[number, length - 1 : 0 : -1].tolist():
            label = before[label]
            row.append(label)
        row.reverse()
        yield row, float(np.exp(padded[number, np.arange(length), row]).mean())


def _make_attribution(cue: _Cue, labels: Sequence[int], certainty: float) -> Attribution:
    runs: dict[str, list[Run]] = {part: [] for part in PARTS}
    for place, label in enumerate(labels, start=cue.start):
        if label:
            bio, _, part = LABELS[label].partition("-")
            if bio == "B":
                runs[part].append((place, place + 1))
            else:
                runs[part][-1] = (runs[part][-1][0], place + 1)
    return Attribution(
        head=cue.head,
        cue=tuple(runs["cue"]) or ((cue.head, cue.head + 1),),
        source=tuple(runs["source"]),
        content=tuple(runs["content"]),
        probability=cue.probability,
        certainty=certainty,
    )
