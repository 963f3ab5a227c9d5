"""Where the headline stands, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from variorum.clean.bylines import find_dateline
from variorum.clean.lines import WORD, Line
from variorum.languages.tables import load_table
from variorum.model.span import Span

MAX_HEADLINE_WORDS = 30
MAX_HEADLINE_CHARS = 220
MIN_HEADLINE_WORDS = 3
MAX_LINES_BEFORE = 12
"""A headline stands this near to the top; further down the same words are a link to the page."""

MIN_TITLE_CHARS = 15
"""A shorter title is the beginning of many lines."""

SAME_TITLE = 90.0
"""Of 100 (rapidfuzz's ratio): a typo or other quotation marks, not another headline."""

HEADLINE_START = re.compile(r"""["'‘“«(\[$£€]*\w""")
MAX_NAME_WORDS = 10
NAME_PARTICLES = frozenset({"of", "the", "and", "al", "el", "de", "la", "van", "von", "bin", "for"})
TITLE_HEADS = frozenset(load_table("titles")["offices"]["heads"])
LEAD_DATE_CHARS = 60


def fold_title(text: str) -> str:
    """Return the letters and digits of a headline in lower case, words apart."""
    return " ".join(WORD.findall(text.casefold()))


def find_headline(lines: Sequence[Line], title: str) -> int | None:
    """Return which of the first lines is ``title``, give or take an outlet's name; or None."""
    wanted = fold_title(title)
    if not wanted:
        return None
    for index, line in enumerate(lines[:MAX_LINES_BEFORE]):
        folded = fold_title(line.text)
        if find_dateline(line.text) and folded != wanted:
            continue
        if len(line.text) <= MAX_HEADLINE_CHARS and is_same_title(folded, wanted):
            return index
    return None


def is_same_title(left: str, right: str) -> bool:
    """Return whether two folded titles are one: equal, nearly, or one with more behind it."""
    short, long = sorted((left, right), key=len)
    if not short:
        return False
    if long.startswith(short) and (len(short) >= MIN_TITLE_CHARS or short == long):
        return True
    return fuzz.ratio(left, right, score_cutoff=SAME_TITLE) > 0


def looks_like_headline(line: Line, following: Sequence[Line]) -> bool:
    """Return whether a first line is a headline: short, no full stop, longer lines after it."""
    if not MIN_HEADLINE_WORDS <= len(line.words) <= MAX_HEADLINE_WORDS:
        return False
    if len(line.text) > MAX_HEADLINE_CHARS or not HEADLINE_START.match(line.text):
        return False
    ends_open = not line.is_sentence or line.text.rstrip("\"'”’")[-1:] in "?!…"
    return ends_open and any(
        after.is_sentence and len(after.words) > len(line.words) for after in following[:6]
    )


def find_lead_title(line: Line, title: str) -> Span | None:
    """Return where ``title`` stands in a first line that runs on with the text.

    Tables that were made from one field per page hold such lines: date, headline and text in one.
    """
    words = WORD.findall(title)[:MAX_HEADLINE_WORDS]
    if not words or len(title) < MIN_TITLE_CHARS:
        return None
    pattern = r"\W+".join(map(re.escape, words))
    # Whole words: the title "... off Karsa" does not stand in "... off Karsa's coast".
    match = re.compile(rf"(?<!\w){pattern}(?!['’]?\w)", re.IGNORECASE).search(
        line.text, 0, LEAD_DATE_CHARS + 2 * len(title)
    )
    if match is None or match.start() > LEAD_DATE_CHARS or match.end() >= len(line.text) - 1:
        return None
    end = match.end()
    while end < len(line.text) and line.text[end] in ".!?\"'”’":
        end += 1
    return Span(line.span.start + match.start(), line.span.start + end)


def names_subject(line: Line, following: Sequence[Line]) -> bool:
    """Return whether a line only names somebody of whom the next paragraphs speak.

    Such a line under a headline is what is left of a picture.
    """
    words = line.text.split()
    if not 2 <= len(words) <= MAX_NAME_WORDS or line.is_sentence or not _is_name(words):
        return False
    after = " ".join(line.folded for line in following[:3])
    if line.folded in after:
        return True
    surname = " ".join(line.words[-2:])
    return surname in after and not TITLE_HEADS.isdisjoint(line.words)


def _is_name(words: Sequence[str]) -> bool:
    return all(word[0].isupper() or word.lower() in NAME_PARTICLES for word in words) and not any(
        character.isdigit() for word in words for character in word
    )
