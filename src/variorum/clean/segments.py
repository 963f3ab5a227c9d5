"""The part that each line of an article plays: a small scored model over lines in a row.

Every line is weighed for itself (``captions``, ``bylines``, ``clutter``). Between article and
boilerplate the best way through all lines is then taken (Viterbi 1967): passing over costs
something, so that a sentence inside a plea for money goes with the plea, and one odd line inside
the article stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from variorum.clean.bylines import HAS_DATE, find_byline_reason, find_dateline
from variorum.clean.captions import THRESHOLD, score_caption
from variorum.clean.clutter import Evidence, has_rule, score_clutter
from variorum.clean.headlines import (
    find_headline,
    find_lead_title,
    looks_like_headline,
    names_subject,
)
from variorum.clean.lines import Line, iter_lines, make_line
from variorum.languages.tables import load_table
from variorum.model.article import Segment, SegmentKind
from variorum.model.span import Span, find_trimmed

ENTER, LEAVE = (float(load_table("clutter")["viterbi"][name]) for name in ("enter", "leave"))
PROSE_WORDS = 12
MIN_NEWS_WORDS = 8
PART_BREAK = re.compile(r"""(?<=[.!?"”)])(?<![ .][A-Z]\.)\s+(?=["“(\[©]?[A-Z©])""")
SPLIT_CHARS = 400
ALONE = 0.5
"""A line that says nothing of its neighbours is boilerplate from this weight on."""

NEIGHBOURS = "stands among such lines"
BODY = "tells the news"


class Part(NamedTuple):
    """What a line is held to be, and why."""

    kind: SegmentKind
    reason: str


@dataclass(frozen=True, slots=True)
class Segmented:
    """A text in its parts.

    Attributes:
        headline: The headline's words as they stand in the text; None if it has none.
    """

    segments: tuple[Segment, ...]
    headline: str | None


def segment_text(text: str, title: str | None = None, captions: Collection[str] = ()) -> Segmented:
    """Return the segments of ``text``: every line that is not blank is in at least one.

    Args:
        title: The headline, if it is known from elsewhere.
        captions: Lines that the page itself marks as captions.
    """
    lines = tuple(part for line in iter_lines(text) for part in _split_mixed(line))
    parts: list[Part | None] = [
        Part("caption", "the page marks it so") if line.text in captions else None for line in lines
    ]
    evidence = [score_clutter(line) for line in lines]
    first = _find_first_prose(lines, evidence)
    headline = _mark_headline(lines, parts, evidence, title, first)
    _mark_captions(lines, parts, evidence, headline, first)
    _mark_bylines(lines, parts, headline, first)
    _mark_clutter(parts, evidence)
    done = [part or Part("body", BODY) for part in parts]
    segments = tuple(_iter_segments(text, lines, done, None if headline is not None else title))
    words = next((part.span.of(text) for part in segments if part.kind == "headline"), None)
    return Segmented(segments, words)


def _split_mixed(line: Line) -> tuple[Line, ...]:
    """Return a line in two where news ends and a notice begins within it.

    Pages without paragraphs of their own run "All rights reserved." on after the last sentence.
    """
    if not _may_be_mixed(line):
        return (line,)
    for match in PART_BREAK.finditer(line.text):
        before = make_line(line.text[: match.start()].rstrip(), line.span.start)
        after = make_line(line.text[match.end() :], line.span.start + match.end())
        if _says_clutter(_first_part(after)):
            return (before, after) if _is_news(before) and _is_notice(after) else (line,)
    return (line,)


def _is_news(line: Line) -> bool:
    has_open_quotation = line.folded.count('"') % 2 == 1
    return len(line.words) >= MIN_NEWS_WORDS and not has_open_quotation and not _says_clutter(line)


def _is_notice(line: Line) -> bool:
    return score_clutter(line).value > 0 or find_byline_reason(line, is_head=False) is not None


def _may_be_mixed(line: Line) -> bool:
    is_whole = len(line.text) == len(line.span)
    return is_whole and len(line.words) > MIN_NEWS_WORDS and _says_clutter(line)


def _says_clutter(line: Line) -> bool:
    return has_rule(line) or find_byline_reason(line, is_head=False) is not None


def _first_part(line: Line) -> Line:
    match = PART_BREAK.search(line.text)
    return make_line(line.text[: match.start()].rstrip(), line.span.start) if match else line


def _find_first_prose(lines: Sequence[Line], evidence: Sequence[Evidence]) -> int:
    """Return the first line that reads like a news paragraph; the head is what stands before."""
    for index, (line, seen) in enumerate(zip(lines, evidence, strict=True)):
        is_prose = line.is_sentence and len(line.words) >= PROSE_WORDS and seen.value < -1.0
        if is_prose and score_caption(line).value < THRESHOLD:
            return index
    return len(lines)


def _mark_headline(
    lines: Sequence[Line],
    parts: list[Part | None],
    evidence: Sequence[Evidence],
    title: str | None,
    first: int,
) -> int | None:
    if title is not None:
        index = find_headline(lines, title)
        if index is not None:
            parts[index] = Part("headline", "is the title")
        return index
    for index, line in enumerate(lines[: first + 1]):
        if parts[index] is not None or evidence[index].value > 0:
            continue
        if find_byline_reason(line, is_head=True) or score_caption(line).value >= THRESHOLD:
            continue
        if not looks_like_headline(line, lines[index + 1 :]):
            return None
        parts[index] = Part("headline", "is the first line, short and without a full stop")
        return index
    return None


def _mark_captions(
    lines: Sequence[Line],
    parts: list[Part | None],
    evidence: Sequence[Evidence],
    headline: int | None,
    first: int,
) -> None:
    for index, line in enumerate(lines):
        if parts[index] is not None:
            continue
        seen = score_caption(line)
        if seen.value >= THRESHOLD and seen.value > evidence[index].value:
            parts[index] = Part("caption", seen.reason)
        elif (
            headline is not None
            and headline < index < first
            and names_subject(line, lines[index + 1 :])
        ):
            parts[index] = Part("caption", "names whom a picture shows")


def _mark_bylines(
    lines: Sequence[Line], parts: list[Part | None], headline: int | None, first: int
) -> None:
    for index, line in enumerate(lines):
        if parts[index] is None:
            is_head = index < first and (headline is None or index <= headline + 6)
            reason = find_byline_reason(line, is_head=is_head)
            if reason is not None:
                parts[index] = Part("byline", reason)


def _mark_clutter(parts: list[Part | None], evidence: Sequence[Evidence]) -> None:
    for index, seen in enumerate(evidence):
        if parts[index] is None and seen.is_alone and seen.value >= ALONE:
            parts[index] = Part("boilerplate", seen.reason)
    left = [index for index, part in enumerate(parts) if part is None]
    states = _find_path([evidence[index].value for index in left])
    for index, is_clutter in zip(left, states, strict=True):
        if is_clutter:
            seen = evidence[index]
            parts[index] = Part("boilerplate", seen.reason or NEIGHBOURS)


def _find_path(values: Sequence[float]) -> list[bool]:
    """Return for each line whether it is boilerplate on the best way through all of them."""
    article, clutter = 0.0, 0.0
    came: list[tuple[bool, bool]] = []
    for value in values:
        to_article = (clutter - LEAVE > article, max(article, clutter - LEAVE))
        to_clutter = (clutter >= article - ENTER, max(clutter, article - ENTER) + value)
        came.append((to_article[0], to_clutter[0]))
        article, clutter = to_article[1], to_clutter[1]
    state = clutter > article
    states: list[bool] = []
    for from_article, from_clutter in reversed(came):
        states.append(state)
        state = from_clutter if state else from_article
    return states[::-1]


def _iter_segments(
    text: str, lines: Sequence[Line], parts: Sequence[Part], title: str | None
) -> Iterator[Segment]:
    body_seen = False
    for line, part in zip(lines, parts, strict=True):
        if part.kind != "body" or body_seen:
            yield Segment(span=line.span, kind=part.kind, reason=part.reason)
            continue
        yield from _split_first(text, line, title)
        # A standfirst or a crosshead may come before the paragraph with the dateline.
        body_seen = line.is_sentence


def _split_first(text: str, line: Line, title: str | None) -> Iterator[Segment]:
    """Yield the first paragraph without the headline and the dateline that it begins with."""
    start = line.span.start
    lead = find_lead_title(line, title) if title is not None else None
    if lead is not None:
        before = find_trimmed(text, Span(start, lead.start))
        if len(before):
            yield _make_before(text, before)
        yield Segment(span=lead, kind="headline", reason="is the title")
        start = lead.end
    rest = find_trimmed(text, Span(start, line.span.end))
    n_dateline = find_dateline(rest.of(text)[:SPLIT_CHARS])
    if n_dateline:
        dateline = find_trimmed(text, Span(rest.start, rest.start + n_dateline))
        yield Segment(span=dateline, kind="dateline", reason="names the place the news is from")
        rest = find_trimmed(text, Span(rest.start + n_dateline, rest.end))
    if len(rest):
        yield Segment(span=rest, kind="body", reason=BODY)


def _make_before(text: str, span: Span) -> Segment:
    is_dated = HAS_DATE.search(span.of(text).lower()) is not None
    if is_dated:
        return Segment(span=span, kind="byline", reason="says when it was published")
    return Segment(span=span, kind="boilerplate", reason="stands before the headline")
