from __future__ import annotations

from collections.abc import Iterable

import pytest
from events import WordEncoder, make_article, make_notes

from variorum.collate.figures import group_figures
from variorum.model.annotation import Annotations, Figure
from variorum.model.article import Article
from variorum.model.span import Span
from variorum.model.story import FigureGroup, Story

Account = tuple[str | None, str]
"""When an article came out, and what it says of the dead: ``"at least 14"``."""


def group(*stories: Iterable[Account], as_of: str | None = None) -> FigureGroup:
    """Return the one figure group of the stories, all of one storyline."""
    articles: dict[str, Article] = {}
    notes: dict[str, Annotations] = {}
    made = []
    for number, accounts in enumerate(stories):
        ids = []
        for published, words in accounts:
            article = make_article(
                f"a{len(articles):02}",
                f"When the ferry Orla sank off Karsa {words} people were killed.",
                outlet=f"Outlet {len(articles)}",
                published=published,
            )
            ids.append(article.id)
            articles[article.id] = article
            notes[article.id] = make_figures(article, words, as_of)
        lines = ("l1",) if len(stories) > 1 else ()
        made.append(Story(id=f"s{number}", title="Orla", articles=tuple(ids), storylines=lines))
    (found,) = group_figures(made, articles, notes, encoder=WordEncoder())
    assert len(found.members) == len(articles)
    return found


def make_figures(article: Article, words: str, as_of: str | None) -> Annotations:
    modifier, _, number = words.rpartition(" ")
    value = int(number.replace(",", ""))
    start = article.text.index(words)
    figure = Figure(
        id=f"f-{article.id}",
        span=Span(start, start + len(f"{words} people")),
        low=value,
        high=None if modifier in {"at least", "more than"} else value,
        modifier=modifier or "exact",
        unit="person",
        what="people killed",
        as_of=as_of,
    )
    notes = make_notes(article)
    return Annotations(article_id=article.id, sentences=notes.sentences, figures=(figure,))


DAYS = ("2031-06-01", "2031-06-02", "2031-06-03")


@pytest.mark.parametrize(
    ("accounts", "relation"),
    [
        ([(DAYS[0], "14"), (DAYS[1], "14")], "agree"),
        ([(DAYS[0], "14"), (DAYS[1], "19")], "update"),
        ([(DAYS[0], "19"), (DAYS[1], "14")], "update"),
        ([(DAYS[0], "14"), (DAYS[0], "19")], "conflict"),
        ([(DAYS[0], "14"), (DAYS[1], "14"), (DAYS[1], "19")], "conflict"),
        # No two that differ are of one day.
        ([(DAYS[0], "14"), (DAYS[1], "19"), (DAYS[2], "14")], "mixed"),
        ([(DAYS[0], "14"), (DAYS[1], "19"), (DAYS[2], "at least 10")], "mixed"),
        ([(DAYS[0], "14"), (DAYS[0], "19"), (DAYS[1], "23")], "mixed"),
        ([(DAYS[0], "14"), (None, "19")], "mixed"),
        ([(None, "14"), (None, "19")], "mixed"),
        (
            [(f"{DAYS[0]}T09:00", "14"), (f"{DAYS[0]}T10:00", "19"), (f"{DAYS[0]}T11:00", "14")],
            "conflict",
        ),
        ([(f"{DAYS[0]}T09:00", "14"), (f"{DAYS[0]}T10:00", "19")], "update"),
        ([(f"{DAYS[0]}T09:05", "14"), (f"{DAYS[0]}T09:55", "19")], "conflict"),
        ([(f"{DAYS[0]}T09:00", "14"), (DAYS[0], "19")], "conflict"),
    ],
)
def test_figures_of_one_story(accounts: list[Account], relation: str) -> None:
    """An update is older everywhere, a conflict of one day; all else is mixed."""
    assert group(accounts).relation == relation


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ((DAYS[0], "14"), (DAYS[1], "19"), "update"),
        ((DAYS[0], "14"), (DAYS[0], "19"), "conflict"),
        ((None, "14"), (None, "19"), "mixed"),
        ((None, "14"), (DAYS[1], "19"), "mixed"),
        (("2031-06", "14"), (DAYS[1], "19"), "mixed"),
        (("2031-06", "470,000"), ("2031-07", "500,000"), "update"),
        # Two lower bounds can both be right: only time can tell that they have not grown.
        ((DAYS[0], "more than 470,000"), (DAYS[2], "more than 500,000"), "update"),
        ((None, "more than 470,000"), (None, "more than 500,000"), "update"),
        ((DAYS[0], "more than 470,000"), (None, "more than 500,000"), "update"),
        ((DAYS[2], "more than 470,000"), (DAYS[0], "more than 500,000"), "agree"),
        ((DAYS[0], "at least 14"), (DAYS[0], "at least 19"), "agree"),
    ],
)
def test_figures_of_two_stories(first: Account, second: Account, relation: str) -> None:
    """That two events are told apart is no time: a number is updated only if one is older."""
    assert group([first], [second]).relation == relation
    assert group([second], [first]).relation == relation


def test_day_that_a_figure_is_of() -> None:
    """Where an article has no date, the day of which it gives the figure stands for it."""
    assert group([(None, "14")], [(None, "19")], as_of=DAYS[0]).relation == "conflict"


def test_times_of_two_zones() -> None:
    """Clocks of two zones are compared, and put in order, as the instants they tell."""
    west, utc = "2031-06-01T23:00-05:00", "2031-06-02T01:00+00:00"

    # 14 was told at four by UTC's clock, after the 19 of one o'clock and before that of six.
    found = group([(west, "14"), (utc, "19"), ("2031-06-02T06:00+00:00", "19")])

    assert found.relation == "conflict"
    assert found.members == ("f-a01", "f-a00", "f-a02")
