"""All comparisons of one story, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from variorum.compare.absences import find_absences, find_missing_outlets
from variorum.compare.alignment import Named
from variorum.compare.differences import find_differences
from variorum.compare.origins import find_origins
from variorum.compare.timeline import make_brief, make_timeline
from variorum.model.annotation import Annotations
from variorum.model.article import Article
from variorum.model.ports import Encoder, WordWeights
from variorum.model.span import Span
from variorum.model.story import Account, Copy, FigureGroup, Statement, Story


def compare_story(
    story: Story,
    statements: Sequence[Statement],
    copies: Sequence[Copy],
    figure_groups: Sequence[FigureGroup],
    articles: Mapping[str, Article],
    annotations: Mapping[str, Annotations],
    entity_of: Mapping[str, str],
    *,
    encoder: Encoder,
    weights: WordWeights,
) -> Account:
    """Return the story told side by side.

    Args:
        copies: Those between two articles of the story.
        figure_groups: Those that the story has a part in.
        entity_of: Entity ids by chain id.
    """
    quotations = {q.id: q for a in story.articles for q in annotations[a].quotations}
    named = {article: _find_named(annotations[article], entity_of) for article in story.articles}
    article_of_figure = {f.id: a for a in story.articles for f in annotations[a].figures}
    compared = tuple(
        replace(
            find_origins(story, statement, copies, articles, annotations, quotations),
            differences=find_differences(
                statement, articles, quotations, named, encoder=encoder, weights=weights
            ),
            not_found=find_missing_outlets(story, statement, articles),
        )
        for statement in statements
    )
    return Account(
        story=story,
        statements=compared,
        copies=tuple(copies),
        not_found=find_absences(story, compared, figure_groups, articles, article_of_figure),
        timeline=make_timeline(story, articles, annotations),
        brief=make_brief(story, compared, articles, annotations),
    )


def _find_named(annotations: Annotations, entity_of: Mapping[str, str]) -> Named:
    """Return the mentions by name with their entities, in text order; of two that overlap, one."""
    found: list[tuple[Span, str]] = []
    for mention in sorted(annotations.mentions, key=lambda mention: mention.span):
        entity = entity_of.get(mention.chain)
        is_free = not found or not mention.span.overlaps(found[-1][0])
        if mention.form == "name" and entity is not None and is_free:
            found.append((mention.span, entity))
    return tuple(found)
