"""Noun phrases that are no participants: a pronoun may stand for them, too.

Without them "it" would be the company named last in "The company sold the ship; it sank". They are
found by tags alone, as a paragraph may have no tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.annotate.descriptions import (
    DEFINITE,
    INDEFINITE,
    MAX_MODIFIERS,
    MODIFIER_TAGS,
    POSSESSIVES,
)
from variorum.annotate.words import Word

_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_DETERMINERS = DEFINITE | INDEFINITE | POSSESSIVES
MAX_JOINED = 6
"""Longest list taken for one antecedent: "Spain, Oslo and the union"."""

Piece = tuple[int, int]
"""A run of words: ``words[first:end]``."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """``words[first:end]``; ``at`` is the head, for several joined by "and" that of the last."""

    first: int
    at: int
    end: int
    is_plural: bool
    is_joined: bool = False


def find_phrases(words: Sequence[Word], taken: Sequence[bool]) -> tuple[Phrase, ...]:
    """Return the phrases of a line whose head ``taken`` does not mark, in text order."""
    return tuple(
        Phrase(_find_first(words, at, taken), at, at + 1, words[at].tag in _PLURAL_TAGS)
        for at, word in enumerate(words)
        if word.tag in _NOUN_TAGS and not taken[at] and _is_last_noun(words, at)
    )


def _is_last_noun(words: Sequence[Word], at: int) -> bool:
    if at + 1 == len(words) or words[at].is_possessor:
        return True
    following = words[at + 1]
    return following.gap != " " or following.tag not in ("NN", "NNS")


def _find_first(words: Sequence[Word], at: int, taken: Sequence[bool]) -> int:
    first = at
    while first > 0 and at - first < MAX_MODIFIERS and words[first].gap == " ":
        before = words[first - 1]
        if before.low in _DETERMINERS or before.tag in ("DT", "PRP$"):
            return first - 1
        is_part = before.tag in MODIFIER_TAGS and not taken[first - 1]
        if not is_part or before.is_possessor:
            break
        first -= 1
    return first


def find_joined(words: Sequence[Word], pieces: Sequence[Piece]) -> Iterator[Phrase]:
    """Yield what "and" joins of the pieces of a line: "Ann Lane and her son", "A, B and C"."""
    ordered = sorted(pieces)
    ends = {end: first for first, end in ordered}
    for first, end in ordered:
        joint = first - 1
        if joint not in ends or words[joint].low != "and" or words[first].gap != " ":
            continue
        start = ends[joint]
        n_joined = 2
        while n_joined < MAX_JOINED and words[start].gap == ", " and start in ends:
            start = ends[start]
            n_joined += 1
        yield Phrase(start, end - 1, end, is_plural=True, is_joined=True)
