"""Quoted speech: pieces inside marks joined with the tags that say whose they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from variorum.annotate.analysis import Paragraph
from variorum.annotate.clauses import Run, find_cue, find_cue_run, find_source
from variorum.annotate.pieces import Piece
from variorum.model.annotation import Stance

# How often each way of finding a quotation is right, content and source, on 400 articles of
# PolNeAR's training part (benchmarks/confidence.py); it becomes the quotation's confidence. Where
# the source has no words of its own beside the quotation, the last three, the content alone.
CONFIDENCE = {
    "tag inside": 0.94,
    "signed": 0.9,
    "tag after": 0.81,
    "that clause": 0.69,
    "according": 0.69,
    "ends sentence": 0.68,
    "tag before": 0.67,
    "clause": 0.61,
    "mixed": 0.41,
    "next sentence": 0.71,
    "no tag": 0.6,
    "carried on": 0.59,
}

MAX_LEAD_CHARS = 120
"""Between a cue and what it opens: "said late on Tuesday in a letter to the council: ..."."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """A quotation as it is being put together; token runs of one paragraph.

    Attributes:
        paragraph: Where the cue stands.
        runs: Content as token runs of that paragraph, for indirect and mixed speech.
        pieces: Content inside marks, over all its paragraphs, each with its paragraph's number.
        way: Key of ``CONFIDENCE``.
        spare: The cue of another tag of the same source; it reports nothing else.
    """

    number: int
    way: str
    stance: Stance = "statement"
    cue: Run | None = None
    spare: Run | None = None
    source: Run | None = None
    runs: list[Run] = field(default_factory=list)
    pieces: list[tuple[int, Piece]] = field(default_factory=list)
    relay: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A cue with its source, and how far both reach."""

    token: Token
    cue: Run
    source: Run | None
    stance: Stance

    @property
    def first(self) -> int:
        """Index of the first token of the cue or the source."""
        return min(self.cue[0], self.source[0]) if self.source else self.cue[0]

    @property
    def last(self) -> int:
        """Index after the last token of the cue or the source."""
        return max(self.cue[1], self.source[1]) if self.source else self.cue[1]


def find_tags(paragraph: Paragraph, pieces: Sequence[Piece]) -> list[Tag]:
    """Return the cues that stand outside all marks, with their sources, in text order.

    A participle without a subject ("..., adding that") has the source of the cue before it.
    """
    if not paragraph.is_parsed:
        return []
    quoted = frozenset(n for piece in pieces for n in range(piece.first, piece.last))
    tags: list[Tag] = []
    for token in paragraph.doc:
        cue = None if token.i in quoted else find_cue(token)
        if cue is None:
            continue
        is_participle = token.tag_ == "VBG" and tags and tags[-1].token.sent == token.sent
        source = tags[-1].source if is_participle else find_source(token, quoted)
        tags.append(Tag(token, find_cue_run(token), source, cue.stance))
    return tags


def join_tags(
    number: int, paragraph: Paragraph, pieces: Sequence[Piece], tags: Sequence[Tag], text: str
) -> list[Draft]:
    """Return quotations whose tag stands right before, after or between their pieces."""
    drafts: list[Draft] = []
    taken: dict[int, Draft] = {}
    for tag in tags:
        before = _piece_before(paragraph, pieces, tag, text)
        after = _free_piece_after(paragraph, pieces, tag, text, taken)
        earlier = _find_earlier(drafts, tag)
        if (
            before is None
            and earlier is not None
            and _is_after_stop(paragraph, pieces, tag, after, text)
        ):
            # "..., Lane said on Monday, RBC reported. “And ..." goes on with Lane.
            if after is not None:
                earlier.pieces.append((number, pieces[after]))
                taken[after] = earlier
            drafts.append(_make_relay(number, tag, earlier.pieces[0][1]))
            continue
        if before is None and after is not None and _is_next_sentence(tag, pieces[after]):
            after = None
        if before is not None and before in taken:
            drafts += _share_piece(number, tag, pieces[before], taken[before])
            before = None
        places = [place for place in (before, after) if place is not None]
        if places:
            way = (
                "tag inside" if len(places) > 1 else "tag before" if before is None else "tag after"
            )
            draft = Draft(number=number, way=way, stance=tag.stance, cue=tag.cue, source=tag.source)
            draft.pieces += [(number, pieces[place]) for place in places]
            taken |= dict.fromkeys(places, draft)
            drafts.append(draft)
    return drafts


def _free_piece_after(
    paragraph: Paragraph, pieces: Sequence[Piece], tag: Tag, text: str, taken: Mapping[int, Draft]
) -> int | None:
    """Return the piece that a tag leads to, unless another tag has it."""
    after = _piece_after(paragraph, pieces, tag, text)
    if after is None or after in taken or not _goes_on(paragraph, pieces, tag, after, text):
        return None
    return after


