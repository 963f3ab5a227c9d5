"""Where sentences begin, in news as it is.

A sentence ends with a full stop, a question or an exclamation mark and what closes after them, if
what follows can begin another. Abbreviations and initials are tables, as in Kiss and Strunk (2006),
but frozen: the same paragraph is cut the same way in every corpus. `eval/sentences.py` scores it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from variorum.annotate.cues import ADJUNCTS, CUE_FORMS
from variorum.languages.tables import load_table

_TABLE = {name: frozenset(words.split()) for name, words in load_table("abbreviations").items()}

STOP = re.compile(
    r"""
    (?P<word> [^\s“”"‘’'«»()\[\]…]{0,40} )          # the last word, to know abbreviations
    (?<! [.!?] ) (?P<stop> [.!?…]{1,6} )
    (?P<close> [”"’'»)\]]{0,3} )
    (?P<notes> (?: \s? \[ \d{1,3} \] ){0,5} )       # "in 1971. [1] [2] He": notes to what is before
    (?: (?P<apart> [ ]" (?=\s) )? \s+               # "it sank. " He": a mark set apart from both
      | (?P<joined> (?<= [a-z] [.!?] ) (?= [A-Z][a-z] )  # "it sank.The": the space was lost
        | (?<= [.!?] [”»] ) (?= [A-Z“«] ) )
    )
    (?= \S )
    """,
    re.VERBOSE,
)

BEGINNING = re.compile(
    r"""
    (?P<open> (?: [“„"«‘'’`(\[<*•●■▪►–—\ufffd-] | ï¿½ | \.{3} | … | \.\ \.\ \. ){0,4} ) \s?
    (?P<word> [^\W_] [\w'’]* | [$€£¥#@]\w )
    (?P<hyphen> [-\u2010\u2011]? )
    """,
    re.VERBOSE,
)

DATELINE = re.compile(
    r"""
    [A-ZÀ-Þ][A-ZÀ-Þ.'’/-]+ (?: [ ][A-ZÀ-Þ.'’/-]+ ){0,4}  # NORTH KARSA
    (?: , [ ] [^—–(:“"?!\n]{1,40}? )?                    # , Vel., Feb. 3
    (?: [ ]? \( [^()\n]{2,40} \) )?                      # (Meridian)
    (?: \s? [—–] | \s --? ) \s+
    """,
    re.VERBOSE,
)

MARKER = re.compile(r"(?:[•*–—:-]\s?)?\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivxIVX]{2,4})[.)]")
"""What numbers an item of a list: ``2.``, ``b)``, ``• 3.1.``."""

MARKED = re.compile(r"(?<=[:•—]\s)\(?\d{1,2}[.)]$")
"""The first item of a list that has no line of its own: ``The demands: 1.``."""

NOTES = re.compile(r"(?:\[\d{1,3}\]\s*)+$")
ADDRESS = re.compile(r"https?://|www\.|pic\.twitter\.com")
MAIL = re.compile(r"\S{0,40}@")
ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Z]|(?:[a-z]\.)+[a-z]")

TAG = re.compile(r"(?:[A-Z][\w’'-]*\.? ){1,4}(?P<cue>[a-z]+)(?: (?P<next>[a-z]+)|[.,:;]|$)")
"""``Ann Lane asked.``, ``Mr. Lane said in Karsa``; not ``Lane said the``, which is a sentence."""

SIGNATURE = re.compile(r"[—–-]{1,2}\s?[A-Z][^.!?“”\"]{1,40}\.?$")
"""Who said it, at the end of a paragraph: ``— Ann Lane``."""

TAG_CHARS = 60
MARKER_CHARS = 12

Kind = Literal["always", "initial", "state", "sometimes"]


def iter_starts(text: str) -> Iterator[int]:
    """Yield the offsets at which sentences of one paragraph begin, 0 first."""
    yield 0
    last = n_marks = counted = 0
    dateline = DATELINE.match(text)
    if dateline is not None and dateline.end() < len(text):
        last = dateline.end()
        yield last
    for match in STOP.finditer(text, last):
        at, apart = match.end(), match.start("apart")
        if apart >= 0:
            n_marks += text.count('"', counted, apart)
            counted = apart
            # After an odd number of marks one more closes, else it opens what follows.
            at = at if n_marks % 2 else apart + 1
        if not _is_marker(text, last, match) and _begins(text, at, match):
            yield at
            last = at


def _is_marker(text: str, last: int, match: re.Match[str]) -> bool:
    """Return whether all before a stop is the number of an item, or dots: ``... He left.``."""
    end = match.end("stop")
    if end - last <= MARKER_CHARS:
        sentence = text[last:end]
        if not sentence.strip(" .…") or MARKER.fullmatch(sentence):
            return True
    return MARKED.search(text, max(last, end - MARKER_CHARS), end) is not None


def _begins(text: str, at: int, match: re.Match[str]) -> bool:
    """Return whether a sentence begins at ``at``, after the stop that ``match`` found."""
    begins = BEGINNING.match(text, at)
    if begins is None or NOTES.match(text, at):
        return False
    if match["joined"] is not None and not _has_lost_space(text, at, match["word"]):
        return False
    first = begins["word"]
    if first[0].islower():
        return _begins_low(text, at, match, begins)
    if match["stop"] == ".":
        return _ends_with_stop(text, match, begins)
    if match["close"] and _is_tag(text, at):
        return False
    if match["stop"][0] in ".…":
        return not first[0].isdigit()
    is_name = match["word"].lower() in _TABLE["exclaimed"] and not match["close"]
    return not is_name or _is_plain(first)


def _has_lost_space(text: str, at: int, word: str) -> bool:
    """Return whether a stop inside a word is none of an address: ``www.Karsa.example``."""
    return word.isalpha() and word != "www" and MAIL.match(text, at) is None


def _begins_low(text: str, at: int, match: re.Match[str], begins: re.Match[str]) -> bool:
    """Return whether a sentence begins with a word in lower case.

    Names do ("al-Nahra", "eBay"), addresses, and sentences of careless or translated text.
    """
    first, word = begins["word"], match["word"]
    if ADDRESS.match(text, at) is not None:
        return True
    if match["close"] or _find_kind(text, match) is not None:
        return False
    following = text[begins.end() : begins.end() + 2]
    if first in _TABLE["particles"] and (begins["hyphen"] or following.strip()[:1].isupper()):
        return True
    if not first[:5].islower():
        return True
    if match["stop"] != "." or begins["open"].strip(".… ") or (len(first) == 1 and first != "i"):
        return False
    return len(word) > 2 and word.isalpha() and word.islower()


def _ends_with_stop(text: str, match: re.Match[str], begins: re.Match[str]) -> bool:
    """Return whether one full stop ends a sentence before a capital, a number or a sign."""
    first, opens = begins["word"], begins["open"]
    word = match["word"].lower()
    if first[0].isdigit() and word in _TABLE["before_number"] and not match["close"]:
        return False
    kind = _find_kind(text, match)
    if kind is None:
        return not (match["close"] and SIGNATURE.match(text, begins.start()))
    if kind == "always":
        return False
    before = text[max(0, match.start() - 2) : match.start()]
    if kind == "state" and before == ", " and not match["close"]:
        return opens[:1] not in {"(", "-", "–", "—"}
    if word == "i" and before[:1].islower():
        return True  # "Neither do I."
    return _is_plain(first)


def _find_kind(text: str, match: re.Match[str]) -> Kind | None:
    """Return what kind of abbreviation stands before a stop; None for a whole word."""
    # "then-Sen.", "D-Vel.", "non-U.S."
    word = match["word"].rpartition("-")[2].lstrip("–—")
    low = word.lower()
    if low in _TABLE["always"]:
        return "always"
    if len(word) == 1 and word.isalpha():
        # The s of "the mayor’s" is none.
        is_initial = text[max(0, match.start() - 1) : match.start()] not in {"’", "'"}
        return "initial" if is_initial else None
    if low in _TABLE["states"] and word[0].isupper():
        return "state"
    return "sometimes" if low in _TABLE["sometimes"] or ACRONYM.fullmatch(word) else None


def _is_plain(first: str) -> bool:
    """Return whether a word begins sentences and no name."""
    return first.replace("’", "'") in _TABLE["beginnings"]


def _is_tag(text: str, at: int) -> bool:
    """Return whether who spoke follows, and no sentence: “Why?” Ann Lane asked."""
    tag = TAG.match(text, at, at + TAG_CHARS)
    if tag is None or tag["cue"] not in CUE_FORMS:
        return False
    return tag["next"] is None or tag["next"] in ADJUNCTS
