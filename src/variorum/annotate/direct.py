"""Quoted speech: pieces inside marks joined with the tags that say whose they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc

from variorum.annotate.analysis import Paragraph
from variorum.annotate.attribution_network import Run
from variorum.annotate.cues import COMPLEMENTISERS, CUE_FORMS, NAMING
from variorum.annotate.descriptions import FIRST_PLURAL_PRONOUNS, FIRST_PRONOUNS
from variorum.annotate.pieces import Piece, is_name
from variorum.annotate.tags import Tag, find_after, is_silence
from variorum.model.annotation import Stance
from variorum.model.span import Span

MAX_RELAYED_REST = 2
"""Words beside a quotation and its tag that a relayed one may have: "on Monday"."""

MAX_LEAD_CHARS = 120
"""Between a cue and what it opens: "said late on Tuesday in a letter to the council: ..."."""


MAX_STOP_CHARS = 8
"""Between a sign and the opening mark behind it: white space."""

LEAD_ENDS = frozenset({",", "–", "—", "-"})
"""Between the beginning of a sentence and a tag."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """A quotation as it is being put together; token runs of one paragraph.

    Attributes:
        paragraph: Where the cue stands.
        runs: Content as token runs of that paragraph, for indirect and mixed speech.
        pieces: Content inside marks, over all its paragraphs, each with its paragraph's number.
        way: How it was found: a key of ``confidence.BIASES``.
        sureness: As of a ``Tag``; None where it has none.
        spare: The cue of another tag of the same source; it reports nothing else.
        relayer: Who cites the source in the same sentence.
        is_nested: Whether it is told inside the marks of another, whose pieces stay that one's.
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
    relayer: Run | None = None
    is_nested: bool = False
    sureness: tuple[float, float] | None = None


class _Marked(NamedTuple):
    """A paragraph with what stands inside its marks.

    Attributes:
        pieces: In text order.
        quoted: The number of the piece that each token inside marks is in.
        text: The article's.
    """

    paragraph: Paragraph
    pieces: Sequence[Piece]
    quoted: Mapping[int, int]
    text: str


def draft_tags(
    number: int, paragraph: Paragraph, pieces: Sequence[Piece], tags: Sequence[Tag], text: str
) -> list[Draft]:
    """Return what the tags of a paragraph report, quoted or not."""
    quoted = {
        n: place for place, piece in enumerate(pieces) for n in range(piece.first, piece.last)
    }
    drafts: list[Draft] = []
    taken: dict[int, Draft] = {}
    later: list[Draft] = []
    tags = [_settle_between(tag, pieces) for tag in tags]
    tags += _find_between(paragraph.doc, pieces, tags)
    tags += _find_behind(paragraph.doc, pieces, tags)
    tags = [tag for tag in tags if not is_silence(paragraph.doc, tag)]
    inner = [tag for tag in tags if _is_quoted(tag, quoted)]
    outside = [tag for tag in tags if not _is_quoted(tag, quoted)]
    heads = sorted(tag.token.i for tag in outside)
    marked = _Marked(paragraph, pieces, quoted, text)
    outer = [_settle_lead(marked, _without_trail(marked, tag, heads), heads) for tag in outside]
    beside: dict[int, list[Tag]] = {}
    for tag in outer:
        beside.setdefault(tag.token.sent.start, []).append(tag)
    for tag in outer:
        touched = _find_touched(tag, pieces, quoted)
        rest = _find_rest(paragraph.doc, tag, quoted)
        if touched and all(_is_title(pieces[place], paragraph, text) for place in touched):
            tag = _without_pieces(tag, [pieces[place] for place in touched])  # noqa: PLW2901
            rest, touched = _find_rest(paragraph.doc, tag, quoted), []
            if not any(paragraph.doc[n].tag_.startswith("VB") for n in rest):
                continue
        if touched and _is_relay(tag, beside[tag.token.sent.start], rest, quoted):
            drafts.append(_make_relay(number, tag, pieces[touched[0]]))
            continue
        if rest:
            way = _find_way(paragraph.doc, tag, rest, is_mixed=bool(touched))
            later.append(_make_draft(number, tag, way, tag.content))
            continue
        drafts += _draft_pieces(number, marked, tag, touched, taken)
    nested = [_draft_nested(number, marked, tag) for tag in inner]
    return [*drafts, *later, *filter(None, nested)]


