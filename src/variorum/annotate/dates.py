"""Times that a text names, as TIMEX3 values (TimeML 1.2.1; Pustejovsky et al. 2003).

dateparser's search finds 9% of TempEval-3's values and no library that is kept up does better
without Java, so the rules are our own, after HeidelTime's (Stroetgen and Gertz 2010): patterns
over a table of the language, relative times anchored at the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from variorum.annotate.analysis import Analysis, Paragraph
from variorum.annotate.numerals import parse_number
from variorum.languages.tables import load_table
from variorum.model.annotation import DateRef, DateType
from variorum.model.span import Span

_TABLE: dict[str, Any] = load_table("times")
MONTHS: dict[str, int] = _TABLE["months"]
WEEKDAYS: dict[str, int] = _TABLE["weekdays"]
UNITS: dict[str, str] = _TABLE["units"]
PARTS: dict[str, str] = _TABLE["parts"]
SEASONS: dict[str, str] = _TABLE["seasons"]
VAGUE = {words: value for value, rows in _TABLE["vague"].items() for words in rows}

MAX_DATES = 400
"""In one paragraph; a line with more is a table."""

_COUNTED = "people|km|miles|meters|metres|men|women|children|troops|soldiers|civilians|homes"
"""After four digits that begin like a year's, what says that they count."""
# Only a short form has a full stop of its own: "Feb." but "in February."
_LONGEST_FIRST = sorted(MONTHS, key=len, reverse=True)
_FULL = {number: month for month, number in reversed([(m, MONTHS[m]) for m in _LONGEST_FIRST])}
_MONTH = "|".join(
    month if month in _FULL.values() else rf"{month}\b\.?" for month in _LONGEST_FIRST
)
_DAY = "|".join(WEEKDAYS)
_UNIT = "|".join(UNITS)
_PART = "|".join(PARTS)
_SEASON = "|".join(SEASONS)
_NUMBER = (
    r"(?:\d{1,4}(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty|thirty|forty|fifty|several|a\ few|few|a\ couple\ of|half\ an?)"
)
_VAGUE = "|".join(sorted(map(re.escape, VAGUE), key=len, reverse=True))

AHEAD_PREPOSITION = re.compile(rf"\b(?:{'|'.join(_TABLE['ahead']['prepositions'])})\s+$")
AHEAD_WORDS = frozenset(_TABLE["ahead"]["words"])
MAX_AHEAD_TOKENS = 8

