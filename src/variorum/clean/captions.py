"""How much a line looks like the caption or the credit of a picture."""

from __future__ import annotations

import re

from variorum.clean.clutter import REPORTING, Evidence
from variorum.clean.lines import Line
from variorum.languages.tables import load_table

_TABLE = load_table("captions")
AGENCIES = frozenset(_TABLE["agencies"])
WEIGHTS: dict[str, float] = _TABLE["weights"]
THRESHOLD: float = _TABLE["threshold"]
PRESENT = frozenset(_TABLE["present"]["words"])
PATTERNS = {
    name: re.compile(pattern, re.VERBOSE) for name, pattern in sorted(_TABLE["patterns"].items())
}
TRIGGERS = {name: frozenset(words) for name, words in _TABLE["triggers"].items()}
REASONS = {
    "photo_start": "says that it is of a picture",
    "photo_word": "says that it is of a picture",
    "picture_phrase": "tells what is seen",
    "position": "says who stands where",
}

CREDIT_AT_END = re.compile(
    r"""
    (?: \( (?P<bracketed> [^()]{2,60} ) \)      # (AFP), (Jane Roe/Reuters)
      | \[ (?P<squared> [^\[\]]{2,60} ) \]      # [Jane Roe/Reuters]
      | (?: \s - \s | \s — \s | \s – \s | [.]\s | / ) (?P<bare> [\w /&'.-]{2,50} )   # ... — Reuters
    ) [\s.]* $
    """,
    re.VERBOSE,
)
NAME = r"[A-Z][\w.'-]* (?: [ ] [A-Z][\w.'-]* ){0,3}"
CREDIT_LINE = re.compile(
    rf"""
    (?: {NAME} (?: (?: [ ]? , [ ] | [ ] and [ ] ) {NAME} ){{0,2}} )?          # Jane Roe and Al Poe
    [ ]? (?: / | , | \| | for [ ] | via [ ] | \( | [-–—] ) [ ]?
    (?P<agency> [\w /&'.-]{{2,40}} ) \)? [.]?
    """,
    re.VERBOSE,
)
AGENCY_START = re.compile(
    r"(?:EPA|AFP|AP|Reuters|REUTERS|Getty(?: Images)?|GETTY|PA|Rex) [A-Z]\w+ \w"
)
AGENCY_SPLIT = re.compile(r"\s*(?:/|,|\||&| via | and | for | by |:|-)\s*")
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATED_END = re.compile(
    rf"""
    \b (?: (?: {MONTHS} ) \w{{0,6}} \.? \s \d{{1,2}} (?: st|nd|rd|th )? , \s \d{{4}}
         | \d{{1,2}} (?: st|nd|rd|th )? \s (?: {MONTHS} ) \w{{0,6}} ,? \s \d{{4}} )
    [\s.,;]* (?: [(\[—–-] .{{0,80}} | \S{{2,40}} \s? / .{{0,60}} | © .{{0,60}} )? $
    """,
    re.VERBOSE,
)
HEAD_WORDS = 16
TAIL_CHARS = 160
CREDIT_CHARS = 80
CREDIT_MARKS = frozenset(")]/—–-.")
LONG_WORDS = 70
MAX_CREDIT_WORDS = 9
MAX_CREDIT_CHARS = 90


def score_caption(line: Line) -> Evidence:
    """Weigh what speaks for a caption; it is one from :data:`THRESHOLD` on."""
    found = [(WEIGHTS[name], reason) for name, reason in _find(line)]
    if not found:
        return Evidence(0.0, "")
    value = sum(weight for weight, _ in found) + sum(WEIGHTS[name] for name in _find_against(line))
    return Evidence(value, max(found)[1])


def is_agency(name: str) -> bool:
    """Return whether ``name`` is that of a picture desk: ``"AFP"``, ``"Pool/AFP"``."""
    parts = [part.strip(" .()").casefold() for part in AGENCY_SPLIT.split(name)]
    return any(part in AGENCIES for part in parts) and not name.islower()


def _find(line: Line) -> list[tuple[str, str]]:
    found = []
    if _is_credit_line(line):
        found.append(("credit_line", "credits a picture"))
    elif _has_credit_at_end(line):
        found.append(("credit_at_end", "ends with the credit of a picture"))
    words = frozenset(line.words)
    found.extend(
        (name, reason)
        for name, reason in REASONS.items()
        if not TRIGGERS[name].isdisjoint(words) and PATTERNS[name].search(line.folded)
    )
    if AGENCY_START.match(line.text) and not line.is_sentence:
        found.append(("agency_start", "begins with the credit of a picture"))
    if "©" in line.text and PATTERNS["copyright_name"].search(line.folded):
        found.append(("copyright_name", "credits a picture"))
    if _is_dated_end(line.folded[-TAIL_CHARS:]):
        found.append(("dated_end", "ends with the day of a picture"))
    if not PRESENT.isdisjoint(line.words[:HEAD_WORDS]):
        found.append(("present_scene", "shows a scene in the present tense"))
    return found


def _find_against(line: Line) -> list[str]:
    tests = {
        "fragment": not line.is_sentence,
        "reported": not REPORTING.isdisjoint(line.words),
        "quoted": line.is_quoted,
        "many_sentences": line.n_sentences > 2,
        "long": len(line.words) > LONG_WORDS,
    }
    return [name for name, holds in tests.items() if holds]


def _is_dated_end(tail: str) -> bool:
    has_year = "20" in tail or "19" in tail
    return has_year and "(@" not in tail and DATED_END.search(tail) is not None


def _has_credit_at_end(line: Line) -> bool:
    if not CREDIT_MARKS.intersection(line.text[-CREDIT_CHARS:]):
        return False
    match = CREDIT_AT_END.search(line.text[-CREDIT_CHARS:])
    if match is None:
        return False
    name = match["bracketed"] or match["squared"] or match["bare"]
    return is_agency(name)


def _is_credit_line(line: Line) -> bool:
    if len(line.words) > MAX_CREDIT_WORDS or len(line.text) > MAX_CREDIT_CHARS:
        return False
    match = CREDIT_LINE.fullmatch(line.text)
    if match is not None:
        return is_agency(match["agency"])
    return line.text.strip("()[]. ").casefold() in AGENCIES
