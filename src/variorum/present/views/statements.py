"""Statements as rows, with each outlet's readings of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.model.annotation import Quotation
from variorum.model.ports import WordWeights
from variorum.model.span import Span
from variorum.model.story import Reading, Statement
from variorum.present.pieces import Mark, Piece, cut_pieces
from variorum.present.views.days import write_day
from variorum.present.views.differences import DifferenceView, make_differences
from variorum.present.views.links import Link, StoryIndex, count, make_target

MAX_SEARCH_WORDS = 6
MAX_DIFFERENCES = 3
"""Differences that a statement shows at once; the others unfold."""

MAX_READINGS = 3
"""Readings that a cell shows at once: an outlet of many articles would stretch the whole row."""

UNSURE = 0.6
"""Below this the page says in words that a quotation is unsure; above, only the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One article's version of a statement.

    Attributes:
        runs: Its words; several runs where something of the article stands between.
        note: How it reached the article: ``"direct, “said”, in an interview"``.
        sure: ``"95%"``; empty for an outlet's own words.
        is_base: Whether the other readings are compared with this one.
    """

    target: str
    runs: tuple[tuple[Piece, ...], ...]
    is_quoted: bool
    note: str
    sure: str = ""
    is_unsure: bool = False
    is_base: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one outlet has of a row; without readings, where to search instead.

    Attributes:
        is_telling: Whether at least half of the outlets have what this one lacks.
    """

    outlet: str
    readings: tuple[ReadingView, ...] = ()
    searches: tuple[Link, ...] = ()
    is_telling: bool = False

    @property
    def first(self) -> tuple[ReadingView, ...]:
        """The readings that are shown at once."""
        return self.readings[:MAX_READINGS]

    @property
    def rest(self) -> tuple[ReadingView, ...]:
        """The readings that unfold."""
        return self.readings[MAX_READINGS:]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """Outlets that have a statement from one source, and why that is thought."""

    name: str
    outlets: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One statement over the outlets of its story.

    Attributes:
        attested: ``"12 outlets, 2 origins"``.
        shared: The origins that several articles have in common.
        single: Outlets that nothing binds to another.
    """

    id: str
    speaker: str
    attested: str
    shared: tuple[OriginView, ...]
    single: tuple[str, ...]
    cells: tuple[Cell, ...]
    first: tuple[DifferenceView, ...]
    rest: tuple[DifferenceView, ...]

    @property
    def changes_meaning(self) -> bool:
        """Whether outlets differ in what was said, translators aside."""
        return any(
            d.changes_meaning and not d.may_be_translation for d in (*self.first, *self.rest)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneStatement:
    """A statement that one article has; its words are sought in the others on demand."""

    id: str
    speaker: str
    readings: tuple[ReadingView, ...]
    words: str


@dataclass(frozen=True)
class StatementMaker:
    """Makes the rows of one story."""

    told: StoryIndex
    weights: WordWeights

    def make_row(self, statement: Statement) -> Row:
        """Return a statement as a row with one cell for each outlet."""
        differences, marks = make_differences(statement, self.told)
        readings = defaultdict(list)
        for position, reading in enumerate(statement.readings):
            view = self._reading(
                reading,
                marks.get(position, []),
                is_base=position == statement.gist and bool(differences),
            )
            readings[self.told.outlet_of(reading.article)].append(view)
        words = self._search_words(statement)
        n_origins = max(1, len(statement.origins))
        return Row(
            id=statement.id,
            speaker=self.told.index.speaker_of(statement),
            attested=f"{count(len(readings), 'outlet')}, {count(n_origins, 'origin')}",
            shared=tuple(self._iter_shared_origins(statement)),
            single=tuple(
                self.told.outlet_of(origin.articles[0])
                for origin in statement.origins
                if len(origin.articles) == 1
            ),
            cells=tuple(
                Cell(outlet=outlet, readings=tuple(readings[outlet]))
                if outlet in readings
                else self._missing(outlet, statement, words)
                for outlet in self.told.outlets
            ),
            first=differences[:MAX_DIFFERENCES],
            rest=differences[MAX_DIFFERENCES:],
        )

    def make_lone(self, statement: Statement) -> LoneStatement:
        """Return a statement of one article, without the cells of those that lack it."""
        return LoneStatement(
            id=statement.id,
            speaker=self.told.index.speaker_of(statement),
            readings=tuple(self._reading(reading, ()) for reading in statement.readings),
            words=self._search_words(statement),
        )

    def _reading(
        self, reading: Reading, marks: Sequence[Mark], *, is_base: bool = False
    ) -> ReadingView:
        text = self.told.index.articles[reading.article].text
        whole = Span(reading.spans[0].start, reading.spans[-1].end)
        target = make_target(reading.article, whole)
        runs = tuple(cut_pieces(text, span, marks) for span in reading.spans)
        if reading.quotation is None:
            return ReadingView(
                target=target,
                runs=runs,
                is_quoted=False,
                note="in the outlet’s own words",
                is_base=is_base,
            )
        _, quotation = self.told.index.quotations[reading.quotation]
        return ReadingView(
            target=target,
            runs=runs,
            is_quoted=all(run.is_quoted for run in quotation.content),
            note=describe_quotation(quotation, text),
            sure=f"{quotation.confidence:.0%}",
            is_unsure=quotation.confidence < UNSURE,
            is_base=is_base,
        )

    def _missing(self, outlet: str, statement: Statement, words: str) -> Cell:
        absences = self.told.absences.get((statement.id, outlet), ())
        why = ""
        if absences:
            why = absences[0].says.partition("; ")[2].rstrip(".")
            if absences[0].since is not None:
                why = f"{why}, since {write_day(absences[0].since)}"
        return Cell(
            outlet=outlet,
            searches=tuple(self.told.iter_searches(outlet, words, why)),
            is_telling=bool(absences),
        )

    def _iter_shared_origins(self, statement: Statement) -> Iterator[OriginView]:
        for origin in statement.origins:
            if len(origin.articles) > 1:
                outlets = dict.fromkeys(self.told.outlet_of(a) for a in origin.articles)
                yield OriginView(
                    name=origin.outlet,
                    outlets=tuple(outlets),
                    evidence="; ".join(origin.evidence),
                )

    def _search_words(self, statement: Statement) -> str:
        """Return the words of a statement that tell most, for searching other articles."""
        words = self.told.index.words_of(statement.readings[statement.gist])
        found = dict.fromkeys(re.findall(r"\w[\w'’-]{2,}", words.casefold()))
        ranked = sorted(found, key=lambda word: -self.weights.weight_of(word))
        best = set(ranked[:MAX_SEARCH_WORDS])
        return " ".join(word for word in found if word in best)


def describe_quotation(quotation: Quotation, text: str) -> str:
    """Return how it was said and reached the article: ``"direct, “said”, in Harlau, via RBC"``."""
    parts: list[str] = [quotation.kind]
    if quotation.cue is not None:
        parts.append(f"“{_words(quotation.cue, text)}”")
    if quotation.stance != "statement":
        parts.append(_with_article(quotation.stance))
    hearer, place, time = quotation.hearer, quotation.place, quotation.time
    if hearer is not None and not any(hearer.overlaps(via.span) for via in quotation.via):
        parts.append(f"to {_words(hearer, text)}")
    if place is not None:
        parts.append(f"in {_words(place, text)}")
    if time is not None:
        parts.append(_words(time, text))
    parts += [f"via {via.name}" for via in quotation.via]
    if quotation.medium is not None:
        is_name = quotation.medium[:1].isupper()
        parts.append(
            f"on {quotation.medium}" if is_name else f"in {_with_article(quotation.medium)}"
        )
    return ", ".join(parts)


def _words(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())


def _with_article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
