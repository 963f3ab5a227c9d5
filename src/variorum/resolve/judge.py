"""What people judged of names, as constraints on the sets that participants are joined to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from variorum.model.judgement import Judgement, NamedOne, list_standing, normalise_name
from variorum.resolve.participants import Participant

Side = tuple[int, int]
"""A judgement's number, and 0 for its left name, 1 for its right."""

JUDGED = "a person judged them to be one"


class Judged:
    """Which participants people hold to be one, and which they hold to be two."""

    def __init__(
        self, participants: Sequence[Participant], judgements: Iterable[Judgement]
    ) -> None:
        standing = list_standing(judgements)
        bearers = _list_bearers(participants) if standing else {}
        self._together: list[list[int]] = []
        self._sides: dict[int, set[Side]] = defaultdict(set)
        for judgement in standing:
            left = _find(bearers, judgement.left, participants)
            right = _find(bearers, judgement.right, participants)
            if judgement.verdict == "same":
                self._together.append(sorted({*left, *right}))
                continue
            # Whom an article itself calls both names can't be told apart.
            for side, ones in enumerate((left - right, right - left)):
                for at in ones:
                    self._sides[at].add((judgement.number, side))

    def iter_same(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs to join, by index, before any other."""
        for ones in self._together:
            yield from ((ones[0], other) for other in ones[1:])

    def list_sides(self, at: int) -> frozenset[Side]:
        """Return on which sides of which judgements a participant stands."""
        return frozenset(self._sides.get(at, ()))


def are_apart(left: Iterable[Side], right: frozenset[Side] | set[Side]) -> bool:
    """Whether people hold two sets of participants to be two."""
    return any((number, 1 - side) in right for number, side in left)


def _list_bearers(participants: Sequence[Participant]) -> Mapping[str, list[int]]:
    bearers: dict[str, list[int]] = defaultdict(list)
    for at, participant in enumerate(participants):
        for name in {normalise_name(name.text) for name in participant.names}:
            bearers[name].append(at)
    return bearers


def _find(
    bearers: Mapping[str, list[int]], one: NamedOne, participants: Sequence[Participant]
) -> set[int]:
    return {
        at
        for at in bearers.get(normalise_name(one.name), ())
        if one.article is None or participants[at].key[0] == one.article
    }
