"""What was told of an article's participants so far, and whom a description stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from variorum.annotate.candidates import Candidate
from variorum.annotate.descriptions import (
    DOCUMENT_NOUNS,
    FEMALE_PRONOUNS,
    MALE_PRONOUNS,
    NEUTER_PRONOUNS,
    OWN_HEAD_NOUNS,
    PLACE_NOUNS,
    PLURAL_PRONOUNS,
    gender_of_head,
)
from variorum.languages.names import Gender, expand_place
from variorum.languages.roles import Role, fits_role, is_same_role, parse_role
from variorum.languages.tables import load_table
from variorum.model.annotation import EntityKind
from variorum.model.span import Span

MAX_SENTENCES = 4
"""How far back "the group" and "the 21-year-old" look."""
MAX_DESCRIPTION_SENTENCES = 60
WINDOW = 60
MAX_TRACKS = 400
"""Participants in sight, so that the time is linear in the text's length."""

_ROLES = load_table("roles")
_LOOSE = frozenset(_ROLES["loose"])
# "the group" is the group or body named last; "the ministry" only one that is called so.
_ANY_BODY_NOUNS = frozenset(_ROLES["any_body"])
_BODY_NOUNS = _ANY_BODY_NOUNS | OWN_HEAD_NOUNS


@dataclass(slots=True)
class Participant:
    """A chain while it is being gathered.

    Attributes:
        members: Indices of candidates.
        roles: Roles told with its names; by them descriptions find it.
        called: Descriptions that were linked to it.
        is_plural: Whether "they" may stand for it.
        is_thing: Whether it is a noun phrase that is none unless a pronoun stands for it.
    """

    kind: EntityKind
    members: list[int] = field(default_factory=list)
    name: str = ""
    is_named: bool = False
    is_plural: bool = False
    is_thing: bool = False
    gender: Gender | None = None
    keys: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    _parsed: dict[str, Role] = field(default_factory=dict)

    def parsed_roles(self) -> list[Role]:
        """Return the roles taken apart."""
        for role in self.roles:
            if role not in self._parsed:
                self._parsed[role] = parse_role(role)
        return list(self._parsed.values())


@dataclass(slots=True)
class Track:
    """What was told of a participant so far.

    Attributes:
        candidate: Its last mention.
        inside: Number of the quotation in whose words that stands; None if in none.
        told: Its last mention that is no pronoun.
        is_first: Whether nobody was mentioned before it in its sentence.
        is_voiced: Whether the outlet's own words tell of it, and not a quoted person's alone.
    """

    participant: Participant
    candidate: Candidate
    inside: int | None
    told: Span
    first_sentence: int
    is_first: bool
    n_told: int = 1
    is_voiced: bool = False


class Recent:
    """Who was told last, and who spoke last."""

    def __init__(self) -> None:
        self._tracks: dict[int, Track] = {}
        self._without_things: dict[int, Track] = {}
        self._last_sentence = -1
        self.speaker: Participant | None = None
        self.speaker_sentence = -1_000
        self.body: Participant | None = None
        self.body_sentence = -1_000

    def note_speaker(self, participant: Participant, candidate: Candidate) -> None:
        """Note who spoke last, and which body or document did."""
        self.speaker, self.speaker_sentence = participant, candidate.sentence
        if participant.kind == "organisation" or candidate.head in DOCUMENT_NOUNS:
            self.body, self.body_sentence = participant, candidate.sentence

    def add(self, participant: Participant, candidate: Candidate, inside: int | None) -> None:
        """Note a mention; ``inside`` is the quotation in whose words it stands."""
        track = self._tracks.pop(id(participant), None)
        if track is None:
            track = Track(participant, candidate, inside, candidate.span, candidate.sentence, False)
        else:
            track.n_told += 1
        track.candidate, track.inside = candidate, inside
        track.is_voiced |= inside is None
        track.is_first = candidate.sentence != self._last_sentence
        if candidate.form != "pronoun":
            track.told = candidate.span
        self._last_sentence = candidate.sentence
        self._tracks[id(participant)] = track
        if not participant.is_thing:
            self._without_things.pop(id(participant), None)
            self._without_things[id(participant)] = track

    def find_track(self, participant: Participant) -> Track | None:
        """Return what was told of it; None if nothing was."""
        return self._tracks.get(id(participant))

    def iter_tracks(self) -> Iterator[Track]:
        """Yield what was told of each participant, the one told last first."""
        yield from reversed(self._tracks.values())

    def iter_newest(self) -> Iterator[tuple[int, Participant]]:
        """Yield participants with the sentence of their last mention, newest first."""
        for track in islice(reversed(self._without_things.values()), MAX_TRACKS):
            yield track.candidate.sentence, track.participant

    def has_new_subject(self, pronoun: Candidate) -> bool:
        """Whether the pronoun's own paragraph has begun with somebody else than the speaker.

        "Prime Minister Torvald sought to calm the public. “Most beds are covered,” she said."
        """
        for track in islice(self.iter_tracks(), WINDOW):
            one = track.candidate
            if one.paragraph != pronoun.paragraph:
                return False
            if (
                one.role == "subject"
                and track.inside is None
                and track.participant.is_named
                and track.participant is not self.speaker
                and agrees(pronoun, track.participant)
            ):
                return True
        return False