Found = tuple[DateType, str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """From where relative times count.

    Attributes:
        day: Day of publication, or the last full date the text gave; None if neither is known.
        looks_ahead: Whether the sentence speaks of the future.
    """

    day: date | None
    looks_ahead: bool = False


def find_dates(analysis: Analysis) -> tuple[DateRef, ...]:
    """Return the times an article names, in text order, none overlapping."""
    published = _parse_day(analysis.article.published)
    given = published
    found: list[DateRef] = []
    for paragraph in analysis.paragraphs:
        for reference in _find_in_paragraph(paragraph, given):
            found.append(reference)
            # Without a date of publication, the text's own full dates are what others count from;
            # a picture is often older than the news it stands beside.
            is_told = published is None and paragraph.kind != "caption"
            if is_told and re.fullmatch(r"\d{4}-\d\d-\d\d", reference.value):
                given = given or _parse_day(reference.value)
    return tuple(found)


def _parse_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _find_in_paragraph(paragraph: Paragraph, day: date | None) -> Iterator[DateRef]:
    text = paragraph.text
    end = -1
    for number, match in enumerate(PATTERN.finditer(text)):
        if number >= MAX_DATES:
            return
        if match.start() < end:
            continue
        rule = match.lastgroup
        inner = next(r for name, r, _ in RULES if name == rule)
        parts = inner.match(text, match.start(rule or 0))
        if parts is None:
            continue
        make = next(m for name, _, m in RULES if name == rule)
        found = make(parts, Anchor(day, _looks_ahead(paragraph, match.start())))
        if found is not None:
            end = parts.end()
            span = Span(paragraph.span.start + parts.start(), paragraph.span.start + parts.end())
            yield DateRef(span=span, type=found[0], value=found[1])


def _looks_ahead(paragraph: Paragraph, at: int) -> bool:
    """Return whether the words before a time speak of the future: "will ... on Friday"."""
    sentence = next(
        (
            s.span
            for s in paragraph.sentences
            if s.span.start - paragraph.span.start <= at < s.span.end - paragraph.span.start
        ),
        paragraph.span,
    )
    start = sentence.start - paragraph.span.start
    if AHEAD_PREPOSITION.search(paragraph.text[start:at]):
        return True
    # The verb nearest before the time says when it is; in "On Friday he will ..." the one after.
    before = paragraph.tokens_in(Span(sentence.start, paragraph.span.start + at))
    after = paragraph.tokens_in(Span(paragraph.span.start + at, sentence.end))
    for token in (*reversed(before), *after):
        if token.tag_ == "MD":
            return token.lower_ in AHEAD_WORDS
        if token.tag_ in {"VBD", "VBZ", "VBP"}:
            return any(word.lower_ in AHEAD_WORDS for word in before[-MAX_AHEAD_TOKENS:])
    return False


def _iso(day: date) -> str:
    return day.isoformat()


def _full_date(parts: re.Match[str], anchor: Anchor) -> Found | None:
    month = MONTHS[parts["month"].lower().rstrip(".")]
    number = int(parts["day"]) if parts["day"] else None
    year = int(parts["year"]) if parts["year"] else None
    if number is None:
        return _month(month, year, anchor)
    if year is None:
        if anchor.day is None:
            return "DATE", f"XXXX-{month:02}-{number:02}"
        year = _nearest_year(month, number, anchor)
    try:
        return "DATE", _iso(date(year, month, number))
    except ValueError:
        return None


def _month(month: int, year: int | None, anchor: Anchor) -> Found:
    if year is None:
        if anchor.day is None:
            return "DATE", f"XXXX-{month:02}"
        year = anchor.day.year
        if anchor.looks_ahead and month < anchor.day.month:
            year += 1
        elif not anchor.looks_ahead and month > anchor.day.month:
            year -= 1
    return "DATE", f"{year:04}-{month:02}"


def _nearest_year(month: int, number: int, anchor: Anchor) -> int:
    assert anchor.day is not None
    years = [anchor.day.year - 1, anchor.day.year, anchor.day.year + 1]

    def distance(year: int) -> tuple[int, int]:
        try:
            days = (date(year, month, number) - anchor.day).days if anchor.day else 0
        except ValueError:
            return (10**6, year)
        # A past day may lie eleven months back; a future one is rarely named without its year
        # unless the sentence looks ahead.
        return (abs(days) if days <= 31 or anchor.looks_ahead else 366 + days, year)

    return min(years, key=distance)


def _numeric(parts: re.Match[str], _: Anchor) -> Found | None:
    try:
        return "DATE", _iso(date(int(parts["y"]), int(parts["m"]), int(parts["d"])))
    except ValueError:
        return None


def _year(parts: re.Match[str], _: Anchor) -> Found:
    return "DATE", parts["y"]


def _decade(parts: re.Match[str], _: Anchor) -> Found:
    return "DATE", parts["decade"][:3] if len(parts["decade"]) == 4 else f"19{parts['decade'][0]}"


def _season(parts: re.Match[str], anchor: Anchor) -> Found | None:
    season = SEASONS[parts["season"].lower()]
    year = parts["year"] or (str(anchor.day.year) if anchor.day else "XXXX")
    if parts["rel"] and anchor.day:
        shift = {"last": -1, "next": 1}.get(parts["rel"].lower(), 0)
        year = str(anchor.day.year + shift)
    return "DATE", f"{year}-{season}"


def _weekday(parts: re.Match[str], anchor: Anchor) -> Found:
    number = WEEKDAYS[parts["weekday"].lower()]
    part = PARTS[parts["part"].lower()] if parts["part"] else None
    if anchor.day is None:
        value = f"XXXX-WXX-{number + 1}"
    else:
        back = (anchor.day.weekday() - number) % 7
        ahead = (number - anchor.day.weekday()) % 7
        rel = (parts["rel"] or "").lower()
        if rel == "next" or (not rel and anchor.looks_ahead):
            day = anchor.day + timedelta(days=ahead or 7)
        elif rel == "last":
            day = anchor.day - timedelta(days=back or 7)
        else:
            day = anchor.day - timedelta(days=back)
        value = _iso(day)
    return ("TIME", f"{value}T{part}") if part else ("DATE", value)


def _near_day(parts: re.Match[str], anchor: Anchor) -> Found | None:
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
    word = parts["word"].lower()
    part = "NI" if word == "tonight" else PARTS[parts["part"].lower()] if parts["part"] else None
    if anchor.day is None:
        return ("DATE", "PRESENT_REF") if word == "today" else None
    value = _iso(anchor.day + timedelta(days=shift[word]))
    return ("TIME", f"{value}T{part}") if part else ("DATE", value)


def _this_part(parts: re.Match[str], anchor: Anchor) -> Found | None:
    day = anchor.day
    if day is None:
        return None
    return "TIME", f"{_iso(day)}T{PARTS[parts['part'].lower()]}"


def _relative_unit(parts: re.Match[str], anchor: Anchor) -> Found | None:
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
    unit, rel = parts["unit"].lower(), parts["rel"].lower()
    if anchor.day is None:
        return None
    return _shifted(anchor.day, shift.get(rel, 0), unit)


def _shifted(day: date, by: int, unit: str) -> Found | None:
    if unit in {"day", "night"}:
        return "DATE", _iso(day + timedelta(days=by))
    if unit in {"week", "weekend", "fortnight"}:
        moved = day + timedelta(weeks=by * (2 if unit == "fortnight" else 1))
        year, week, _ = moved.isocalendar()
        return "DATE", f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        months = day.year * 12 + day.month - 1 + by
        return "DATE", f"{months // 12:04}-{months % 12 + 1:02}"
    if unit == "quarter":
        quarters = day.year * 4 + (day.month - 1) // 3 + by
        return "DATE", f"{quarters // 4:04}-Q{quarters % 4 + 1}"
    if unit == "year":
        return "DATE", f"{day.year + by:04}"
    if unit == "decade":
        return "DATE", f"{day.year // 10 + by:03}"
    return ("DATE", f"{day.year // 100 + by:02}") if unit == "century" else None


def _ago(parts: re.Match[str], anchor: Anchor) -> Found | None:
    number, unit = _count(parts["n"]), parts["unit"].lower()
    ahead = parts["when"].lower() in {"later", "from now"}
    if number is None or anchor.day is None:
        return "DATE", "FUTURE_REF" if ahead else "PAST_REF"
    sign = 1 if ahead else -1
    if unit in {"second", "minute", "hour"}:
        return "TIME", "PAST_REF" if sign < 0 else "FUTURE_REF"
    if unit == "year" and not float(number).is_integer():
        return "DATE", f"{anchor.day.year + sign * round(number):04}"
    return _shifted(anchor.day, sign * int(number), unit)


def _duration(parts: re.Match[str], _: Anchor) -> Found | None:
    return "DURATION", _period(parts["n"], parts["unit"], half=bool(parts["half"]))


def _period(words: str, unit: str, *, half: bool = False) -> str:
    letter = UNITS[unit.lower()]
    number = _count(words)
    is_time, letter = letter.startswith("T"), letter.removeprefix("T")
    head = "PT" if is_time else "P"
    if number is None:
        return f"{head}X{letter}"
    if unit.lower() == "fortnight":
        number *= 2
    if half and letter == "Y":
        return f"P{int(number)}Y6M" if number >= 1 else "P6M"
    if half:
        number += 0.5
    return f"{head}{int(number) if float(number).is_integer() else number}{letter}"


def _adjective(parts: re.Match[str], _: Anchor) -> Found | None:
    return "DURATION", _period(parts["n"], parts["unit"])


def _span_of(parts: re.Match[str], _: Anchor) -> Found:
    if parts["n"]:
        return "DURATION", _period(parts["n"], parts["unit"])
    return "DURATION", _period("X" if parts["plural"] else "one", parts["unit"])


def _set(parts: re.Match[str], _: Anchor) -> Found:
    if parts["adverb"]:
        units = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y"}
        return "SET", units.get(parts["adverb"].lower(), "P1Y")
    word = parts["unit"].lower()
    if word in WEEKDAYS:
        return "SET", f"XXXX-WXX-{WEEKDAYS[word] + 1}"
    letter = UNITS.get(word)
    return "SET", f"P1{letter}" if letter and not letter.startswith("T") else "PT1H"


def _clock(parts: re.Match[str], anchor: Anchor) -> Found | None:
    hour, minute = int(parts["hour"]), int(parts["minute"] or 0)
    half = (parts["half"] or "").lower().replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    day = _iso(anchor.day) if anchor.day else "XXXX-XX-XX"
    return "TIME", f"{day}T{hour:02}:{minute:02}"


def _vague(parts: re.Match[str], _: Anchor) -> Found:
    return "DATE", VAGUE[" ".join(parts["words"].lower().split())]


def _count(words: str) -> float | int | None:
    folded = words.lower().strip()
    if folded in {"a", "an"}:
        return 1
    if folded.startswith("half"):
        return 0.5
    if folded == "a couple of":
        return 2
    return parse_number(folded) if folded not in {"several", "a few", "few", "x"} else None


Rule = tuple[str, re.Pattern[str], Callable[[re.Match[str], Anchor], Found | None]]


def _rule(name: str, pattern: str, make: Callable[[re.Match[str], Anchor], Found | None]) -> Rule:
    return name, re.compile(pattern, re.VERBOSE | re.IGNORECASE), make


# The first rule that fits at a place wins: the longer forms stand before the shorter.
RULES: tuple[Rule, ...] = (
    # 2016-02-12
    _rule("numeric", r"\b (?P<y>(?:1[5-9]|20)\d\d) - (?P<m>\d\d) - (?P<d>\d\d) \b", _numeric),
    # 12 February 2016; 12th of February; 12 Feb
    _rule(
        "day_month",
        rf"""\b (?:the\s+)? (?P<day>[0-3]?\d) (?:st|nd|rd|th)? \s+ (?:of\s+)?
        (?P<month>(?:{_MONTH})(?!\w)) (?: ,?\s+ (?P<year>(?:1[5-9]|20)\d\d)\b )?""",
        _full_date,
    ),
    # February 12, 2016; Feb. 12; February 2016; February
    _rule(
        "month_day",
        rf"""\b (?P<month>(?:{_MONTH})(?!\w))
        (?: \s+ (?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b (?!,\d|:\d) )?
        (?: ,?\s+ (?P<year>(?:1[5-9]|20)\d\d)\b )?""",
        lambda parts, anchor: _full_date(parts, anchor) if _is_month(parts) else None,
    ),
    # five and a half years; 5 and a half years
    _rule(
        "ago",
        rf"""\b (?P<n>{_NUMBER}) (?:\s+and\s+a\s+half)? \s+ (?P<unit>{_UNIT})s? \s+
        (?P<when>ago|earlier|later|from\s+now)\b""",
        _ago,
    ),
    _rule(
        "duration",
        rf"""\b (?P<n>{_NUMBER}) (?P<half>\s+and\s+a\s+half)? \s+ (?P<unit>{_UNIT})s?\b
        (?! \s+ (?:old|of\s+age) | -old )""",
        _duration,
    ),
    # four-hour
    _rule("adjective", rf"\b (?P<n>{_NUMBER}) -{{1}} (?P<unit>{_UNIT})s? \b (?!-old)", _adjective),
    _rule(
        "set",
        rf"""\b (?: (?:every|each) \s+ (?P<unit>{_UNIT}|{_DAY})s?\b
        | (?P<adverb>daily|weekly|monthly|yearly|annually)\b )""",
        _set,
    ),
    _rule(
        "weekday",
        rf"""\b (?:(?P<rel>last|next|this|past)\s+)? (?P<weekday>{_DAY})\b (?!s)
        (?: \s+ (?P<part>{_PART})\b )?""",
        _weekday,
    ),
    _rule(
        "near_day",
        rf"\b (?P<word>yesterday|today|tonight|tomorrow)\b (?: \s+ (?P<part>{_PART})\b )?",
        _near_day,
    ),
    _rule("this_part", rf"\b this \s+ (?P<part>{_PART}) \b", _this_part),
    # the past three days; the last week of fighting
    _rule(
        "span",
        rf"""\b the \s+ (?:past|last|next|coming|previous) \s+
        (?: (?P<n>{_NUMBER}) \s+ )? (?P<unit>{_UNIT})(?P<plural>s)?\b""",
        lambda parts, anchor: _span_of(parts, anchor) if parts["n"] or parts["plural"] else None,
    ),
    _rule(
        "relative",
        rf"""\b (?:earlier\s+|later\s+)? (?:the\s+)?
        (?P<rel>last|this|next|past|previous|coming|following) \s+ (?P<unit>{_UNIT})\b (?!s)""",
        _relative_unit,
    ),
    _rule(
        "season",
        rf"""\b (?: (?P<rel>last|this|next)\s+ | (?:the|in)\s+ )? (?P<season>{_SEASON})
        (?: \s+ (?:of\s+)? (?P<year>(?:19|20)\d\d)\b )?""",
        lambda parts, anchor: (
            _season(parts, anchor) if parts["rel"] or parts["year"] else None
        ),
    ),
    _rule(
        "decade",
        r"\b (?:the\s+)? [’']? (?P<decade>(?:(?:1[5-9]|20)\d|[2-9])0) [’']? s \b",
        _decade,
    ),
    _rule(
        "clock",
        r"""\b (?P<hour>[0-2]?\d) (?: [:.] (?P<minute>[0-5]\d) )? \s? (?P<half>[ap]\.?m\.?)(?!\w)
        """,
        _clock,
    ),
    _rule("clock24", r"\b (?P<hour>[0-2]?\d) : (?P<minute>[0-5]\d) (?P<half>\b(?!:|\d))", _clock),
    # 2031, but not "2,031", not "2031 people"
    _rule(
        "year",
        rf"""(?<![\w$£€.,/-]) (?P<y>(?:1[7-9]|20)\d\d) \b
        (?! [-,.]?\d | \s* (?:%|{_COUNTED}) )""",
        _year,
    ),
    _rule("vague", rf"\b (?P<words>{_VAGUE}) \b", _vague),
)  # fmt: skip


def _is_month(parts: re.Match[str]) -> bool:
    """Return whether "May" and "March" are months here: capitalised, or with a day or a year."""
    word = parts["month"]
    if parts["day"] or parts["year"]:
        return word[0].isupper()
    return word[0].isupper() and (word.lower() not in {"may", "march", "mar", "jan", "sun"})


_NAMED = "|".join(
    f"(?P<{name}>{re.sub(r'[(][?]P<[a-z]+>', '(?:', rule.pattern)})" for name, rule, _ in RULES
)
# All rules begin with a word; told first, it keeps each from being tried within one.
PATTERN = re.compile(rf"(?<!\w)(?=\w)(?:{_NAMED})", re.VERBOSE | re.IGNORECASE)
