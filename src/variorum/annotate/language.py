"""The language pipeline: texts in, tokens, tags, trees and names out.

spaCy (Honnibal et al. 2020) is the frame; the model is our own (training/), another installed
pipeline may take its place. The parser, the dearest part, runs only on paragraphs that need a
tree: those with a word of reporting, a quotation mark or a number in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from spacy.tokens import Doc

from variorum.annotate.analysis import Analysis, Paragraph
from variorum.annotate.cues import CUE_FORMS
from variorum.annotate.sentences import iter_starts
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
NEEDS_TREE = re.compile(r"[“”\"«»‘]|\d")
WORD = re.compile(r"[^\W\d_]+")


class Language:
    """One language's pipeline; make it with :func:`load_language`."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        self._tree_pipes = [name for name in nlp.pipe_names if name == "parser"]

    def analyse(self, article: Article) -> Analysis:
        """Return the article with its paragraphs taken apart; boilerplate is left out.

        What it finds depends on the article alone, not on what else is read beside it.
        """
        places = list(_iter_places(article))
        texts = [span.of(article.text) for span, _ in places]
        docs = [self._make_doc(text) for text in texts]
        has_tree = [_needs_tree(text) for text in texts]
        for is_tree in (True, False):
            chosen = [n for n, wanted in enumerate(has_tree) if wanted is is_tree]
            disabled = [] if is_tree else self._tree_pipes
            found = self._nlp.pipe([docs[n] for n in chosen], disable=disabled, batch_size=64)
            for number, doc in zip(chosen, found, strict=True):
                docs[number] = doc
        paragraphs = (
            Paragraph(
                span=span,
                kind=kind,
                text=text,
                doc=doc,
                starts=tuple(token.idx for token in doc),
                sentences=tuple(_make_sentences(span, text, doc)),
                is_parsed=wanted and doc.has_annotation("DEP"),
            )
            for (span, kind), text, doc, wanted in zip(places, texts, docs, has_tree, strict=True)
        )
        return Analysis(article=article, paragraphs=tuple(paragraphs))

    def _make_doc(self, text: str) -> Doc:
        """Return the tokens of a paragraph, sentences marked by our own rules."""
        doc = self._tokenize(text)
        starts = set(iter_starts(text))
        pending = False
        for token in doc:
            pending = pending or token.idx in starts or token.idx == 0
            token.is_sent_start = pending and not token.is_space
            pending = pending and token.is_space
        return doc

    def _tokenize(self, text: str) -> Doc:
        """Return the tokens of ``text``, in time that grows with its length alone.

        spaCy peels marks off a word one by one and looks at all of it each time.
        """
        if LONG_WORD.search(text) is None:
            return self._nlp.make_doc(text)
        words = PLAIN_TOKEN.findall(text)
        return Doc(self._nlp.vocab, words=words, spaces=[False] * len(words))


@lru_cache(maxsize=2)
def load_language(model: str | None = None, language: str = DEFAULT_LANGUAGE) -> Language:
    """Return the pipeline, loaded once in each process.

    Args:
        model: An installed spaCy pipeline or a folder; None for the shipped one.
    """
    import spacy

    if model is not None:
        return Language(_use_numpy(spacy.load(model)))
    with resources.as_file(resources.files("variorum.languages") / language / "model") as path:
        return Language(_use_numpy(spacy.load(path)))


def _use_numpy(nlp: Any) -> Any:
    """Return the pipeline, its matrices multiplied by numpy's library instead of thinc's.

    thinc's BLIS has no fast path for some processors: on an AMD EPYC the shipped pipeline takes
    10.8 s with it and 5.4 s with numpy's OpenBLAS on 36,770 words, one thread.
    """
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            node.ops.use_blis = False
    return nlp


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


def _needs_tree(text: str) -> bool:
    if NEEDS_TREE.search(text):
        return True
    return any(word.lower() in _cue_words() for word in WORD.findall(text))


@cache
def _cue_words() -> frozenset[str]:
    return frozenset(CUE_FORMS) | {"according"}


def _make_sentences(span: Span, text: str, doc: Doc) -> Iterator[Sentence]:
    starts: Sequence[int] = [token.idx for token in doc if token.is_sent_start]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        length = len(text[start:end].rstrip())
        if length:
            yield Sentence(span=Span(span.start + start, span.start + start + length))
