"""Quotations that no quotation mark opens or no verb tags: posts, signed words, turns of a talk.

A page shows a post as its text, a dash, and who posted it when; letters and vox pops set a dash
and a name behind the words; transcripts set the speaker's name in capitals before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.annotate.analysis import Paragraph
from variorum.annotate.attribution_network import Run
from variorum.annotate.direct import Draft
from variorum.annotate.pieces import Piece
from variorum.languages.tables import load_table
from variorum.model.span import Span

POSTS = tuple(re.compile(p, re.VERBOSE) for p in load_table("cues")["posts"]["patterns"])
"""Each with the groups ``words`` and ``who``."""

SIGNATURE = re.compile(r"\s*(?P<dash>[—–―-])\s*(?P<who>[^\W\d_a-z][^—–―“”\"]{1,60}?)\s*[.,]?\s*")
"""What stands between words in quotation marks and their paragraph's end: ``― Ann Lane``."""

MAX_SIGNATURE_WORDS = 8

NO_SPEAKERS = frozenset(load_table("cues")["turns"]["no_speakers"])

TURN = re.compile(
    r"[“\"]?(?P<who>[A-Z][A-Z.’'-]*(?: [A-Z][A-Z.’'-]*){0,4})(?P<colon>:)\s+(?P<words>\S.*)"
)
"""A paragraph of a transcript: ``LANE: The bridge is shut.``."""


def find_post(number: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield the quotation that a paragraph is, if it is an embedded post."""
    for pattern in POSTS:
        match = pattern.fullmatch(paragraph.text)
        if match is None:
            continue
        words = Span(match.start("words"), match.end("words")).moved(paragraph.span.start)
        run = _find_run(paragraph, words)
        piece = Piece(span=words, outer=words, region=0, first=run[0], last=run[1])
        who = Span(match.start("who"), match.end("who")).moved(paragraph.span.start)
        yield Draft(
            number=number,
            way="signed",
            source=_find_run(paragraph, who),
            pieces=[(number, piece)],
        )
        return


def find_turn(number: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield the quotation that a paragraph is, if it is a speaker's turn in a transcript."""
    match = None if paragraph.kind == "headline" else TURN.fullmatch(paragraph.text)
    if match is None or match["who"].casefold() in NO_SPEAKERS:
        return
    who, colon, words = (
        Span(*match.span(name)).moved(paragraph.span.start) for name in ("who", "colon", "words")
    )
    run = _find_run(paragraph, words)
    yield Draft(
        number=number,
        way="signed",
        cue=_find_run(paragraph, colon),
        source=_find_run(paragraph, who),
        pieces=[(number, Piece(span=words, outer=words, region=0, first=run[0], last=run[1]))],
    )


def find_signed(
    number: int, paragraph: Paragraph, pieces: Sequence[Piece], text: str
) -> Iterator[Draft]:
    """Yield the quotation that ends a paragraph but for a dash and a name."""
    if not pieces:
        return
    last = pieces[-1]
    rest = Span(last.outer.end, paragraph.span.end)
    match = SIGNATURE.fullmatch(text, rest.start, rest.end)
    if match is None or len(match["who"].split()) > MAX_SIGNATURE_WORDS:
        return
    source = _find_run(paragraph, Span(match.start("who"), match.end("who")))
    tags = {token.tag_ for token in paragraph.doc[source[0] : source[1]]}
    if not tags & {"VBD", "VBZ", "VBP", "MD"}:
        dash = _find_run(paragraph, Span(*match.span("dash")))
        yield Draft(number=number, way="signed", cue=dash, source=source, pieces=[(number, last)])


def _find_run(paragraph: Paragraph, span: Span) -> Run:
    tokens = paragraph.tokens_in(span)
    return tokens.start, tokens.end