def _share_piece(number: int, tag: Tag, piece: Piece, owner: Draft) -> list[Draft]:
    """Settle whose a piece is that two tags stand beside; return a relay if one relays it."""
    doc = tag.token.doc
    is_named = tag.source is not None and not _is_pronoun(doc, tag.source)
    if owner.source is None or (is_named and _is_pronoun(doc, owner.source)):
        # "Adding, “Now ...,” Lane said", "She added, “Now ...,” Lane said": the name wins.
        owner.source, owner.spare = tag.source, tag.cue
        return []
    return [_make_relay(number, tag, piece)] if tag.source != owner.source else []


def _is_pronoun(doc: Doc, run: Run) -> bool:
    return run[1] - run[0] == 1 and doc[run[0]].tag_ == "PRP"


def _is_next_sentence(tag: Tag, piece: Piece) -> bool:
    """Return whether a piece begins a sentence of its own after the tag's."""
    return bool(piece.first >= tag.token.sent.end)


def _find_earlier(drafts: Sequence[Draft], tag: Tag) -> Draft | None:
    """Return a quotation whose own tag stands earlier in the same sentence."""
    begin = tag.token.sent.start
    for draft in reversed(drafts):
        if draft.cue is None or draft.relay:
            continue
        if draft.cue[0] < begin:
            return None
        if draft.source != tag.source and draft.cue[0] < tag.first:
            return draft
    return None


def _is_after_stop(
    paragraph: Paragraph, pieces: Sequence[Piece], tag: Tag, after: int | None, text: str
) -> bool:
    """Return whether a tag ends its sentence, a piece after the full stop or none."""
    rest = paragraph.doc[tag.last : tag.token.sent.end].text.strip()
    ends = len(rest.split()) <= 3 and not any(mark in rest for mark in '“”"')
    follows = tag.first > 0 and paragraph.doc[tag.first - 1].text in {",", "”", '"'}
    if after is None:
        return ends and follows
    end = paragraph.at(paragraph.doc[tag.last - 1]).end
    return follows and text[end : pieces[after].outer.start].lstrip()[:1] not in {",", ":"}


def _make_relay(number: int, tag: Tag, piece: Piece) -> Draft:
    draft = Draft(number=number, way="tag after", cue=tag.cue, source=tag.source, relay=True)
    draft.pieces.append((number, piece))
    return draft


def _piece_before(paragraph: Paragraph, pieces: Sequence[Piece], tag: Tag, text: str) -> int | None:
    """Return the piece that ends right before a tag: ``“...,” the minister said``."""
    begin = paragraph.at(paragraph.doc[tag.first]).start
    place = bisect_right(pieces, begin, key=lambda piece: piece.outer.end) - 1
    if place < 0:
        return None
    piece = pieces[place]
    between = text[piece.outer.end : begin]
    closes = piece.span.of(text).rstrip()[-1:]
    if not re.fullmatch(r"[\s,—–-]*(?:as |and |but |so )?", between):
        return None
    # After a full stop inside the marks, only an inverted tag or a dash still belongs to it:
    # “It is late.” He said no more.
    dash = re.search(r"[—–-]", between)
    stops = closes == "." and not dash and tag.source is not None and tag.source[0] < tag.cue[0]
    return None if stops else place


def _piece_after(paragraph: Paragraph, pieces: Sequence[Piece], tag: Tag, text: str) -> int | None:
    """Return the piece that a tag opens: ``Lane told reporters on Friday: “...``."""
    end = paragraph.at(paragraph.doc[tag.last - 1]).end
    stop = paragraph.at(paragraph.doc[tag.token.sent.end - 1]).end
    place = bisect_left(pieces, end, key=lambda piece: piece.outer.start)
    if place == len(pieces):
        return None
    piece = pieces[place]
    between = text[end : piece.outer.start]
    if end < stop <= piece.outer.start and not text[stop : piece.outer.start].strip():
        # "..., she said in a letter to the council. “And ..." goes on after a full stop.
        begins = piece.span.of(text)[:1]
        return place if begins.isupper() and len(between) <= MAX_LEAD_CHARS else None
    if len(between) > MAX_LEAD_CHARS or re.search(r"[.!?]\s", between):
        return None
    if re.fullmatch(r"[,:]\s*(?:[—–-]\s*)?|\s*", between):
        is_part = not re.search(r"[,:]", between) and not piece.span.of(text)[:1].isupper()
        return None if is_part else place
    return place if re.search(r"[,:]\s*$", between) else None


def _goes_on(
    paragraph: Paragraph, pieces: Sequence[Piece], tag: Tag, after: int, text: str
) -> bool:
    """Return whether the piece after a tag has no tag of its own right behind it."""
    piece = pieces[after]
    rest = text[piece.outer.end : piece.outer.end + 60]
    end = paragraph.at(paragraph.doc[tag.last - 1]).end
    opened_by_tag = text[end : piece.outer.start].rstrip()[-1:] in {",", ":", ""}
    if opened_by_tag:
        return True
    words = re.findall(r"[a-z]+", re.split(r"[.“\"]", rest)[0])
    own = piece.span.of(text).rstrip()[-1:] in {",", "?", "!"} and any(
        find_word in {"said", "says", "added", "told", "asked", "wrote"} for find_word in words
    )
    return not own
