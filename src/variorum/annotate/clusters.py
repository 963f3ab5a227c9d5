"""Names of one participant while an article is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from variorum.annotate.candidates import Candidate
from variorum.languages.names import (
    Gender,
    Name,
)
from variorum.languages.roles import Role
from variorum.model.annotation import EntityKind


@dataclass(slots=True)
class Cluster:
    """The names of one participant while they are being gathered."""

    kind: EntityKind
    members: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    parsed: list[Name] = field(default_factory=list)
    roles: set[Role] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    gender: Gender | None = None

    def add(self, at: int, candidate: Candidate, name: Name) -> None:
        """Take a mention in."""
        self.members.append(at)
        if candidate.text not in self.names:
            self.parsed.append(name)
        self.names[candidate.text] += 1
        self.gender = self.gender or candidate.gender


def join_pairs(clusters: list[Cluster], pairs: Iterable[tuple[Cluster, Cluster]]) -> list[Cluster]:
    """Return the clusters, those of each pair made one; the left one keeps its place."""
    home = {id(cluster): cluster for cluster in clusters}
    for left, right in pairs:
        keep, drop = home[id(left)], home[id(right)]
        if keep is drop:
            continue
        _absorb(keep, drop)
        for key, value in home.items():
            if value is drop:
                home[key] = keep
    kept: dict[int, Cluster] = {id(cluster): cluster for cluster in home.values()}
    return [cluster for cluster in clusters if id(cluster) in kept]


def _absorb(keep: Cluster, drop: Cluster) -> None:
    keep.members = sorted(keep.members + drop.members)
    keep.names.update(drop.names)
    keep.parsed += drop.parsed
    keep.keys |= drop.keys
    keep.gender = keep.gender or drop.gender
    if keep.kind == "other" or (keep.kind == "organisation" and drop.kind == "group"):
        keep.kind = drop.kind
