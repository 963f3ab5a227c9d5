"""Brings analysed paragraphs to the network of attributions, and its answers back to tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc

from variorum.annotate.attribution_features import Numbers, Parsed
from variorum.annotate.attribution_network import Attribution, AttributionNetwork, Chances, Run
from variorum.annotate.cues import CUE_FORMS
from variorum.annotate.marks import Region, iter_top
from variorum.annotate.pieces import iter_cut
from variorum.annotate.tokens import Tokens
from variorum.model.annotation import Stance

LEAST_KNOWN: Mapping[Stance, float] = {
    "statement": 0.7,
    "question": 0.7,
    "belief": 0.98,
    "intention": 0.98,
    "order": 0.98,
}
"""Probability of a cue that ``cues.toml`` has and that reports no words in quotation marks.

In 140 articles of PolNeAR's training part, six in ten words of saying or asking from 0.7 to 0.9
are cues to its annotators, and nine in ten above; of thinking and wanting half from 0.9 to 0.99,
three in four above: what news says of a mind is often its own word for what was done.
"""

LEAST_OTHER = 0.98
"""The same of a cue that the table lacks; four in ten are cues to those annotators."""

LEAST_MARKED = 0.1
"""The same of a known one beside quotation marks, which are evidence of their own.

In those articles 92.5% of what stands in marks was found, 86.8% of what was found right; with 0.3
91.5 and 86.8, with 0.7 90.1 and 86.9.
"""

LEAST_MARKED_OTHER = 0.7
"""The same beside quotation marks of a cue that the table lacks or that has no source."""


class AttributionReader:
    """Finds who says what in paragraphs that have trees."""

    def __init__(self, folder: Path) -> None:
        self._network = AttributionNetwork(folder)

    def read(
        self,
        docs: Sequence[Doc],
        lines: Sequence[Tokens],
        regions: Sequence[Sequence[Region]],
        starts: Sequence[int],
        text: str,
    ) -> list[tuple[Attribution, ...]]:
        """Return the attributions of each paragraph, in its tokens.

        Args:
            starts: Where each paragraph begins in the article, as ``regions`` count.
            text: The article's.
        """
        parsed = [
            number
            for number, doc in enumerate(docs)
            if lines[number].words and doc.has_annotation("DEP")
        ]
        found: list[tuple[Attribution, ...]] = [() for _ in docs]
        relations = self._network.relations
        asked = [parse(docs[n], lines[n], regions[n], starts[n], text, relations) for n in parsed]
        read = self._network.read(asked, [find_least(one) for one in asked])
        for number, attributions in zip(parsed, read, strict=True):
            places = lines[number].places
            found[number] = tuple(_move(one, places) for one in attributions)
        return found


def parse(
    doc: Doc,
    line: Tokens,
    regions: Sequence[Region],
    start: int,
    text: str,
    relations: Sequence[str],
) -> Parsed:
    """Return a parsed paragraph as the network takes it, without its white space.

    Args:
        start: Where it begins in the article, as ``regions`` count.
        text: The article's.
        relations: The names that numbers stand for; one not among them counts as "dep".
    """
    places = np.asarray(line.places)
    array = doc.to_array([HEAD, DEP])
    heads = array[:, 0].view(np.int64)[places] + places
    numbers = {name: n for n, name in enumerate(relations)}
    other = numbers.get("dep", 0)
    names = {key: doc.vocab.strings[key] for key in np.unique(array[:, 1]).tolist()}
    known = {key: numbers.get(name, other) for key, name in names.items()}
    return Parsed(
        words=line.words,
        states=np.asarray(doc.tensor, np.float32),
        # No word hangs on white space in our trees; if one does in others, on the word after it.
        heads=np.clip(np.searchsorted(places, heads), 0, len(places) - 1).astype(np.int64),
        relations=np.array([known[key] for key in array[places, 1].tolist()], np.int64),
        sentences=np.asarray(line.sentences, np.int64),
        is_quoted=find_quoted(line, regions, start, text),
    )


def find_least(parsed: Parsed) -> Chances:
    """Return from which probability on each word is looked at further.

    Whether what a cue in a sentence with marks reports stands inside them is not yet known here.
    """
    stances = [CUE_FORMS.get(word.lower()) for word in parsed.words]
    plain = np.array([LEAST_OTHER if one is None else LEAST_KNOWN[one] for one in stances])
    beside = np.array([LEAST_MARKED_OTHER if one is None else LEAST_MARKED for one in stances])
    is_marked = np.bincount(parsed.sentences, parsed.is_quoted)[parsed.sentences] > 0
    return np.where(is_marked, np.minimum(plain, beside), plain)


def find_quoted(
    line: Tokens, regions: Sequence[Region], start: int, text: str
) -> npt.NDArray[np.bool_]:
    """Return for each word whether it stands between quotation marks, these included.

    A tag between dashes stands outside: ``“It is shut, – said Lane. – It stays shut”``.

    Args:
        text: The article's.
    """
    begins: Numbers = np.array([line.starts[place] for place in line.places], np.int64) + start
    found = np.zeros(len(begins), bool)
    for region in iter_top(regions):
        for _, outer in iter_cut(region, text):
            first, last = np.searchsorted(begins, (outer.start, outer.end))
            found[first:last] = True
    return found


def _move(attribution: Attribution, places: Sequence[int]) -> Attribution:
    """Return an attribution told in words as one told in tokens."""

    def turn(runs: Sequence[Run]) -> tuple[Run, ...]:
        return tuple((places[start], places[end - 1] + 1) for start, end in runs)

    return replace(
        attribution,
        head=places[attribution.head],
        cue=turn(attribution.cue),
        source=turn(attribution.source),
        content=turn(attribution.content),
    )
