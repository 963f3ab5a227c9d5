"""From whom an article says it has its text, or a part of it.

Agencies and large outlets are in a table; other names count where the article itself calls them an
outlet ("the daily X", "X news agency") or where they end as outlets' names do ("X Times").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from variorum.annotate.analysis import Analysis
from variorum.languages.outlets import fold_outlet
from variorum.languages.tables import load_table
from variorum.model.annotation import Credit, CreditKind
from variorum.model.article import SegmentKind
from variorum.model.span import Span

_TABLE = load_table("credits")
AGENCIES: dict[str, str] = _TABLE["agencies"]
ENDINGS = frozenset(_TABLE["outlets"]["endings"])

NAME = r"(?:[Tt]he\ )?[A-Z][\w.&’'-]*(?:\ (?:of\ |de\ )?[A-Z0-9][\w.&’'-]*){0,4}"
KIND = "|".join(re.escape(kind) for kind in _TABLE["outlets"]["kinds"])
MAX_SIGNATURE_CHARS = 40

_CALLED_NAME = r"[A-Z][\w’'-]*(?:\ [A-Z][\w’'-]*){0,3}"
CALLED = re.compile(
    # the newspaper X Y; the X Y news agency
    rf"\b(?i:{KIND})\ (?P<after>{_CALLED_NAME})|(?P<before>(?!The\b){_CALLED_NAME})\ (?i:{KIND})\b"
)

PATTERNS: tuple[tuple[CreditKind, re.Pattern[str]], ...] = (
    # KARSA (Meridian) - ...; ... a spokesman said. (Meridian)
    ("wire", re.compile(rf"\((?P<name>{NAME}(?:(?:\s?/\s?|,\ ){NAME})?)\)")),
    # Reporting by Meridian; with files from Meridian; Source: Meridian
    (
        "wire",
        re.compile(
            rf"(?:[Rr]eporting by|[Ww]ith (?:files|agencies|reporting) from|[Ss]ource:|—|–)\ +"
            rf"(?P<name>{NAME})\.?$"
        ),
    ),
    # Copyright 2031 The Meridian News
    ("wire", re.compile(rf"(?:[Cc]opyright|©)\ (?:\(c\)\ )?(?:\d{{4}}\ )?(?P<name>{NAME})")),
    # Meridian writers in Drevna; Meridian contributed to this report
    ("wire", re.compile(rf"(?P<name>{NAME})\ (?:writers?\b|contributed\ to\ this)")),
    # Photo: Ada Brandt/Meridian; (Harbour office via Meridian)
    (
        "caption",
        re.compile(
            rf"(?:\S\s?/\s?|\bvia\ |\b[Pp]hoto(?:\ by|:)\ )(?P<name>{NAME})(?=$|[).,\]])"
        ),
    ),
    # the Courier reported on Friday; Radio Veloria reports that
    (
        "relay",
        re.compile(
            rf"(?P<name>{NAME}(?:\ (?:{KIND}|website))?)\ "
            r"(?:has\ |also\ |first\ )?(?:reported|reports|wrote|writes|published)\b"
        ),
    ),
    ("relay", re.compile(rf"\breported\ (?:by\ )?(?P<name>{NAME})")),
    (
        "relay",
        re.compile(
            rf"(?:[Aa]ccording\ to|[Cc]iting|[Qq]uoted\ by|cited\ by)\ (?:the\ )?"
            rf"(?:(?:{KIND})\ )?(?P<name>{NAME})"
        ),
    ),
    # told the Courier; in an interview with Radio Veloria
    (
        "interview",
        re.compile(
            r"(?:\btold|\binterview\ (?:with|to|by)|\b(?:speaking|statement|[Ee]mailed)\ to)\ "
            rf"(?:reporters\ from\ |(?:the\ )?(?:{KIND})\ )?(?P<name>{NAME})"
        ),
    ),
)  # fmt: skip


def find_credits(analysis: Analysis) -> tuple[Credit, ...]:
    """Return the credits of an article, in text order, none overlapping.

    Copyright lines and signatures stand in what is no body text, so all segments are searched.
    """
    article = analysis.article
    known = dict(_agencies()) | _find_called(article.text)
    found: list[Credit] = []
    for segment in article.segments:
        words = segment.span.of(article.text)
        found += _iter_credits(words, segment.span.start, segment.kind, known)
    return tuple(_without_overlaps(sorted(found, key=lambda c: (c.span, c.kind))))


def find_outlet(name: str, known: Mapping[str, str] | None = None) -> str | None:
    """Return an outlet's usual name; None if nothing says that ``name`` is one."""
    folded = " ".join(name.split()).rstrip(".,").removesuffix("'s").removesuffix("’s")
    usual = (known or _agencies()).get(fold_outlet(folded))
    if usual is not None:
        return usual
    words = folded.removeprefix("The ").removeprefix("the ").split()
    return " ".join(words) if len(words) > 1 and words[-1].casefold() in ENDINGS else None


@cache
def _agencies() -> dict[str, str]:
    return {fold_outlet(name): usual for name, usual in AGENCIES.items()}


def _find_called(text: str) -> dict[str, str]:
    """Return the names that the article calls an outlet: "the newspaper Harlau Dagblad"."""
    called = {}
    for match in CALLED.finditer(text):
        name = (match["after"] or match["before"]).removeprefix("The ")
        if name and not name.isupper() and name.casefold() not in ENDINGS:
            called[fold_outlet(name)] = name
    return called


def _iter_credits(
    words: str, offset: int, segment: SegmentKind, known: Mapping[str, str]
) -> Iterator[Credit]:
    if len(words) <= MAX_SIGNATURE_CHARS and (usual := known.get(fold_outlet(words))):
        # A line that is an agency's name signs what stands above it.
        yield Credit(
            span=Span(offset, offset + len(words)),
            outlet=usual,
            kind="caption" if segment == "caption" else "wire",
        )
        return
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(words):
            # Unknown names in brackets that end a paragraph sign it.
            signs = match[0].startswith("(") and match.end() == len(words)
            parts = list(_iter_parts(match))
            for name, start, end in parts:
                outlet = _find_first(name, known) or (name if signs else None)
                if outlet is not None:
                    yield Credit(
                        span=Span(offset + start, offset + end),
                        outlet=outlet,
                        kind="caption" if segment == "caption" else kind,
                    )


def _iter_parts(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the names of a credit, each with where it stands; one has the whole credit's place."""
    names = re.split(r"\s?/\s?|,\s", match["name"])
    if len(names) == 1:
        yield names[0], match.start(), match.end()
        return
    for name in names:
        start = match.string.index(name, match.start("name"))
        yield name, start, start + len(name)


def _find_first(name: str, known: Mapping[str, str]) -> str | None:
    """Return the outlet that a name is, or that its first words are."""
    words = name.split()
    found = (find_outlet(" ".join(words[:n]), known) for n in range(len(words), 0, -1))
    return next((outlet for outlet in found if outlet is not None), None)


def _without_overlaps(credits_: list[Credit]) -> Iterator[Credit]:
    end = -1
    for credit in credits_:
        if credit.span.start >= end:
            yield credit
            end = credit.span.end
