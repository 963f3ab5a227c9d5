"""Picks whom a pronoun or a description stands for, among the participants told before it.

Recency, subjecthood and agreement, in the manner of Lappin and Leass, "An Algorithm for Pronominal
Anaphora Resolution" (1994), with the news's own habit: a pronoun that is quoted is mostly the
speaker quoted last.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from variorum.annotate.candidates import Candidate
from variorum.annotate.descriptions import (
    FEMALE_PRONOUNS,
    MALE_PRONOUNS,
    NEUTER_PRONOUNS,
    PLACE_NOUNS,
    PLURAL_PRONOUNS,
    gender_of_head,
)
from variorum.languages.names import Gender, expand_place
from variorum.languages.roles import Role, fits_role, is_same_role, parse_role
from variorum.languages.tables import load_table
from variorum.model.annotation import EntityKind

MAX_SENTENCES = 4
"""How far back a pronoun looks; 98% of the antecedents in GUM's news lie nearer."""
MAX_DESCRIPTION_SENTENCES = 60
WINDOW = 60
"""Mentions kept in sight, so that the time is linear in the text's length."""

_ROLES = load_table("roles")
_LOOSE = frozenset(_ROLES["loose"])
# "the group" is the group or body named last; "the ministry" only one that is called so.
_ANY_BODY_NOUNS = frozenset(_ROLES["any_body"])
_OWN_HEAD_NOUNS = frozenset(_ROLES["own_head"])
_BODY_NOUNS = _ANY_BODY_NOUNS | _OWN_HEAD_NOUNS


@dataclass(slots=True)
class Participant:
    """A chain while it is being gathered.

    Attributes:
        members: Indices of candidates.
        roles: Roles told with its names; by them descriptions find it.
        called: Descriptions that were linked to it.
        is_plural: Whether "they" may stand for it.
    """

    kind: EntityKind
    members: list[int] = field(default_factory=list)
    name: str = ""
    is_named: bool = False
    is_plural: bool = False
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A participant that was mentioned, and how."""

    participant: Participant
    sentence: int
    is_subject: bool
    is_possessor: bool
    is_inside: bool
    paragraph: int


class Recent:
    """The mentions last seen, newest last, and the last speaker."""

    def __init__(self) -> None:
        self._seen: deque[Seen] = deque(maxlen=WINDOW)
        self._order: dict[int, tuple[int, int, Participant]] = {}
        self._n = 0
        self.speaker: Participant | None = None
        self.speaker_sentence = -1_000

    def add(self, participant: Participant, candidate: Candidate, is_inside: bool) -> None:
        """Note a mention; ``is_inside`` where it stands inside a quotation."""
        self._n += 1
        self._order.pop(id(participant), None)
        self._order[id(participant)] = (self._n, candidate.sentence, participant)
        self._seen.append(
            Seen(
                participant,
                candidate.sentence,
                candidate.is_subject,
                candidate.is_possessor,
                is_inside,
                candidate.paragraph,
            )
        )

    def iter_newest(self) -> list[tuple[int, Participant]]:
        """Return participants with the sentence of their last mention, newest first."""
        newest = list(self._order.values())[-400:]
        return [(sentence, participant) for _, sentence, participant in reversed(newest)]

    def pick_pronoun(
        self,
        pronoun: Candidate,
        *,
        is_source: bool,
        is_inside: bool,
        barred: Participant | None,
    ) -> Participant | None:
        """Return whom ``pronoun`` stands for; None if nobody fits.

        ``barred`` is the speaker of the quotation it stands in: "he" there is somebody else.
        """
        best: tuple[float, int, Participant] | None = None
        takes_turn = self._has_new_subject(pronoun)
        for at, seen in enumerate(self._seen):
            participant = seen.participant
            distance = pronoun.sentence - seen.sentence
            if distance > MAX_SENTENCES or distance < 0 or participant is barred:
                continue
            if not agrees(pronoun, participant):
                continue
            score = _score_antecedent(seen, pronoun, distance, is_inside)
            if is_source and participant is self.speaker and not takes_turn:
                score += SPEAKER_BONUS
            if best is None or (score, at) > best[:2]:
                best = (score, at, participant)
        if best is None and is_source and self.speaker is not None:
            near = pronoun.sentence - self.speaker_sentence <= 2 * MAX_SENTENCES
            if near and agrees(pronoun, self.speaker):
                return self.speaker
        return best[2] if best else None

    def _has_new_subject(self, pronoun: Candidate) -> bool:
        """Whether the pronoun's own paragraph has begun with somebody else than the speaker.

        "Prime Minister Torvald sought to calm the public. “Most beds are covered,” she said."
        """
        return any(
            seen.paragraph == pronoun.paragraph
            and seen.is_subject
            and not seen.is_inside
            and seen.participant.is_named
            and seen.participant is not self.speaker
            and agrees(pronoun, seen.participant)
            for seen in self._seen
        )


# Tuned by reading PolNeAR's train part; see the module docstring for what they stand for.
SPEAKER_BONUS = 1.6
_SENTENCE_COST = 1.0
_SUBJECT_BONUS = 0.9
_POSSESSOR_COST = 0.5
_INSIDE_COST = 2.0
_GENDER_BONUS = 0.6
_NAMED_BONUS = 0.2


def _score_antecedent(seen: Seen, pronoun: Candidate, distance: int, is_inside: bool) -> float:
    score = -_SENTENCE_COST * distance
    score += _SUBJECT_BONUS if seen.is_subject else 0.0
    score -= _POSSESSOR_COST if seen.is_possessor else 0.0
    score -= _INSIDE_COST if seen.is_inside and not is_inside else 0.0
    if pronoun.gender and seen.participant.gender == pronoun.gender:
        score += _GENDER_BONUS
    score += _NAMED_BONUS if seen.participant.is_named else 0.0
    return score


def agrees(pronoun: Candidate, participant: Participant) -> bool:
    """Whether the pronoun can stand for the participant, by gender, number and kind."""
    if pronoun.head in MALE_PRONOUNS or pronoun.head in FEMALE_PRONOUNS:
        if participant.kind != "person" or participant.is_plural:
            return False
        return participant.gender in (None, pronoun.gender)
    if pronoun.head in NEUTER_PRONOUNS:
        return participant.kind != "person" and not participant.is_plural
    if pronoun.head in PLURAL_PRONOUNS:
        return participant.is_plural or participant.kind in ("group", "organisation")
    return False


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
        is_open = near is None and description.head not in _OWN_HEAD_NOUNS
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
