"""Invented articles taken apart and linked, for tests of names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.annotate.analysis import Analysis
from variorum.annotate.coreference import link_mentions
from variorum.annotate.language import load_language
from variorum.model.annotation import Annotations, Chain, ContentSpan, Quotation
from variorum.model.article import Article, Segment
from variorum.model.span import Span, find_trimmed
from variorum.model.story import Story


def make_article(text: str, article_id: str = "a1") -> Article:
    lines = (Span(*match.span()) for match in re.finditer(r"[^\n]+", text))
    segments = tuple(
        Segment(span=span, kind="body", reason="test")
        for line in lines
        if len(span := find_trimmed(text, line))
    )
    return Article(id=article_id, outlet="The Courier", text=text, version="v1", segments=segments)


def analyse(text: str, article_id: str = "a1") -> Analysis:
    return load_language().analyse(make_article(text, article_id))


def quote(
    text: str, content: str, source: str | None, cue: str | None = "said", *, after: int = 0
) -> Quotation:
    """Return a direct quotation of ``content``; its source is sought from ``after`` on."""
    start = text.index(content)
    return Quotation(
        id=f"q{start}",
        kind="direct",
        stance="statement",
        content=(ContentSpan(span=Span(start, start + len(content)), is_quoted=True),),
        cue=_find(text, cue, after),
        source=_find(text, source, after),
    )


def _find(text: str, words: str | None, after: int) -> Span | None:
    if words is None:
        return None
    start = text.index(words, after)
    return Span(start, start + len(words))


def link(text: str, quotations: Sequence[Quotation] = (), article_id: str = "a1") -> Annotations:
    mentions, chains, attributed = link_mentions(analyse(text, article_id), quotations)
    return Annotations(
        article_id=article_id, mentions=mentions, chains=chains, quotations=attributed
    )


def chain_named(annotations: Annotations, name: str) -> Chain:
    """Return the only chain of that name."""
    (chain,) = [chain for chain in annotations.chains if chain.name == name]
    return chain


def words_of(annotations: Annotations, text: str, name: str) -> list[str]:
    """Return the words of all mentions of a chain, in text order."""
    chain = chain_named(annotations, name)
    return [mention.span.of(text) for mention in annotations.mentions if mention.chain == chain.id]


def make_story(story_id: str, *articles: str, storylines: Sequence[str] = ()) -> Story:
    return Story(id=story_id, title="", articles=articles, storylines=tuple(storylines))
