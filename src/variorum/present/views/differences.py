"""Where readings of a statement part: what is said of it, and which words are marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.model.story import Difference, Statement
from variorum.present.pieces import Mark
from variorum.present.views.links import StoryIndex

MEANING = frozenset({"negation", "hedge", "condition", "scope", "number", "name", "speaker"})
"""Kinds of difference that change what is said; the others change how."""

DOUBTFUL_FACTOR = 0.5
"""What may be the translators' doing comes after what can't be, however grave it looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """A difference from one reading, which several others may share.

    Attributes:
        refs: Ids of the differences, the ``refs`` of the words they mark, space-separated.
        likewise: Other outlets of which the same can be said.
        may_be_translation: Whether it may be the translators' doing.
    """

    refs: str
    kind: str
    says: str
    likewise: tuple[str, ...]
    changes_meaning: bool
    may_be_translation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbered:
    """A difference with its id in the page."""

    ref: str
    difference: Difference

    @property
    def is_doubtful(self) -> bool:
        return self.difference.caveat is not None

    @property
    def weight(self) -> float:
        return self.difference.weight * (DOUBTFUL_FACTOR if self.is_doubtful else 1)

    @property
    def changes_meaning(self) -> bool:
        return self.difference.kind in MEANING


def make_differences(
    statement: Statement, told: StoryIndex
) -> tuple[tuple[DifferenceView, ...], dict[int, list[Mark]]]:
    """Return the differences, gravest first, and by reading the words they mark."""
    ranked = sorted(
        (
            _Numbered(ref=f"{statement.id}.{number}", difference=difference)
            for number, difference in enumerate(statement.differences)
        ),
        key=lambda n: (-n.weight, n.difference.left, n.difference.right, n.ref),
    )
    groups: dict[object, list[_Numbered]] = defaultdict(list)
    for numbered in ranked:
        groups[_likeness(numbered, statement, told)].append(numbered)
    views = tuple(_make_view(group, statement, told) for group in groups.values())
    return views, _make_marks(ranked)


def _likeness(numbered: _Numbered, statement: Statement, told: StoryIndex) -> object:
    """Return what two differences must have in common to be told as one."""
    difference = numbered.difference
    article = told.index.articles[statement.readings[difference.right].article]
    words = tuple(span.of(article.text).casefold() for span in difference.right_spans)
    if difference.kind in {"cue", "verbatim"}:
        return numbered.ref
    return (difference.kind, difference.left, difference.left_spans, words, numbered.is_doubtful)


def _make_view(
    group: Sequence[_Numbered], statement: Statement, told: StoryIndex
) -> DifferenceView:
    first = group[0]
    outlets = dict.fromkeys(
        told.outlet_of(statement.readings[numbered.difference.right].article) for numbered in group
    )
    return DifferenceView(
        refs=" ".join(numbered.ref for numbered in group),
        kind=first.difference.kind,
        says=first.difference.says,
        likewise=tuple(outlets)[1:],
        changes_meaning=first.changes_meaning,
        may_be_translation=first.is_doubtful,
    )


def _make_marks(ranked: Iterable[_Numbered]) -> dict[int, list[Mark]]:
    marks: dict[int, list[Mark]] = defaultdict(list)
    for numbered in ranked:
        difference = numbered.difference
        if difference.kind == "verbatim":
            continue  # It is about the whole reading; marking all of it would mark nothing.
        for side, spans, others in (
            (difference.left, difference.left_spans, difference.right_spans),
            (difference.right, difference.right_spans, difference.left_spans),
        ):
            css = "meaning" if numbered.changes_meaning else "worded" if others else "only"
            css = f"maybe-{css}" if numbered.is_doubtful else css
            marks[side] += [Mark(span=s, css=css, ref=numbered.ref) for s in spans if len(s)]
    return marks
