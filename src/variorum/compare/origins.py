"""How many independent origins stand behind a statement.

Articles that have a statement from one wire, from each other, or from one relaying outlet are one
origin. What nothing binds to another is an origin of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from variorum.languages.outlets import fold_outlet
from variorum.model.annotation import Annotations, Quotation
from variorum.model.article import Article
from variorum.model.story import Copy, Origin, Reading, Statement, Story

MIN_COPIED_SHARE = 0.3
"""From this share on the whole article is held to come from the other, quotations included."""


def find_origins(
    story: Story,
    statement: Statement,
    copies: Sequence[Copy],
    articles: Mapping[str, Article],
    annotations: Mapping[str, Annotations],
    quotations: Mapping[str, Quotation],
) -> Statement:
    """Return the statement with its origins, and each reading's origin."""
    having = {reading.article for reading in statement.readings}
    members = [article for article in story.articles if article in having]
    parent = {article: article for article in members}
    evidence: dict[str, list[str]] = defaultdict(list)

    def root(article: str) -> str:
        while parent[article] != article:
            article = parent[article]
        return article

    def join(left: str, right: str, why: str) -> None:
        first, second = sorted((root(left), root(right)), key=members.index)
        if first != second:
            parent[second] = first
            evidence[first] += [why, *evidence.pop(second, [])]

    _join_copies(statement, copies, articles, join)
    sources = {
        article: _find_source(article, statement, annotations, quotations) for article in members
    }
    _join_sources(members, sources, articles, join)
    roots = [article for article in members if root(article) == article]
    origins = tuple(
        _make_origin(r, [a for a in members if root(a) == r], sources, articles, evidence[r])
        for r in roots
    )
    number = {article: roots.index(root(article)) for article in members}
    readings = tuple(replace(r, origin=number[r.article]) for r in statement.readings)
    return replace(statement, readings=readings, origins=origins)


def _join_copies(
    statement: Statement, copies: Sequence[Copy], articles: Mapping[str, Article], join: object
) -> None:
    by_article: dict[str, list[Reading]] = defaultdict(list)
    for reading in statement.readings:
        by_article[reading.article].append(reading)
    for copy in copies:
        if copy.earlier not in by_article or copy.later not in by_article:
            continue
        inside = any(
            passage.later.overlaps(span)
            for passage in copy.passages
            for reading in by_article[copy.later]
            for span in reading.spans
        )
        if inside or copy.share >= MIN_COPIED_SHARE:
            names = [articles[a].outlet for a in (copy.earlier, copy.later)]
            join(copy.earlier, copy.later, f"{names[0]} and {names[1]} share their words")  # type: ignore[operator]


def _find_source(
    article: str,
    statement: Statement,
    annotations: Mapping[str, Annotations],
    quotations: Mapping[str, Quotation],
) -> str | None:
    """Return the outlet from which an article has the statement, if it says so."""
    outlets = {c.outlet for c in annotations[article].credits if c.kind == "relay"}
    for reading in statement.readings:
        quotation = quotations.get(reading.quotation or "")
        if reading.article == article and quotation is not None:
            for via in quotation.via:
                if via.name in outlets or any(via.name in outlet for outlet in outlets):
                    return min(outlet for outlet in outlets if via.name in outlet)
    wires = sorted({c.outlet for c in annotations[article].credits if c.kind == "wire"})
    return wires[0] if wires else None


def _join_sources(
    members: Sequence[str],
    sources: Mapping[str, str | None],
    articles: Mapping[str, Article],
    join: object,
) -> None:
    first_with: dict[str, str] = {}
    for article in members:
        outlet = articles[article].outlet
        own = first_with.setdefault(fold_outlet(outlet), article)
        if own != article:
            join(own, article, f"both are {outlet}'s")  # type: ignore[operator]
    for article in members:
        source = sources[article]
        if source is None:
            continue
        other = first_with.setdefault(fold_outlet(source), article)
        if other != article:
            join(other, article, f"{articles[article].outlet} names {source}")  # type: ignore[operator]


def _make_origin(
    first: str,
    members: Sequence[str],
    sources: Mapping[str, str | None],
    articles: Mapping[str, Article],
    evidence: Sequence[str],
) -> Origin:
    named = [source for article in members if (source := sources[article]) is not None]
    outlet = named[0] if named else articles[first].outlet
    why = tuple(dict.fromkeys(evidence))
    if not why:
        why = (f"names {named[0]}" if named else "nothing binds it to another account",)
    return Origin(outlet=outlet, articles=tuple(members), evidence=why)
