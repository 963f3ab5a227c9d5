"""The language pipeline: texts in, tokens, tags, trees and names out.

The documents are spaCy's (Honnibal et al. 2020), the network is our own (training/); an installed
spaCy pipeline may take its place. Trees, a dear part, are grown only for paragraphs that need one:
those with a word of reporting, a quotation mark or a number in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from spacy.tokens import Doc

from variorum.annotate.analysis import Analysis, Paragraph
from variorum.annotate.attribution_reader import AttributionReader
from variorum.annotate.cues import CUE_FORMS
from variorum.annotate.marks import find_regions
from variorum.annotate.sentences import iter_starts
from variorum.annotate.taggers import NetworkTagger, SpacyTagger, Tagger
from variorum.annotate.tokens import Tokens, mark_sentences
from variorum.languages.tables import DEFAULT_LANGUAGE
from variorum.model.annotation import Sentence
from variorum.model.article import Article, SegmentKind
from variorum.model.span import Span

MAX_PARAGRAPH_CHARS = 20_000
"""Longer lines are cut at white space: a parser's time and memory grow with the line."""

MAX_ARTICLE_CHARS = 400_000
"""What stands after is not annotated; no article of record is a quarter as long."""

LONG_WORD = re.compile(r"\S{1000}")
PLAIN_TOKEN = re.compile(r"\s+|[^\W_]+|[\W_]")
NEEDS_TREE = re.compile(r"[“”\"«»‘:]|\d")
WORD = re.compile(r"[^\W\d_]+")


class Language:
    """One language's pipeline; make it with :func:`load_language`."""

    def __init__(self, tagger: Tagger, reader: AttributionReader) -> None:
        self._tagger = tagger
        self._reader = reader

    @property
    def vocab(self) -> Any:
        """SpaCy's store of strings, shared by all documents."""
        return self._tagger.vocab

    def read(self, line: str | Tokens) -> Doc:
        """Return one line, cut or not, with its trees whether it needs them or not."""
        tokens = self._cut(line) if isinstance(line, str) else line
        return self._tagger.tag([tokens], [True])[0]

    def analyse(self, article: Article) -> Analysis:
        """Return the article with its paragraphs taken apart; boilerplate is left out.

        What it finds depends on the article alone, not on what else is read beside it.
        """
        places = list(_iter_places(article))
        texts = [span.of(article.text) for span, _ in places]
        lines = [self._cut(text) for text in texts]
        docs = self._tagger.tag(lines, [_needs_tree(text) for text in texts])
        spans = [span for span, _ in places]
        regions = find_regions(list(zip(spans, texts, strict=True)))
        starts = [span.start for span in spans]
        attributions = self._reader.read(docs, lines, regions, starts, article.text)
        paragraphs = (
            Paragraph(
                span=span,
                kind=kind,
                text=text,
                doc=doc,
                starts=line.starts,
                sentences=tuple(_make_sentences(span, text, line)),
                is_parsed=doc.has_annotation("DEP"),
                regions=marked,
                attributions=told,
            )
            for (span, kind), text, line, doc, marked, told in zip(
                places, texts, lines, docs, regions, attributions, strict=True
            )
        )
        return Analysis(article=article, paragraphs=tuple(paragraphs))

    def _cut(self, text: str) -> Tokens:
        return mark_sentences(self._tokenize(text), iter_starts(text))

    def _tokenize(self, text: str) -> Doc:
        """Return the tokens of ``text``, in time that grows with its length alone.

        spaCy peels marks off a word one by one and looks at all of it each time.
        """
        if LONG_WORD.search(text) is None:
            return self._tagger.tokenize(text)
        words = PLAIN_TOKEN.findall(text)
        return Doc(self._tagger.vocab, words=words, spaces=[False] * len(words))


@lru_cache(maxsize=2)
def load_language(model: str | None = None, language: str = DEFAULT_LANGUAGE) -> Language:
    """Return the pipeline, loaded once in each process.

    Args:
        model: An installed spaCy pipeline or a folder; None for the shipped one.
    """
    with resources.as_file(resources.files("variorum.languages") / language) as path:
        reader = AttributionReader(path / "attribution")
        if model is None:
            return Language(NetworkTagger(path / "model"), reader)
        import spacy

        return Language(SpacyTagger(spacy.load(model), path / "model"), reader)


def _iter_places(article: Article) -> Iterator[tuple[Span, SegmentKind]]:
    """Yield the passages to analyse, each short enough for the parser."""
    for segment in article.segments:
        if segment.kind == "boilerplate" or segment.span.start >= MAX_ARTICLE_CHARS:
            continue
        start, end = segment.span.start, min(segment.span.end, MAX_ARTICLE_CHARS)
        while end - start > MAX_PARAGRAPH_CHARS:
            cut = article.text.rfind(" ", start, start + MAX_PARAGRAPH_CHARS)
            cut = cut if cut > start else start + MAX_PARAGRAPH_CHARS
            yield Span(start, cut), segment.kind
            start = cut
            while start < end and article.text[start].isspace():
                start += 1
        if start < end:
            yield Span(start, end), segment.kind


def iter_passages(article: Article) -> Iterator[str]:
    """Yield the words of each passage that is analysed, as the analysis cuts them."""
    for span, _ in _iter_places(article):
        yield span.of(article.text)


def _needs_tree(text: str) -> bool:
    if NEEDS_TREE.search(text):
        return True
    return any(word.lower() in _cue_words() for word in WORD.findall(text))


@cache
def _cue_words() -> frozenset[str]:
    return frozenset(CUE_FORMS) | {"according"}


def _make_sentences(span: Span, text: str, line: Tokens) -> Iterator[Sentence]:
    starts: Sequence[int] = line.sentence_starts
    if not starts:
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        length = len(text[start:end].rstrip())
        if length:
            yield Sentence(span=Span(span.start + start, span.start + start + length))
