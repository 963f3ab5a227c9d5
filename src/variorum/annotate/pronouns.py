"""Ranks whom a pronoun may stand for, among all that was told before it.

Each participant in sight, and nobody, is described by a few features in words ("distance 1", "role
subject after subject last"); the table ``antecedents.toml`` has a weight for each, learned by
``training/coreference.py``. The sums become probabilities, as in Denis and Baldridge, "A Ranking
Approach to Pronoun Resolution" (2007); the features are those of Lappin and Leass, "An Algorithm
for Pronominal Anaphora Resolution" (1994), with the news's own habits: a pronoun that is quoted is
mostly the speaker quoted last. No feature needs a tree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from variorum.annotate.antecedents import Participant, Recent, Track, agrees
from variorum.annotate.candidates import Candidate
from variorum.annotate.descriptions import (
    FEMALE_PRONOUNS,
    MALE_PRONOUNS,
    NEUTER_PRONOUNS,
    PLURAL_PRONOUNS,
)
from variorum.languages.tables import load_table
from variorum.model.span import Span

MAX_SENTENCES = 15
"""How far back a pronoun looks for a participant; in interviews sentences are short."""
MAX_THING_SENTENCES = 8
MAX_OPTIONS = 40

_REFLEXIVE = ("self", "selves")


class Option(NamedTuple):
    """A participant that a pronoun may stand for; None for nobody.

    Attributes:
        told: Where it was last told by more than a pronoun.
    """

    participant: Participant | None
    told: Span | None
    features: tuple[str, ...]


class Choice(NamedTuple):
    """Whom a pronoun stands for, None if nobody, and how likely, 0.0 to 1.0."""

    participant: Participant | None
    confidence: float


Pick = Callable[[Candidate, Sequence[Option]], Choice]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a pronoun stands.

    Attributes:
        is_source: Whether it is who says a quotation.
        inside: Number of the quotation in whose words it stands; None if in none.
        speaker: Whose words those are; "he" there is mostly somebody else.
    """

    is_source: bool
    inside: int | None
    speaker: Participant | None


def class_of(pronoun: Candidate) -> str | None:
    """Return which table of weights a pronoun has: he, it or they; None for all others."""
    if pronoun.head in MALE_PRONOUNS or pronoun.head in FEMALE_PRONOUNS:
        return "he"
    if pronoun.head in NEUTER_PRONOUNS:
        return "it"
    return "they" if pronoun.head in PLURAL_PRONOUNS else None


def pick_antecedent(pronoun: Candidate, options: Sequence[Option]) -> Choice:
    """Return the likeliest option, the nearer of equal ones."""
    find_weight = _load_weights()[class_of(pronoun) or "it"].get
    scores = [sum([find_weight(one, 0.0) for one in option.features]) for option in options]
    best = max(range(len(options)), key=lambda at: (round(scores[at], 6), -at))
    total = sum(math.exp(score - scores[best]) for score in scores)
    return Choice(options[best].participant, 1.0 / total)


@cache
def _load_weights() -> Mapping[str, Mapping[str, float]]:
    return load_table("antecedents")


def find_options(pronoun: Candidate, recent: Recent, setting: Setting) -> list[Option]:
    """Return who the pronoun may stand for, the one told last first, nobody at the end."""
    options: list[Option] = []
    n_near = n_told = 0
    has_new_subject = recent.has_new_subject(pronoun)
    for track in recent.iter_tracks():
        seen = track.candidate
        distance = pronoun.sentence - seen.sentence
        if distance > MAX_SENTENCES or len(options) == MAX_OPTIONS:
            break
        if distance > MAX_THING_SENTENCES and track.participant.is_thing:
            continue
        if seen.span.contains(pronoun.span) or not agrees(pronoun, track.participant):
            continue
        n_near += distance <= 1
        features = [
            *_iter_places(pronoun, track, len(options), distance),
            f"{'thing' if track.participant.is_thing else 'participant'} {_count(n_told)}",
            *_iter_traits(pronoun, track, distance),
            *_iter_turns(pronoun, track, recent, setting, has_new_subject=has_new_subject),
        ]
        n_told += not track.participant.is_thing
        options.append(Option(track.participant, track.told, tuple(features)))
    nobody = (
        "nobody",
        f"nobody {pronoun.clue}",
        f"nobody as {pronoun.role}",
        f"nobody {pronoun.head}",
        f"nobody of {_count(n_near)} near",
        f"nobody of {_count(len(options))}",
        f"nobody {'source' if setting.is_source else 'no source'}",
    )
    return [*options, Option(None, None, nobody)]


def _count(number: int) -> str:
    """Return a number, large ones together."""
    return str(number) if number <= 3 else "some" if number <= 6 else "many"


def _near(distance: int) -> str:
    return ("same", "last")[distance] if distance < 2 else "far"


def _iter_places(pronoun: Candidate, track: Track, rank: int, distance: int) -> Iterator[str]:
    """Yield where the participant was told last, seen from the pronoun."""
    seen = track.candidate
    near = _near(distance)
    yield f"distance {min(distance, 6)}"
    yield f"rank {_count(rank)}"
    yield f"rank {_count(rank)} {near}"
    yield f"role {pronoun.role} after {seen.role}"
    yield f"role {pronoun.role} after {seen.role} {near}"
    yield f"role {pronoun.role} after {seen.role} {near} rank {min(rank, 2)}"
    yield f"paragraph {min(pronoun.paragraph - seen.paragraph, 2)} {near}"
    if pronoun.governor is not None and pronoun.governor == seen.governor:
        is_owned = "possessor" in (pronoun.role, seen.role)
        is_reflexive = pronoun.head.endswith(_REFLEXIVE)
        yield f"same verb{' owned' if is_owned else ' reflexive' if is_reflexive else ''}"
    if track.is_first:
        yield f"first {near}"


def _iter_traits(pronoun: Candidate, track: Track, distance: int) -> Iterator[str]:
    """Yield who the participant is and how it was told."""
    who, seen, near = track.participant, track.candidate, _near(distance)
    form = _form_of(seen)
    if seen.form == "pronoun":
        form = "same pronoun" if class_of(seen) == class_of(pronoun) else "other pronoun"
    number = "plural" if who.is_plural else "single"
    kind = f"{'named ' if who.is_named else 'thing ' if who.is_thing else ''}{who.kind} {number}"
    yield f"form {form} {near}"
    yield f"form {form} {seen.role} {near}"
    yield f"is {kind}"
    yield f"is {kind} {pronoun.role}"
    yield f"{form} {number}"
    yield f"told {_count(track.n_told)}"
    if track.first_sentence == 0:
        yield "told at first"
    if pronoun.gender:
        yield f"gender {'same' if who.gender == pronoun.gender else 'unknown'}"
    if seen.head == "and":
        yield f"joined {near}"


def _form_of(seen: Candidate) -> str:
    if seen.form == "name":
        return "name"
    return "the" if seen.is_definite else "some"


def _iter_turns(
    pronoun: Candidate, track: Track, recent: Recent, setting: Setting, *, has_new_subject: bool
) -> Iterator[str]:
    """Yield who speaks: the participant last, or the words that the pronoun stands in."""
    who = track.participant
    turn = "source" if setting.is_source else "inside" if setting.inside is not None else "own"
    if who is setting.speaker:
        yield f"own words {class_of(pronoun)}"
    if who is recent.speaker:
        yield f"speaker {turn}{' but turn' if has_new_subject else ''}"
    same = setting.inside is not None and track.inside == setting.inside
    there = "same" if same else "inside" if track.inside is not None else "own"
    yield f"words {turn} after {there}"
