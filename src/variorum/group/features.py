"""What tells which event an article is about: its words, its names, its sentences, its day."""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scipy import sparse

from variorum.model.annotation import Annotations
from variorum.model.article import Article, Segment
from variorum.model.ports import WordWeights
from variorum.model.span import Span

WORD_PATTERN = re.compile(r"[^\W\d_][\w'’-]*")

LEAD_CHARS = 700
"""News tells its event first: headline and the first paragraphs, as the inverted pyramid has it."""

MAX_BODY_CHARS = 40_000
"""What follows is background; also bounds the work an article can ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What grouping knows of one article.

    Attributes:
        words: Weights of the words of headline and body.
        lead: The same of the headline and the beginning.
        names: Weights of the keys of its named participants.
        day: Proleptic ordinal of the day it was published; None means not known.
        told: Ordinals of the days that its beginning names by month and day.
    """

    words: Mapping[str, float]
    lead: Mapping[str, float]
    names: Mapping[str, float]
    day: int | None
    told: frozenset[int] = frozenset()


def make_features(article: Article, annotations: Annotations, weights: WordWeights) -> Features:
    """Return what grouping looks at in one article."""
    segments = article.iter_segments("headline", "dateline", "body")
    body = "\n".join(segment.span.of(article.text) for segment in segments)[:MAX_BODY_CHARS]
    title = article.title or ""
    return Features(
        words=_weigh(_words(f"{title}\n{body}"), weights),
        lead=_weigh(_words(f"{title}\n{body}", len(title) + 1 + LEAD_CHARS), weights),
        names=_weigh_names(annotations),
        day=find_day(article.published),
        told=frozenset(_iter_told(article, annotations, segments)),
    )


def _iter_told(
    article: Article, annotations: Annotations, segments: Sequence[Segment]
) -> Iterator[int]:
    """Yield the days named in the beginning; "on Monday" counts from a date that may be wrong.

    The day in a byline or under a picture is not the event's.
    """
    beginning: list[Span] = []
    for segment in segments:
        if sum(map(len, beginning)) < LEAD_CHARS:
            beginning.append(segment.span)
    for reference in annotations.dates:
        is_named = any(char.isdigit() for char in reference.span.of(article.text))
        is_told = is_named and any(span.contains(reference.span) for span in beginning)
        if is_told and (day := find_day(reference.value)) is not None:
            yield day


def find_day(published: str | None) -> int | None:
    """Return the ordinal of an ISO 8601 day or time; None where no day is told."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def make_matrix(rows: Sequence[Mapping[str, float]]) -> sparse.csr_array:
    """Return the rows as unit vectors over all their words.

    Shape: ``(len(rows), n_words)``, float64; a row without words is zero.
    """
    column_of = {word: n for n, word in enumerate(sorted({w for row in rows for w in row}))}
    indices, values, ends = [], [], [0]
    for row in rows:
        length = math.sqrt(math.fsum(value * value for value in row.values())) or 1.0
        for word in sorted(row):
            indices.append(column_of[word])
            values.append(row[word] / length)
        ends.append(len(indices))
    return sparse.csr_array((values, indices, ends), shape=(len(rows), max(1, len(column_of))))


def _words(text: str, max_chars: int = sys.maxsize) -> Iterable[str]:
    """Yield the words that begin within ``max_chars``, apostrophes straight, endings off."""
    for match in WORD_PATTERN.finditer(text):
        if match.start() >= max_chars:
            return
        yield match[0].lower().replace("’", "'").rstrip("'-").removesuffix("'s")


def _weigh(words: Iterable[str], weights: WordWeights) -> dict[str, float]:
    counts = Counter(words)
    weighed = {word: weights.weight_of(word) * (1 + math.log(n)) for word, n in counts.items()}
    return {word: weight for word, weight in weighed.items() if weight > 0}


def _weigh_names(annotations: Annotations) -> dict[str, float]:
    n_mentions = Counter(mention.chain for mention in annotations.mentions)
    weighed: dict[str, float] = {}
    for chain in annotations.chains:
        if chain.is_named:
            for key in chain.keys:
                weighed[key] = 1 + math.log(max(1, n_mentions[chain.id]))
    return weighed
