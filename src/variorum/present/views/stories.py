"""One story, ready to be printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from variorum.model.ports import WordWeights
from variorum.model.story import Account, Statement
from variorum.present.index import EditionIndex
from variorum.present.views.days import write_day, write_days, write_published
from variorum.present.views.figures import make_figures
from variorum.present.views.links import Link, LinksRow, StoryIndex
from variorum.present.views.names import NameView, VoiceView, make_labels, make_names, make_voices
from variorum.present.views.statements import LoneStatement, Row, StatementMaker

MAX_PASSAGES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article of the story as its outlet announces it."""

    outlet: str
    title: str
    target: str
    dated: str
    is_translated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """Who has whose words."""

    earlier: str
    later: str
    is_directed: bool
    share: float
    percent: str
    evidence: str
    sure: str
    passages: tuple[tuple[Link, Link], ...]
    n_more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence with its place: of the brief, of the timeline."""

    link: Link
    outlet: str
    n_origins: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """One story, as the page shows it.

    Attributes:
        outlets: The columns.
        translated: Outlets of articles that read like translations.
        shared: Statements that several articles have, the most telling first.
        alone: By outlet, statements that only one of its articles has.
        shared_figures: Figures that tell something between outlets.
        timeline: By day, what is told of it.
    """

    id: str
    title: str
    days: str
    outlets: tuple[str, ...]
    translated: frozenset[str]
    headlines: tuple[Headline, ...]
    brief: tuple[Line, ...]
    shared: tuple[Row, ...]
    alone: tuple[tuple[str, tuple[LoneStatement, ...]], ...]
    shared_figures: tuple[LinksRow, ...]
    single_figures: tuple[LinksRow, ...]
    labels: tuple[LinksRow, ...]
    names: tuple[NameView, ...]
    voices: tuple[VoiceView, ...]
    copies: tuple[CopyView, ...]
    timeline: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def n_alone(self) -> int:
        """Number of statements that one article has."""
        return sum(len(statements) for _, statements in self.alone)

    @property
    def n_meaning(self) -> int:
        """Number of statements of which outlets differ in what was said."""
        return sum(row.changes_meaning for row in self.shared)

    @property
    def n_conflicts(self) -> int:
        """Number of figures in conflict."""
        return sum(row.badge == "conflict" for row in self.shared_figures)

    @property
    def has_caveat(self) -> bool:
        """Whether some difference may be the translators' doing."""
        return any(d.may_be_translation for row in self.shared for d in (*row.first, *row.rest))


def make_story_view(index: EditionIndex, account: Account, weights: WordWeights) -> StoryView:
    """Return everything the page shows of a story."""
    told = StoryIndex(index, account)
    maker = StatementMaker(told, weights)
    shared = list(index.iter_shared(account))
    known = {statement.id for statement in shared}
    figures = make_figures(told)
    return StoryView(
        id=account.story.id,
        title=account.story.title,
        days=write_days(account.story.started, account.story.ended),
        outlets=told.outlets,
        translated=frozenset(a.outlet for a in told.articles if a.is_translated),
        headlines=tuple(_iter_headlines(told)),
        brief=tuple(
            Line(link=told.link(s.article, s.span), outlet=told.outlet_of(s.article),
                 n_origins=s.n_origins)
            for s in account.brief
        ),
        shared=tuple(maker.make_row(statement) for statement in shared),
        alone=_make_alone(told, maker, (s for s in account.statements if s.id not in known)),
        shared_figures=figures[0],
        single_figures=figures[1],
        labels=make_labels(told),
        names=make_names(told),
        voices=make_voices(told),
        copies=tuple(_iter_copies(told)),
        timeline=_make_timeline(told),
    )  # fmt: skip


def _iter_headlines(told: StoryIndex) -> Iterator[Headline]:
    for article in told.articles:
        yield Headline(
            outlet=article.outlet,
            title=article.title or "without a title",
            target=article.id,
            dated=write_published(article),
            is_translated=article.is_translated,
        )


def _make_alone(
    told: StoryIndex, maker: StatementMaker, statements: Iterable[Statement]
) -> tuple[tuple[str, tuple[LoneStatement, ...]], ...]:
    found = defaultdict(list)
    for statement in statements:
        outlet = told.outlet_of(statement.readings[0].article)
        found[outlet].append(maker.make_lone(statement))
    return tuple((outlet, tuple(found[outlet])) for outlet in told.outlets if outlet in found)


def _make_timeline(told: StoryIndex) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    found = defaultdict(list)
    for entry in told.account.timeline:
        line = Line(link=told.link(entry.article, entry.span), outlet=told.outlet_of(entry.article))
        found[entry.date].append(line)
    return tuple((write_day(day), tuple(lines)) for day, lines in found.items())


def _iter_copies(told: StoryIndex) -> Iterator[CopyView]:
    for copy in told.account.copies:
        first = copy.passages[:MAX_PASSAGES]
        yield CopyView(
            earlier=told.outlet_of(copy.earlier),
            later=told.outlet_of(copy.later),
            is_directed=copy.directed,
            share=round(copy.share, 2),
            percent=f"{copy.share:.0%}",
            evidence="; ".join(copy.evidence),
            sure=f"{copy.confidence:.0%}",
            passages=tuple(
                (told.link(copy.earlier, p.earlier), told.link(copy.later, p.later)) for p in first
            ),
            n_more=len(copy.passages) - len(first),
        )
