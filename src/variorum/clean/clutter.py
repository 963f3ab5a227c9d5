"""How much a line looks like boilerplate: what a page says to its reader, not about the news.

Each rule of ``clutter.toml`` that speaks adds its weight, the shape of the line adds its own; the
sum is read as log-odds, so that the lines around can be weighed in (see ``segments``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from variorum.clean.lines import ADDRESS, HANDLE, Line
from variorum.languages.tables import load_table

_TABLE = load_table("clutter")
SHAPE: dict[str, float] = _TABLE["shape"]
REPORTING = frozenset(_TABLE["reporting"]["words"])

BREADCRUMB = re.compile(r"\s+[/›»>|•·]\s+|\s*[›»]\s*")
WORDLIKE = re.compile(r"\w\w")
MAX_CRUMB_WORDS = 4
LONG_WORDS = 30
SHORT_WORDS = 8
FRAGMENT_WORDS = 12
MANY_LINKS = 0.34


class Evidence(NamedTuple):
    """How strongly a line is held to be something, in log-odds, and why.

    Attributes:
        is_alone: Whether it says nothing about the lines around it.
    """

    value: float
    reason: str
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    words: frozenset[str]
    pattern: re.Pattern[str] | None
    only: frozenset[str]
    weight: float
    max_words: int
    is_alone: bool
    is_unquoted: bool
    reason: str

    def speaks_of(self, line: Line, words: frozenset[str], unquoted: str) -> bool:
        if self.max_words and len(line.words) > self.max_words:
            return False
        if self.pattern is None:
            return words <= self.only
        return self.pattern.search(unquoted if self.is_unquoted else line.folded) is not None


def _load_rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            words=frozenset(rule["words"]),
            pattern=re.compile(rule["pattern"], re.VERBOSE) if "pattern" in rule else None,
            only=frozenset(rule.get("only", ())),
            weight=float(rule["weight"]),
            max_words=int(rule.get("max_words", 0)),
            is_alone=bool(rule.get("alone", False)),
            is_unquoted=bool(rule.get("unquoted", False)),
            reason=rule["reason"],
        )
        for rule in _TABLE["rules"]
    )


RULES = _load_rules()
TRIGGERS = {
    word: tuple(rule for rule in RULES if word in rule.words)
    for word in sorted({word for rule in RULES for word in rule.words})
}
TRIGGER_WORDS = frozenset(TRIGGERS)


def score_clutter(line: Line) -> Evidence:
    """Weigh every rule and the shape of a line; above 0 it is rather boilerplate."""
    found = _find_rules(line)
    found.extend(_find_shape(line))
    told = _weigh_prose(line)
    if not found:
        return Evidence(told, "")
    strongest = max(found, key=lambda evidence: evidence.value)
    value = sum(evidence.value for evidence in found) + told
    return Evidence(value, strongest.reason, strongest.is_alone and value > 0)


def has_rule(line: Line) -> bool:
    """Return whether any words of a line speak to the reader, whatever its shape."""
    return bool(_find_rules(line))


def _find_rules(line: Line) -> list[Evidence]:
    words = frozenset(line.words)
    triggers = words & TRIGGER_WORDS
    if not triggers and "©" not in line.folded:
        return []
    unquoted = line.unquoted
    called = {id(rule) for word in triggers for rule in TRIGGERS[word]}
    if "©" in line.folded:
        called |= {id(rule) for rule in RULES if "©" in rule.words}
    # In the order of the table: of two rules as strong the first gives the reason.
    return [
        Evidence(rule.weight, rule.reason, rule.is_alone)
        for rule in RULES
        if id(rule) in called and rule.speaks_of(line, words, unquoted)
    ]


def _find_shape(line: Line) -> list[Evidence]:
    if not any(map(str.isalnum, line.text)):
        return [Evidence(SHAPE["no_words"], "holds no word", is_alone=True)]
    if _may_have_links(line) and (share := _measure_links(line)) > MANY_LINKS:
        if share == 1.0:
            return [Evidence(SHAPE["only_link"], "is nothing but an address")]
        return [Evidence(SHAPE["many_links"], "is mostly addresses")]
    if _is_breadcrumb(line):
        return [Evidence(SHAPE["breadcrumb"], "says where the page lies in the site")]
    if line.text[0] in "@#" and not WORDLIKE.search(HANDLE.sub("", line.text)):
        return [Evidence(SHAPE["only_handles"], "is nothing but tags", is_alone=True)]
    if line.text.isupper() and 1 < len(line.words) <= FRAGMENT_WORDS and not line.is_sentence:
        return [Evidence(SHAPE["shouted_fragment"], "is a label in capitals")]
    return []


def _may_have_links(line: Line) -> bool:
    is_short = len(line.words) <= FRAGMENT_WORDS and "." in line.text
    return is_short or "://" in line.text or "www." in line.folded


def _measure_links(line: Line) -> float:
    n_linked = sum(len(match[0]) for match in ADDRESS.finditer(line.text))
    return min(1.0, n_linked / max(1, len(line.text.rstrip(" .,;|/"))))


def _is_breadcrumb(line: Line) -> bool:
    if len(line.words) > FRAGMENT_WORDS or line.is_sentence or ":" in line.text:
        return False
    crumbs = [crumb.split() for crumb in BREADCRUMB.split(line.text) if crumb.strip()]
    return (len(crumbs) >= 3 or (len(crumbs) == 2 and "›" in line.text)) and all(
        len(crumb) <= MAX_CRUMB_WORDS and crumb[0][:1].isupper() for crumb in crumbs
    )


def _weigh_prose(line: Line) -> float:
    """Weigh what speaks for the article: length, full stop, verbs of saying, quotation marks."""
    n_words = len(line.words)
    if not line.is_sentence:
        weight = SHAPE["fragment" if n_words < FRAGMENT_WORDS else "long_fragment"]
    elif n_words >= LONG_WORDS:
        weight = SHAPE["paragraph"]
    else:
        weight = SHAPE["sentence" if n_words >= SHORT_WORDS else "short_sentence"]
    if not REPORTING.isdisjoint(line.words):
        weight += SHAPE["reported"]
    return weight + (SHAPE["quoted"] if line.is_quoted else 0.0)
