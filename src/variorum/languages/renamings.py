"""Finds where a text states that somebody goes by another name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.model.span import Span

MAX_GAP_CHARS = 90
"""Between a name and the words of renaming: "X, which last month changed its name to"."""

_TO_NEW = re.compile(
    r"""
    \b (?: chang(?:ed|es|ing) \s (?:its|their|his|her) \s name (?:\s from \s [^,.;]{1,60}?)? \s to
         | renam(?:ed|es|ing) \s (?:itself|themselves|himself|herself) (?:\s (?:as|to))?
         | (?:was|were|been|is|are) \s (?:since \s)? renamed (?:\s (?:as|to))?
         | rebrand(?:ed|s|ing) \s (?:itself|themselves) (?:\s (?:as|to))?
         | rebranded \s as
         | (?:is|are|was)? \s? now \s (?:known \s as|called|calls \s itself|calling \s itself)
         | adopted \s the \s (?:new \s)? name (?:\s of)?
         | took \s the \s name (?:\s of)?
         | (?:has|have|had) \s (?:since \s)? (?:changed \s its \s name \s to|renamed \s itself)
    ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TO_OLD = re.compile(
    r"""
    \b (?: (?:formerly|previously|once|originally|earlier) \s
             (?:known \s as|called|named|operating \s as)
         | (?:formerly|previously) (?=\s (?:the \s)? ["“‘]? [A-Z])
         | (?:which|who) \s (?:was|were|had \s been) \s (?:formerly|previously|once|until \s \w+)
             \s (?:known \s as|called|named)
    ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRenaming:
    """Two names that a text says are one's, old and new, and the passage that says so."""

    old: Span
    new: Span
    span: Span


def find_renamings(text: str, names: Sequence[Span]) -> tuple[StatedRenaming, ...]:
    """Return the renamings stated between ``names``, which are in text order."""
    starts = [name.start for name in names]
    found: list[StatedRenaming] = []
    for pattern, is_new in ((_TO_NEW, True), (_TO_OLD, False)):
        for match in pattern.finditer(text):
            at = bisect_left(starts, match.end())
            after = names[at] if at < len(names) else None
            before = names[bisect_left(starts, match.start()) - 1] if starts else None
            if after is None or before is None or before.start >= match.start():
                continue
            if not _is_near(text, before, match, after):
                continue
            old, new = (before, after) if is_new else (after, before)
            found.append(StatedRenaming(old=old, new=new, span=Span(before.start, after.end)))
    return tuple(sorted(found, key=lambda renaming: (renaming.span, renaming.old)))


def _is_near(text: str, before: Span, match: re.Match[str], after: Span) -> bool:
    left = text[before.end : match.start()]
    right = text[match.end() : after.start]
    # "changed its name to the X": nothing but an article and a quotation mark between.
    return (
        len(left) <= MAX_GAP_CHARS
        and not re.search(r"[.!?\n]\s", left)
        and re.fullmatch(r"[\s\"“‘']*(?:the|a|an)?[\s\"“‘']*", right, re.IGNORECASE) is not None
    )
