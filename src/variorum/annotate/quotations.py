"""Quotations: who is said to have said what, in which words, marked by which words.

Three ways to find them, in the order of their reliability: tags beside quoted pieces, clauses
that a cue governs, and quoted pieces that go on where a tagged one ended. The notions of source,
cue and content are those of PolNeAR (Newell, Margolin and Ruths 2018) and PARC (Pareti 2012).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Generic, TypeVar

from spacy.tokens import Doc

from variorum.annotate.analysis import Analysis, Paragraph
from variorum.annotate.attribution_network import Run
from variorum.annotate.carried import carry_on
from variorum.annotate.citing import split_cited
from variorum.annotate.confidence import rate
from variorum.annotate.cues import find_medium
from variorum.annotate.direct import Draft, draft_tags
from variorum.annotate.pieces import (
    Piece,
    Pieces,
    find_inner_pieces,
    find_pieces,
    find_pieces_at,
)
from variorum.annotate.posts import find_post, find_signed, find_turn
from variorum.annotate.tags import Tag, find_tags
from variorum.model.annotation import ContentSpan, Quotation, QuotationKind, Via
from variorum.model.ids import make_id
from variorum.model.span import Span, find_trimmed, make_cover

MAX_BRACKET_TOKENS = 6

CLAUSE_RELATIONS = frozenset({"aux", "cop", "csubj", "expl", "nsubj"})
"""What hangs on the head of a clause: "that it was late", "to be free"."""

T = TypeVar("T")


def find_quotations(analysis: Analysis) -> tuple[Quotation, ...]:
    """Return the quotations of an article, in text order; chains are not yet told."""
    return tuple(quotation for _, quotation in iter_drafted(analysis))


def iter_drafted(analysis: Analysis) -> Iterator[tuple[Draft, Quotation]]:
    """Yield the quotations of an article, in text order, each with how it was found."""
    text = analysis.article.text
    pieces = [find_pieces(paragraph, paragraph.regions, text) for paragraph in analysis.paragraphs]
    drafts: list[Draft] = []
    idle: list[list[Tag]] = []
    for number, paragraph in enumerate(analysis.paragraphs):
        tags = [split_cited(paragraph.doc, tag) for tag in find_tags(paragraph)]
        made = _draft_paragraph(number, paragraph, pieces[number], tags, text)
        idle.append(_find_idle(tags, made))
        drafts += made
    carry_on(analysis, pieces, drafts, idle)
    yield from _finish(analysis, pieces, drafts)


def _find_idle(tags: Sequence[Tag], drafts: Iterable[Draft]) -> list[Tag]:
    """Return the tags that report nothing in their own sentence: ``Lane said after the talks.``."""
    used = {cue for draft in drafts for cue in (draft.cue, draft.spare)}
    return [tag for tag in tags if tag.cue not in used and tag.source is not None]


def _draft_paragraph(
    number: int, paragraph: Paragraph, pieces: Sequence[Piece], tags: Sequence[Tag], text: str
) -> list[Draft]:
    posts = list(find_post(number, paragraph))
    if posts:
        return posts
    drafts = [*find_turn(number, paragraph), *find_signed(number, paragraph, pieces, text)]
    drafts += draft_tags(number, paragraph, pieces, tags, text)
    for draft in drafts:
        _take_pieces(draft, pieces)
    return drafts


def _take_pieces(draft: Draft, pieces: Sequence[Piece]) -> None:
    """Extend a clause that ends inside marks to where the marks end."""
    if draft.is_nested:
        return
    draft.runs = [_widen(run, draft.cue, pieces) for run in draft.runs]


def _widen(run: Run, cue: Run | None, pieces: Sequence[Piece]) -> Run:
    start, end = run
    for piece in pieces:
        if start < piece.last and piece.first < end:
            # Lane “said that ...”: the marks open before the cue.
            is_cue_inside = cue is not None and piece.first <= cue[0] < start
            start, end = start if is_cue_inside else min(start, piece.first), max(end, piece.last)
    return start, end


def _finish(
    analysis: Analysis, pieces: Pieces, drafts: Sequence[Draft]
) -> Iterator[tuple[Draft, Quotation]]:
    spoken = [draft for draft in drafts if not draft.relay]
    text = analysis.article.text
    inner = [find_inner_pieces(paragraph, text) for paragraph in analysis.paragraphs]
    made = [
        (draft, _make_quotation(analysis, inner if draft.is_nested else pieces, draft))
        for draft in spoken
    ]
    kept = _without_doubles([(d, q) for d, q in made if q is not None])
    outers = _Covers(_iter_covers(kept))
    kept = [
        (d, q)
        for d, q in kept
        if not _is_part(q, outers) and (not d.is_nested or _is_told_inside(q, outers))
    ]
    outers = _Covers(_iter_covers(kept))
    relays = _Covers(_iter_relays(analysis, drafts))
    for draft, quotation in sorted(kept, key=lambda pair: _order(pair[1])):
        via = (
            *_iter_relayer(analysis, draft),
            *_iter_via(analysis, quotation, outers, relays),
        )
        edges = (edge for run in quotation.content for edge in (run.span.start, run.span.end))
        cue = quotation.cue.start if quotation.cue else None
        name = make_id("q", analysis.article.id, *edges, cue)
        yield draft, replace(quotation, id=name, via=via)


class _Covers(Generic[T]):
    """Things by the span that each covers; finds those at a place without asking all."""

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        self._items = sorted(items, key=lambda item: item[0])
        self._starts = [span.start for span, _ in self._items]
        # The furthest end of all spans up to each: before one that falls short, none reaches.
        self._reach = list(accumulate((span.end for span, _ in self._items), max))

    def iter_over(self, place: Span) -> Iterator[tuple[Span, T]]:
        """Yield the spans that share a code point with ``place`` or touch it, and their things."""
        number = bisect_right(self._starts, place.end) - 1
        while number >= 0 and self._reach[number] >= place.start:
            if self._items[number][0].end >= place.start:
                yield self._items[number]
            number -= 1


def _find_cover(quotation: Quotation) -> Span:
    return make_cover(run.span for run in quotation.content)


def _iter_covers(
    made: Iterable[tuple[Draft, Quotation]],
) -> Iterator[tuple[Span, tuple[Draft, Quotation]]]:
    """Yield where quotations stand: whole, or each run of one that goes over paragraphs."""
    for draft, quotation in made:
        cover = _find_cover(quotation)
        is_long = len({number for number, _ in draft.pieces}) > 1
        for span in (run.span for run in quotation.content) if is_long else (cover,):
            yield span, (draft, quotation)


def _is_told_inside(quotation: Quotation, others: _Covers[tuple[Draft, Quotation]]) -> bool:
    """Return whether a cue stands in the words of another quotation."""
    cue = quotation.cue
    return cue is not None and any(
        run.span.contains(cue)
        for _, (_, other) in others.iter_over(cue)
        if other is not quotation
        for run in other.content
    )


def _iter_relays(analysis: Analysis, drafts: Iterable[Draft]) -> Iterator[tuple[Span, Span]]:
    """Yield what each relay is about, and who relays it."""
    for draft in drafts:
        source = _run_span(analysis.paragraphs[draft.number], draft.source)
        if draft.relay and source is not None:
            yield draft.pieces[0][1].span, source


def _is_part(quotation: Quotation, others: _Covers[tuple[Draft, Quotation]]) -> bool:
    """Return whether reported words are a clause of what the same source says anyway."""
    cue = quotation.cue
    if quotation.kind != "indirect" or quotation.source is None or cue is None:
        return False
    return any(
        other.source == quotation.source
        and other is not quotation
        and any(run.span.contains(cue) for run in other.content)
        for _, (_, other) in others.iter_over(cue)
    )


def _order(quotation: Quotation) -> tuple[int, int, int]:
    first = quotation.content[0].span
    return first.start, -first.end, quotation.cue.start if quotation.cue else -1


def _without_doubles(
    made: Sequence[tuple[Draft, Quotation]],
) -> list[tuple[Draft, Quotation]]:
    """Keep, of quotations with one content or one cue, the more certain."""
    ordered = sorted(made, key=lambda pair: (-pair[1].confidence, _order(pair[1])))
    contents: set[tuple[ContentSpan, ...]] = set()
    cues: set[Span] = set()
    kept = []
    for draft, quotation in ordered:
        if quotation.content in contents or quotation.cue in cues:
            continue
        contents.add(quotation.content)
        if quotation.cue is not None:
            cues.add(quotation.cue)
        kept.append((draft, quotation))
    return kept


def _make_quotation(analysis: Analysis, pieces: Pieces, draft: Draft) -> Quotation | None:
    paragraph = analysis.paragraphs[draft.number]
    text = analysis.article.text
    content = _make_content(analysis, pieces[draft.number], draft)
    if not content:
        return None
    n_quoted = sum(run.is_quoted for run in content)
    kind: QuotationKind = "mixed"
    if n_quoted in {0, len(content)}:
        kind = "direct" if n_quoted else "indirect"
    source = _run_span(paragraph, draft.source)
    return Quotation(
        id="",
        kind=kind,
        stance=draft.stance,
        content=content,
        cue=_run_span(paragraph, draft.cue),
        source=source,
        speaker_name=" ".join(source.of(text).split()) if source else None,
        medium=_find_medium(paragraph, draft, text),
        is_clause=bool(n_quoted) or _has_clause(paragraph.doc, draft.runs),
        confidence=rate(draft.way, draft.sureness),
    )


def _has_clause(doc: Doc, runs: Sequence[Run]) -> bool:
    """Return whether the head of any run is a verb or has a subject or a copula."""
    return any(
        token.tag_.startswith("VB") or any(c.dep_ in CLAUSE_RELATIONS for c in token.children)
        for start, end in runs
        for token in doc[start:end]
        if not start <= token.head.i < end or token.dep_ == "ROOT"
    )


def _run_span(paragraph: Paragraph, run: Run | None) -> Span | None:
    if run is None:
        return None
    start, end = _close_bracket(paragraph, run)
    span = paragraph.at(paragraph.doc[start:end]).moved(-paragraph.span.start)
    return find_trimmed(paragraph.text, span).moved(paragraph.span.start)


def _close_bracket(paragraph: Paragraph, run: Run) -> Run:
    """Return the run with the rest of a bracket that opens in it: ``Ann Lane (see below)``."""
    start, end = run
    words = [token.text for token in paragraph.doc[start : end + MAX_BRACKET_TOKENS]]
    is_open = words[: end - start].count("(") > words[: end - start].count(")")
    if is_open and ")" in words[end - start :]:
        end += words[end - start :].index(")") + 1
    return start, end


def _find_medium(paragraph: Paragraph, draft: Draft, text: str) -> str | None:
    if draft.cue is None:
        return None
    sentence = paragraph.at(paragraph.doc[draft.cue[0]].sent)
    return find_medium(sentence.of(text))


def _make_content(
    analysis: Analysis, pieces: Sequence[Piece], draft: Draft
) -> tuple[ContentSpan, ...]:
    text = analysis.article.text
    found = [ContentSpan(span=piece.span, is_quoted=True) for _, piece in draft.pieces]
    paragraph = analysis.paragraphs[draft.number]
    for run in draft.runs:
        found += _split_at_marks(paragraph.at(paragraph.doc[run[0] : run[1]]), pieces, text)
    found.sort(key=lambda run: run.span)
    return tuple(found)


def _split_at_marks(span: Span, pieces: Sequence[Piece], text: str) -> Iterator[ContentSpan]:
    """Yield the runs of a clause, those inside marks without the marks."""
    at = span.start
    for place in find_pieces_at(pieces, span):
        inner = pieces[place].span
        yield from _plain(at, min(inner.start, span.end), text)
        cut = Span(max(inner.start, span.start), min(inner.end, span.end))
        yield ContentSpan(span=cut, is_quoted=True)
        at = cut.end
    yield from _plain(at, span.end, text)


def _plain(start: int, end: int, text: str) -> Iterator[ContentSpan]:
    if end > start:
        span = find_trimmed(text, Span(start, end), " \t\u00a0\n\r“”\"«»‘’',;—–")
        if any(char.isalnum() for char in span.of(text)):
            yield ContentSpan(span=span, is_quoted=False)


def _iter_relayer(analysis: Analysis, draft: Draft) -> Iterator[Via]:
    """Yield who cites the source: ``RBC, citing officials, reported``."""
    span = _run_span(analysis.paragraphs[draft.number], draft.relayer)
    if span is not None:
        yield Via(span=span, name=" ".join(span.of(analysis.article.text).split()))


def _iter_via(
    analysis: Analysis,
    quotation: Quotation,
    others: _Covers[tuple[Draft, Quotation]],
    relays: _Covers[Span],
) -> Iterator[Via]:
    """Yield through whom a quotation came: those whose own reported words hold its cue."""
    text = analysis.article.text
    anchor = quotation.cue or quotation.source
    if anchor is None:
        return
    own = _find_cover(quotation)
    holders = []
    for cover, (other, outer) in others.iter_over(make_cover((own, anchor))):
        if outer is quotation or outer.source is None or outer.source == quotation.source:
            continue
        inside = any(run.span.contains(anchor) for run in outer.content)
        beside = outer.content == quotation.content and other.way == "according"
        around = other.way == "according" and cover.contains(anchor)
        if inside or beside or around:
            holders.append((len(cover), outer.source))
    for about, source in relays.iter_over(own):
        if any(about.overlaps(run.span) for run in quotation.content):
            holders.append((len(about), source))
    for _, source in sorted(set(holders)):
        yield Via(span=source, name=" ".join(source.of(text).split()))
