"""The quoted pieces of a paragraph: what stands inside marks, cut where a tag interrupts it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from variorum.annotate.analysis import Paragraph
from variorum.annotate.cues import CUE_FORMS
from variorum.annotate.marks import Region, iter_top
from variorum.model.span import Span, find_trimmed

# A tag between dashes inside the marks: “We spoke — Lane said, — of the bridge.”
INTERRUPTER = re.compile(
    r"""
    (?P<open> [,.]? \s* [—–-]{1,2} \s+ )
    (?P<tag> [^—–“”"«»\n]{3,90}? )
    (?P<close> ,? \s* [—–-]{1,2} \s+ )
    """,
    re.VERBOSE,
)

MAX_TAG_WORDS = 14
MAX_NAME_WORDS = 6
MIN_SPEECH_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words inside quotation marks.

    Attributes:
        span: The words, without marks.
        outer: The words with the marks that stand next to them.
        region: Number of the region in its paragraph; pieces of one region share it.
        first: Index of its first token in the paragraph's doc; ``last`` is after its last.
    """

    span: Span
    outer: Span
    region: int
    first: int
    last: int
    runs_on: bool = False


Pieces = Sequence[tuple[Piece, ...]]
"""The pieces of each paragraph of an article."""


def find_pieces(paragraph: Paragraph, regions: Sequence[Region], text: str) -> tuple[Piece, ...]:
    """Return the pieces of a paragraph, in text order; empty regions have none."""
    return _make_pieces(paragraph, iter_top(regions), text)


def find_inner_pieces(paragraph: Paragraph, text: str) -> tuple[Piece, ...]:
    """Return the pieces that stand in marks inside marks: ``“They say ‘not yet’ to us.”``."""
    inner = [region for region in paragraph.regions if region.depth > 0]
    return _make_pieces(paragraph, iter_top(inner), text)


def _make_pieces(paragraph: Paragraph, regions: Iterable[Region], text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for number, region in enumerate(regions):
        for span, outer in iter_cut(region, text):
            if not any(char.isalnum() for char in span.of(text)):
                continue
            tokens = paragraph.tokens_in(span)
            pieces.append(
                Piece(
                    span=span,
                    outer=outer,
                    region=number,
                    first=tokens.start,
                    last=tokens.end,
                    runs_on=region.runs_on,
                )
            )
    return tuple(pieces)


def iter_cut(region: Region, text: str) -> Iterator[tuple[Span, Span]]:
    """Yield the words of a region but for tags between dashes, and the same with their marks."""
    inner = find_trimmed(text, region.inner)
    begin, outer_begin = inner.start, region.outer.start
    for match in INTERRUPTER.finditer(text, inner.start, inner.end):
        words = re.findall(r"[a-z]+", match["tag"])
        if len(match["tag"].split()) <= MAX_TAG_WORDS and any(word in CUE_FORMS for word in words):
            if match.start() > begin:
                yield Span(begin, match.start()), Span(outer_begin, match.start("tag"))
            begin = match.end()
            outer_begin = match.end("tag")
    if begin < inner.end:
        yield Span(begin, inner.end), Span(outer_begin, region.outer.end)


def is_speech(piece: Piece, paragraph: Paragraph, text: str) -> bool:
    """Return whether the words could be somebody's speech rather than a name or a scare quote.

    Speech has a verb or the length of a sentence; it begins a sentence or ends one.
    """
    words = piece.span.of(text)
    tokens = paragraph.doc[piece.first : piece.last]
    n_words = len(words.split())
    has_verb = any(token.tag_ in {"VBD", "VBP", "VBZ", "MD"} for token in tokens)
    ends = words.rstrip()[-1:] in ".,!?…"
    before = text[max(paragraph.span.start, piece.outer.start - 2) : piece.outer.start].strip()
    begins = not before or before[-1] in '.!?:,—–”"'
    if n_words >= MIN_SPEECH_WORDS and has_verb:
        return begins or ends or n_words >= 2 * MIN_SPEECH_WORDS
    return ends and begins and (has_verb or n_words >= 2) and words[:1].isupper()


def is_name(piece: Piece, text: str) -> bool:
    """Return whether the words are a title or a name: few, and capitalised."""
    words = list(re.findall(r"[^\W\d_][\w'’-]*", piece.span.of(text)))
    if not 1 <= len(words) <= MAX_NAME_WORDS:
        return False
    small = {"of", "the", "and", "a", "in", "for", "to", "on", "al", "el", "en", "an"}
    capital = [word for word in words if word[0].isupper() or "-" in word]
    return len(capital) + sum(word in small for word in words) >= len(words) - (len(words) > 2)


def find_pieces_at(pieces: Sequence[Piece], span: Span) -> range:
    """Return the numbers of the pieces that share a code point with ``span``."""
    first = bisect_right(pieces, span.start, key=lambda piece: piece.span.end)
    return range(first, bisect_left(pieces, span.end, key=lambda piece: piece.span.start))
