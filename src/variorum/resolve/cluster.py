"""Joins participants by their scores, never against a constraint, the same in any order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from variorum.languages.names import Gender, Name
from variorum.resolve.compare import clash_given, clash_places, compare_persons
from variorum.resolve.judge import JUDGED, Judged, Side, are_apart
from variorum.resolve.participants import Participant

MAX_COMPARED = 8
"""Full names of each side that are compared; one person has no more spellings that differ."""


class Edge(NamedTuple):
    """Two participants, by index, the left one first; sorts strongest first."""

    cost: float
    left: int
    right: int
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Set:
    members: list[int]
    articles: set[str]
    given: set[str]
    genders: set[Gender]
    cores: set[tuple[str, ...]]
    full: list[Name]
    is_person: bool
    sides: set[Side]


@dataclass(slots=True)
class Joined:
    """The outcome: members of each set, and through which edge each joined its set."""

    sets: list[list[int]]
    edges: dict[int, Edge] = field(default_factory=dict)


def join(participants: Sequence[Participant], edges: Iterable[Edge], judged: Judged) -> Joined:
    """Join what people judged to be one, then the strongest pairs, as far as constraints allow."""
    home = {at: _make_set(at, one, judged) for at, one in enumerate(participants)}
    why: dict[int, Edge] = {}
    told = [Edge(-1.0, left, right, (JUDGED,)) for left, right in judged.iter_same()]
    n_told = len(told)
    for number, edge in enumerate([*told, *sorted(edges)]):
        left, right = home[edge.left], home[edge.right]
        if left is right or are_apart(left.sides, right.sides):
            continue
        if number >= n_told and not _may_join(left, right):
            continue
        keep, drop = (left, right) if len(left.members) >= len(right.members) else (right, left)
        keep.members += drop.members
        keep.articles |= drop.articles
        keep.given |= drop.given
        keep.genders |= drop.genders
        keep.cores |= drop.cores
        keep.sides |= drop.sides
        known = {name.words for name in keep.full}
        keep.full += [name for name in drop.full if name.words not in known]
        keep.is_person = keep.is_person or drop.is_person
        for member in drop.members:
            home[member] = keep
        why.setdefault(edge.left, edge)
        why.setdefault(edge.right, edge)
    distinct = {id(one): one for one in home.values()}
    sets = sorted(sorted(one.members) for one in distinct.values())
    return Joined(sets=sets, edges=why)


def _make_set(at: int, participant: Participant, judged: Judged) -> _Set:
    is_person = participant.kind == "person"
    return _Set(
        members=[at],
        articles={participant.key[0]},
        given={name.given[0] for name in participant.names if name.given},
        genders={participant.gender} if participant.gender else set(),
        cores={name.core for name in participant.names},
        full=[name for name in participant.names if is_person and name.is_full],
        is_person=is_person,
        sides=set(judged.list_sides(at)),
    )


def _may_join(left: _Set, right: _Set) -> bool:
    is_person = left.is_person or right.is_person
    # What the article kept apart stays apart, unless the very same name was.
    if left.articles & right.articles and (is_person or not left.cores & right.cores):
        return False
    if len(left.genders | right.genders) > 1:
        return False
    if not is_person:
        return not clash_places(left.cores, right.cores)
    if clash_given(sorted(left.given), sorted(right.given)):
        return False
    # Through a bare surname or given name two full names may meet that are not one.
    return all(
        compare_persons(one.text, other.text).value > 0
        for one in left.full[:MAX_COMPARED]
        for other in right.full[:MAX_COMPARED]
    )
