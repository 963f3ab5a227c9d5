"""The whole: every article, every annotation, every account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from variorum.model.annotation import Annotations
from variorum.model.article import Article, Failure
from variorum.model.entity import ChainLink, Entity
from variorum.model.judgement import Judgement
from variorum.model.story import Account, FigureGroup, Storyline


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A function of the set of articles and of people's judgements, of nothing else.

    Attributes:
        made_by: Version of each stage: ``{"annotate": 1}``.
        articles: By id.
        annotations: One for each article, in the same order.
        links: One for each chain that is an entity.
        accounts: One for each story, by story id.
        judgements: Those that stand, by number.
    """

    articles: tuple[Article, ...] = ()
    annotations: tuple[Annotations, ...] = ()
    entities: tuple[Entity, ...] = ()
    links: tuple[ChainLink, ...] = ()
    accounts: tuple[Account, ...] = ()
    storylines: tuple[Storyline, ...] = ()
    figure_groups: tuple[FigureGroup, ...] = ()
    failures: tuple[Failure, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    made_by: Mapping[str, int] = field(default_factory=dict)
