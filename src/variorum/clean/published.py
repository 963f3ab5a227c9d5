"""Dates of publication as outlets write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from variorum.languages.tables import load_table
from variorum.model.article import Precision

_CALENDAR = load_table("bylines")["calendar"]
MONTHS = {name: number for number, name in enumerate(_CALENDAR["months"], start=1)}
ZONES: dict[str, int] = _CALENDAR["zones"]

MAX_CHARS = 120
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
DATES = tuple(
    re.compile(pattern, re.VERBOSE)
    for pattern in (
        # 2016-06-04
        rf"\b {YEAR} (?P<mark>[-/.]) (?P<number>\d\d?) (?P=mark) (?P<day>\d\d?) (?!\d)",
        rf"\b {YEAR} (?P<number>\d\d) (?P<day>\d\d) (?!\d)",  # 20160604
        rf"\b (?P<day>\d\d?) (?:st|nd|rd|th)? [\s-] (?:of\s)? {MONTH} [\s,-]{{1,2}} {YEAR} \b",
        rf"\b {MONTH} \s (?P<day>\d\d?) (?:st|nd|rd|th)? [\s,]{{1,2}} {YEAR} \b",  # June 4, 2016
        rf"\b (?P<left>\d\d?) (?P<mark>[-/.]) (?P<right>\d\d?) (?P=mark) {YEAR} \b",  # 6/4/2016
        rf"\b {MONTH} [\s,-]{{1,2}} {YEAR} \b",  # June 2016
        rf"\b {YEAR} [-/] (?P<number>\d\d) \b",  # 2016-06
        rf"\A {YEAR} (?P<number>\d\d) \Z",  # 201606, alone: elsewhere it is any number
    )
)
ONLY_YEAR = re.compile(YEAR)
CLOCK = re.compile(
    r"""
    (?<! [\d:.] ) (?P<hour> \d\d? )
    (?: [:.h] (?P<minute> \d\d ) (?: : (?P<second> \d\d ) (?: [.,] \d{1,9} )? )?
      | (?= \s? [ap]\.?m\b )
      | (?<= \A \d\d ) (?P<bare> \d\d ) (?! \d ) )   # 0914, first: not the year of another date
    (?: \s? (?P<half> [ap] ) \.? m\b \.? )?
    (?: \s? \(? (?: (?P<zone> [a-z]{1,4} ) \b
      | (?P<sign> [+-] ) (?P<ahead> \d\d ) :? (?P<past> \d\d )? ) )?
    """,
    re.VERBOSE,
)
BETWEEN = re.compile(r"\A[\s,|·•–—-]*(?:at\s|t)?\s*")
UNIX_SECONDS = re.compile(r"(1\d{9})(?:\d{3})?")


class Published(NamedTuple):
    """When an article was published: ISO 8601, and how much of it is known."""

    text: str
    precision: Precision


def parse_published(text: str | None) -> Published | None:
    """Return the date or time that ``text`` holds; None if it holds none with its year.

    ``4/5/2017`` is read as in the United States, the fifth of April, and ``4.5.2017`` and
    ``4-5-2017`` as elsewhere, the fourth of May, unless only the other order is a date. A time of
    exactly midnight is a date: few newsrooms publish then, and many systems write it where they
    know only the day. A time zone is kept as given, since the outlet's day is the one its text
    means by "today".
    """
    if text is None:
        return None
    folded = " ".join(text[:MAX_CHARS].split()).lower()
    if unix := UNIX_SECONDS.fullmatch(folded):
        return _make(datetime.fromtimestamp(int(unix[1]), UTC))
    for pattern in DATES:
        for match in pattern.finditer(folded):
            found = _read(match, folded)
            if found is not None:
                return found
    if ONLY_YEAR.fullmatch(folded):
        return Published(folded, "year")
    return None


def _read(match: re.Match[str], text: str) -> Published | None:
    groups = match.groupdict()
    year = int(groups["year"])
    month, day = _read_day(groups)
    try:
        if day is None:
            return Published(f"{datetime(year, month, 1):%Y-%m}", "month")  # noqa: DTZ001
        start = datetime(year, month, day)  # noqa: DTZ001
    except ValueError:
        return None
    # The clock stands after the date, or before it; never inside.
    after, before = text[match.end() :], text[: match.start()]
    clock = CLOCK.search(BETWEEN.sub("", after, count=1)) or CLOCK.search(before)
    return _add_clock(start, clock) if clock is not None else _make(start)


def _read_day(groups: dict[str, str | None]) -> tuple[int, int | None]:
    if (left := groups.get("left")) and (right := groups.get("right")):
        month, day = int(left), int(right)
        if groups["mark"] != "/":
            month, day = day, month
        return (day, month) if month > len(MONTHS) >= day else (month, day)
    month = MONTHS[groups["month"]] if groups.get("month") else int(groups.get("number") or 0)
    day_text = groups.get("day")
    return month, int(day_text) if day_text else None


def _add_clock(start: datetime, clock: re.Match[str]) -> Published:
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"] == "p" else 0)
    try:
        time = start.replace(
            hour=hour,
            minute=int(clock["minute"] or clock["bare"] or 0),
            second=int(clock["second"] or 0),
            tzinfo=_read_zone(clock),
        )
    except ValueError:
        return _make(start)
    return _make(time, has_seconds=clock["second"] is not None)


def _read_zone(clock: re.Match[str]) -> tzinfo | None:
    if clock["ahead"]:
        ahead = timedelta(hours=int(clock["ahead"]), minutes=int(clock["past"] or 0))
        return timezone(-ahead if clock["sign"] == "-" else ahead)
    hours = ZONES.get(clock["zone"] or "")
    return timezone(timedelta(hours=hours)) if hours is not None else None


def _make(time: datetime, *, has_seconds: bool = True) -> Published:
    if (time.hour, time.minute, time.second) == (0, 0, 0):
        return Published(time.date().isoformat(), "day")
    if not has_seconds:
        return Published(time.isoformat(timespec="minutes"), "minute")
    return Published(time.isoformat(timespec="seconds"), "second")
