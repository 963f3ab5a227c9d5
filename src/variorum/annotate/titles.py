"""Where titles before a name start and end: offices, honorifics, and what they are of."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.annotate.words import Word
from variorum.languages.folding import fold_word
from variorum.languages.names import (
    GIVEN_NAMES,
    HONORIFICS,
    NO_NAMES,
    ORGANISATION_HEADS,
    PLACE_HEADS,
    PLACES,
    TITLE_HEADS,
    TITLE_MODIFIERS,
    TITLE_TAILS,
)

MAX_TITLE_WORDS = 8


SPACES = frozenset({" ", "\u00a0", "  "})


_NOUN_LIKE = ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "HYPH")


def drop_trailing_title(words: Sequence[Word], first: int, end: int) -> int:
    """Return where the name in "UN Secretary General" or "Pentagon Chief" ends."""
    lows = [word.low for word in words[first:end]]
    at = len(lows)
    for width in (2, 1):
        if at > width and " ".join(lows[at - width :]) in TITLE_TAILS:
            at -= width
            break
    if lows[at - 1].rstrip(".") not in TITLE_HEADS or (at < 2 and at == len(lows)):
        return end
    while at > 0 and lows[at - 1].rstrip(".") in TITLE_HEADS | TITLE_MODIFIERS:
        at -= 1
    if fold_word(lows[0]) in GIVEN_NAMES or lows[0].rstrip(".") in HONORIFICS:
        return end
    return first if at and all(w.is_people for w in words[first : first + at]) else first + at


def find_title_end(words: Sequence[Word], first: int, end: int) -> int | None:
    """Return where the titles in the run end; ``end`` if it is nothing but titles."""
    last = None
    for at in range(first, end):
        low = words[at].low.rstrip(".")
        is_given = at + 2 == end and at == first and fold_word(low) in GIVEN_NAMES
        if (low in TITLE_HEADS or low in HONORIFICS) and not is_given:
            last = at
    if last is None:
        return None
    stop = last + 1
    for width in (2, 1):
        if " ".join(word.low for word in words[stop : stop + width]) in TITLE_TAILS:
            stop += width
            break
    if stop < end and words[stop].low == "of":
        stop = _skip_realm(words, stop, end)
    if stop >= end:
        return _end_of_bare_title(words, first, end)
    return stop if _is_person_like(words, stop, end) else None


def _end_of_bare_title(words: Sequence[Word], first: int, end: int) -> int | None:
    # "Secretary General" alone describes; "Supreme Leader Office" is something else.
    rest = [(word, word.low.rstrip(".")) for word in words[first:end]]
    known = TITLE_HEADS | TITLE_MODIFIERS | HONORIFICS | frozenset({"of", "state", "the"})
    return end if all(w.is_people or low in known or low in PLACES for w, low in rest) else None


def _skip_realm(words: Sequence[Word], at: int, end: int) -> int:
    """Return where the person starts after "Minister of Russia"; ``end`` if none follows."""
    for start in range(at + 1, end - 1):
        if fold_word(words[start].text) in GIVEN_NAMES and words[start].low not in PLACES:
            return start
    return end


def _is_person_like(words: Sequence[Word], first: int, end: int) -> bool:
    lows = [word.low for word in words[first:end]]
    if any(low in ORGANISATION_HEADS | PLACE_HEADS for low in lows[-1:]):
        return fold_word(lows[0]) in GIVEN_NAMES and len(lows) == 2
    if lows[0] in ("of", "for", "and") or " ".join(lows) in PLACES or words[first].is_people:
        return False
    return not any(low in ORGANISATION_HEADS for low in lows[:-1])


def find_person_after_organisation(words: Sequence[Word], first: int, end: int) -> int | None:
    """Return where "Foreign Ministry Sergey Lavrov" goes over from one to the other."""
    for at in range(first, end - 2):
        word = words[at]
        is_body = word.low in ORGANISATION_HEADS or word.low in PLACES or is_acronym(word)
        is_person = words[at + 1].entity == "person" != word.entity
        if is_body and (is_person or fold_word(words[at + 1].text) in GIVEN_NAMES):
            return at + 1
    return None


def is_acronym(word: Word) -> bool:
    """Whether it is capitals alone, two to six: "UN", "U.S."."""
    short = word.text.replace(".", "")
    return short.isupper() and 2 <= len(short) <= 6


def look_back_for_head(words: Sequence[Word], first: int) -> int:
    """Return where "head of the" before ``first`` starts; ``first`` if it is not there."""
    at = first - 1
    while at >= 0 and first - at <= 3 and words[at].low in ("the", "of", "to", "for"):
        at -= 1
    is_head = 0 <= at < first - 1 and words[at].low in TITLE_HEADS
    return widen_title(words, at) if is_head else first


def find_title_before(words: Sequence[Word], first: int, end: int) -> tuple[int, int]:
    """Return where lower-case titles before the run start and end: "special counsel"."""
    at = first - 1
    if at < 0 or words[first].gap not in SPACES or words[at].is_possessor:
        return first, first
    if words[at].low.rstrip(".") not in TITLE_HEADS or not _is_person_like(words, first, end):
        return first, first
    if end - first == 1 and is_acronym(words[first]):
        return first, first
    return widen_title(words, at), first


def widen_title(words: Sequence[Word], first: int) -> int:
    """Return where the modifiers before a title's first word start."""
    at = first
    while at > 0 and first - at < MAX_TITLE_WORDS and words[at].gap in SPACES:
        before = words[at - 1]
        if before.is_possessor or before.low in NO_NAMES:
            break
        is_modifier = before.low in TITLE_MODIFIERS or before.is_people
        if not is_modifier and before.tag not in _NOUN_LIKE:
            break
        at -= 1
    return at
