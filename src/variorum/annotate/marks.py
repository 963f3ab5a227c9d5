"""Quotation marks, paired.

Curly, straight and angled marks, singles inside doubles and doubles inside singles, marks that
open in each paragraph and close in the last. An apostrophe, a foot and an inch are no marks. What
does not close ends with its paragraph: an unbalanced mark never swallows an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.model.span import Span

DOUBLE_OPEN, DOUBLE_CLOSE = "“„«", "”»"
STRAIGHT_DOUBLE = '"'
SINGLES_OPEN, SINGLES_CLOSE, STRAIGHT_SINGLE = "‘", "’", "'"
MARKS = re.compile("''|``|[“”„«»\"‘’']")

MAX_DEPTH = 5
BEFORE_CHARS, AFTER_CHARS = 3, 3_000
"""How far around a mark is looked to judge it."""

MAX_MARKS = 2_000
"""Marks in one paragraph; one with more is no prose, and is left without regions."""

OPENS_BEFORE = re.compile(r"[\s(\[{—–\-/“„«\"‘<]")
TAG_FOLLOWS = re.compile(r"[,.]?\s*[—–-]\s*\w")
MEASURE = re.compile(r"\d\s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Words between quotation marks.

    Attributes:
        outer: With the marks; ``inner`` without.
        depth: 0 for a region that lies in no other.
        is_double: Whether its marks are double or angled.
        is_closed: Whether a mark closes it.
        runs_on: Whether it is open at the paragraph's end and goes on in the next.
    """

    outer: Span
    inner: Span
    depth: int
    is_double: bool
    is_closed: bool = True
    runs_on: bool = False


@dataclass(slots=True)
class _Open:
    start: int
    is_double: bool
    width: int = 1


def find_regions(paragraphs: Sequence[tuple[Span, str]]) -> tuple[tuple[Region, ...], ...]:
    """Return the regions of each paragraph (its span and its text), outer before inner."""
    found = []
    for number, (span, text) in enumerate(paragraphs):
        following = paragraphs[number + 1][1] if number + 1 < len(paragraphs) else ""
        found.append(tuple(_find_in_paragraph(span, text, following)))
    return tuple(found)


def has_too_many(text: str) -> bool:
    """Return whether a paragraph has so many marks that they are not paired."""
    return len(MARKS.findall(text)) > MAX_MARKS


def _find_in_paragraph(span: Span, text: str, following: str) -> list[Region]:
    regions: list[Region] = []
    opened: list[_Open] = []
    if has_too_many(text):
        return []
    for match in MARKS.finditer(text):
        mark, at = match[0], match.start()
        kind = _judge(text, match, opened)
        if kind == "open" and len(opened) < MAX_DEPTH:
            opened.append(_Open(at, mark not in {"‘", "'"}, len(mark)))
        elif kind == "close":
            _close(opened, regions, span, at, match.end(), mark not in {"’", "'"})
    _end_paragraph(opened, regions, span, text, following)
    return sorted(regions, key=lambda region: (region.outer.start, -region.outer.end))


def _judge(text: str, match: re.Match[str], opened: Sequence[_Open]) -> str | None:
    """Return whether a mark opens, closes, or is none."""
    mark = match[0]
    before = text[max(0, match.start() - BEFORE_CHARS) : match.start()]
    after = text[match.end() : match.end() + AFTER_CHARS]
    if mark in "“„":
        return "open"
    if mark in DOUBLE_CLOSE and mark != "»":
        return "close" if opened else None
    if mark in "«»":
        is_open = bool(opened) and opened[-1].is_double
        return "close" if mark == "»" and is_open else "open" if mark == "«" else None
    if mark == "``":
        return "open"
    starts = not before or OPENS_BEFORE.match(before[-1]) is not None
    can_open = starts and bool(after) and not after[0].isspace()
    if mark in {STRAIGHT_DOUBLE, "''"}:
        return _judge_straight(before, after, opened, can_open=can_open)
    return _judge_single(mark, before, after, opened, can_open=can_open)


def _judge_straight(
    before: str, after: str, opened: Sequence[_Open], *, can_open: bool
) -> str | None:
    has_double = any(part.is_double for part in opened)
    if MEASURE.search(before[-3:]) and not has_double:
        return None
    if can_open and not (has_double and not before[-1:].strip(" \t(") and not after[:1].isalnum()):
        return "open" if not (has_double and before[-1:] in ",.!?") else "close"
    return "close" if has_double else None


def _judge_single(
    mark: str, before: str, after: str, opened: Sequence[_Open], *, can_open: bool
) -> str | None:
    is_open = any(not part.is_double for part in opened)
    ends_word = bool(before) and not before[-1].isspace() and not after[:1].isalnum()
    if mark == SINGLES_OPEN:
        # ‘Tis and ‘90s, set by a word processor, are apostrophes.
        return "open" if can_open and _has_closing_single(after) else None
    if ends_word and is_open:
        return "close"
    if can_open and mark == STRAIGHT_SINGLE and not after[:1].isdigit():
        return "open" if _has_closing_single(after) else None
    return None


def _has_closing_single(after: str) -> bool:
    """Return whether a single mark closes later: after a word, not inside one."""
    return re.search(r"[\w.,!?…][’'](?!\w)", after) is not None


def _close(
    opened: list[_Open], regions: list[Region], span: Span, at: int, end: int, is_double: bool
) -> None:
    """Close the nearest open mark of the same breadth, and drop what was left open inside it."""
    for depth in range(len(opened) - 1, -1, -1):
        if opened[depth].is_double == is_double:
            begin = opened[depth]
            del opened[depth:]
            regions.append(_make_region(span, begin, at, end, depth))
            return


def _make_region(span: Span, begin: _Open, at: int, end: int, depth: int) -> Region:
    inner = begin.start + begin.width
    return Region(
        outer=Span(span.start + begin.start, span.start + end),
        inner=Span(span.start + inner, span.start + max(at, inner)),
        depth=depth,
        is_double=begin.is_double,
    )


def _end_paragraph(
    opened: Sequence[_Open], regions: list[Region], span: Span, text: str, following: str
) -> None:
    """Decide where a region ends that no mark closes."""
    for depth, part in enumerate(opened):
        if not part.is_double:
            continue
        runs_on = following[:1] in ("“", '"', "«", "„") if following else False
        end, closed = len(text), False
        # Two marks that close at one place are often written as one.
        for region in reversed(regions):
            at = region.outer.end - span.start
            inside = region.depth > depth and at > part.start + 1
            if inside and TAG_FOLLOWS.match(text, at):
                end, closed = at, True
                break
        regions.append(
            Region(
                outer=Span(span.start + part.start, span.start + end),
                inner=Span(
                    span.start + part.start + part.width,
                    span.start + max(end, part.start + part.width),
                ),
                depth=depth,
                is_double=True,
                is_closed=closed,
                runs_on=runs_on and not closed,
            )
        )


def iter_top(regions: Sequence[Region]) -> Iterator[Region]:
    """Yield the regions that lie in no other."""
    end = -1
    for region in regions:
        if region.outer.start >= end:
            yield region
            end = region.outer.end
