"""Whom an outlet cites for what it reports: ``RBC, citing two officials, reported that ...``.

What is reported is the officials', and came through RBC.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from variorum.annotate.attribution_network import Run
from variorum.annotate.cues import CITING
from variorum.annotate.descriptions import (
    DOCUMENT_NOUNS,
    OWN_HEAD_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    ROLE_NOUNS,
)
from variorum.annotate.tags import Tag
from variorum.languages.tables import load_table

MAX_DISTANCE = 12
"""Words between a tag and "citing"; as many whom it cites may have."""

CLAUSE_TAGS = frozenset({"MD", "VBD", "VBP", "VBZ", "WDT", "WP"})
OUTLET_NOUNS = frozenset(load_table("credits")["outlets"]["kinds"])
NO_RELAYERS = PERSON_NOUNS | PEOPLE_NOUNS | OWN_HEAD_NOUNS
PERSON_LABELS = frozenset({"PER", "PERSON"})


def split_cited(doc: Doc, tag: Tag) -> Tag:
    """Return the tag, its source those whom it cites and its relayer what was its source.

    Unchanged where nobody is cited, and where a person, an official or a ministry cites: that is an
    argument of theirs.
    """
    if tag.source is None:
        return tag
    place = _find_citing(doc, tag, tag.source)
    if place is None:
        return tag
    cited = _find_cited(doc, tag, place)
    first, last = tag.source
    end = min(last, place) if place > first else last
    while end > first and doc[end - 1].is_punct:
        end -= 1
    if cited is None or end == first or not _can_relay(doc, (first, end)):
        return tag
    return replace(tag, source=cited, relayer=(first, end))


def _find_citing(doc: Doc, tag: Tag, source: Run) -> int | None:
    """Return where "citing" stands: in the source, beside it or the cue, or first of all."""
    begin: int = tag.token.sent.start
    limit = min(tag.token.sent.end, tag.last + MAX_DISTANCE)
    places: list[int] = [begin, *range(source[0], limit)]
    for place in places:
        if doc[place].lower_ in CITING and not tag.reports(place):
            return place
    return None


def _find_cited(doc: Doc, tag: Tag, place: int) -> Run | None:
    """Return the words behind "citing" if their head names one who, or what, can be cited."""
    end = place + 1
    limit = min(tag.token.sent.end, place + 1 + MAX_DISTANCE)
    while end < limit and not _ends(doc, tag, end):
        end += 1
    head = _find_head(doc, (place + 1, end))
    is_source = head is not None and (
        head.lower_ in ROLE_NOUNS or head.lower_ in DOCUMENT_NOUNS or bool(head.ent_type_)
    )
    return (place + 1, end) if is_source else None


def _ends(doc: Doc, tag: Tag, place: int) -> bool:
    token = doc[place]
    is_cue = tag.cue[0] <= place < tag.cue[1]
    return token.is_punct or is_cue or tag.reports(place) or token.tag_ in CLAUSE_TAGS


def _find_head(doc: Doc, run: Run) -> Token | None:
    """Return the word of a run on which the others hang."""
    outside = (t for t in doc[run[0] : run[1]] if not run[0] <= t.head.i < run[1] or t.head is t)
    return next(outside, None)


def _can_relay(doc: Doc, run: Run) -> bool:
    """Return whether a source may be an outlet: it is called one, or is no person or ministry."""
    words = doc[run[0] : run[1]]
    if any(token.lower_ in OUTLET_NOUNS for token in words):
        return True
    is_person = any(token.ent_type_ in PERSON_LABELS or token.tag_ == "PRP" for token in words)
    return not is_person and not any(token.lower_ in NO_RELAYERS for token in words)
