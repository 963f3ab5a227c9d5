"""Invented articles with annotations made by hand, for tests of grouping and of copies."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from variorum.model.annotation import (
    Annotations,
    Chain,
    ContentSpan,
    Credit,
    DateRef,
    Mention,
    Quotation,
    Sentence,
)
from variorum.model.article import Article, Segment, SegmentKind
from variorum.model.ports import Vectors
from variorum.model.span import Span

EVENTS = {
    "ferry": (
        "The ferry Orla sank off Karsa on Monday after it struck a reef in thick fog.",
        "All forty passengers of the ferry were brought ashore by fishermen from Karsa.",
        "The harbour master said the reef was marked on every chart of the coast.",
        "Divers found the wreck of the Orla at a depth of thirty metres.",
        "The owner of the ferry denied that it had been overloaded with cargo.",
        "It was the third vessel to strike that reef within a year.",
    ),
    "harvest": (
        "Farmers in the valley of Drumel began the barley harvest two weeks late.",
        "Hail had flattened a third of the fields and ruined the early barley.",
        "The growers' union asked parliament for seed and cheap loans this autumn.",
        "A tractor parade is planned through the market town of Drumel.",
        "Bakers warned that flour and bread would cost more by winter.",
        "The minister of agriculture promised to visit the flattened fields.",
    ),
    "museum": (
        "Thieves took six bronze masks from the museum of Tellin during a concert.",
        "A guard noticed the empty glass cases only after the audience had left.",
        "Police closed the bridges of Tellin and searched vans until midnight.",
        "The masks were lent by a private collector for an exhibition.",
        "Curators offered a reward to anyone who returns the bronze masks.",
        "Cameras in the eastern gallery had been switched off for repairs.",
    ),
}
"""Sentences of three events that have nothing to do with one another."""

STOP_WORDS = frozenset("the a an of in on by and to that was were it its for had after".split())


class PlainWeights:
    """Every word weighs one, stop words nothing."""

    def weight_of(self, word: str) -> float:
        return 0.0 if word in STOP_WORDS else 1.0


class WordEncoder:
    """Sentences of the same words have the same vector, whatever the order of the words."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % 512] += 1
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(length > 0, length, 1), dtype=np.float32)


def make_article(article_id: str, *paragraphs: str, **told: Any) -> Article:
    """Return an article whose paragraphs are its body."""
    return make_parted(article_id, *(("body", paragraph) for paragraph in paragraphs), **told)


def make_parted(article_id: str, *parts: tuple[SegmentKind, str], **told: Any) -> Article:
    """Return an article of the parts given, an empty line between them."""
    segments, end = [], 0
    for kind, passage in parts:
        span = Span(end, end + len(passage))
        segments.append(Segment(span=span, kind=kind, reason="test"))
        end = span.end + 2
    given: dict[str, Any] = {
        "id": article_id,
        "outlet": "The Courier",
        "text": "\n\n".join(passage for _, passage in parts),
        "version": article_id,
        "segments": tuple(segments),
    }
    return Article(**(given | told))


def make_notes(
    article: Article,
    *,
    names: Iterable[str] = (),
    quoted: Iterable[str] = (),
    wires: Iterable[str] = (),
    dates: Mapping[str, str] | None = None,
) -> Annotations:
    """Return the sentences of ``article``, and the names, quotations, credits and dates given."""
    named = tuple(names)
    return Annotations(
        article_id=article.id,
        sentences=tuple(
            Sentence(span=Span(*match.span()))
            for match in re.finditer(r"[^\s.][^.\n]*\.?", article.text)
        ),
        mentions=tuple(
            Mention(span=Span(*match.span()), kind="person", form="name", chain=name)
            for name in named
            for match in re.finditer(re.escape(name), article.text)
        ),
        chains=tuple(
            Chain(id=name, kind="person", name=name, is_named=True, keys=(name.lower(),))
            for name in named
        ),
        quotations=tuple(_quote(article, words) for words in quoted),
        dates=tuple(
            DateRef(span=_find(article, words), type="DATE", value=value)
            for words, value in (dates or {}).items()
        ),
        credits=tuple(Credit(span=Span(0, 0), outlet=wire, kind="wire") for wire in wires),
    )


def _find(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


def _quote(article: Article, words: str) -> Quotation:
    span = _find(article, words)
    return Quotation(
        id=f"q{span.start}",
        kind="direct",
        stance="statement",
        content=(ContentSpan(span=span, is_quoted=True),),
        cue=None,
        source=None,
    )
