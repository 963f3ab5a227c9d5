"""Reported speech: clauses that a cue governs, quoted in part or not at all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from variorum.annotate.analysis import Paragraph
from variorum.annotate.clauses import Run, find_clause, make_phrase
from variorum.annotate.cues import ADJUNCTS, CUE_FORMS, NEGATIONS, NOBODY, QUESTIONS, STATES
from variorum.annotate.direct import Draft, Tag
from variorum.annotate.pieces import Piece, is_name
from variorum.model.span import Span

MAX_PART_CHARS = 60
"""Between a cue and the words that it has quoted in part."""

MIN_PART_TOKENS = 4
"""Fewer are a name or a scare quote: ``so-called “volunteers”``."""

OBJECTS = frozenset({"obj", "dobj"})
CLAUSE_END = frozenset({".", "!", "?", "…"})


def find_clauses(
    number: int, paragraph: Paragraph, tags: Sequence[Tag], pieces: Sequence[Piece], text: str
) -> list[Draft]:
    """Return what the cues of a paragraph report in clauses: before, after or around the cue."""
    drafts, closing = [], []
    parts = [piece for piece in pieces if not _is_title(piece, paragraph, text)]
    for tag in tags:
        draft = _draft_clause(number, paragraph, tag) or _draft_part(number, paragraph, tag, parts)
        if draft is None:
            continue
        drafts.append(draft)
        if draft.way == "ends sentence":
            closing.append(tag)
    for draft in drafts:
        draft.runs = [_cut_at(run, draft, closing) for run in draft.runs]
    return drafts


def _is_title(piece: Piece, paragraph: Paragraph, text: str) -> bool:
    """Return whether a noun before the marks says what they name: ``the novel “The Long Road”``."""
    before = next((t for t in reversed(paragraph.doc[: piece.first]) if not t.is_quote), None)
    return before is not None and before.tag_ == "NN" and is_name(piece, text)


def _draft_clause(number: int, paragraph: Paragraph, tag: Tag) -> Draft | None:
    cue = CUE_FORMS[tag.token.lower_]
    run = find_clause(tag.token, cue, tag.source)
    if run is not None and _is_interruption(paragraph.doc, tag, run):
        way, runs = "ends sentence", _find_around(paragraph.doc, tag)
    elif run is not None:
        is_that = paragraph.doc[run[0]].lower_ == "that"
        way, runs = "that clause" if is_that else "clause", [run]
    elif "clause" in cue.takes and tag.source is not None:
        way, runs = "ends sentence", _find_around(paragraph.doc, tag)
    else:
        return None
    if not runs or _is_silence(paragraph.doc, tag, runs[0]):
        return None
    return Draft(
        number=number, way=way, stance=cue.stance, cue=tag.cue, source=tag.source, runs=runs
    )


def _is_silence(doc: Doc, tag: Tag, clause: Run) -> bool:
    """Return whether nothing was said: ``Nobody can say how``, ``has not said whether``."""
    if not any(token.lower_ in QUESTIONS for token in doc[clause[0] : clause[0] + 2]):
        return False
    if tag.source is not None and doc[tag.source[0]].lower_ in NOBODY:
        return True
    start = max(tag.token.sent.start, tag.token.i - 3)
    before = [token.lower_ for token in doc[start : tag.token.i]]
    # "Lane, who was not there, asked why": another verb's.
    return "," not in before and any(word in NEGATIONS for word in before)


def _is_interruption(doc: Doc, tag: Tag, clause: Run) -> bool:
    """Return whether a tag stands between commas in the clause it reports.

    ``Her members, she said, had left``: what stands before it is reported as well.
    """
    has_commas = doc[tag.first - 1].text == "," == doc[tag.last].text if tag.first else False
    return has_commas and clause[0] == tag.last + 1 and doc[clause[0]].lower_ != "that"


def _draft_part(
    number: int, paragraph: Paragraph, tag: Tag, pieces: Sequence[Piece]
) -> Draft | None:
    """Return words quoted as part of the outlet's own clause: ``called the vote “a farce”``."""
    doc = paragraph.doc
    at = bisect_left(pieces, tag.last, key=lambda piece: piece.first)
    if at == len(pieces) or pieces[at].first >= tag.token.sent.end:
        return None
    piece = pieces[at]
    between = doc[tag.last : piece.first].text
    if len(between) > MAX_PART_CHARS or re.search(r"[,;:.]", between):
        return None
    if piece.last - tag.last < MIN_PART_TOKENS:
        return None
    return Draft(
        number=number,
        way="mixed",
        stance=tag.stance,
        cue=tag.cue,
        source=tag.source,
        runs=[(tag.last, max(piece.last, _find_part_end(tag, piece)))],
    )


def _find_part_end(tag: Tag, piece: Piece) -> int:
    """Return where the object ends in which words are quoted: ``the loss of “many” lives``."""
    for child in tag.token.children:
        first, last = child.left_edge.i, child.right_edge.i
        if child.dep_ in OBJECTS and tag.last <= first <= piece.first <= last:
            return int(last + 1)
    return 0


def _cut_at(run: Run, draft: Draft, closing: Sequence[Tag]) -> Run:
    """End a clause before a tag that closes its sentence: ``..., RBC reported.``."""
    start, end = run
    for tag in closing:
        if tag.cue != draft.cue and start + 1 < tag.first < end:
            end = tag.first - 1
    return start, end