PERSON_NOUN = re.compile(rf"[a-z]{{3}}(?:{'|'.join(load_table('pronouns')['person_endings'])})$")
"""Nouns that are in no list of persons and may yet be one: "the accordionist"."""


def agrees(pronoun: Candidate, participant: Participant) -> bool:
    """Whether the pronoun can stand for the participant, by gender, number and kind."""
    if pronoun.head in MALE_PRONOUNS or pronoun.head in FEMALE_PRONOUNS:
        if participant.kind not in ("person", "other") or participant.is_plural:
            return False
        if participant.is_thing and not PERSON_NOUN.search(participant.name.lower()):
            return False
        return participant.gender in (None, pronoun.gender)
    if pronoun.head in NEUTER_PRONOUNS:
        # A name alone is often taken for a person's; a person known by more is no "it".
        is_person = participant.kind == "person" and (
            participant.gender is not None or not participant.is_named
        )
        return not is_person and not participant.is_plural
    return pronoun.head in PLURAL_PRONOUNS


def pick_described(
    description: Candidate, recent: Recent, later: list[Participant]
) -> Participant | None:
    """Return the participant told before (else a named one told later) that fits a description."""
    if not description.is_definite:
        return None
    if description.kind == "person":
        return _pick_person(description, recent, later)
    if description.head in _BODY_NOUNS:
        return _pick_body(description, recent)
    if description.kind == "place" and description.head in PLACE_NOUNS:
        return _pick_place(description, recent)
    return None


def _pick_person(
    description: Candidate, recent: Recent, later: list[Participant]
) -> Participant | None:
    if description.head.endswith("-year-old"):
        return _pick_last_person(description, recent)
    role = parse_role(" ".join((*description.modifiers, description.head)))
    gender = gender_of_head(description.head)
    for sentence, participant in recent.iter_newest():
        if participant.kind != "person" or not participant.is_named:
            continue
        if description.sentence - sentence > MAX_DESCRIPTION_SENTENCES:
            break
        if _fits_person(role, gender, participant):
            return participant
    if description.head in _LOOSE or len(later) > WINDOW:
        return None
    # Ahead of its name only what says the same is taken: "the president", then "President Lee".
    fitting = [
        one
        for one in later
        if one.kind == "person" and any(is_same_role(role, told) for told in one.parsed_roles())
    ]
    return fitting[0] if len(fitting) == 1 else None


def _pick_last_person(description: Candidate, recent: Recent) -> Participant | None:
    for sentence, participant in recent.iter_newest():
        if description.sentence - sentence > MAX_SENTENCES:
            break
        if participant.kind == "person" and participant.is_named:
            return participant
    return None


def _fits_person(role: Role, gender: Gender | None, participant: Participant) -> bool:
    if participant.kind != "person":
        return False
    if gender and participant.gender and gender != participant.gender:
        return False
    return any(fits_role(role, told) for told in participant.parsed_roles())


def _pick_body(description: Candidate, recent: Recent) -> Participant | None:
    """Return the organisation or group named last, one called so before all others."""
    near: Participant | None = None
    called: list[Participant] = []
    for sentence, participant in recent.iter_newest():
        distance = description.sentence - sentence
        if distance > MAX_DESCRIPTION_SENTENCES:
            break
        if participant.kind not in ("organisation", "group") or not participant.is_named:
            continue
        if description.head in participant.name.lower().split():
            if distance == 0:
                return participant
            called.append(participant)
        is_open = near is None and description.head not in OWN_HEAD_NOUNS
        if is_open and distance <= MAX_SENTENCES // 2 and not description.modifiers:
            near = None if _has_other_head(participant, description.head) else participant
    # Of several governments "the government" is the one the article is about.
    return max(called, key=lambda one: len(one.members), default=None) or near


def _has_other_head(participant: Participant, head: str) -> bool:
    return any(word in _BODY_NOUNS and word != head for word in participant.name.lower().split())


def _pick_place(description: Candidate, recent: Recent) -> Participant | None:
    if description.modifiers:
        return None
    wants_country = description.head in ("country", "nation", "republic", "kingdom")
    for sentence, participant in recent.iter_newest():
        if description.sentence - sentence > MAX_SENTENCES:
            break
        if participant.kind != "place" or not participant.is_named:
            continue
        if wants_country == (expand_place(participant.name) is not None):
            return participant
    return None
