"""Makes participants of the names gathered, and chains of participants."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.annotate.antecedents import Participant
from variorum.annotate.candidates import Candidate
from variorum.annotate.clusters import Cluster
from variorum.annotate.names_local import gender_of_cluster
from variorum.languages.folding import fold_word
from variorum.languages.names import (
    HONORIFICS,
    expand_place,
    is_half,
    parse_organisation,
    parse_person,
    strip_polite,
)
from variorum.model.annotation import Chain


def role_of(candidate: Candidate) -> str:
    """Return a description as a role: lower case, no article."""
    return candidate.text.lower().removeprefix("the ").replace("’", "'")


def make_participant(cluster: Cluster, candidates: Sequence[Candidate]) -> Participant:
    """Return the participant that a cluster of names is, with the roles told beside them."""
    participant = Participant(
        kind=cluster.kind,
        members=list(cluster.members),
        name=_pick_name(cluster),
        is_named=True,
        is_plural=_is_plural(cluster, candidates),
        gender=gender_of_cluster(cluster),
        keys=set(_iter_keys(cluster)),
    )
    for at in cluster.members:
        participant.roles.update(role for role in candidates[at].roles if role)
    return participant


def _is_plural(cluster: Cluster, candidates: Sequence[Candidate]) -> bool:
    if cluster.kind == "other":
        # "Farmers" at a sentence's start.
        return all(candidates[at].is_plural for at in cluster.members)
    return cluster.kind == "group" and _is_people(cluster)


def _is_people(cluster: Cluster) -> bool:
    return all(name.lower().endswith(("s", "ish", "ese")) for name in cluster.names)


def _pick_name(cluster: Cluster) -> str:
    """Return the fullest name that is used, the most frequent of equally full ones."""

    def rank(text: str) -> tuple[bool, bool, int, int, str]:
        words = [word for word in text.split() if word.lower().rstrip(".") not in HONORIFICS]
        is_loud = text.isupper() and (len(text) > 6 or cluster.kind != "person")
        fullness = min(len(words), 4) if cluster.kind == "person" else 0
        return (is_half(text), is_loud, -fullness, -cluster.names[text], text)

    best = " ".join(min(cluster.names, key=rank).split())
    return strip_polite(best)


def _iter_keys(cluster: Cluster) -> Sequence[str]:
    if cluster.kind == "person":
        return [parse_person(text).surname for text in cluster.names]
    return [_make_key(text) for text in cluster.names]


def _make_key(text: str) -> str:
    place = expand_place(text)
    return fold_word(place) if place else " ".join(parse_organisation(text).core)


def make_chain(chain_id: str, participant: Participant) -> Chain:
    """Return the chain of a participant."""
    return Chain(
        id=chain_id,
        kind=participant.kind,
        name=participant.name,
        is_named=participant.is_named,
        keys=tuple(sorted(key for key in participant.keys if key)),
        roles=tuple(sorted(participant.roles | participant.called)),
    )
