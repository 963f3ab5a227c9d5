"""Turns every training set into lines of words with what the set says about them, and no more.

A line is a paragraph, or a sentence where a set has no paragraphs. Sets mark different things: a
treebank without names says nothing about names, and of the kinds of name that a set does not mark
it does not say that there are none. ``Sample.allowed`` keeps that: for each word the tags that the
set leaves possible, so that a loss over their sum teaches only what was marked (Jie et al. 2019,
"Better Modeling of Incomplete Annotations for Named Entity Recognition").
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import corpora
import newsroom
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from variorum.annotate.sentences import iter_starts

MAX_WORDS = 90
"""Longer lines are cut at a sentence's start; a longer sentence is left out."""

KINDS = ("PERSON", "ORG", "LOC", "NORP", "EVENT", "WEAPON", "VEHICLE", "WORK")
NAME_TAGS = ("O", *(f"{bio}-{kind}" for kind in KINDS for bio in "BI"))
"""Names as tags of words: outside, beginning, inside (Ramshaw and Marcus 1995)."""

EVERY_TAG = (1 << len(NAME_TAGS)) - 1
PLAIN_KINDS = frozenset(["PERSON", "ORG", "LOC"])
OTHER_KINDS = frozenset(KINDS) - PLAIN_KINDS

MARKED = {
    "gum": PLAIN_KINDS,
    "wikigold": frozenset(KINDS),
    "wnut": PLAIN_KINDS | {"WORK", "WEAPON", "VEHICLE"},
    "uner": PLAIN_KINDS,
    "re3d": PLAIN_KINDS,
    "newsroom": frozenset(KINDS),
}
"""The kinds that each set marks wherever they stand."""

SETS = ("", *MARKED)
NEWSROOM_KINDS = {"PER": "PERSON"}
TREEBANKS = {"ewt": "", "gum-open": "gum"}
WNUT_FILES = ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated")
UNER_FILES = ("uner-ewt-dev.iob2", "uner-ewt-test.iob2")
STORIES = Path(__file__).parent / "newsroom"


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of words.

    Attributes:
        words: The words.
        sentences: For each word the number of its sentence.
        tags: Penn tags, or None.
        heads: Each word's head in the line, a sentence's root its own; or None.
        deps: Relations to the heads, or None.
        allowed: For each word the name tags left possible, as bits over :data:`NAME_TAGS`; or None.
        origin: The set whose notion of a name it follows; empty for none.
    """

    words: tuple[str, ...]
    sentences: tuple[int, ...]
    tags: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    deps: tuple[str, ...] | None = None
    allowed: tuple[int, ...] | None = None
    origin: str = ""


def mark(doc: Doc, origin: str) -> tuple[int, ...]:
    """Return, for each word of ``doc``, the tags that ``origin`` leaves possible."""
    marked = MARKED[origin]
    outside = sum(1 << n for n, tag in enumerate(NAME_TAGS) if tag == "O" or tag[2:] not in marked)
    allowed = [outside] * len(doc)
    for name in doc.ents:
        kinds = OTHER_KINDS if name.label_ == "OTHER" else {name.label_}
        for place in range(name.start, name.end):
            bio = "B" if place == name.start else "I"
            allowed[place] = sum(1 << NAME_TAGS.index(f"{bio}-{kind}") for kind in kinds)
    return tuple(allowed)


def iter_trees(nlp: Language, data: Path, part: str, name: str) -> Iterator[Sample]:
    """Yield the paragraphs of a part (train, dev, test) of a treebank; GUM's with their names."""
    origin = TREEBANKS[name]
    line: list[Sample] = []
    path = data / f"treebanks/{name}-{part}.conllu.gz"
    for sentence, spans in corpora.iter_bracketed(path):
        if line and sentence.is_first:
            yield from _cut(_join(line))
            line = []
        doc = corpora.make_gum_doc(nlp.vocab, sentence, spans)
        line.append(
            Sample(
                words=tuple(sentence.words),
                sentences=(0,) * len(sentence.words),
                tags=tuple(sentence.tags),
                heads=tuple(sentence.heads),
                deps=tuple(sentence.deps),
                allowed=mark(doc, origin) if origin else None,
                origin=origin,
            )
        )
    if line:
        yield from _cut(_join(line))


def _join(line: list[Sample]) -> Sample:
    """Return the sentences of a paragraph as one line."""
    words: list[str] = []
    sentences: list[int] = []
    heads: list[int] = []
    for number, sample in enumerate(line):
        heads += [len(words) + head for head in sample.heads or ()]
        words += sample.words
        sentences += [number] * len(sample.words)
    has_names = all(sample.allowed is not None for sample in line)
    return Sample(
        words=tuple(words),
        sentences=tuple(sentences),
        tags=tuple(tag for sample in line for tag in sample.tags or ()),
        heads=tuple(heads),
        deps=tuple(dep for sample in line for dep in sample.deps or ()),
        allowed=tuple(a for sample in line for a in sample.allowed or ()) if has_names else None,
        origin=line[0].origin,
    )


