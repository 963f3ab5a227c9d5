"""Words of reporting in all their forms, from the table ``cues.toml`` of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from variorum.languages.tables import load_table
from variorum.model.annotation import Stance

_TABLE = load_table("cues")


class Cue(NamedTuple):
    """A word of reporting: its dictionary form, what it says of the mind, what may follow it."""

    lemma: str
    stance: Stance
    takes: frozenset[str]


def _inflect(verb: str) -> Iterator[str]:
    """Yield the forms of a verb: irregular ones from the table, others by English spelling."""
    yield verb
    irregular = _TABLE["irregular"].get(verb)
    if irregular:
        yield from irregular.split()
    elif verb.endswith("e"):
        yield from (f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    elif verb.endswith(("s", "sh", "ch", "x", "z")):
        yield from (f"{verb}es", f"{verb}ed", f"{verb}ing")
    else:
        yield from (f"{verb}s", f"{verb}ed", f"{verb}ing")


def _load_forms(rows: list[dict[str, Any]]) -> dict[str, Cue]:
    forms: dict[str, Cue] = {}
    for row in rows:
        for verb in row["verbs"].split():
            for form in _inflect(verb):
                # The first row that lists a verb says its stance; later rows add what it takes.
                known = forms.get(form, Cue(verb, row["stance"], frozenset()))
                forms[form] = known._replace(takes=known.takes | frozenset(row["takes"]))
    return forms


CUE_FORMS = _load_forms(_TABLE["cue"])

PARTICLES: dict[str, str] = _TABLE["particles"]
"""Verbs that report only with the word after them."""

STATES = frozenset(_TABLE["states"]["words"].split())

ADJUNCTS = frozenset(_TABLE["adjuncts"]["words"].casefold().split())
"""First words of what says when, where or to whom something was said."""

NOBODY = frozenset(_TABLE["silence"]["nobody"].split())
NEGATIONS = frozenset(_TABLE["silence"]["negations"].split())
QUESTIONS = frozenset(_TABLE["silence"]["questions"].split())

SURE_FORMS = frozenset({"said", "says", "told", "added", "stated", "wrote", "tweeted", "explained"})
"""Forms that report whatever the tagger makes of them."""

MEDIA = tuple((name, re.compile(pattern)) for name, pattern in _TABLE["media"].items())


def find_medium(words: str) -> str | None:
    """Return how something was said, if the words around its cue tell: ``"interview"``."""
    for name, pattern in MEDIA:
        if pattern.search(words):
            return str(name)
    return None
