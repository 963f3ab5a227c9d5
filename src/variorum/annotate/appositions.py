"""What stands beside a name and says who it is: "..., deputy director of the agency"."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.annotate.descriptions import (
    DEFINITE,
    DOCUMENT_NOUNS,
    PERSON_NOUNS,
    Description,
)
from variorum.annotate.runs import Run
from variorum.annotate.titles import SPACES
from variorum.annotate.words import Word
from variorum.languages.names import (
    DEMONYMS,
    PLACES,
)

MAX_APPOSITION_WORDS = 14


def is_prefixed(words: Sequence[Word], run: Run, description: Description) -> bool:
    """Whether a body's description stands right before its name: "the daily X"."""
    return (
        description.kind in ("organisation", "group")
        and description.is_definite
        and not description.is_plural
        and description.end == description.at + 1 == run.first
        and words[run.first].gap.rstrip('“"‘') == " "
        and not words[description.at].is_possessor
        # "the support group Syria": a country is no name of a group.
        and " ".join(word.low for word in words[run.first : run.end]) not in PLACES
    )


_OF_PERSONS = frozenset({"administration", "government", "regime"})


# A state has many of them: "the South Korean newspaper" names none.
_NO_INSTITUTIONS = DOCUMENT_NOUNS | frozenset(
    "news team paper site website newspaper daily magazine broadcaster channel company firm".split()
)


def is_institution(words: Sequence[Word], description: Description) -> bool:
    """Whether it names an institution of a state: "the Syrian government"."""
    if description.kind != "organisation" or not description.is_definite:
        return False
    if description.head in _NO_INSTITUTIONS or not description.modifiers:
        return False
    realms = (" ".join(description.modifiers[:width]) for width in (2, 1))
    if any(realm in DEMONYMS or realm in PLACES for realm in realms):
        return True
    # "the Larkin administration"
    before = words[description.at - 1]
    is_whole = description.at + 1 == description.end and len(description.modifiers) == 1
    return is_whole and before.is_capital and description.head in _OF_PERSONS


def is_apposed(words: Sequence[Word], run: Run, description: Description) -> bool:
    """Whether a comma parts the description of one person from the name: "X, a teacher"."""
    if description.kind != "person" or description.is_plural:
        return False
    first, end = description.first, description.end
    if first == run.end:
        return words[first].gap.strip() == ","
    if run.title_first == end and words[run.first].gap.strip() == ",":
        return description.is_definite or words[first].low in ("a", "an")
    return False


def find_bare_apposition(words: Sequence[Word], run: Run) -> tuple[str, ...]:
    """Return the role in "Ann Lee, deputy director of the agency", told without an article."""
    at = run.end
    if at >= len(words) or words[at].gap.strip() != ",":
        return ()
    stop = at
    while stop < len(words) and stop - at < MAX_APPOSITION_WORDS:
        if stop > at and "," in words[stop].gap:
            break
        end = stop + 1
        is_last = end >= len(words) or words[end].low not in PERSON_NOUNS or words[end].gap != " "
        if words[stop].low in PERSON_NOUNS and is_last:
            if end < len(words) and words[end].low in ("of", "for", "at") and words[end].gap == " ":
                end = _end_of_phrase(words, end + 1)
            return (" ".join(word.low for word in words[at:end]),)
        if words[stop].tag.startswith(("V", "PRP", "MD", "W")):
            break
        stop += 1
    return ()


def _end_of_phrase(words: Sequence[Word], at: int) -> int:
    end = at
    while end < len(words) and end - at < MAX_APPOSITION_WORDS:
        word = words[end]
        if word.gap not in SPACES:
            break
        is_inner = word.low in DEFINITE | {"of", "for", "and"} or word.is_capital
        if not is_inner and not word.tag.startswith(("N", "J")):
            break
        end += 1
    return end
