"""Picks the mention that the words of a quotation's source mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from variorum.annotate.candidates import Candidate
from variorum.annotate.descriptions import DOCUMENT_NOUNS, POSSESSIVES
from variorum.model.span import Span

_RELATIVES = frozenset({"who", "which", "whom", "that"})
MAX_RELATIVE_CHARS = 40
_AFTER_PREPOSITION = re.compile(
    r"\b(?:of|for|to|by|from|with|at|in|on|against|and)\s+(?:the\s+|a\s+)?[\"“]?$", re.IGNORECASE
)


AUTHOR = re.compile(r"\b(?:by|from)\s+(?:(?:the|a|an)\s+)?$", re.IGNORECASE)
"""What stands before whose document it is: "a statement from a rabbi"."""

OWNED_WORDS = 4
"""From an owner to the document: "her LinkedIn profile"; what is left of the owner counts: "'s"."""


class SourcePicker:
    """Finds candidates in the words of a source.

    Args:
        candidates: Participants, then things; each in text order.
        n_participants: How many are no things.
    """

    def __init__(self, text: str, candidates: Sequence[Candidate], n_participants: int) -> None:
        self._text = text
        self._candidates = candidates
        self._starts = [one.span.start for one in candidates[:n_participants]]
        self._thing_starts = [one.span.start for one in candidates[n_participants:]]

    def pick(self, source: Span) -> int | None:
        """Return the index of the candidate that a source stands for; None if none does.

        Of a document whose author or owner is told, that one: "a book by Ann Lane", "her letter";
        else a participant, else the document itself.
        """
        document = self._find_document(source)
        start, end = bisect_left(self._starts, source.start), bisect_left(self._starts, source.end)
        inner = [at for at in range(start, end) if self._candidates[at].kind != "place"]
        has_document = document is not None or any(map(self._is_document, inner))
        owner = self._find_owner(source, inner) if has_document else None
        at = self.pick_participant(source) if owner is None else owner
        return document if at is None else at

    def _find_document(self, source: Span) -> int | None:
        """Return the first thing in a source that is a document."""
        first = bisect_left(self._thing_starts, source.start)
        last = bisect_left(self._thing_starts, source.end)
        things = (len(self._starts) + at for at in range(first, last))
        return next(filter(self._is_document, things), None)

    def _find_owner(self, source: Span, inner: Sequence[int]) -> int | None:
        """Return whose document a source is: the author behind "by" or "from", or its owner."""
        for at in inner:
            one = self._candidates[at]
            if AUTHOR.search(self._text, source.start, one.span.start) and not one.is_possessor:
                return at
        for at in inner:
            one = self._candidates[at]
            rest = self._text[one.span.end : source.end].split()[:OWNED_WORDS]
            owns = one.is_possessor or one.text.lower() in POSSESSIVES
            if owns and any(word.lower() in DOCUMENT_NOUNS for word in rest):
                return at
        return None

    def _is_document(self, at: int) -> bool:
        return self._candidates[at].head in DOCUMENT_NOUNS

    def pick_participant(self, source: Span) -> int | None:
        """Return the index of the participant that a source stands for; None if none does."""
        if source.of(self._text).strip().lower() not in _RELATIVES:
            return self._pick_in_source(source)
        # "Ann Lee, who said": whom the clause is about stands right before it.
        last = bisect_left(self._starts, source.start) - 1
        near = [
            at
            for at in range(max(0, last - 2), last + 1)
            if 0 <= source.start - self._candidates[at].span.end <= MAX_RELATIVE_CHARS
        ]
        persons = [at for at in near if _is_person_name(self._candidates[at])]
        return next(iter(persons or near[-1:]), None)

    def _pick_in_source(self, source: Span) -> int | None:
        """Return the head of a source's words: the name itself, not whose sister it is."""
        first = max(0, bisect_left(self._starts, source.start) - 3)
        last = bisect_left(self._starts, source.end)
        inner = [
            at
            for at in range(first, last)
            if self._candidates[at].span.overlaps(source)
            and self._candidates[at].span.end <= source.end + 2
        ]
        free = [at for at in inner if not self._candidates[at].is_possessor]
        heads = [at for at in free if not self._is_complement(source, at)]
        persons = [at for at in heads if _is_person_name(self._candidates[at])]
        titled = [at for at in persons if self._candidates[at].roles]
        outer = [at for at in free if self._candidates[at].span.start - source.start <= 4]
        names = [at for at in heads if self._candidates[at].form == "name"]
        others = [at for at in outer if self._candidates[at].form != "name"]
        wider = [at for at in others if any(self._is_inside(name, at) for name in names[:1])]
        for found in (titled, persons, wider, names, others, free, inner):
            if found:
                return found[0]
        return None

    def _is_inside(self, inner: int, outer: int) -> bool:
        return self._candidates[outer].span.contains(self._candidates[inner].span)

    def _is_complement(self, source: Span, at: int) -> bool:
        """Whether a name only says whose or of what: "a spokesman for President Lee"."""
        candidate = self._candidates[at]
        start = candidate.span.start
        for before in range(at - 1, max(at - 4, -1), -1):
            if self._candidates[before].of_name == candidate.span:
                start = min(start, self._candidates[before].span.start)
        return (
            _AFTER_PREPOSITION.search(self._text[source.start : max(source.start, start)])
            is not None
        )


def _is_person_name(candidate: Candidate) -> bool:
    return candidate.form == "name" and candidate.kind == "person"
