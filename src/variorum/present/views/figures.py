"""Figures as rows: what is counted, and which number each outlet gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from variorum.model.story import FigureGroup
from variorum.present.views.days import write_day
from variorum.present.views.links import Link, LinksRow, StoryIndex

ORDER = ("conflict", "mixed", "scope", "update", "agree")
"""Relations, the most telling first."""


def make_figures(told: StoryIndex) -> tuple[tuple[LinksRow, ...], tuple[LinksRow, ...]]:
    """Return the figures that tell something between outlets, and those that one outlet has."""
    groups = [g for g in told.index.edition.figure_groups if told.account.story.id in g.stories]
    ranked = sorted(groups, key=lambda g: (ORDER.index(g.relation), -len(g.members), g.id))
    rows = [(group, _make_row(group, told)) for group in ranked]
    shared = [row for group, row in rows if _is_shared(group, row)]
    single = [row for group, row in rows if not _is_shared(group, row)]
    return tuple(shared), tuple(single)


def _is_shared(group: FigureGroup, row: LinksRow) -> bool:
    return sum(map(bool, row.cells)) > 1 or group.relation in {"conflict", "mixed"}


def _make_row(group: FigureGroup, told: StoryIndex) -> LinksRow:
    cells = told.by_outlet(_iter_links(group, told))
    # Cells already show who agrees; a sentence is due where they are not the whole of it.
    is_told = group.relation == "agree" and _lies_inside(group, told)
    return LinksRow(
        head=group.what,
        badge=group.relation,
        says="" if is_told else group.says,
        cells=cells,
        missing=tuple(
            tuple(told.iter_searches(outlet, group.what))
            if (group.id, outlet) in told.absences
            else ()
            for outlet in told.outlets
        ),
    )


def _lies_inside(group: FigureGroup, told: StoryIndex) -> bool:
    here = set(told.account.story.articles)
    return all(told.index.figures[member][0].id in here for member in group.members)


def _iter_links(group: FigureGroup, told: StoryIndex) -> Iterator[tuple[str, Link]]:
    here = Counter(article.outlet for article in told.articles)
    ids = set(told.account.story.articles)
    for member in group.members:
        article, figure = told.index.figures[member]
        if article.id not in ids:
            continue
        notes = []
        if figure.attributed_to in told.index.quotations:
            quotation = told.index.quotations[figure.attributed_to][1]
            notes.append(told.index.name_of_quoted(quotation))
        if figure.as_of is not None:
            notes.append(f"as of {write_day(figure.as_of)}")
        elif article.published is not None and here[article.outlet] > 1:
            notes.append(write_day(article.published[:10]))
        yield article.outlet, told.link(article.id, figure.span, ", ".join(notes))
