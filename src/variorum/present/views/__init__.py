"""What the page shows, ready to be printed: no look-ups and no decisions are left to templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from variorum.compare.differences import CAVEAT
from variorum.model.ports import WordWeights
from variorum.model.story import Storyline
from variorum.present.index import EditionIndex
from variorum.present.views.articles import ArticleView, make_articles
from variorum.present.views.stories import StoryView, make_story_view

__all__ = ["PageView", "StorylineView", "make_page_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineView:
    """Stories that belong together; a story of its own is one without a title."""

    title: str
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The whole page.

    Attributes:
        storylines: The stories in the order of the page.
        caveat: What a difference between two translations is marked with.
    """

    n_articles: int
    n_outlets: int
    n_stories: int
    storylines: tuple[StorylineView, ...]
    articles: tuple[ArticleView, ...]
    failures: tuple[tuple[str, str], ...]
    caveat: str = CAVEAT


def make_page_view(index: EditionIndex, weights: WordWeights) -> PageView:
    """Return everything the page shows of an edition."""
    edition = index.edition
    stories = [make_story_view(index, account, weights) for account in index.accounts]
    return PageView(
        n_articles=len(edition.articles),
        n_outlets=len({article.outlet for article in edition.articles}),
        n_stories=len(stories),
        storylines=tuple(_group(edition.storylines, stories)),
        articles=make_articles(index, stories),
        failures=tuple((failure.input, failure.reason) for failure in edition.failures),
    )


def _group(lines: Iterable[Storyline], stories: Iterable[StoryView]) -> list[StorylineView]:
    """Return every story once, in its first storyline or alone, in the order of ``stories``."""
    left = {story.id: story for story in stories}
    place = {name: number for number, name in enumerate(left)}
    grouped = []
    for line in lines:
        members = [story for story in left.values() if story.id in line.stories]
        if len(members) > 1:
            grouped.append(StorylineView(title=line.title, stories=tuple(members)))
            left = {name: story for name, story in left.items() if story not in members}
    grouped += [StorylineView(title="", stories=(story,)) for story in left.values()]
    return sorted(grouped, key=lambda line: place[line.stories[0].id])
