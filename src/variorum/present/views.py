"""What the page shows, ready to be printed: no look-ups and no decisions are left to templates."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.model.annotation import Quotation
from variorum.model.article import Article
from variorum.model.ports import WordWeights
from variorum.model.span import Span
from variorum.model.story import Account, Difference, FigureGroup, Reading, Statement
from variorum.present.citations import make_citation_tail
from variorum.present.index import EditionIndex
from variorum.present.pieces import Mark, Piece, cut_pieces

MAX_SEARCH_WORDS = 6
MAX_DIFFERENCES = 4
"""Differences that a statement shows at once; the others unfold."""

MAX_PASSAGES = 4
MAX_NAMES = 40
MEANING = frozenset({"negation", "hedge", "condition", "scope", "number", "name", "speaker"})
"""Kinds of difference that change what is said; the others change how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead to their place in an article.

    Attributes:
        target: Fragment of the address: ``"a-3f2b:120-180"``.
    """

    text: str
    target: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One article's version of a statement."""

    target: str
    runs: tuple[tuple[Piece, ...], ...]
    is_quoted: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one outlet has of a row; without readings, where to search instead."""

    outlet: str
    readings: tuple[ReadingView, ...] = ()
    searches: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """One difference, its id the ``ref`` of the words it marks."""

    ref: str
    kind: str
    says: str
    changes_meaning: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One statement over the outlets of its story."""

    id: str
    speaker: str
    attested: str
    evidence: str
    cells: tuple[Cell, ...]
    differences: tuple[DifferenceView, ...]
    n_first: int = MAX_DIFFERENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksRow:
    """A row of links by outlet: a figure, a label, a name."""

    head: str
    badge: str
    says: str
    cells: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """Who has whose words."""

    earlier: str
    later: str
    is_directed: bool
    percent: int
    evidence: str
    passages: tuple[tuple[Link, Link], ...]
    n_more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence with its place: of the brief, of the timeline."""

    head: str
    link: Link
    outlet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """One story, as the page shows it."""

    id: str
    number: int
    title: str
    days: str
    outlets: tuple[str, ...]
    n_articles: int
    articles: tuple[Link, ...]
    brief: tuple[Line, ...]
    shared: tuple[Row, ...]
    alone: tuple[Row, ...]
    figures: tuple[LinksRow, ...]
    labels: tuple[LinksRow, ...]
    names: tuple[LinksRow, ...]
    voices: tuple[LinksRow, ...]
    copies: tuple[CopyView, ...]
    timeline: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """A passage of an article in the reader."""

    kind: str
    reason: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article in the reader, whole."""

    id: str
    outlet: str
    title: str
    dated: str
    address: str | None
    path: str
    translated: str
    cite: str
    segments: tuple[SegmentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineView:
    """Stories that belong together, for the list of contents."""

    title: str
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The whole page."""

    n_articles: int
    n_outlets: int
    storylines: tuple[StorylineView, ...]
    stories: tuple[StoryView, ...]
    articles: tuple[ArticleView, ...]
    failures: tuple[tuple[str, str], ...]


def make_page_view(index: EditionIndex, weights: WordWeights) -> PageView:
    """Return everything the page shows of an edition."""
    stories = tuple(
        _StoryMaker(index, account, weights).make(number)
        for number, account in enumerate(index.edition.accounts, start=1)
    )
    linked = _find_targets(stories)
    articles = tuple(
        _article(index, article, linked.get(article.id, ())) for article in index.edition.articles
    )
    return PageView(
        n_articles=len(articles),
        n_outlets=len({article.outlet for article in articles}),
        storylines=tuple(_storylines(index, stories)),
        stories=stories,
        articles=articles,
        failures=tuple((f.input, f.reason) for f in index.edition.failures),
    )


def make_target(article_id: str, span: Span) -> str:
    """Return the address of a passage within the page: ``"a-3f2b:120-180"``."""
    return f"{article_id}:{span.start}-{span.end}"


def _storylines(index: EditionIndex, stories: Sequence[StoryView]) -> Iterator[StorylineView]:
    by_id = {story.id: story for story in stories}
    shown: set[str] = set()
    for line in index.edition.storylines:
        members = tuple(by_id[s] for s in line.stories if s in by_id and s not in shown)
        shown |= {story.id for story in members}
        if members:
            yield StorylineView(title=line.title if len(members) > 1 else "", stories=members)
    for story in stories:
        if story.id not in shown:
            yield StorylineView(title="", stories=(story,))


@dataclass(frozen=True)
class _StoryMaker:
    """Makes the view of one story; holds what all its parts need."""

    index: EditionIndex
    account: Account
    weights: WordWeights

    def make(self, number: int) -> StoryView:
        index, account = self.index, self.account
        shared = list(index.iter_shared(account))
        known = {statement.id for statement in shared}
        alone = [s for s in account.statements if s.id not in known]
        story = account.story
        return StoryView(
            id=story.id,
            number=number,
            title=story.title,
            days=make_days(story.started, story.ended),
            outlets=self.outlets,
            n_articles=len(story.articles),
            articles=tuple(self._article_link(article_id) for article_id in story.articles),
            brief=tuple(
                self._line("", s.article, s.span, note=_count(s.n_origins, "origin"))
                for s in account.brief
            ),
            shared=tuple(self._row(statement) for statement in shared),
            alone=tuple(self._row(statement) for statement in alone),
            figures=tuple(self._figures()),
            labels=tuple(self._labels()),
            names=tuple(self._names()),
            voices=tuple(self._voices()),
            copies=tuple(self._copies()),
            timeline=tuple(
                self._line(entry.date, entry.article, entry.span) for entry in account.timeline
            ),
        )

    @property
    def outlets(self) -> tuple[str, ...]:
        return self.index.outlets_of(self.account)

    def _outlet(self, article_id: str) -> str:
        return self.index.articles[article_id].outlet

    def _link(self, article_id: str, span: Span, note: str = "") -> Link:
        words = " ".join(span.of(self.index.articles[article_id].text).split())
        return Link(text=words, target=make_target(article_id, span), note=note)

    def _article_link(self, article_id: str) -> Link:
        article = self.index.articles[article_id]
        return Link(text=article.title or article.outlet, target=article_id, note=article.outlet)

    def _line(self, head: str, article_id: str, span: Span, note: str = "") -> Line:
        return Line(
            head=head, link=self._link(article_id, span, note), outlet=self._outlet(article_id)
        )

    def _row(self, statement: Statement) -> Row:
        refs = [f"{statement.id}.{number}" for number in range(len(statement.differences))]
        ranked = sorted(
            zip(refs, statement.differences, strict=True),
            key=lambda item: (-item[1].weight, item[1].left, item[1].right, item[0]),
        )
        marks = _marks_by_reading(ranked)
        readings = defaultdict(list)
        for position, reading in enumerate(statement.readings):
            outlet = self._outlet(reading.article)
            readings[outlet].append(self._reading(reading, marks.get(position, [])))
        words = self._search_words(statement)
        cells = tuple(
            Cell(
                outlet=outlet,
                readings=tuple(readings.get(outlet, ())),
                searches=() if outlet in readings else tuple(self._searches(outlet, words)),
            )
            for outlet in self.outlets
        )
        n_outlets = len(readings)
        n_origins = max(1, len(statement.origins))
        return Row(
            id=statement.id,
            speaker=self.index.speaker_of(statement),
            attested=f"{_count(n_outlets, 'outlet')}, {_count(n_origins, 'origin')}",
            evidence="; ".join(
                f"{origin.outlet}: {reason}"
                for origin in statement.origins
                for reason in origin.evidence
            ),
            cells=cells,
            differences=tuple(
                DifferenceView(
                    ref=ref,
                    kind=difference.kind,
                    says=difference.says,
                    changes_meaning=difference.kind in MEANING,
                )
                for ref, difference in ranked
            ),
        )

    def _reading(self, reading: Reading, marks: Sequence[Mark]) -> ReadingView:
        text = self.index.articles[reading.article].text
        quotation = None
        if reading.quotation is not None:
            quotation = self.index.quotations[reading.quotation][1]
        whole = Span(reading.spans[0].start, reading.spans[-1].end)
        return ReadingView(
            target=make_target(reading.article, whole),
            runs=tuple(cut_pieces(text, span, marks) for span in reading.spans),
            is_quoted=quotation is not None and all(run.is_quoted for run in quotation.content),
            note=_describe(quotation, text),
        )

    def _search_words(self, statement: Statement) -> str:
        """Return the words of a statement that tell most, for searching other articles."""
        words = self.index.words_of(statement.readings[statement.gist])
        found = dict.fromkeys(re.findall(r"\w[\w'’-]{2,}", words.casefold()))
        ranked = sorted(found, key=lambda word: -self.weights.weight_of(word))
        best = set(ranked[:MAX_SEARCH_WORDS])
        return " ".join(word for word in found if word in best)

    def _searches(self, outlet: str, words: str) -> Iterator[Link]:
        for article_id in self.account.story.articles:
            article = self.index.articles[article_id]
            if article.outlet == outlet:
                yield Link(text=words, target=article_id, note=article.title or "")

    def _by_outlet(self, links: Iterable[tuple[str, Link]]) -> tuple[tuple[Link, ...], ...]:
        found = defaultdict(list)
        for outlet, link in links:
            found[outlet].append(link)
        return tuple(tuple(found.get(outlet, ())) for outlet in self.outlets)

    def _figures(self) -> Iterator[LinksRow]:
        for group in self.index.edition.figure_groups:
            if self.account.story.id in group.stories:
                yield LinksRow(
                    head=group.what,
                    badge=group.relation,
                    says=group.says,
                    cells=self._by_outlet(self._figure_links(group)),
                )

    def _figure_links(self, group: FigureGroup) -> Iterator[tuple[str, Link]]:
        here = set(self.account.story.articles)
        for member in group.members:
            article, figure = self.index.figures[member]
            if article.id not in here:
                continue
            notes = [article.published[:10]] if article.published else []
            if figure.attributed_to in self.index.quotations:
                quotation = self.index.quotations[figure.attributed_to][1]
                notes.append(self.index.name_of_quoted(quotation))
            yield article.outlet, self._link(article.id, figure.span, ", ".join(notes))

    def _labels(self) -> Iterator[LinksRow]:
        by_entity = defaultdict(list)
        for article, notes in self.index.iter_annotated(self.account):
            for label in notes.labels:
                entity = self.index.entity_of_chain.get(label.chain or "")
                if entity is None:
                    continue
                voice = "in its own voice"
                if label.quotation in self.index.quotations:
                    quotation = self.index.quotations[label.quotation][1]
                    voice = f"quoting {self.index.name_of_quoted(quotation)}"
                note = f"{voice}, in scare quotes" if label.is_scare_quoted else voice
                link = Link(text=label.text, target=make_target(article.id, label.span), note=note)
                by_entity[entity].append((article.outlet, link))
        for entity, links in sorted(by_entity.items(), key=lambda item: (-len(item[1]), item[0])):
            cells = self._by_outlet(_once(links))
            yield LinksRow(head=self.index.entities[entity].name, badge="", says="", cells=cells)

    def _names(self) -> Iterator[LinksRow]:
        spellings = defaultdict(list)
        for article, notes in self.index.iter_annotated(self.account):
            for mention in notes.mentions:
                owner = self.index.entity_of_chain.get(mention.chain)
                if owner is not None and mention.form == "name":
                    words = " ".join(mention.span.of(article.text).split())
                    target = make_target(article.id, mention.span)
                    spellings[owner].append((article.outlet, Link(text=words, target=target)))
        ranked = sorted(spellings.items(), key=lambda item: (-len(item[1]), item[0]))
        for entity_id, links in ranked[:MAX_NAMES]:
            entity = self.index.entities[entity_id]
            renamed = [f"{r.old} → {r.new}" for r in entity.renamed]
            yield LinksRow(
                head=entity.name,
                badge=entity.kind,
                says=f"renamed: {'; '.join(dict.fromkeys(renamed))}" if renamed else "",
                cells=self._by_outlet(_once(links)),
            )

    def _voices(self) -> Iterator[LinksRow]:
        spoken: dict[str, list[tuple[str, Link]]] = defaultdict(list)
        for article, notes in self.index.iter_annotated(self.account):
            for quotation in notes.quotations:
                if quotation.speaker_name is None and quotation.chain is None:
                    continue
                words = quotation.content[0].span
                note = _describe(quotation, article.text)
                link = self._link(article.id, words, note)
                spoken[self.index.name_of_quoted(quotation)].append((article.outlet, link))
        for name, links in sorted(spoken.items(), key=lambda item: (-len(item[1]), item[0])):
            n_quotations = _count(len(links), "quotation")
            yield LinksRow(head=name, badge="", says=n_quotations, cells=self._by_outlet(links))

    def _copies(self) -> Iterator[CopyView]:
        for copy in self.account.copies:
            first = copy.passages[:MAX_PASSAGES]
            yield CopyView(
                earlier=self._outlet(copy.earlier),
                later=self._outlet(copy.later),
                is_directed=copy.directed,
                percent=round(100 * copy.share),
                evidence="; ".join(copy.evidence),
                passages=tuple(
                    (self._link(copy.earlier, p.earlier), self._link(copy.later, p.later))
                    for p in first
                ),
                n_more=len(copy.passages) - len(first),
            )


def _once(links: Iterable[tuple[str, Link]]) -> Iterator[tuple[str, Link]]:
    """Yield the first place of each wording in an outlet, saying how often it recurs."""
    listed = list(links)
    counts = Counter((outlet, link.text, link.note) for outlet, link in listed)
    seen: set[tuple[str, str, str]] = set()
    for outlet, link in listed:
        key = (outlet, link.text, link.note)
        if key in seen:
            continue
        seen.add(key)
        times = f"{counts[key]} times" if counts[key] > 1 else ""
        yield outlet, replace(link, note=", ".join(filter(None, [link.note, times])))


def _marks_by_reading(
    ranked: Iterable[tuple[str, Difference]],
) -> dict[int, list[Mark]]:
    marks: dict[int, list[Mark]] = defaultdict(list)
    for ref, difference in ranked:
        if difference.kind == "verbatim":
            continue  # It is about the whole reading; marking all of it would mark nothing.
        css = "meaning" if difference.kind in MEANING else "worded"
        for side, spans, others in (
            (difference.left, difference.left_spans, difference.right_spans),
            (difference.right, difference.right_spans, difference.left_spans),
        ):
            for span in spans:
                if len(span):
                    kind = css if others or css == "meaning" else "only"
                    marks[side].append(Mark(span=span, css=kind, ref=ref))
    return marks


def _describe(quotation: Quotation | None, text: str) -> str:
    """Return how a quotation reached the article, in a few words."""
    if quotation is None:
        return "in the outlet's own words"
    parts: list[str] = [quotation.kind]
    if quotation.cue is not None:
        parts.append(f"“{' '.join(quotation.cue.of(text).split())}”")
    parts += [f"via {via.name}" for via in quotation.via]
    if quotation.medium is not None:
        parts.append(quotation.medium)
    parts.append(f"{quotation.confidence:.0%} sure")
    return ", ".join(parts)


def _find_targets(stories: Iterable[StoryView]) -> dict[str, tuple[str, ...]]:
    """Return by article every place that some link leads to."""
    targets = defaultdict(set)
    for story in stories:
        for target in _iter_targets(story):
            targets[target.partition(":")[0]].add(target)
    return {article: tuple(sorted(found)) for article, found in targets.items()}


def _iter_targets(story: StoryView) -> Iterator[str]:
    for row in (*story.shared, *story.alone):
        yield from (reading.target for cell in row.cells for reading in cell.readings)
    for table in (story.figures, story.labels, story.names, story.voices):
        yield from (link.target for row in table for cell in row.cells for link in cell)
    for line in (*story.brief, *story.timeline):
        yield line.link.target
    for copy in story.copies:
        yield from (link.target for pair in copy.passages for link in pair)


def _article(index: EditionIndex, article: Article, targets: Iterable[str]) -> ArticleView:
    notes = index.annotations[article.id]
    marks = [
        Mark(span=run.span, css="said", title=f"{index.name_of_quoted(q)} ({q.kind})")
        for q in notes.quotations
        for run in q.content
    ]
    # Empty marks make a border, so that every place a link leads to begins a piece of its own.
    places = defaultdict(list)
    for target in targets:
        start, _, _ = target.partition(":")[2].partition("-")
        if start:
            places[int(start)].append(target)
    return ArticleView(
        id=article.id,
        outlet=article.outlet,
        title=article.title or article.outlet,
        dated=article.published or "date not known",
        address=article.url if _is_web_address(article.url) else None,
        path=article.path or "",
        translated=(
            f"probably machine-translated ({article.translated:.0%})"
            if article.translated >= 0.5
            else ""
        ),
        cite=make_citation_tail(article),
        segments=tuple(
            SegmentView(
                kind=segment.kind,
                reason=segment.reason,
                pieces=_with_places(cut_pieces(article.text, segment.span, marks), places),
            )
            for segment in article.segments
            if len(segment.span)
        ),
    )


def _with_places(pieces: Iterable[Piece], places: dict[int, list[str]]) -> tuple[Piece, ...]:
    cut: list[Piece] = []
    for piece in pieces:
        inside = [at for at in sorted(places) if piece.start <= at < piece.start + len(piece.text)]
        borders = sorted({piece.start, *inside, piece.start + len(piece.text)})
        for start, end in itertools.pairwise(borders):
            words = piece.text[start - piece.start : end - piece.start]
            cut.append(
                replace(piece, start=start, text=words, anchors=tuple(places.get(start, ())))
            )
    return tuple(cut)


def _is_web_address(url: str | None) -> bool:
    """Return whether ``url`` may be a link: a stranger's ``javascript:`` must not run."""
    return url is not None and url.lower().startswith(("http://", "https://"))


def make_days(started: str | None, ended: str | None) -> str:
    """Return the days of a story: ``"2031-06-04 – 2031-06-09"``; empty if not known."""
    if started is None:
        return ""
    return started if ended in {None, started} else f"{started} – {ended}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
