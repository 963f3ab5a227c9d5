"""Words of two names laid side by side: which answers which, and how well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from variorum.languages.names import is_other_given, is_same_given
from variorum.languages.spellings import SpellingNetwork
from variorum.resolve.parts import RESPECT, Part, Parts, make_part, take_apart

MAX_KEPT = 500_000
"""Scores of words kept, some 100 MB; then all are forgotten."""

SHORT_FORM = 0.8
"""How likely two forms of one given name are one: "Bill" shares hardly a letter with "William"."""
OTHER_GIVEN = 0.1
"""How likely two known given names are one, however alike: "Hassan" and "Hussein"."""
SAME_INITIAL = 0.6
OTHER_LOGOGRAPH = 0.05
"""Two characters that look or sound alike are two words all the same."""
WRITTEN_TOGETHER = 0.75
"""How alike two words written together must be to one word: "Ali Reza" and "Alireza"."""
MAX_LONGER = 3
"""Letters by which they may differ in length."""


class Answer(NamedTuple):
    """Which word of one name answers which of the other, by place; strongest first."""

    value: float
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Match:
    """Two names with the words that answer each other."""

    left: Parts
    right: Parts
    ours: Sequence[Part]
    theirs: Sequence[Part]
    answers: Sequence[Answer]


class Matcher:
    """Lays the words of names side by side; remembers how alike words are."""

    def __init__(self, network: SpellingNetwork) -> None:
        self._network = network
        self._known: dict[tuple[str, str], float] = {}

    def prepare(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Score all words of these pairs at once, many times faster than pair by pair."""
        asked = (align_parts(take_apart(left), take_apart(right)) for left, right in pairs)
        self._learn(key for ours, theirs in asked for key in _iter_keys(ours, theirs))

    def match(self, left: str, right: str) -> Match:
        """Return the words of two names side by side, each used once, the most alike first."""
        one, other = take_apart(left), take_apart(right)
        ours, theirs = align_parts(one, other)
        scored = [
            (-self.score(part, answer), abs(i - k), i, k)
            for i, part in enumerate(ours)
            for k, answer in enumerate(theirs)
        ]
        scored.sort()
        answers: list[Answer] = []
        is_used, is_answer = set(), set()
        for cost, _, i, k in scored:
            if i not in is_used and k not in is_answer:
                is_used.add(i)
                is_answer.add(k)
                answers.append(Answer(-cost, i, k))
        return Match(one, other, ours, theirs, answers)

    def score(self, left: Part, right: Part) -> float:
        """Return how likely two words are one name's spellings, 0.0 to 1.0."""
        value = score_plainly(left, right)
        if value is not None:
            return value
        key = _make_key(left, right)
        if key not in self._known:
            self._learn(iter([key]))
        value = self._known[key]
        if value < SHORT_FORM and is_same_given(left.folded, right.folded):
            return SHORT_FORM
        if value > OTHER_GIVEN and is_other_given(left.folded, right.folded):
            return OTHER_GIVEN
        return value

    def _learn(self, keys: Iterator[tuple[str, str]]) -> None:
        fresh = sorted({key for key in keys if key not in self._known})
        if len(self._known) + len(fresh) > MAX_KEPT:
            self._known.clear()
        if fresh:
            self._known.update(zip(fresh, map(float, self._network.score(fresh)), strict=True))


def align_parts(left: Parts, right: Parts) -> tuple[Sequence[Part], Sequence[Part]]:
    """Return the words of two names, those joined that the other name writes as one."""
    if left.parts == right.parts:
        return left.parts, right.parts
    ours, theirs = _drop_respect(left.parts, right.parts), _drop_respect(right.parts, left.parts)
    return _join_parts(ours, theirs), _join_parts(theirs, ours)


def _drop_respect(parts: Sequence[Part], others: Sequence[Part]) -> Sequence[Part]:
    """Return the words without what one list calls a person and the other does not."""
    known = {other.plain for other in others}
    first = 0
    while first < len(parts) - 1 and parts[first].plain in RESPECT - known:
        first += 1
    return parts[first:]


def _join_parts(parts: Sequence[Part], others: Sequence[Part]) -> Sequence[Part]:
    if len(parts) < 2:
        return parts
    for place, (one, two) in enumerate(pairwise(parts)):
        together = one.plain + two.plain
        longer = max(len(one.plain), len(two.plain))
        for other in others:
            if not longer < len(other.plain) or abs(len(other.plain) - len(together)) > MAX_LONGER:
                continue
            alike = OSA.normalized_similarity(together, other.plain)
            apart = max(
                OSA.normalized_similarity(one.plain, other.plain),
                OSA.normalized_similarity(two.plain, other.plain),
            )
            if alike >= WRITTEN_TOGETHER and alike > apart:
                joined = make_part(f"{one.text} {two.text}", together)
                return _join_parts([*parts[:place], joined, *parts[place + 2 :]], others)
    return parts


def score_plainly(left: Part, right: Part) -> float | None:
    """Return how likely two words are one where that needs no network, else None."""
    if left.is_logograph and right.is_logograph:
        return 1.0 if left.text == right.text else OTHER_LOGOGRAPH
    if left.plain == right.plain:
        return 1.0
    if left.is_initial or right.is_initial:
        return SAME_INITIAL if left.plain[0] == right.plain[0] else 0.0
    return None


def _make_key(left: Part, right: Part) -> tuple[str, str]:
    one, other = left.plain, right.plain
    return (one, other) if one < other else (other, one)


def _iter_keys(ours: Sequence[Part], theirs: Sequence[Part]) -> Iterator[tuple[str, str]]:
    for part in ours:
        for answer in theirs:
            if score_plainly(part, answer) is None:
                yield _make_key(part, answer)
