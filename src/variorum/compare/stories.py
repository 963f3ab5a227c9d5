"""All comparisons of one story, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from variorum.compare.absences import find_absences, find_missing_outlets
from variorum.compare.differences import find_differences
from variorum.compare.origins import find_origins
from variorum.compare.timeline import make_brief, make_timeline
from variorum.model.annotation import Annotations
from variorum.model.article import Article
from variorum.model.ports import Encoder, WordWeights
from variorum.model.story import Account, Copy, FigureGroup, Statement, Story


def compare_story(
    story: Story,
    statements: Sequence[Statement],
    copies: Sequence[Copy],
    figure_groups: Sequence[FigureGroup],
    articles: Mapping[str, Article],
    annotations: Mapping[str, Annotations],
    *,
    encoder: Encoder,
    weights: WordWeights,
) -> Account:
    """Return the story told side by side.

    Args:
        copies: Those between two articles of the story.
        figure_groups: Those that the story has a part in.
    """
    quotations = {q.id: q for a in story.articles for q in annotations[a].quotations}
    article_of_figure = {f.id: n.article_id for n in annotations.values() for f in n.figures}
    compared = tuple(
        replace(
            find_origins(story, statement, copies, articles, annotations, quotations),
            differences=find_differences(
                statement, articles, quotations, encoder=encoder, weights=weights
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