def _find_around(doc: Doc, tag: Tag) -> list[Run]:
    """Return the clause that a tag follows or interrupts: ``The bridge is shut, police said.``."""
    sent = tag.token.sent
    first = tag.first
    if first - 1 <= sent.start or doc[first - 1].text not in {",", "–", "—", "-"}:
        return []
    left = _strip(doc, sent.start, first - 1)
    rest = [token for token in doc[tag.last : sent.end] if token.text[0].isalnum()]
    if not rest or rest[0].lower_ in ADJUNCTS:
        return [left] if left[1] - left[0] >= 2 else []
    if doc[tag.last].text == ",":
        right = _strip(doc, tag.last + 1, sent.end)
        return [run for run in (left, right) if run[1] - run[0] >= 2]
    return []


def find_according(number: int, paragraph: Paragraph, pieces: Sequence[Piece]) -> Iterator[Draft]:
    """Yield what sentences report "according to" somebody."""
    if not paragraph.is_parsed:
        return
    quoted = {n for piece in pieces for n in range(piece.first, piece.last)}
    doc = paragraph.doc
    for token in doc[:-2]:
        if token.lower_ != "according" or doc[token.i + 1].lower_ != "to" or token.i in quoted:
            continue
        source = _find_after_to(doc, token.i + 2, token.sent.end, quoted)
        if source is None:
            continue
        sent = token.sent
        left, right = _strip(doc, sent.start, token.i), _strip(doc, source[1], sent.end)
        runs = [run for run in (left, right) if run[1] - run[0] >= 2]
        if runs:
            yield Draft(
                number=number,
                way="according",
                cue=(token.i, token.i + 2),
                source=source,
                runs=runs,
            )


def _find_after_to(doc: Doc, start: int, limit: int, quoted: set[int]) -> Run | None:
    """Return the noun phrase after "according to"."""
    if start >= limit:
        return None
    heads = [token for token in doc[start:limit] if token.tag_[:2] in {"NN", "PR", "CD", "WP"}]
    if not heads:
        return None
    head = heads[0]
    while head.head.i > head.i and head.head.i < limit and head.head.tag_[:2] == "NN":
        head = head.head
    begin, end = make_phrase(head)
    begin = start
    for n in range(begin, end):
        if n in quoted or doc[n].text in {",", ";", "–", "—"} or doc[n].tag_ in {"VBD", "VBZ"}:
            end = n
            break
    return (begin, _take_name(doc, end, limit)) if end > begin else None


def _take_name(doc: Doc, end: int, limit: int) -> int:
    """Return where a description ends that is followed by its name: ``its lawyer, Ann Lane,``."""
    if end + 2 >= limit or doc[end].text != ",":
        return end
    after = end + 1
    while after < limit and doc[after].tag_ == "NNP":
        after += 1
    return after if after > end + 1 and after < limit and doc[after].text == "," else end


def find_states(number: int, paragraph: Paragraph, pieces: Sequence[Piece]) -> Iterator[Draft]:
    """Yield quoted predicates: ``Lane “is worried that ...”`` or ``Lane “said that ...”``.

    The cue stands inside the marks, its source right before them.
    """
    doc = paragraph.doc
    for piece in pieces:
        if not paragraph.is_parsed or piece.first == 0 or piece.last - piece.first < 4:
            continue
        cue = _find_quoted_cue(doc[piece.first], piece)
        if cue is None:
            continue
        before = piece.first - 1
        while before > 0 and doc[before].is_quote:
            before -= 1
        source = _find_nouns_before(doc, before + 1)
        if source is not None:
            draft = Draft(number=number, way="mixed", cue=cue, source=source)
            draft.pieces.append((number, _cut_front(piece, paragraph, cue[1])))
            yield draft


def _find_quoted_cue(token: Token, piece: Piece) -> Run | None:
    doc = token.doc
    if token.lower_ in CUE_FORMS and token.tag_ in {"VBD", "VBZ", "VBP"}:
        return token.i, token.i + 1
    if token.lower_ in {"is", "was", "are", "were"}:
        for n in range(token.i + 1, min(token.i + 3, piece.last)):
            if doc[n].lower_ in STATES:
                return token.i, n + 1
    return None


def _find_nouns_before(doc: Doc, end: int) -> Run | None:
    """Return the name or the noun phrase that ends at ``end``."""
    start = end
    while start > 0 and end - start < 12 and doc[start - 1].tag_ in {
        "NN", "NNP", "NNS", "NNPS", "DT", "JJ", "POS", "PRP"
    } | ({"IN"} if start > 1 and doc[start - 1].lower_ == "of" else set()):  # fmt: skip
        start -= 1
    has_noun = any(doc[n].tag_ in {"NNP", "NN", "NNS", "PRP"} for n in range(start, end))
    return (start, end) if has_noun else None


def _cut_front(piece: Piece, paragraph: Paragraph, first: int) -> Piece:
    """Return the piece without the cue that it begins with."""
    start = paragraph.at(paragraph.doc[first]).start if first < piece.last else piece.span.start
    return replace(piece, span=Span(start, piece.span.end), first=first)


def _strip(doc: Doc, start: int, end: int) -> Run:
    def is_edge(token: Token) -> bool:
        return token.is_space or token.text in {",", ";", ":", "–", "—", "-", *CLAUSE_END}

    while start < end and is_edge(doc[start]):
        start += 1
    while end > start and is_edge(doc[end - 1]):
        end -= 1
    return start, end
