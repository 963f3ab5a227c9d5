"""Lines that say who wrote an article and when, and the dateline at its beginning."""

from __future__ import annotations

import re

from variorum.clean.lines import Line
from variorum.languages.tables import load_table

_TABLE = load_table("bylines")


def _starting(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, longest_first))})\b")


WRITER_START = _starting(_TABLE["writer"]["starts"])
WRITER_ONLY = frozenset(_TABLE["writer"]["only"])
WRITER_ROLES = tuple(_TABLE["writer"]["roles"])
TIME_START = _starting(_TABLE["time"]["starts"])
REPORTERS = tuple(_TABLE["reporters"]["phrases"])
REPORTERS_WORDS = frozenset(_TABLE["reporters"]["words"])
AGENCIES = frozenset(_TABLE["dateline"]["agencies"])

MAX_BYLINE_WORDS = 14
MAX_REPORTERS_WORDS = 60

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
DATE = rf"""
    (?: {DAY} ,? \s )?
    (?: {MONTH} \s \d{{1,2}} (?: st|nd|rd|th )? (?: ,? \s \d{{4}} )?
      | \d{{1,2}} (?: st|nd|rd|th )? \s {MONTH} (?: ,? \s \d{{4}} )?
      | \d{{1,4}} [-/.] \d{{1,2}} [-/.] \d{{2,4}} )
"""
CLOCK = r"\d{1,2} (?: [:.h] \d{2} ){0,2} \s? (?: [ap]\.?m\.? )?"
ZONE = r"(?: \s? \(? (?: gmt | utc | [ecmp][sd]?t | bst | cet | msk | ist | local \s time ) \)? )?"
DATE_LINE = re.compile(
    rf"""
    \W* (?: (?: {DATE} | {CLOCK} {ZONE} ) (?: \s? [,|•·-] \s? | \s at \s | \s )? ){{1,3}}
    (?: \d+ \s min (?:ute)?s? \s read )? \W*
    """,
    re.VERBOSE,
)
READING_TIME = re.compile(
    r"\W*\d+[ -]min(?:ute)?s?(?: read)?\W*|\W*\d+ (?:hours?|days?|weeks?) ago\W*"
)
HAS_DATE = re.compile(rf"\d{{4}} | {DATE} | \d{{1,2}} : \d{{2}} | \b ago \b", re.VERBOSE)

NAME_WORD = r"[A-Z][\w.'’-]*"
WRITER_NAME = re.compile(rf"{NAME_WORD}(?:[ ]{NAME_WORD}){{0,4}}")

DATELINE = re.compile(
    r"""
    (?P<place>                                  # MOSCOW, NEW YORK; Moscow, New York
        [A-Z][A-Z'’.-]{1,30} (?: (?: , [ ] | [ ] & [ ] | [ /] ) [A-Z][A-Z'’.-]{1,30} ){0,2}
      | [A-Z][\w'’.-]{1,30} (?: [ /] [A-Z][\w'’.-]{1,30} ){0,3}
    )
    (?: , [ ] [A-Z][\w.]{1,20} (?: [ ] [A-Z][\w.]{1,20} ){0,2} ){0,2}          # , Fla., North Korea
    (?: ,? [ ] (?: [A-Z][a-z]{2,8} \.? [ ] \d{1,2} | \d{1,2} [ ] [A-Z][a-z]{2,8} \.? )  # , June 4
      (?: ,? [ ] \d{4} )? )?
    (?: \s? [(\[] \s? (?P<agency> [\w /&.,'’-]{2,40}? ) \s? [)\]] )?           # (Agency)
    \s? (?: (?P<dash> --- | -- | [—–] | - (?= \s ) ) | (?P<colon> : | \| ) ) \s?
    """,
    re.VERBOSE,
)
AGENCY_START = re.compile(r"\((?P<agency>[\w/&. -]{2,30})\)\s*(?:--|[—–-](?=\s))?\s*(?=\S)")
TWEET_END = re.compile(r"\W*[\w.' -]{1,60} \(@\w{1,30}\) [a-z]{3,9} \d{1,2}, \d{4}\W*")
DATED = re.compile(r"\d")
MAX_DATELINE_CHARS = 110


def find_byline_reason(line: Line, *, is_head: bool) -> str | None:
    """Return why a line is a byline, or None; outside the head only the sure kinds count."""
    if _names_reporters(line):
        return "names those who reported"
    if len(line.words) > MAX_BYLINE_WORDS:
        return None
    if is_time_line(line):
        return "tells nothing but a time"
    if _names_writer(line, is_head=is_head):
        return "names the writer"
    return None


def is_time_line(line: Line) -> bool:
    """Return whether a line does nothing but tell a date or a time."""
    if not DATED.search(line.folded):
        return False
    if DATE_LINE.fullmatch(line.folded) or READING_TIME.fullmatch(line.folded):
        return True
    if TWEET_END.fullmatch(line.folded):
        return True
    parts = line.folded.split("|")
    if len(parts) > 1 and any(DATE_LINE.fullmatch(part.strip()) for part in parts):
        return True
    return (
        any(TIME_START.match(part) for part in parts) and HAS_DATE.search(line.folded) is not None
    )


def find_dateline(text: str) -> int:
    """Return how many characters of a paragraph are its dateline; 0 if it has none.

    A place in capitals, or one with an agency in brackets or a day; a mere colon only after
    capitals.
    """
    match = DATELINE.match(text, 0, MAX_DATELINE_CHARS)
    if match is None:
        return _find_agency_start(text)
    is_capital = match["place"].upper() == match["place"]
    if match["colon"]:
        return match.end() if is_capital and len(match["place"]) > 3 else 0
    if is_capital and len(match["place"]) > 2:
        return match.end()
    agency = (match["agency"] or "").casefold()
    return match.end() if _is_agency(agency, match["agency"]) else 0


def _find_agency_start(text: str) -> int:
    match = AGENCY_START.match(text)
    is_one = match is not None and _is_agency(match["agency"].casefold(), match["agency"])
    return match.end() if match is not None and is_one else 0


def _is_agency(folded: str, agency: str | None) -> bool:
    return folded in AGENCIES or (agency is not None and len(agency) > 2 and agency.isupper())


def _names_reporters(line: Line) -> bool:
    if len(line.words) > MAX_REPORTERS_WORDS or REPORTERS_WORDS.isdisjoint(line.words):
        return False
    return any(phrase in line.unquoted for phrase in REPORTERS)


def _names_writer(line: Line, *, is_head: bool) -> bool:
    if line.is_sentence and not line.text.endswith("."):
        return False
    folded = line.folded.strip(" .:—–-|")
    if folded in WRITER_ONLY:
        return True
    start = WRITER_START.match(line.folded)
    if start is not None and (is_head or not line.is_sentence):
        rest = line.text[start.end() :].lstrip(" :")
        return WRITER_NAME.match(rest) is not None
    return is_head and any(role in line.folded for role in WRITER_ROLES) and not line.is_sentence
