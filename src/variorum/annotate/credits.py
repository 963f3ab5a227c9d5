"""From whom an article says it has its text, or a part of it.

Agencies and large outlets are in a table; other names count where the article itself calls them an
outlet ("the daily X", "X news agency") or where they are made as outlets' names are ("X Times",
"Radio X").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from variorum.annotate.analysis import Analysis
from variorum.annotate.language import MAX_ARTICLE_CHARS
from variorum.languages.names import PEOPLES, PLACES
from variorum.languages.outlets import fold_outlet
from variorum.languages.tables import load_table
from variorum.model.annotation import Credit, CreditKind, Quotation, Via
from variorum.model.article import SegmentKind
from variorum.model.span import Span

_TABLE = load_table("credits")
AGENCIES: dict[str, str] = _TABLE["agencies"]
ENDINGS = frozenset(_TABLE["outlets"]["endings"])
BEGINNINGS = frozenset(_TABLE["outlets"]["beginnings"])

# Bounded, and begun where a word begins: else the time grows with the square of an endless word.
_NAME_WORD = r"[\w&’'-]{0,60}(?:\.[\w&’'-]{1,60}){0,6}"
NAME = rf"(?<![\w.])(?:[Tt]he\ )?[A-Z]{_NAME_WORD}(?:\ (?:of\ |de\ )?[A-Z0-9]{_NAME_WORD}){{0,4}}"
KIND = "|".join(re.escape(kind) for kind in _TABLE["outlets"]["kinds"])
MAX_SIGNATURE_CHARS = 40

MAX_HEARER_CHARS = 60
"""Between a cue and the outlet: "Lane said on Friday in an interview with the Post"."""

_CALLED_NAME = r"(?<!\w)[A-Z][\w’'-]{0,60}(?:\ [A-Z][\w’'-]{0,60}){0,3}"
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
    text = article.text[:MAX_ARTICLE_CHARS]
    known = _find_called(text) | _agencies()
    found: list[Credit] = []
    for segment in article.segments:
        words = segment.span.of(text)
        found += _iter_credits(words, segment.span.start, segment.kind, known)
    return tuple(_without_overlaps(sorted(found, key=lambda c: (c.span, c.kind))))


def add_hearers(
    analysis: Analysis, quotations: Sequence[Quotation], credits_: Sequence[Credit]
) -> tuple[Quotation, ...]:
    """Return the quotations, those told to another outlet with it as the last through whom.

    "..., Lane told the Valley Post" reached the article by way of the Valley Post.
    """
    own = frozenset(fold_outlet(analysis.article.outlet).split())
    heard = [
        credit
        for credit in credits_
        # "told the Evening Post" in the Brackwater Evening Post is its own reporting.
        if credit.kind == "interview" and not own >= set(fold_outlet(credit.outlet).split())
    ]
    if not heard:
        return tuple(quotations)
    sentences = [sentence.span for _, sentence in analysis.iter_sentences()]
    return tuple(_add_hearer(quotation, heard, sentences) for quotation in quotations)


def _add_hearer(
    quotation: Quotation, heard: Sequence[Credit], sentences: Sequence[Span]
) -> Quotation:
    cue = quotation.cue
    if cue is None:
        return quotation
    place = bisect_right(sentences, cue.start, key=lambda span: span.start) - 1
    is_within = place >= 0 and sentences[place].contains(cue)
    sentence = sentences[place] if is_within else cue
    first = bisect_left(heard, cue.start, key=lambda credit: credit.span.end)
    for credit in heard[first:]:
        if credit.span.start > cue.end + MAX_HEARER_CHARS:
            break
        is_told = credit.span.overlaps(cue) or (
            sentence.contains(credit.span)
            and 0 <= credit.span.start - cue.end <= MAX_HEARER_CHARS
            and not any(run.span.overlaps(credit.span) for run in quotation.content)
        )
        if is_told:
            return replace(
                quotation, via=(*quotation.via, Via(span=credit.span, name=credit.outlet))
            )
    return quotation


def find_outlet(name: str, known: Mapping[str, str] | None = None) -> str | None:
    """Return an outlet's usual name; None if nothing says that ``name`` is one."""
    folded = " ".join(name.split()).rstrip(".,").removesuffix("'s").removesuffix("’s")
    usual = (known or _agencies()).get(fold_outlet(folded))
    if usual is not None:
        return usual
    words = folded.removeprefix("The ").removeprefix("the ").split()
    is_outlet = len(words) > 1 and (
        words[-1].casefold() in ENDINGS or words[0].casefold() in BEGINNINGS
    )
    return " ".join(words) if is_outlet else None


@cache
def _agencies() -> dict[str, str]:
    return {fold_outlet(name): usual for name, usual in AGENCIES.items()}


def _find_called(text: str) -> dict[str, str]:
    """Return the names that the article calls an outlet: "the newspaper Harlau Dagblad"."""
    called = {}
    for match in CALLED.finditer(text):
        name = (match["after"] or match["before"]).removeprefix("The ")
        low = name.casefold()
        # "the UK newspaper" says where it is, not what it is called.
        if low not in ENDINGS and low not in PEOPLES and low not in PLACES:
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
            # Unknown names in brackets that end a paragraph, or stand in the dateline, sign it.
            is_last = segment == "dateline" or match.end() == len(words)
            signs = match[0].startswith("(") and is_last
            for name, place in _iter_parts(match):
                outlet, n_over = _find_first(name, known)
                if outlet is None and signs:
                    outlet, n_over = name, 0
                if outlet is not None:
                    # What follows the outlet's name is no part of the credit, unless the
                    # pattern goes on behind the name: "(Meridian)", "Meridian reported".
                    cut = n_over if match.end() == match.end("name") else 0
                    yield Credit(
                        span=Span(place.start, place.end - cut).moved(offset),
                        outlet=outlet,
                        kind="caption" if segment == "caption" else kind,
                    )


def _iter_parts(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    """Yield the names of a credit, each with where it stands; one has the whole credit's place."""
    names = re.split(r"\s?/\s?|,\s", match["name"])
    if len(names) == 1:
        yield names[0], Span(match.start(), match.end())
        return
    for name in names:
        start = match.string.index(name, match.start("name"))
        yield name, Span(start, start + len(name))


def _find_first(name: str, known: Mapping[str, str]) -> tuple[str | None, int]:
    """Return the outlet that a name, or its first words, is; and how much of it stands over."""
    words = name.split(" ")
    for n in range(len(words), 0, -1):
        first = " ".join(words[:n])
        outlet = find_outlet(first, known)
        if outlet is not None:
            return outlet, len(name) - len(first)
    return None, 0


def _without_overlaps(credits_: list[Credit]) -> Iterator[Credit]:
    end = -1
    for credit in credits_:
        if credit.span.start >= end:
            yield credit
            end = credit.span.end
