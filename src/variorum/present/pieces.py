"""Words cut where marks begin and end, so that a page can highlight overlapping passages."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage to be shown otherwise.

    Attributes:
        css: Class of the passage: ``"worded"``.
        ref: What the passage belongs to, for instance a difference's id; empty for none.
        title: What a reader is told who points at it.
    """

    span: Span
    css: str
    ref: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words under the same marks throughout.

    Attributes:
        css: Classes, space-separated; empty for plain words.
        refs: Ids that these words belong to, space-separated.
        anchors: Targets of links that begin with these words.
    """

    start: int
    text: str
    css: str = ""
    refs: str = ""
    title: str = ""
    anchors: tuple[str, ...] = ()


def cut_pieces(text: str, span: Span, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Return ``text`` within ``span`` in pieces that together are exactly those words."""
    inside = sorted(
        (mark for mark in marks if mark.span.overlaps(span)), key=lambda mark: mark.span
    )
    edges = {span.start, span.end}
    for mark in inside:
        edges |= {max(span.start, mark.span.start), min(span.end, mark.span.end)}
    borders = sorted(edges)
    return tuple(
        _make_piece(text, Span(start, end), inside) for start, end in itertools.pairwise(borders)
    )


def _make_piece(text: str, span: Span, marks: Sequence[Mark]) -> Piece:
    over = [mark for mark in marks if mark.span.overlaps(span)]
    return Piece(
        start=span.start,
        text=span.of(text),
        css=" ".join(dict.fromkeys(mark.css for mark in over if mark.css)),
        refs=" ".join(dict.fromkeys(mark.ref for mark in over if mark.ref)),
        title="; ".join(dict.fromkeys(mark.title for mark in over if mark.title)),
    )
