"""Pages as received, articles as read."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from variorum.model.span import Span

Media = Literal["text", "html"]
SegmentKind = Literal["headline", "byline", "dateline", "body", "caption", "boilerplate"]
Precision = Literal["second", "minute", "day", "month", "year"]


LONE_SURROGATES = re.compile("[\ud800-\udfff]")

TRANSLATED = 0.5
"""From this likelihood on a text is held to be a machine's translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One article as it came in, before anything was decided about it.

    Attributes:
        where: The input as the user knows it: ``"news.csv, row 7"``.
        path: File it came from, as given: ``"folder/one.html"``; None for standard input.
        row: Row of the table, from 1; None for a file of its own.
        media: Whether ``content`` is plain text or HTML.
        content: The decoded text or page; a header block is not part of it.
        input_id: The id that a table row brought; None if it brought none.
        published: As given, not yet parsed: ``"4 June 2016"``; None means not known.
        default_outlet: What the user names where neither the page nor its address does.
        default_published: Date that the user gives to pages that have none.
    """

    where: str
    path: str | None
    media: Media
    content: str
    row: int | None = None
    input_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    default_outlet: str | None = None
    default_published: str | None = None


def mend_surrogates(text: str) -> str:
    """Return ``text`` with halves of surrogate pairs, which are no characters, as U+FFFD."""
    return LONE_SURROGATES.sub("\ufffd", text)


def mend_page(page: Page) -> Page:
    """Return the page without halves of surrogate pairs, which no file and no store can hold.

    A program may bring them, and a command line that is not in UTF-8; files are mended as they
    are read. One character stands for one, so that places stay where they are.
    """
    given = {field.name: getattr(page, field.name) for field in fields(page)}
    broken: dict[str, Any] = {
        name: mend_surrogates(value)
        for name, value in given.items()
        if isinstance(value, str) and LONE_SURROGATES.search(value)
    }
    return replace(page, **broken) if broken else page


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A passage of an article and what part it plays; segments are in order, never overlap.

    Attributes:
        reason: Why it is held to be that: ``"asks for money"``.
    """

    span: Span
    kind: SegmentKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text of one article, the ground every annotation points into.

    Attributes:
        id: A hash of outlet, address (or path, or row) and text.
        outlet: Name of the outlet; ``"unknown: STEM"`` where nothing tells.
        published: ISO 8601 date or time: ``"2016-02-12"``; None means not known.
        published_precision: How much of ``published`` is known; None if nothing.
        language: ISO 639-1 code; None means not known.
        translated: How likely the text was machine-translated, 0.0 to 1.0.
        version: Hash of the text alone.
        text: Written once, never edited; all spans point into it.
        page: The HTML as received; None for plain text.
    """

    id: str
    outlet: str
    text: str
    version: str
    segments: tuple[Segment, ...]
    input_id: str | None = None
    path: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    published_precision: Precision | None = None
    language: str | None = None
    translated: float = 0.0
    page: str | None = None

    @property
    def is_translated(self) -> bool:
        """Whether the text is held to be a machine's translation."""
        return self.translated >= TRANSLATED

    def iter_segments(self, *kinds: SegmentKind) -> tuple[Segment, ...]:
        """Return the segments of these kinds, in text order."""
        return tuple(segment for segment in self.segments if segment.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that a stage could not handle; stored, so that none vanishes.

    Attributes:
        input: The input as the user knows it: ``"news.csv, row 7"``.
        stage: Where it failed: ``"ingest"``.
        reason: What is wrong and what to do.
    """

    input: str
    stage: str
    reason: str
