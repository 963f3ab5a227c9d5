"""To whom, where and when something was said, as far as the words beside its cue tell.

What is told between the cue, its source and what is said, behind them, or before: "On Friday Lane
told reporters in Harlau that ...". A clause of its own ends it: in "Lane, who was in Harlau, said
after the talks in Tessmouth that ..." no place is told.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeVar

from spacy.tokens import Doc, Token

from variorum.annotate.analysis import Analysis, Paragraph
from variorum.annotate.attribution_network import Run
from variorum.annotate.cues import CIRCUMSTANCES
from variorum.model.annotation import DateRef, Mention, Quotation
from variorum.model.span import Span

CLAUSE_TAGS = frozenset({"MD", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WRB"})
"""Of words that begin or make a clause; a participle of speaking does not end what is told."""

NOUN_TAGS = frozenset({"NN", "NNP", "NNPS", "NNS", "PRP"})

POINTS = frozenset("0123456789X")
"""How the values of days and hours begin; "PRESENT_REF" is none. X: a weekday of some week."""

MAX_WORDS = 40
"""Behind a cue or at a sentence's beginning; what is told further off is told of something else."""

JOINING = CIRCUMSTANCES["of"]
"""Prepositions inside a phrase: "members of the council"."""

Placed = TypeVar("Placed", Mention, DateRef)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words with the preposition before them; ``after`` is the noun that ends the phrase before."""

    preposition: str | None
    words: tuple[Token, ...]
    after: str | None
    follows_cue: bool


def add_circumstances(
    analysis: Analysis,
    quotations: Sequence[Quotation],
    mentions: Sequence[Mention],
    dates: Sequence[DateRef],
) -> tuple[Quotation, ...]:
    """Return the quotations with their hearer, place and time, each None where it is not told.

    Args:
        mentions: The article's, in text order.
        dates: The article's, in text order.
    """
    starts = [paragraph.span.start for paragraph in analysis.paragraphs]
    return tuple(
        quotation
        if quotation.cue is None
        else _add(
            analysis.paragraphs[bisect_right(starts, quotation.cue.start) - 1],
            quotation,
            quotation.cue,
            mentions,
            dates,
        )
        for quotation in quotations
    )


def _add(
    paragraph: Paragraph,
    quotation: Quotation,
    cue: Span,
    mentions: Sequence[Mention],
    dates: Sequence[DateRef],
) -> Quotation:
    windows = [run for run in _find_windows(paragraph, quotation, cue) if run[0] < run[1]]
    if not windows:
        return quotation
    spans = [paragraph.at(paragraph.doc[slice(*window)]) for window in windows]
    dated = [one for span in spans for one in _cut(dates, span)]
    named = [one for span in spans for one in _cut(mentions, span)]
    timed = _find_places(paragraph, dated)
    behind = paragraph.tokens_in(cue).end
    phrases = [
        phrase
        for window in windows
        for phrase in _split(paragraph.doc, window, timed, follows_cue=window[0] == behind)
    ]
    return replace(
        quotation,
        hearer=_find_hearer(paragraph, cue, phrases, named, timed),
        place=_find_place(paragraph, phrases, named),
        time=_find_time(paragraph, phrases, dated),
    )


def _cut(items: Sequence[Placed], place: Span) -> Sequence[Placed]:
    """Return those that begin in a place; ``items`` are in text order."""
    first = bisect_left(items, place.start, key=lambda item: item.span.start)
    return items[first : bisect_left(items, place.end, key=lambda item: item.span.start)]


def _find_places(paragraph: Paragraph, items: Iterable[Mention | DateRef]) -> set[int]:
    return {token.i for item in items for token in paragraph.tokens_in(item.span)}


def _find_windows(paragraph: Paragraph, quotation: Quotation, cue: Span) -> tuple[Run, ...]:
    """Return what stands behind the cue or its source, between them, and before both.

    Each ends where a clause begins, what is said or who says it.
    """
    content, source = (
        {t.i for span in spans if span.overlaps(paragraph.span) for t in paragraph.tokens_in(span)}
        for spans in (
            [run.span for run in quotation.content],
            [quotation.source] if quotation.source is not None else [],
        )
    )
    head = paragraph.tokens_in(cue)
    sent = head[0].sent
    behind = head.end
    while behind < sent.end and behind in source:
        behind += 1
    between = max((place + 1 for place in source if place < head.start), default=head.start)

    def cut(start: int, end: int) -> Run:
        stop, limit = start, min(end, start + MAX_WORDS)
        while stop < limit and not (
            stop in content or stop in source or _ends(paragraph.doc[stop])
        ):
            stop += 1
        return start, stop

    first = min([head.start, *source])
    begins = cut(sent.start, first)
    if begins[1] < first:
        # Another clause stands between: "At the school others said ..., he knew".
        begins = first, first
    return cut(behind, sent.end), cut(between, head.start), begins


def _split(doc: Doc, window: Run, timed: set[int], *, follows_cue: bool) -> Iterator[_Phrase]:
    """Yield the phrases of a window: each ends at a mark or before the next preposition."""
    preposition: str | None = None
    after: str | None = None
    words: list[Token] = []
    is_first = follows_cue
    for token in (*doc[slice(*window)], None):
        is_link = token is not None and token.tag_ in {"IN", "TO"} and token.i not in timed
        joins = is_link and bool(words) and token is not None and token.lower_ in JOINING
        if token is None or token.is_punct or (is_link and not joins):
            if words:
                yield _Phrase(preposition, tuple(words), after, is_first)
                after = words[-1].lower_
            preposition = token.lower_ if token is not None and is_link else None
            words, is_first = [], False
        elif token.is_alpha or token.i in timed:
            words.append(token)


def _ends(token: Token) -> bool:
    if token.lower_ in CIRCUMSTANCES["speaking"]:
        return False
    return token.tag_ in CLAUSE_TAGS or token.lower_ in CIRCUMSTANCES["stops"]


def _find_hearer(
    paragraph: Paragraph,
    cue: Span,
    phrases: Iterable[_Phrase],
    mentions: Iterable[Mention],
    timed: set[int],
) -> Span | None:
    """Return who was told: ``told reporters``, ``said to the council``, ``interview with RBC``."""
    known = _find_places(paragraph, (one for one in mentions if one.kind != "place"))
    is_telling = any(token.lower_ in CIRCUMSTANCES["telling"] for token in paragraph.tokens_in(cue))
    for phrase in phrases:
        words = list(takewhile(lambda token: token.i not in timed, phrase.words))
        nouns = [token for token in words if token.tag_ in NOUN_TAGS]
        if not nouns:
            continue
        is_person = any(t.i in known or t.lower_ in CIRCUMSTANCES["hearers"] for t in nouns)
        if phrase.preposition is None:
            is_hearer = is_telling and phrase.follows_cue
        elif phrase.preposition in CIRCUMSTANCES["to"]:
            is_hearer = is_person
        else:
            is_met = phrase.after in CIRCUMSTANCES["meetings"]
            is_hearer = is_person and is_met and phrase.preposition in CIRCUMSTANCES["with"]
        if is_hearer:
            return paragraph.at(paragraph.doc[words[0].i : nouns[-1].i + 1])
    return None


def _find_heads(phrases: Iterable[_Phrase], prepositions: Collection[str | None]) -> set[int]:
    """Return the words of phrases behind certain prepositions, up to an "of" inside them."""
    return {
        token.i
        for phrase in phrases
        if phrase.preposition in prepositions
        for token in takewhile(lambda token: token.lower_ not in JOINING, phrase.words)
    }


def _find_place(
    paragraph: Paragraph, phrases: Iterable[_Phrase], mentions: Iterable[Mention]
) -> Span | None:
    """Return the first place named where it was said: ``said in Harlau``."""
    inside = _find_heads(phrases, CIRCUMSTANCES["in"])
    places = (one for one in mentions if one.kind == "place" and one.form == "name")
    return next((one.span for one in places if inside & _find_places(paragraph, [one])), None)


def _find_time(
    paragraph: Paragraph, phrases: Iterable[_Phrase], dates: Iterable[DateRef]
) -> Span | None:
    """Return the first day or hour when it was said: ``said on Friday``, not "Friday's vote"."""
    inside = _find_heads(phrases, {None, *CIRCUMSTANCES["when"]})
    for one in dates:
        tokens = paragraph.tokens_in(one.span)
        is_point = one.type in {"DATE", "TIME"} and one.value[:1] in POINTS
        owns = tokens.end < len(tokens.doc) and tokens.doc[tokens.end].tag_ == "POS"
        if is_point and not owns and any(token.i in inside for token in tokens):
            return one.span
    return None
