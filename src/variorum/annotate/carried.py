"""Pieces inside marks that no tag stands beside: whose they are.

They go on from a quotation before them, or are of whom the sentence before tells something.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from variorum.annotate.analysis import Analysis, Paragraph
from variorum.annotate.attribution_network import Run
from variorum.annotate.direct import Draft, is_pronoun
from variorum.annotate.pieces import Piece, Pieces, find_pieces_at, is_name, is_speech
from variorum.annotate.tags import Tag

MAX_SIGNPOST_WORDS = 7
"""Of a line that only says whose words follow; its colon is one."""


def carry_on(
    analysis: Analysis, pieces: Pieces, drafts: list[Draft], idle: Sequence[Sequence[Tag]]
) -> None:
    """Give pieces without a tag to the quotation they go on from, or to the one that follows."""
    text = analysis.article.text
    owner = _find_owners(pieces, drafts)
    told = _find_told(analysis, drafts)
    last: Draft | None = None
    for number, paragraph in enumerate(analysis.paragraphs):
        for place, piece in enumerate(pieces[number]):
            key = (number, place)
            if key in owner:
                last = owner[key]
                continue
            if not is_speech(piece, paragraph, text) or is_name(piece, text):
                continue
            tag, home = _find_next(piece, paragraph, idle[number]), number
            if tag is None and place == 0 and number and _opens(piece, paragraph, text):
                home = number - 1
                tag = _find_leading(analysis.paragraphs[home], idle[home])
            if tag is not None:
                last = Draft(
                    number=home,
                    way="next sentence",
                    cue=tag.cue,
                    source=tag.source,
                    relayer=tag.relayer,
                    pieces=[(number, piece)],
                )
                drafts.append(last)
            elif (lead := _find_signpost(analysis, number, piece, text)) is not None:
                source, colon = lead
                last = Draft(number=number - 1, way="signed", cue=colon, source=source)
                last.pieces.append((number, piece))
                drafts.append(last)
            else:
                before = _find_sentence_before(analysis, number, piece, text)
                if before is not None and before in told:
                    last = _choose_last(analysis, number, last, told[before])
                last = _place_piece(number, place, pieces, owner, drafts, last, text)
            owner[key] = last


def _find_signpost(
    analysis: Analysis, number: int, piece: Piece, text: str
) -> tuple[Run, Run] | None:
    """Return the name in a line that only announces whose words follow, and its colon.

    ``From the Valley Post:``, over a paragraph that begins with quotation marks.
    """
    paragraph = analysis.paragraphs[number]
    above = analysis.paragraphs[number - 1].doc if number else None
    if not above or above[-1].text != ":" or not _opens(piece, paragraph, text):
        return None
    names = [token.i for token in above if token.tag_ in {"NNP", "NNPS"}]
    is_short = len(above) <= MAX_SIGNPOST_WORDS and bool(names)
    return ((names[0], names[-1] + 1), (len(above) - 1, len(above))) if is_short else None


def _choose_last(analysis: Analysis, number: int, last: Draft | None, told: Draft) -> Draft:
    """Return the quotation that goes on: the one in the sentence before.

    If that names nobody ("He smiled and said no."), the last one of the paragraph.
    """
    is_near = last is not None and bool(last.pieces) and last.pieces[-1][0] == number
    doc = analysis.paragraphs[told.number].doc
    is_named = told.source is not None and not is_pronoun(doc, told.source)
    return told if last is None or is_named or not is_near else last


def _find_told(analysis: Analysis, drafts: Iterable[Draft]) -> dict[tuple[int, int], Draft]:
    """Return the outermost quotation with a source of each sentence: by paragraph and start."""
    told: dict[tuple[int, int], Draft] = {}
    for draft in drafts:
        if draft.cue is None or draft.source is None or draft.relay or draft.is_nested:
            continue
        sent = analysis.paragraphs[draft.number].doc[draft.cue[0]].sent
        key = draft.number, sent.start
        inner = told[key].cue if key in told else None
        if inner is None or any(start <= inner[0] < end for start, end in draft.runs):
            told[key] = draft
    return told


def _find_sentence_before(
    analysis: Analysis, number: int, piece: Piece, text: str
) -> tuple[int, int] | None:
    """Return the sentence before a piece that begins one; the last above if it is the first."""
    paragraph = analysis.paragraphs[number]
    start = paragraph.doc[piece.first].sent.start
    if any(c.isalnum() for c in text[paragraph.at(paragraph.doc[start]).start : piece.span.start]):
        return None
    if start > 0:
        return number, paragraph.doc[start - 1].sent.start
    above = analysis.paragraphs[number - 1].doc if number else None
    return (number - 1, above[-1].sent.start) if above else None


def _find_next(piece: Piece, paragraph: Paragraph, tags: Sequence[Tag]) -> Tag | None:
    """Return a tag in the sentence after a piece's that has nothing else to report."""
    after = paragraph.doc[piece.last - 1].sent.end
    return next((tag for tag in tags if tag.token.sent.start == after), None)


