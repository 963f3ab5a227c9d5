"""Words of reporting in all their forms, from the table ``cues.toml`` of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from variorum.languages.tables import load_table
from variorum.model.annotation import Stance

_TABLE = load_table("cues")


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


def _load_forms(stances: Mapping[Stance, str], nouns: Mapping[Stance, str]) -> dict[str, Stance]:
    forms: dict[str, Stance] = {}
    for stance, verbs in stances.items():
        for verb in verbs.split():
            for form in _inflect(verb):
                forms.setdefault(form, stance)
    for stance, words in nouns.items():
        forms |= {form: stance for word in words.split() for form in (word, f"{word}s")}
    return forms


CUE_FORMS = _load_forms(_TABLE["stances"], _TABLE["nouns"])
"""What each form of a word of reporting says of the mind of its source."""

ADJUNCTS = frozenset(_TABLE["adjuncts"]["words"].casefold().split())
"""First words of what says when, where or to whom something was said."""

CITING = frozenset(_TABLE["clauses"]["citing"].split())
"""What stands before whom an outlet has it from: "citing"."""

NAMING = frozenset(_TABLE["clauses"]["naming"].split())
"""What stands before the name of a programme or a paper in quotation marks."""

PASSIVE = frozenset(_TABLE["clauses"]["passive"].split())
"""What makes a participle a passive after "has"."""

PERFECT = frozenset(_TABLE["clauses"]["perfect"].split())
"""What makes a participle a perfect: "has"."""

BEING = frozenset(_TABLE["clauses"]["being"].split())
"""What makes a participle a passive: "was"."""

RAISING = frozenset(_TABLE["clauses"]["raising"].split())
"""Cues whose subject is of what they report: "seems"."""

STATES = frozenset(_TABLE["clauses"]["states"].split())
"""Participles that tell what their subject thinks: "convinced"."""

TO: str = _TABLE["clauses"]["infinitive"]
"""What opens an infinitive."""

RELATIVES = frozenset(_TABLE["clauses"]["relatives"].split())
"""Pronouns that stand before a tag for what it reports: "which"."""

COMPLEMENTISERS = frozenset(_TABLE["clauses"]["complementisers"].split())
"""What opens a reported clause: "that"."""

CIRCUMSTANCES: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split()) for name, words in _TABLE["circumstances"].items()
}
"""Words by which it is told to whom, where and when something was said."""

NOBODY = frozenset(_TABLE["silence"]["nobody"].split())
NEGATIONS = frozenset(_TABLE["silence"]["negations"].split())
QUESTIONS = frozenset(_TABLE["silence"]["questions"].split())

MEDIA = tuple((name, re.compile(pattern)) for name, pattern in _TABLE["media"].items())


def find_medium(words: str) -> str | None:
    """Return how something was said, if the words around its cue tell: ``"interview"``."""
    for name, pattern in MEDIA:
        if pattern.search(words):
            return str(name)
    return None


def find_stance(token: Token, content: int | None) -> Stance:
    """Return what a cue says of the mind of its source.

    Args:
        content: The first token of what it reports: of a word that no table has, "to" tells a plan.
    """
    known = CUE_FORMS.get(token.lower_)
    if known is not None:
        return known
    is_plan = content is not None and token.doc[content].lower_ == TO
    return "intention" if is_plan else "statement"
