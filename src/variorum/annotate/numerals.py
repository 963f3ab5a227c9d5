"""Numbers as words and digits write them, to values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from variorum.languages.tables import load_table

_TABLE: dict[str, Any] = load_table("numbers")
WORDS: dict[str, int] = _TABLE["words"]
SCALES: dict[str, int] = _TABLE["scales"]
VAGUE: dict[str, int] = _TABLE["vague"]
MODIFIERS: dict[str, str] = _TABLE["modifiers"]
CURRENCIES: dict[str, str] = _TABLE["currencies"]

_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_SCALE = "hundred|thousand|million|billion|trillion"
_MODIFIER = "|".join(sorted(MODIFIERS, key=len, reverse=True)).replace(" ", r"\s+")
_VAGUE = "|".join(sorted(VAGUE, key=len, reverse=True)).replace(" ", r"\s+")
_CURRENCY = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))

# "twenty-one", "two hundred and six", "half a million", "two dozen", "a hundred"
_SPELLED = rf"""
    (?: half \s+ (?:a|an) \s+ (?:{_SCALE}|dozen)
      | (?: (?:{_WORD}) (?:[-\s](?:{_WORD}))? | (?:an?|several) (?=\s+(?:{_SCALE}|dozen)) )
        (?: \s+ (?:{_SCALE}|dozen) ){{0,3}}
        (?: \s+ and \s+ (?:{_WORD})(?:-(?:{_WORD}))? )?
      | dozen (?= \s+ [a-z] ) )
"""

# 470,000; 1.2 million; 2.5m; 12
_DIGITS = rf"""
    (?: \d{{1,3}}(?:,\d{{3}})+ (?:\.\d+)? | \d{{1,12}}(?:\.\d{{1,4}})? )
    (?: [\s-]?(?:{_SCALE}|bn|mn|tn)\b | (?:m|k)\b(?!\w) )?
"""

NUMBER = re.compile(
    rf"""
    (?<! [\w.,:/’'-] )
    (?P<modifier> (?:{_MODIFIER}) \s+ )?
    (?P<currency> {_CURRENCY} )?
    (?: (?P<vague> {_VAGUE} )
      | (?P<low> {_DIGITS} | {_SPELLED} )
        (?: \s* (?: – | - | \s to \s ) \s* (?P<high> {_DIGITS} | {_SPELLED} ) (?=\s) )? )
    (?! [\w’'] | [:/] \d | \.\d | ,\d )
    (?P<percent> \s? % )?
    """,
    re.VERBOSE | re.IGNORECASE,
)

BETWEEN = re.compile(
    rf"""\b between \s+ (?P<low> {_DIGITS} | {_SPELLED} )
    \s+ and \s+ (?P<high> {_DIGITS} | {_SPELLED} )
    (?! [\w’'] | ,\d )""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A value or a range of values; None where it is open."""

    low: float | int | None
    high: float | int | None
    modifier: str


def parse_number(words: str) -> float | int | None:
    """Return the value that digits or words name: 500000 for ``half a million``."""
    words = words.lower().strip()
    digits = re.match(r"[\d,]+(?:\.\d+)?", words)
    if digits:
        value = float(digits[0].replace(",", ""))
        rest = words[digits.end() :].strip(" -\u00a0\n")
        return _whole(value * SCALES.get(rest, 1))
    return _parse_words(re.findall(r"[a-z]+", words))


def _parse_words(words: list[str]) -> float | int | None:
    total: float = 0
    current: float = 0
    seen = False
    for word in words:
        if word in WORDS:
            current += WORDS[word]
        elif word == "half":
            current += 0.5
        elif word in {"a", "an", "and"}:
            continue
        elif word == "several":
            current += 2
        elif word == "dozen":
            current = (current or 1) * 12
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = 0
        else:
            return None
        seen = True
    return _whole(total + current) if seen else None


def make_amount(low: float | None, high: float | None, modifier: str | None) -> Amount:
    """Return what a modifier makes of a number: ``more than 70`` is 70 or more."""
    if high is not None:
        return Amount(low, high, "between")
    kind = MODIFIERS.get(" ".join((modifier or "").lower().split()), "exact")
    if kind in {"at least", "more than"}:
        return Amount(low, None, kind)
    if kind in {"up to", "less than"}:
        return Amount(None, low, kind)
    return Amount(low, low, kind)


def _whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(value, 6)
