"""The invented stories, and unmarked lines, as what a network of attributions learns from."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import newsroom
import numpy as np
from samples import load_samples
from spacy.tokens import Doc

from variorum.annotate.attribution_features import Parsed, find_window
from variorum.annotate.attribution_network import LABELS
from variorum.annotate.attribution_reader import parse
from variorum.annotate.marks import find_regions
from variorum.annotate.sentences import iter_starts
from variorum.annotate.taggers import NetworkTagger
from variorum.annotate.tokens import Tokens, make_blank, mark_sentences
from variorum.model.span import Span

HELD_OUT = 7
"""One story in so many is kept for the scores."""

FIRST_PERSON = frozenset({"i", "we"})
VERB_TAGS = ("VB", "MD")

Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution to learn.

    Attributes:
        head: Its cue's main word.
        wanted: Probability of each of ``LABELS`` for the words of the cue's window.
    """

    head: int
    wanted: np.ndarray


@dataclass(frozen=True, slots=True)
class Example:
    """A paragraph, what the network knows of it, and what is attributed in it.

    Attributes:
        cues: The probability of each word that it is a cue's main word.
        gold: Cue, source and content of each attribution, in words; empty where a teacher said
            what there is.
    """

    parsed: Parsed
    cues: np.ndarray
    frames: tuple[Frame, ...]
    gold: tuple[Mapping[str, Words], ...] = ()

    @property
    def words(self) -> Sequence[str]:
        """The paragraph's words."""
        return self.parsed.words


class Analyst:
    """Reads text as the product does."""

    def __init__(self, model: Path) -> None:
        self._tagger = NetworkTagger(model)
        self.relations = self._tagger.relations

    def read(
        self, places: Sequence[tuple[int, str]], whole: str
    ) -> Iterator[tuple[Tokens, Doc, Parsed]]:
        """Yield paragraphs, given with where each begins in the ``whole``; but for empty ones."""
        lines = [
            mark_sentences(self._tagger.tokenize(text), iter_starts(text)) for _, text in places
        ]
        docs = self._tagger.tag(lines, [True] * len(lines))
        regions = find_regions([(Span(at, at + len(text)), text) for at, text in places])
        for (start, _), line, doc, marked in zip(places, lines, docs, regions, strict=True):
            if line.words:
                yield line, doc, parse(doc, line, marked, start, whole, self.relations)


def iter_examples(analyst: Analyst, stories: Path) -> Iterator[tuple[str, Example]]:
    """Yield the paragraphs of every story, each with its story's name."""
    for path in sorted(stories.glob("*.txt")):
        for story in newsroom.iter_stories(path):
            places = list(newsroom.iter_paragraphs(story))
            filled = [(at, text) for at, text in places if text.strip()]
            for (start, text), read in zip(filled, analyst.read(filled, story.text), strict=True):
                inside = [
                    one for one in story.attributions if start <= one.cue[0][0] < start + len(text)
                ]
                yield story.slug, _make_example(start, read, inside)


def _make_example(
    start: int, read: tuple[Tokens, Doc, Parsed], inside: Sequence[newsroom.Attribution]
) -> Example:
    line, doc, parsed = read
    begins = np.array([start + line.starts[place] for place in line.places])
    ends = begins + [len(word) for word in line.words]
    tags = [doc[place].tag_ for place in line.places]

    def cover(runs: Sequence[tuple[int, int]]) -> Words:
        found = [np.flatnonzero((begins < end) & (ends > at)).tolist() for at, end in runs]
        return frozenset(n for part in found for n in part)

    frames, gold = [], []
    for one in inside:
        parts = {
            "cue": cover(one.cue), "source": cover(one.source), "content": cover(one.content)
        }  # fmt: skip
        head = find_main(parts["cue"], parsed.heads.tolist(), tags)
        who = {line.words[n].lower() for n in parts["source"]}
        if who and who <= FIRST_PERSON and parsed.is_quoted[head]:
            # What speakers think in their own quotations is part of these.
            continue
        wanted = draw_labels(parts, *find_window(parsed.sentences, head))
        frames.append(Frame(head, np.eye(len(LABELS), dtype=np.float32)[wanted]))
        gold.append(parts)
    cues = np.zeros(len(line.words), np.float32)
    cues[[frame.head for frame in frames]] = 1
    return Example(parsed, cues, tuple(frames), tuple(gold))


def find_main(cue: Words, heads: Sequence[int], tags: Sequence[str]) -> int:
    """Return the main word of a cue: the first verb that hangs on none of the others."""
    free = [n for n in sorted(cue) if heads[n] not in cue or heads[n] == n] or sorted(cue)
    return next((n for n in free if tags[n].startswith(VERB_TAGS)), free[0])


def draw_labels(parts: Mapping[str, Words], start: int, end: int) -> list[int]:
    """Return the number of each word's label; a cue inside a source counts as cue."""
    labels = [0] * (end - start)
    before = ""
    for place in range(start, end):
        part = next((name for name in ("cue", "source", "content") if place in parts[name]), "")
        if part:
            labels[place - start] = LABELS.index(f"{'I' if part == before else 'B'}-{part}")
        before = part
    return labels


def is_held_out(slug: str) -> bool:
    """Return whether a story is kept for the scores."""
    return zlib.crc32(slug.encode()) % HELD_OUT == 0


def iter_unmarked(analyst: Analyst, data: Path, stories: Path) -> Iterator[Example]:
    """Yield the lines of the sets that mark no attributions."""
    for sample in load_samples(make_blank(), data, stories):
        if sample.origin == "newsroom":
            continue
        text = write(sample.words)
        for line, _, parsed in analyst.read([(0, text)], text):
            yield Example(parsed, np.zeros(len(line.words), np.float32), ())


def write(words: Sequence[str]) -> str:
    """Return words as running text: marks close up to what they follow or precede."""
    text = " ".join(words)
    text = re.sub(r" ([,.;:!?%)\]}”’]|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b)", r"\1", text)
    text = re.sub(r"([(\[{$£€“‘]) ", r"\1", text)
    return re.sub(r'" ([^"]*) "', r'"\1"', text)
