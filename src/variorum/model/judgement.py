"""What people say of names: two are one, or are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "different"]


@dataclass(frozen=True, slots=True, order=True)
class NamedOne:
    """Whoever is called so.

    Attributes:
        name: As an article spells it; letters' case does not matter.
        article: Id of the article that calls them so; None for all articles.
    """

    name: str
    article: str | None = None

    def __str__(self) -> str:
        return self.name if self.article is None else f"{self.name}@{self.article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's word on two names; it wins over the machine's.

    Attributes:
        number: By which it can be undone; the first is 1.
        made: When, in ISO 8601: ``"2031-05-04T12:00:00+00:00"``.
        undone: When it was taken back; None if it stands.
    """

    number: int
    verdict: Verdict
    left: NamedOne
    right: NamedOne
    made: str
    undone: str | None = None


def normalise_name(name: str) -> str:
    """Return a name as judgements compare it: white space and case do not matter."""
    return " ".join(name.casefold().split())


def list_standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that were not undone, by number."""
    standing = [judgement for judgement in judgements if judgement.undone is None]
    return sorted(standing, key=lambda judgement: judgement.number)


def find_contradicted(
    judgements: Iterable[Judgement], verdict: Verdict, left: NamedOne, right: NamedOne
) -> Judgement | None:
    """Return a standing judgement that can't hold beside a new one; None if all can.

    What is the same as the same is the same: of three, two can't be different then.
    """
    standing = list_standing(judgements)
    if verdict == "different":
        together = _gather(standing)
        if _find(together, left) != _find(together, right):
            return None
        touching = [one for one in standing if one.verdict == "same"]
        home = _find(together, left)
        return next((one for one in reversed(touching) if _find(together, one.left) == home), None)
    together = _gather(standing, (left, right))
    for one in standing:
        is_split = one.verdict == "different" and _key(one.left) != _key(one.right)
        if is_split and _find(together, one.left) == _find(together, one.right):
            return one
    return None


Key = tuple[str, str | None]


def _key(one: NamedOne) -> Key:
    return normalise_name(one.name), one.article


def _gather(
    judgements: Iterable[Judgement], more: tuple[NamedOne, NamedOne] | None = None
) -> dict[Key, Key]:
    parents: dict[Key, Key] = {}
    pairs = [(one.left, one.right) for one in judgements if one.verdict == "same"]
    for left, right in [*pairs, *([more] if more else [])]:
        parents[_find(parents, left)] = _find(parents, right)
    return parents


def _find(parents: dict[Key, Key], one: NamedOne) -> Key:
    key = _key(one)
    while parents.get(key, key) != key:
        key = parents[key]
    return key
