"""From whom an article says it has its text, or a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from variorum.annotate.analysis import Analysis
from variorum.languages.tables import load_table
from variorum.model.annotation import Credit, CreditKind
from variorum.model.span import Span

_TABLE = load_table("credits")
AGENCIES: dict[str, str] = _TABLE["agencies"]
ENDINGS = frozenset(_TABLE["outlets"]["endings"])

NAME = r"(?:[Tt]he\ )?[A-Z][\w.&’'-]*(?:\ (?:of\ |de\ )?[A-Z0-9][\w.&’'-]*){0,4}"

PATTERNS: tuple[tuple[CreditKind, re.Pattern[str]], ...] = (
    # KARSA (Meridian) - ...; ... a spokesman said. (Meridian)
    ("wire", re.compile(rf"\((?P<name>{NAME}(?:\s?/\s?{NAME})?)\)")),
    # Reporting by Meridian; with files from Meridian; Source: Meridian
    (
        "wire",
        re.compile(
            rf"(?:[Rr]eporting by|[Ww]ith (?:files|agencies|reporting) from|[Ss]ource:|—|–)\ +"
            rf"(?P<name>{NAME})\.?$"
        ),
    ),
    # the Courier reported on Friday; Radio Veloria reports that
    (
        "relay",
        re.compile(
            rf"(?P<name>{NAME}(?:\ (?:news\ )?(?:agency|website|newspaper|channel))?)\ "
            r"(?:has\ |also\ )?(?:reported|reports|wrote|writes)\b"
        ),
    ),
    ("relay", re.compile(rf"(?:[Aa]ccording\ to|[Cc]iting|[Qq]uoted\ by|cited\ by)\ (?P<name>{NAME})")),
    # told the Courier; in an interview with Radio Veloria
    (
        "interview",
        re.compile(
            rf"(?:\btold|\binterview\ (?:with|to|by)|\bspeaking\ to|\bstatement\ to)\ "
            rf"(?:reporters\ from\ |TV\ channel\ )?(?P<name>{NAME})"
        ),
    ),
)  # fmt: skip


def find_credits(analysis: Analysis) -> tuple[Credit, ...]:
    """Return the credits of an article, in text order, none overlapping."""
    found: list[Credit] = []
    for paragraph in analysis.paragraphs:
        words = paragraph.span.of(analysis.article.text)
        for credit in _iter_credits(words, paragraph.span.start):
            if paragraph.kind == "caption":
                credit = Credit(span=credit.span, outlet=credit.outlet, kind="caption")
            found.append(credit)
    return tuple(_without_overlaps(sorted(found, key=lambda c: (c.span, c.kind))))


def find_outlet(name: str) -> str | None:
    """Return an outlet's usual name; None if nothing says that ``name`` is one."""
    folded = " ".join(name.split()).removesuffix("'s").removesuffix("’s")
    known = _agencies().get(folded.casefold().removeprefix("the "))
    if known is not None:
        return known
    last = folded.split()[-1].casefold()
    return folded if last in ENDINGS and len(folded.split()) > 1 else None


@cache
def _agencies() -> dict[str, str]:
    return {name.casefold().removeprefix("the "): usual for name, usual in AGENCIES.items()}


def _iter_credits(words: str, offset: int) -> Iterator[Credit]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(words):
            outlet = _find_any(match["name"])
            if outlet is None and kind == "wire" and match.end() == len(words):
                # An unknown name in brackets that ends a paragraph signs it.
                outlet = match["name"] if match[0].startswith("(") else None
            if outlet is not None:
                span = Span(offset + match.start(), offset + match.end())
                yield Credit(span=span, outlet=outlet, kind=kind)


def _find_any(name: str) -> str | None:
    """Return the outlet that a name is, or that its first words are."""
    for part in re.split(r"\s?/\s?", name):
        words = part.split()
        for n in range(len(words), 0, -1):
            outlet = find_outlet(" ".join(words[:n]))
            if outlet is not None:
                return outlet
    return None


def _without_overlaps(credits_: list[Credit]) -> Iterator[Credit]:
    end = -1
    for credit in credits_:
        if credit.span.start >= end:
            yield credit
            end = credit.span.end
