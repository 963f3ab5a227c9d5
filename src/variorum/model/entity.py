"""Who the articles speak of, over all of them."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.model.annotation import EntityKind
from variorum.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One spelling or description of an entity.

    Attributes:
        articles: Ids of the articles that use it, sorted.
        is_name: Whether it is a name, not a description.
    """

    text: str
    count: int
    articles: tuple[str, ...]
    is_name: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """A change of name that an article states.

    Attributes:
        article: Id of the article that says so.
    """

    old: str
    new: str
    article: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organisation, place or group, with all its spellings."""

    id: str
    name: str
    kind: EntityKind
    variants: tuple[Variant, ...]
    renamed: tuple[Renaming, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """A chain held to be an entity.

    Attributes:
        score: 0.0 to 1.0; 1.0 where the chain founded the entity.
        reasons: Why, strongest first.
    """

    article_id: str
    chain: str
    entity: str
    score: float
    reasons: tuple[str, ...] = ()
