"""Sentences that two articles say alike: the evidence that they tell one event, not two like it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from variorum.model.annotation import Annotations
from variorum.model.article import Article
from variorum.model.ports import Encoder, Vectors

MIN_WORDS = 6
"""Shorter sentences ("He did not say why.") are alike in unrelated articles."""

MAX_SENTENCES = 60
"""News is told in its first sentences; also bounds the work an article can ask for."""

MIN_COSINE = 0.83
"""Accounts of one press conference have sentences above it, those of two conferences of one
speaker on one war have none (their best stands at 0.80)."""

FULL_EVIDENCE = 3
"""So many sentences said alike leave no doubt; more do not add to it."""


def encode_sentences(
    articles: Sequence[Article], annotations: Sequence[Annotations], encoder: Encoder
) -> list[Vectors]:
    """Return the vectors of each article's sentences, those in headline and body.

    Shape: one ``(n_sentences, n)`` array an article.
    """
    texts = [_pick_sentences(*pair) for pair in zip(articles, annotations, strict=True)]
    vectors = encoder.encode([sentence for part in texts for sentence in part])
    ends = [*accumulate(len(part) for part in texts)]
    return [vectors[end - len(part) : end] for part, end in zip(texts, ends, strict=True)]


def score_paraphrases(left: Vectors, right: Vectors) -> float:
    """Return how strongly sentences said alike bind two articles, 0.0 to 1.0.

    Counted are pairs of sentences each of which is the other's nearest.
    """
    if not len(left) or not len(right):
        return 0.0
    cosines = np.round(left @ right.T, 4)
    nearest = cosines.argmax(axis=1)
    mutual = cosines.argmax(axis=0)[nearest] == np.arange(len(left))
    n_alike = int(np.count_nonzero(mutual & (cosines.max(axis=1) >= MIN_COSINE)))
    return min(1.0, n_alike / FULL_EVIDENCE)


def _pick_sentences(article: Article, annotations: Annotations) -> list[str]:
    kept = article.iter_segments("headline", "body")
    found = []
    for sentence in annotations.sentences:
        words = sentence.span.of(article.text)
        inside = any(segment.span.overlaps(sentence.span) for segment in kept)
        if inside and len(words.split()) >= MIN_WORDS:
            found.append(words)
        if len(found) == MAX_SENTENCES:
            break
    return found
