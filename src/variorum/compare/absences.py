"""What was not found where. Not found is not left out: the reader can search the article."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from variorum.model.article import Article
from variorum.model.story import Absence, FigureGroup, Statement, Story

MIN_OUTLETS = 2
"""What one outlet alone has is no absence elsewhere."""

MIN_SHARE = 0.5
"""An absence is told where at least half of a story's outlets have the thing."""


def find_missing_outlets(
    story: Story, statement: Statement, articles: Mapping[str, Article]
) -> tuple[str, ...]:
    """Return the outlets of the story in whose articles a statement was not found, in its order."""
    having = {articles[reading.article].outlet for reading in statement.readings}
    outlets = dict.fromkeys(articles[article].outlet for article in story.articles)
    return tuple(outlet for outlet in outlets if outlet not in having)


def find_absences(
    story: Story,
    statements: Sequence[Statement],
    figure_groups: Sequence[FigureGroup],
    articles: Mapping[str, Article],
    article_of_figure: Mapping[str, str],
) -> tuple[Absence, ...]:
    """Return what at least half of the outlets have and an article has not, by article."""
    found: list[Absence] = []
    for statement in statements:
        holders = {reading.article for reading in statement.readings}
        found += _iter_absences(story, "statement", statement.id, holders, articles)
    for group in figure_groups:
        # A group may reach over a storyline: what other stories' articles give is not theirs.
        holders = {article_of_figure[m] for m in group.members if m in article_of_figure}
        found += _iter_absences(story, "figure_group", group.id, holders, articles, group.what)
    place = {article: n for n, article in enumerate(story.articles)}
    return tuple(sorted(found, key=lambda a: (place[a.article], a.kind, a.target)))


def _iter_absences(
    story: Story,
    kind: str,
    target: str,
    holders: Container[str],
    articles: Mapping[str, Article],
    what: str = "this statement",
) -> Iterable[Absence]:
    inside = [article for article in story.articles if article in holders]
    outlets = list(dict.fromkeys(articles[a].outlet for a in story.articles))
    having = {articles[a].outlet for a in inside}
    if len(having) < MIN_OUTLETS or len(having) < MIN_SHARE * len(outlets):
        return
    days = sorted(day[:10] for a in inside if (day := articles[a].published))
    for article in story.articles:
        outlet = articles[article].outlet
        if outlet not in having:
            yield Absence(
                outlet=outlet,
                article=article,
                kind="statement" if kind == "statement" else "figure_group",
                target=target,
                since=days[0] if days else None,
                says=f"{what} was not found in this article; "
                f"{len(having)} of {len(outlets)} outlets have it.".strip(),
            )