def _opens(piece: Piece, paragraph: Paragraph, text: str) -> bool:
    return not any(char.isalnum() for char in text[paragraph.span.start : piece.span.start])


def _find_leading(paragraph: Paragraph, tags: Sequence[Tag]) -> Tag | None:
    """Return the tag that ends a paragraph with a colon: ``She went on:``."""
    is_open = paragraph.text.endswith(":")
    return tags[-1] if is_open and tags and tags[-1].token.sent.end == len(paragraph.doc) else None


def _find_owners(pieces: Pieces, drafts: Iterable[Draft]) -> dict[tuple[int, int], Draft]:
    owner: dict[tuple[int, int], Draft] = {}
    for draft in drafts:
        if draft.relay or draft.is_nested:
            continue
        own = pieces[draft.number]
        places = [find_pieces_at(own, piece.span) for _, piece in draft.pieces]
        for start, end in draft.runs:
            first = bisect_right(own, start, key=lambda piece: piece.last)
            places.append(range(first, bisect_left(own, end, key=lambda piece: piece.first)))
        for place in sorted({place for found in places for place in found}):
            owner[(draft.number, place)] = draft
    return owner


def _place_piece(
    number: int,
    place: int,
    pieces: Pieces,
    owner: dict[tuple[int, int], Draft],
    drafts: list[Draft],
    last: Draft | None,
    text: str,
) -> Draft:
    piece = pieces[number][place]
    before = pieces[number][place - 1] if place else None
    if before is not None and (number, place - 1) in owner:
        between = text[before.outer.end : piece.outer.start]
        previous = owner[(number, place - 1)]
        begins = before.span.of(text)[:1]
        if previous.pieces and begins.isupper() and not any(c.isalnum() for c in between):
            previous.pieces.append((number, piece))
            return previous
    runs_on = number > 0 and place == 0 and pieces[number - 1] and pieces[number - 1][-1].runs_on
    if runs_on and last is not None and (number - 1, len(pieces[number - 1]) - 1) in owner:
        last.pieces.append((number, piece))
        return last
    following = owner.get((number, place + 1))
    if following is not None and following.way == "tag before" and following.cue is not None:
        draft = _make_follower(number, piece, following)
    elif last is not None and last.pieces and last.pieces[-1][0] == number:
        # “It is late,” Lane said after the talks. He sat down. “We leave now.”
        last.pieces.append((number, piece))
        return last
    elif last is not None and number - last.number <= 2:
        draft = _make_follower(number, piece, last)
    else:
        draft = Draft(number=number, way="no tag", pieces=[(number, piece)])
    drafts.append(draft)
    return draft


def _make_follower(number: int, piece: Piece, other: Draft) -> Draft:
    """Return a quotation of the source that another one names, without a cue of its own."""
    same = other.source if other.number == number else None
    draft = Draft(number=number, way="carried on", source=same, pieces=[(number, piece)])
    if same is None and other.source is not None:
        draft.number, draft.source = other.number, other.source
    return draft
