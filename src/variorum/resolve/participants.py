"""What is known of one named chain when it is compared with those of other articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.languages.names import (
    PLACE_KEYS,
    Gender,
    Name,
    gender_of_given,
    gender_of_titles,
    is_half,
    parse_organisation,
    parse_person,
)
from variorum.languages.roles import Role, parse_role
from variorum.model.annotation import Annotations, Chain, EntityKind, Mention
from variorum.model.article import Article
from variorum.model.story import Story

MAX_NAMES = 12
"""Spellings of one chain that are compared; more are never of one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A named chain with what tells it from others.

    Attributes:
        key: Article id and chain id: unique, and the order of everything.
        names: Its spellings, taken apart, most frequent first.
        n_mentions: How often the article names it.
        stories: Ids of the stories its article is in; the article's own id if in none.
        storylines: Ids of the storylines of those.
        context: Keys of all named chains of its article, its own included; one set for all
            of them.
    """

    key: tuple[str, str]
    chain: Chain
    names: tuple[Name, ...]
    n_mentions: int
    roles: tuple[Role, ...]
    gender: Gender | None
    stories: frozenset[str]
    storylines: frozenset[str]
    context: frozenset[str]

    @property
    def kind(self) -> EntityKind:
        """The chain's kind."""
        return self.chain.kind

    @property
    def may_be_person(self) -> bool:
        """Whether its kind is a guess, so that its one word may be somebody's surname.

        A small recogniser calls every third surname that stands alone a place.
        """
        if self.kind == "place":
            return all(len(n.words) == 1 and n.words[0] not in PLACE_KEYS for n in self.names)
        return self.kind == "other"


def make_participants(
    articles: Sequence[Article], annotations: Sequence[Annotations], stories: Sequence[Story]
) -> tuple[Participant, ...]:
    """Return one participant for each named chain, sorted by key."""
    texts = {article.id: article.text for article in articles}
    stories_of, lines_of = find_stories(stories)
    made: list[Participant] = []
    for one in annotations:
        text = texts.get(one.article_id)
        if text is None:
            continue
        own = frozenset(stories_of.get(one.article_id, {one.article_id}))
        lines = frozenset(lines_of.get(one.article_id, set()))
        made += _make_of_article(text, one, own, lines)
    return tuple(sorted(made, key=lambda participant: participant.key))


def find_stories(
    stories: Sequence[Story],
) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    """Return the ids of stories and of storylines by article id."""
    stories_of: dict[str, set[str]] = defaultdict(set)
    lines_of: dict[str, set[str]] = defaultdict(set)
    for story in stories:
        for article in story.articles:
            stories_of[article].add(story.id)
            lines_of[article].update(story.storylines)
    return stories_of, lines_of


def _make_of_article(
    text: str, annotations: Annotations, stories: frozenset[str], lines: frozenset[str]
) -> list[Participant]:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in annotations.mentions:
        if mention.form == "name":
            mentions[mention.chain].append(mention)
    context = frozenset(key for chain in annotations.chains if chain.is_named for key in chain.keys)
    return [
        Participant(
            key=(annotations.article_id, chain.id),
            chain=chain,
            names=(names := _parse_names(text, chain, mentions[chain.id])),
            n_mentions=max(1, len(mentions[chain.id])),
            roles=tuple(parse_role(role) for role in chain.roles),
            gender=_tell_gender(names, chain.roles),
            stories=stories,
            storylines=lines,
            context=context,
        )
        for chain in annotations.chains
        if chain.is_named
    ]


def _parse_names(text: str, chain: Chain, mentions: Sequence[Mention]) -> tuple[Name, ...]:
    counts = Counter(" ".join(mention.span.of(text).split()) for mention in mentions)
    counts[" ".join(chain.name.split())] += 1
    spellings = sorted(counts, key=lambda spelling: (-counts[spelling], spelling))[:MAX_NAMES]
    spellings = [one for one in spellings if not is_half(one)] or spellings
    parse = parse_person if chain.kind == "person" else parse_organisation
    return tuple(parse(spelling) for spelling in spellings)


def _tell_gender(names: Sequence[Name], roles: Sequence[str]) -> Gender | None:
    told = gender_of_titles(tuple(roles))
    if told is not None:
        return told
    for name in names:
        told = gender_of_titles(name.titles)
        if told is None and name.given:
            told = gender_of_given(name.given[0])
        if told is not None:
            return told
    return None