def _draft_nested(number: int, marked: _Marked, tag: Tag) -> Draft | None:
    """Return what a quoted person reports of another: ``“The mayor told us to stay,” Lane said``.

    None without a source and words of its own inside the marks, and where the source is the quoted
    person: ``“I think ...”`` is told by nobody else.
    """
    piece = marked.pieces[marked.quoted[tag.token.i]]
    cut = [(max(start, piece.first), min(end, piece.last)) for start, end in tag.content]
    runs = [(start, end) for start, end in cut if start < end]
    is_own = tag.source is None or _is_first_person(tag.token.doc, tag.source)
    if is_own or not runs or is_name(piece, marked.text):
        return None
    draft = _make_draft(number, tag, "nested", runs)
    draft.is_nested = True
    return draft


def _make_draft(number: int, tag: Tag, way: str, runs: Iterable[Run] = ()) -> Draft:
    return Draft(
        number=number,
        way=way,
        stance=tag.stance,
        cue=tag.cue,
        source=tag.source,
        runs=list(runs),
        relayer=tag.relayer,
        sureness=tag.sureness,
    )


def _settle_between(tag: Tag, pieces: Sequence[Piece]) -> Tag:
    """Return a tag between dashes with all that stands there: it is the source or the cue.

    ``– has declared the head of the union Ann Lane. –`` reports nothing there.
    """
    place = bisect_right(pieces, tag.token.i, key=lambda piece: piece.first)
    if not 0 < place < len(pieces) or pieces[place - 1].region != pieces[place].region:
        return tag
    first, last = pieces[place - 1].last, pieces[place].first
    inside = [run for run in tag.content if first <= run[0] and run[1] <= last]
    if not inside or tag.source is None or not first <= tag.token.i < last:
        return tag
    source = min(tag.source[0], inside[0][0]), max(tag.source[1], inside[-1][1])
    content = tuple(run for run in tag.content if run not in inside)
    return replace(tag, source=source, content=content)


def _find_between(doc: Doc, pieces: Sequence[Piece], tags: Sequence[Tag]) -> Iterator[Tag]:
    """Yield the tags between dashes that cut a quotation and that the network did not find.

    It was cut there since a word of reporting stands there, so little can be wrong.
    """
    heads = sorted(tag.token.i for tag in tags)
    for before, after in pairwise(pieces):
        is_tagged = bisect_left(heads, before.last) < bisect_left(heads, after.first)
        if before.region != after.region or is_tagged:
            continue
        gap = doc[before.last : after.first]
        cue = next((token for token in gap if token.lower_ in CUE_FORMS), None)
        if cue is None:
            continue
        nouns = [token.i for token in gap if token.tag_[:2] in {"NN", "PR"} and token.i != cue.i]
        # "has": an auxiliary is of the cue.
        first = cue.i - (cue.i > gap.start and cue.nbor(-1).tag_.startswith("VB"))
        source = (nouns[0], nouns[-1] + 1) if nouns else None
        yield Tag(cue, (first, cue.i + 1), source, (), CUE_FORMS[cue.lower_], None)


def _find_behind(doc: Doc, pieces: Sequence[Piece], tags: Sequence[Tag]) -> Iterator[Tag]:
    """Yield the tags right behind closing marks that the network missed: ``!” cried Lane``."""
    heads = {tag.token.i for tag in tags}
    for piece in pieces:
        place = piece.last
        while place < len(doc) and doc[place].is_quote:
            place += 1
        if place == len(doc) or place in heads or place == piece.last:
            continue
        token = doc[place]
        source = find_after(doc, (place, place + 1))
        if token.lower_ in CUE_FORMS and token.tag_ in {"VBD", "VBZ"} and source is not None:
            yield Tag(token, (place, place + 1), source, (), CUE_FORMS[token.lower_], None)


def _find_way(doc: Doc, tag: Tag, rest: Sequence[int], *, is_mixed: bool) -> str:
    if doc[tag.cue[0]].lower_ == "according":
        return "according"
    if is_mixed:
        return "mixed"
    return "that clause" if doc[rest[0]].lower_ in COMPLEMENTISERS else "clause"


def _is_title(piece: Piece, paragraph: Paragraph, text: str) -> bool:
    """Return whether words before the marks tell that they name something.

    ``the novel “The Long Road”``, ``said on “Good Morning Harlau”``.
    """
    before = next((t for t in reversed(paragraph.doc[: piece.first]) if not t.is_quote), None)
    is_named = before is not None and (before.tag_ == "NN" or before.lower_ in NAMING)
    return is_named and is_name(piece, text)


def _is_quoted(tag: Tag, quoted: Mapping[int, int]) -> bool:
    """Return whether a tag is part of what somebody said; its source may stand before the mark."""
    return tag.token.i in quoted and (tag.source is None or tag.source[0] in quoted)


