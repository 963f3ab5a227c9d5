"""Where sentences begin, in news as it is.

Boundaries are full stops, question and exclamation marks and what closes after them, before a
capital, a digit or an opening mark. Abbreviations and initials are tables, as in Kiss and
Strunk (2006), but frozen: the same paragraph is cut the same way in every corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.languages.tables import load_table

_TABLE = load_table("abbreviations")
ALWAYS = frozenset(_TABLE["always"])
SOMETIMES = frozenset(_TABLE["sometimes"])

BOUNDARY = re.compile(
    r"""
    (?P<word> [^\s“”"‘’'«»()\[\]]{0,40} )       # the last word, to know abbreviations
    (?P<stop> [.!?…]{1,6} )
    (?P<close> [”"’'»)\]]{0,3} )
    \s+
    (?= [“"‘'«(\[<—–-]{0,3} \s? [A-Z0-9À-Þ<…] )  # what begins a sentence
    """,
    re.VERBOSE,
)


def iter_starts(text: str) -> Iterator[int]:
    """Yield the offsets at which sentences of one paragraph begin, 0 first."""
    yield 0
    for match in BOUNDARY.finditer(text):
        if _ends_sentence(match, text[match.end() :][:40]):
            yield match.end()


def _ends_sentence(match: re.Match[str], rest: str) -> bool:
    if match["stop"] != "." or match["close"]:
        return True
    word = match["word"].lower().lstrip("-–—")
    if word in ALWAYS:
        return False
    # An initial: "J. Smith", "U.S. Navy"; but "plan B. The" ends a sentence.
    if len(word) == 1 and word.isalpha() and match["word"].isupper():
        return not rest[:1].isupper() or rest.startswith(("The ", "He ", "She ", "It ", "But "))
    if word in SOMETIMES or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return _begins_plainly(rest)
    return True


def _begins_plainly(rest: str) -> bool:
    """Return whether a sentence seems to begin: with a word that no name begins with."""
    first = re.match(r"[“\"‘']?([A-Za-z']+)", rest)
    return first is not None and first[1] in PLAIN_BEGINNINGS


PLAIN_BEGINNINGS = frozenset(
    (
        "The A An He She It They We I You This That These Those But And In On At For As If When "
        "While After Before Since However Meanwhile There His Her Its Their Our My Some Many Most "
        "Not No What Who How Why Where"
    ).split()
)
