"""Brings noun phrases together that are no participants: "a new ship", then "the ship"."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.annotate.antecedents import Participant
from variorum.annotate.candidates import Candidate
from variorum.annotate.descriptions import DEFINITE, INDEFINITE

MAX_SENTENCES = 30
"""How far apart "the ship" and "the ship" are one."""


class Things:
    """The things told so far, each under its noun the one told last."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, bool], _Told] = {}

    def place(self, candidate: Candidate) -> Participant:
        """Return the thing told before if it can be that, else a new one."""
        key = (candidate.head, candidate.is_plural)
        last = self._last.get(key)
        if last is not None and candidate.is_definite and candidate.head != "and":
            is_near = candidate.sentence - last.sentence <= MAX_SENTENCES
            if is_near and _tell(candidate) <= last.words:
                last.sentence = candidate.sentence
                return last.participant
        participant = Participant(
            kind="other", name=candidate.text, is_plural=candidate.is_plural, is_thing=True
        )
        self._last[key] = _Told(participant, candidate.sentence, _tell(candidate))
        return participant


@dataclass(slots=True)
class _Told:
    """A thing, the sentence it was told in last, and the words that told which one at first."""

    participant: Participant
    sentence: int
    words: frozenset[str]


def _tell(thing: Candidate) -> frozenset[str]:
    return frozenset(thing.modifiers) - DEFINITE - INDEFINITE