def _find_touched(tag: Tag, pieces: Sequence[Piece], quoted: Mapping[int, int]) -> list[int]:
    """Return the pieces of which a good part of what stands in the sentence is reported."""
    counts: dict[int, int] = {}
    for start, end in tag.content:
        for n in range(start, end):
            if n in quoted:
                counts[quoted[n]] = counts.get(quoted[n], 0) + 1
    sent = tag.token.sent
    touched = []
    for place, count in sorted(counts.items()):
        piece = pieces[place]
        here = min(piece.last, sent.end) - max(piece.first, sent.start)
        if 2 * count >= here:
            touched.append(place)
    return touched


def _without_trail(marked: _Marked, tag: Tag, heads: Sequence[int]) -> Tag:
    """Return a tag right behind a quotation without what only says when or why it was said.

    ``“It is late,” Lane said as the crowd moved on``; but ``she said, and that it was late``, and
    ``Lane said, vowing to return``, where the second cue is not right behind.

    Args:
        heads: The main words of all cues outside marks, in order.
    """
    doc = tag.token.doc
    before = _piece_before(marked, tag)
    if before is None or heads[bisect_left(heads, marked.pieces[before].last)] != tag.token.i:
        return tag
    content = tuple(
        (start, end)
        for start, end in tag.content
        if start < tag.last or start in marked.quoted or _is_clause_opened(doc, start)
    )
    return replace(tag, content=content)


def _settle_lead(marked: _Marked, tag: Tag, heads: Sequence[int]) -> Tag:
    """Return a tag with what begins its sentence in its content, or not.

    It does where the quotation goes on with it, ``Instead, Lane said, “the bridge was shut”``; not
    where that begins anew: ``Asked why, Lane said, “It was late”``, ``He shrugged: “No,” he said``.

    Args:
        heads: The main words of all cues outside marks, in order.
    """
    doc, start, pieces = tag.token.doc, tag.token.sent.start, marked.pieces
    before = _piece_before(marked, tag)
    after = _piece_after(marked, tag) if before is None else None
    if before is not None:
        stop, is_going_on = pieces[before].first, False
        is_opened = _find_stop(marked, pieces[before]) == ":"
    elif (
        after is not None
        and not _is_next_sentence(tag, pieces[after])
        and start < tag.first
        and doc[tag.first - 1].text in LEAD_ENDS
    ):
        between = _find_stop(marked, pieces[after])
        stop, is_going_on = (
            tag.first,
            between == "," and pieces[after].span.of(marked.text)[:1].islower(),
        )
        is_opened = between == ":" or doc[pieces[after].first].is_title
    else:
        return tag
    if start >= stop or any(n in marked.quoted for n in range(start, stop)):
        return tag
    if after is not None and is_going_on and not _has_any(heads, start, stop):
        runs = [run for run in tag.content if run[0] >= tag.last]
        is_told = any(marked.quoted.get(run[0]) == after for run in runs)
        own = [] if is_told else [(pieces[after].first, pieces[after].last)]
        return replace(tag, content=((start, stop - 1), *own, *runs))
    if is_opened:
        return replace(tag, content=tuple(run for run in tag.content if run[0] >= stop))
    return tag


def _has_any(places: Sequence[int], start: int, stop: int) -> bool:
    """Return whether any of the places, in order, lies in the range."""
    return bisect_left(places, start) < bisect_left(places, stop)


def _find_stop(marked: _Marked, piece: Piece) -> str:
    """Return the sign before the opening mark of a piece, if any."""
    start = max(marked.paragraph.span.start, piece.outer.start - MAX_STOP_CHARS)
    before = marked.text[start : piece.outer.start].rstrip()[-1:]
    return "" if before.isalnum() else before


def _without_pieces(tag: Tag, pieces: Sequence[Piece]) -> Tag:
    """Return the tag without these pieces where they are or begin a run of its content."""
    doc = tag.token.doc
    content = []
    for start, end in tag.content:
        for piece in pieces:
            if piece.first - 1 <= start < piece.last:
                start = min(end, piece.last)  # noqa: PLW2901
        while start < end and doc[start].is_punct:
            start += 1  # noqa: PLW2901
        if start < end:
            content.append((start, end))
    return replace(tag, content=tuple(content))


def _is_clause_opened(doc: Doc, start: int) -> bool:
    return any(token.lower_ in COMPLEMENTISERS for token in doc[start : start + 2])


def _find_rest(doc: Doc, tag: Tag, quoted: Mapping[int, int]) -> list[int]:
    """Return the words outside marks that a tag reports."""
    found = [n for start, end in tag.content for n in range(start, end) if n not in quoted]
    return [n for n in found if any(char.isalnum() for char in doc[n].text)]


