"""Pairs of names that a person had best look at: the least certain, the most often named first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.model.annotation import Annotations
from variorum.model.article import Article
from variorum.model.entity import ChainLink
from variorum.model.judgement import Judgement, list_standing, normalise_name
from variorum.model.span import Span
from variorum.model.story import Story
from variorum.resolve.block import iter_pairs
from variorum.resolve.compare import LEAST_SCORE, compare
from variorum.resolve.participants import Participant, make_participants
from variorum.resolve.score import Score

DOUBT = 0.3
"""How far from ``LEAST_SCORE`` a score still leaves room for doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article calls somebody so."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulPair:
    """Two names of which it is not certain that they are one, or two.

    Attributes:
        score: The highest of any two articles.
        is_one: Whether they are held to be one entity now.
        places: Where each is called so, in the article that comes first by id.
        n_articles: In how many articles each stands.
    """

    left: str
    right: str
    score: Score
    is_one: bool
    places: tuple[Place, Place]
    n_articles: tuple[int, int]

    @property
    def value(self) -> float:
        """How much a judgement would settle: doubt, times the articles that it settles."""
        doubt = 1 - abs(self.score.value - LEAST_SCORE) / DOUBT
        return round(doubt * min(self.n_articles), 4)


@dataclass(slots=True)
class _Met:
    """Two names as they are met in one pair of articles after another."""

    best: Score
    pair: tuple[int, int]
    is_one: bool
    articles: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))


def find_doubtful(
    articles: Sequence[Article],
    annotations: Sequence[Annotations],
    stories: Sequence[Story],
    links: Sequence[ChainLink],
    judgements: Sequence[Judgement],
) -> tuple[DoubtfulPair, ...]:
    """Return the pairs of names that nobody judged yet, the most worth judging first.

    Args:
        links: Which chain is which entity now.
    """
    participants = make_participants(articles, annotations, stories)
    entity_of = {(link.article_id, link.chain): link.entity for link in links}
    judged = {
        frozenset({normalise_name(one.left.name), normalise_name(one.right.name)})
        for one in list_standing(judgements)
    }
    met: dict[tuple[str, str], _Met] = {}
    for pair in iter_pairs(participants):
        left, right = sorted((participants[at] for at in pair), key=_name_of)
        names = _name_of(left), _name_of(right)
        if names[0] == names[1] or frozenset(map(normalise_name, names)) in judged:
            continue
        score = compare(left, right)
        if score.value <= 0 or abs(score.value - LEAST_SCORE) >= DOUBT:
            continue
        is_one = entity_of.get(left.key) == entity_of.get(right.key)
        one = met.setdefault(names, _Met(score, pair, is_one))
        if score > one.best:
            one.best, one.pair = score, pair
        one.is_one = one.is_one or is_one
        one.articles[0].add(left.key[0])
        one.articles[1].add(right.key[0])
    spans = _find_spans(articles, annotations)
    found = [
        DoubtfulPair(
            left=left,
            right=right,
            score=one.best,
            is_one=one.is_one,
            places=(_place(left, one.articles[0], spans), _place(right, one.articles[1], spans)),
            n_articles=(len(one.articles[0]), len(one.articles[1])),
        )
        for (left, right), one in met.items()
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.value, pair.left, pair.right)))


Spans = dict[tuple[str, str], Span]


def _find_spans(articles: Sequence[Article], annotations: Sequence[Annotations]) -> Spans:
    """Return where each article first has each name."""
    texts = {article.id: article.text for article in articles}
    spans: Spans = {}
    for one in annotations:
        for mention in one.mentions:
            if mention.form == "name":
                name = normalise_name(mention.span.of(texts[one.article_id]))
                spans.setdefault((one.article_id, name), mention.span)
    return spans


def _place(name: str, articles: set[str], spans: Spans) -> Place:
    key = normalise_name(name)
    for article in sorted(articles):
        if (article, key) in spans:
            return Place(article=article, span=spans[article, key])
    return Place(article=min(articles), span=Span(0, 0))


def _name_of(participant: Participant) -> str:
    return participant.names[0].text
