"""Brings the names of persons in one article together.

Full names come first, then those with a title, then bare surnames.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import JaroWinkler

from variorum.annotate.candidates import Candidate
from variorum.annotate.clusters import Cluster
from variorum.languages.names import (
    HONORIFICS,
    Name,
    is_same_given,
    parse_person,
)
from variorum.languages.roles import Role, fits_role, parse_role
from variorum.languages.tables import load_table

LEAST_SURNAME_LIKENESS = 0.85
"""Jaro-Winkler of folded surnames; lower lets "Manning" meet "Hannigan"."""


_KIN = frozenset(load_table("roles")["kin"])


def gather_persons(candidates: Sequence[Candidate], persons: Sequence[int]) -> list[Cluster]:
    """Return one cluster for each person; ``persons`` are indices of names of persons."""
    clusters: list[Cluster] = []
    by_surname: dict[str, list[Cluster]] = {}
    by_word: dict[str, list[Cluster]] = {}
    short: list[int] = []
    roles = {at: {parse_role(role) for role in candidates[at].roles} for at in persons}
    for at in persons:
        name = parse_person(candidates[at].text)
        if not name.is_full:
            short.append(at)
            continue
        known = by_surname.get(name.surname, [])
        home = next((one for one in known if _is_same_person(one, name, candidates[at])), None)
        if home is None:
            home = Cluster(kind="person")
            clusters.append(home)
            by_surname.setdefault(name.surname, []).append(home)
        for word in name.words:
            if home not in by_word.setdefault(word, []):
                by_word[word].append(home)
        home.add(at, candidates[at], name)
        home.roles |= roles[at]
    # "President Lee" and "Mr. Lee" first: they tell which Lee a bare "Lee" is.
    short.sort(key=lambda at: (not _is_titled(candidates[at]), at))
    for at in short:
        _place_short_name(at, candidates, roles[at], clusters, by_surname, by_word)
    return clusters


def _is_titled(candidate: Candidate) -> bool:
    return bool(candidate.roles) or bool(parse_person(candidate.text).titles)


def _is_same_person(cluster: Cluster, name: Name, candidate: Candidate) -> bool:
    if cluster.gender and candidate.gender and cluster.gender != candidate.gender:
        return False
    return all(_fits_given(known, name) for known in cluster.parsed)


def _fits_given(left: Name, right: Name) -> bool:
    if not left.given or not right.given:
        return True
    if is_same_given(left.given[0], right.given[0]):
        return True
    if JaroWinkler.similarity(left.given[0], right.given[0]) >= LEAST_SURNAME_LIKENESS:
        return True
    # "John F. Kelly" may be called "F. John" by nobody, but "J. Mark Lee" is "Mark Lee".
    return right.given[0] in left.given or left.given[0] in right.given


def _place_short_name(
    at: int,
    candidates: Sequence[Candidate],
    roles: set[Role],
    clusters: list[Cluster],
    by_surname: dict[str, list[Cluster]],
    by_word: dict[str, list[Cluster]],
) -> None:
    candidate = candidates[at]
    name = parse_person(candidate.text)
    word = name.surname
    found = [
        one
        for one in by_surname.get(word, [])
        if _fits_gender(one, candidate) and _fits_roles(one, roles)
    ]
    if not found and (not name.titles or name.titles[0] in HONORIFICS):
        barred = {id(one) for one in by_surname.get(word, [])}
        inner = [
            one
            for one in by_word.get(word, [])
            if _fits_gender(one, candidate) and id(one) not in barred
        ]
        found = inner if len(inner) == 1 else []
    home = _pick_surname_bearer(found)
    if home is None:
        home = Cluster(kind="person")
        clusters.append(home)
        by_surname.setdefault(word, []).append(home)
    home.add(at, candidate, name)
    home.roles |= roles


def _fits_roles(cluster: Cluster, roles: set[Role]) -> bool:
    """Whether office titles agree; a cluster that was told none may have any."""
    if not roles or not cluster.roles:
        return True
    return any(
        fits_role(one, other) or fits_role(other, one) for one in roles for other in cluster.roles
    )


def _fits_gender(cluster: Cluster, candidate: Candidate) -> bool:
    return not (cluster.gender and candidate.gender and cluster.gender != candidate.gender)


def _pick_surname_bearer(clusters: Sequence[Cluster]) -> Cluster | None:
    """Return whom a bare surname means: who holds an office, else who is named the most.

    Articles call their subject by the bare surname, and spouse and children by full names.
    """
    if not clusters:
        return None

    def rank(cluster: Cluster) -> tuple[bool, int, int]:
        holds_office = any(role.head not in _KIN for role in cluster.roles)
        return (not holds_office, -len(cluster.members), min(cluster.members))

    return min(clusters, key=rank)