def _is_relay(
    tag: Tag, beside: Sequence[Tag], rest: Sequence[int], quoted: Mapping[int, int]
) -> bool:
    """Return whether what a tag reports is a quotation with its own tag.

    ``“It is shut,” Lane said on Monday, RBC reported``: it begins with the quotation, or hardly has
    a word beside it.

    Args:
        beside: The tags of its sentence.
    """
    inner = [one for one in beside if one is not tag and tag.reports(one.token.i)]
    own = [n for n in rest if not any(one.first <= n < one.last for one in inner)]
    is_short = len(own) <= MAX_RELAYED_REST
    return bool(inner) and (is_short or tag.content[0][0] in quoted)


def _draft_pieces(
    number: int,
    marked: _Marked,
    tag: Tag,
    touched: Sequence[int],
    taken: dict[int, Draft],
) -> list[Draft]:
    """Return the quotation of a tag whose words stand inside marks, or beside it."""
    pieces, places = marked.pieces, list(touched)
    before = _piece_before(marked, tag)
    if before is not None and not any(place < before for place in places):
        places = sorted({*places, before})
    after = _piece_after(marked, tag)
    if after is not None and after not in taken and _goes_on(marked, tag, after):
        is_next = _is_next_sentence(tag, pieces[after])
        if places or not is_next:
            places = sorted({*places, after})
    drafts: list[Draft] = []
    for place in [place for place in places if place in taken]:
        drafts += _share_piece(number, tag, pieces[place], taken[place])
        places.remove(place)
    if places:
        is_inside = len(places) > 1 and pieces[places[0]].last <= tag.first
        is_before = pieces[places[0]].first >= tag.first
        way = "tag inside" if is_inside else "tag before" if is_before else "tag after"
        draft = _make_draft(number, tag, way)
        draft.pieces += [(number, _cut_front(pieces[n], marked.paragraph, tag)) for n in places]
        taken |= dict.fromkeys(places, draft)
        drafts.append(draft)
    return drafts


def _cut_front(piece: Piece, paragraph: Paragraph, tag: Tag) -> Piece:
    """Return the piece without the cue that it begins with: ``Lane “said that ...”``."""
    if not piece.first <= tag.token.i < piece.last or not tag.content:
        return piece
    first = tag.content[0][0]
    start = paragraph.at(paragraph.doc[first]).start
    return replace(piece, span=Span(start, piece.span.end), first=first)


def _share_piece(number: int, tag: Tag, piece: Piece, owner: Draft) -> list[Draft]:
    """Settle whose a piece is that two tags stand beside; return a relay if one relays it."""
    doc = tag.token.doc
    is_named = tag.source is not None and not is_pronoun(doc, tag.source)
    if owner.source is None or (is_named and is_pronoun(doc, owner.source)):
        # "Adding, “Now ...,” Lane said", "She added, “Now ...,” Lane said": the name wins.
        owner.source, owner.spare, owner.relayer = tag.source, tag.cue, tag.relayer
        return []
    return [_make_relay(number, tag, piece)] if tag.source != owner.source else []


def is_pronoun(doc: Doc, run: Run) -> bool:
    """Return whether a source is one pronoun."""
    return run[1] - run[0] == 1 and doc[run[0]].tag_ == "PRP"


def _is_first_person(doc: Doc, run: Run) -> bool:
    return run[1] - run[0] == 1 and doc[run[0]].lower_ in FIRST_PRONOUNS | FIRST_PLURAL_PRONOUNS


def _is_next_sentence(tag: Tag, piece: Piece) -> bool:
    """Return whether a piece begins a sentence of its own after the tag's."""
    return bool(piece.first >= tag.token.sent.end)


def _make_relay(number: int, tag: Tag, piece: Piece) -> Draft:
    source = tag.relayer or tag.source
    draft = Draft(number=number, way="tag after", cue=tag.cue, source=source, relay=True)
    draft.pieces.append((number, piece))
    return draft


def _piece_before(marked: _Marked, tag: Tag) -> int | None:
    """Return the piece that ends right before a tag: ``“...,” the minister said``."""
    paragraph, pieces, _, text = marked
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


def _piece_after(marked: _Marked, tag: Tag) -> int | None:
    """Return the piece that a tag opens: ``Lane told reporters on Friday: “...``."""
    paragraph, pieces, _, text = marked
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


def _goes_on(marked: _Marked, tag: Tag, after: int) -> bool:
    """Return whether the piece after a tag has no tag of its own right behind it."""
    paragraph, pieces, _, text = marked
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