def _cut(sample: Sample) -> Iterator[Sample]:
    """Yield a line in parts of at most :data:`MAX_WORDS`; a longer sentence is left out."""
    starts = [
        n
        for n, number in enumerate(sample.sentences)
        if n == 0 or number != sample.sentences[n - 1]
    ]
    first = 0
    for start, end in pairwise([*starts, len(sample.words)]):
        if end - first > MAX_WORDS:
            if first < start:
                yield _slice(sample, first, start)
            first = start
        if end - first > MAX_WORDS:
            first = end
    if first < len(sample.words):
        yield _slice(sample, first, len(sample.words))


def _slice(sample: Sample, start: int, end: int) -> Sample:
    part = slice(start, end)
    return replace(
        sample,
        words=sample.words[part],
        sentences=sample.sentences[part],
        tags=sample.tags[part] if sample.tags else None,
        heads=tuple(head - start for head in sample.heads[part]) if sample.heads else None,
        deps=sample.deps[part] if sample.deps else None,
        allowed=sample.allowed[part] if sample.allowed else None,
    )


def iter_named_docs(nlp: Language, data: Path, stories: Path) -> Iterator[tuple[str, Doc]]:
    """Yield every set's lines with names, and the set; GUM's too, without their trees.

    Args:
        stories: The folder with the invented stories.
    """
    ner, vocab = data / "ner", nlp.vocab
    tabbed = {"wnut": (WNUT_FILES, 0, 1), "uner": (UNER_FILES, 1, 2)}
    for doc in corpora.iter_gum_names(vocab, data / "treebanks/gum-open-train.conllu.gz"):
        yield "gum", doc
    for doc in corpora.iter_columns(vocab, ner / "wikigold.conll.gz", word=0, tag=1, sep=" "):
        yield "wikigold", doc
    for origin, (names, word, tag) in tabbed.items():
        for name in names:
            docs = corpora.iter_columns(vocab, ner / f"{name}.gz", word=word, tag=tag, sep="\t")
            yield from ((origin, doc) for doc in docs)
    for doc in corpora.iter_re3d(nlp, ner / "re3d-open.jsonl.gz"):
        yield "re3d", doc
    for path in sorted(stories.glob("*.txt")):
        for story in newsroom.iter_stories(path):
            yield from (("newsroom", doc) for doc in _iter_story_docs(nlp, story))


def _iter_story_docs(nlp: Language, story: newsroom.Story) -> Iterator[Doc]:
    for start, text in newsroom.iter_paragraphs(story):
        doc = nlp.make_doc(text)
        end = start + len(text)
        names = []
        for mention in story.mentions:
            if mention.kind and start <= mention.start and mention.end <= end:
                kind = NEWSROOM_KINDS.get(mention.kind, mention.kind)
                place = (mention.start - start, mention.end - start)
                name = doc.char_span(*place, label=kind, alignment_mode="expand")
                names.append(name)
        doc.set_ents(filter_spans(name for name in names if name is not None))
        yield doc


def make_sample(doc: Doc, origin: str) -> Iterator[Sample]:
    """Yield a line of names, in parts if it is long; sentences by the product's own rules."""
    starts = set(iter_starts(doc.text))
    sentences: list[int] = []
    number = -1
    for token in doc:
        number += token.idx in starts or number < 0
        sentences.append(number)
    words = tuple(token.text for token in doc)
    if any(not word.strip() for word in words):
        keep = [n for n, word in enumerate(words) if word.strip()]
        allowed = mark(doc, origin)
        sample = Sample(
            words=tuple(words[n] for n in keep),
            sentences=tuple(sentences[n] for n in keep),
            allowed=tuple(allowed[n] for n in keep),
            origin=origin,
        )
    else:
        sample = Sample(words, tuple(sentences), allowed=mark(doc, origin), origin=origin)
    yield from _cut(sample)


def load_samples(nlp: Language, data: Path, stories: Path) -> list[Sample]:
    """Return everything a network may learn from, in one seeded order."""
    found = [s for name in TREEBANKS for s in iter_trees(nlp, data, "train", name)]
    for origin, doc in iter_named_docs(nlp, data, stories):
        if origin != "gum":
            found += make_sample(doc, origin)
    found = [sample for sample in found if sample.words]
    random.Random(0).shuffle(found)
    return found


def lower(sample: Sample, draw: random.Random) -> Sample:
    """Return a line as careless type or machine translation has it: some capitals missing."""
    share = draw.choice((0.2, 1.0))
    words = tuple(word.lower() if draw.random() < share else word for word in sample.words)
    return replace(sample, words=words)


def iter_batches(lengths: Iterable[int], size: int, draw: random.Random) -> Iterator[list[int]]:
    """Yield the numbers of lines in batches of about ``size`` words: like lengths, any order."""
    order = sorted(enumerate(lengths), key=lambda item: (item[1], draw.random()))
    batches: list[list[int]] = [[]]
    for number, length in order:
        if batches[-1] and (len(batches[-1]) + 1) * length > size:
            batches.append([])
        batches[-1].append(number)
    draw.shuffle(batches)
    yield from batches


def spans(tags: Iterable[str]) -> set[tuple[int, int, str]]:
    """Return the names that a row of tags draws: first word, end, kind."""
    found: set[tuple[int, int, str]] = set()
    start, kind = 0, ""
    for n, tag in enumerate([*tags, "O"]):
        bio, _, label = tag.partition("-")
        if kind and (bio != "I" or label != kind):
            found.add((start, n, kind))
            kind = ""
        if bio == "B" or (bio == "I" and not kind):
            start, kind = n, label
    return found
