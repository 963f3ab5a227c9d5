"""Days and times as a newspaper writes them; what is no full date stays as it was given."""

from __future__ import annotations

import re
from datetime import date, datetime

from variorum.model.article import Article

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")

UNKNOWN_DATE = "date not known"


def write_day(value: str) -> str:
    """Return an ISO 8601 or TIMEX3 day or month in words: ``"12 July 2031"``, ``"July 2031"``."""
    if match := MONTH.fullmatch(value):
        return f"{MONTHS[int(match[2]) - 1]} {match[1]}"
    try:
        day = date.fromisoformat(value) if len(value) == len("2031-07-12") else None
    except ValueError:
        return value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else value


def write_days(started: str | None, ended: str | None) -> str:
    """Return the days of a story: ``"4\N{EN DASH}9 June 2031"``; empty if not known."""
    if started is None:
        return ""
    first = write_day(started)
    if ended in {None, started}:
        return first
    last = write_day(ended or "")
    left, right = first.split(), last.split()
    if len(left) == len(right) == 3 and left[2] == right[2]:
        if left[1] == right[1]:
            return f"{left[0]}\N{EN DASH}{last}"
        return f"{left[0]} {left[1]} \N{EN DASH} {last}"
    return f"{first} \N{EN DASH} {last}"


def write_published(article: Article) -> str:
    """Return when an article came out, no more exact than is known: ``"12 July 2031, 17:05 UTC"``.

    A time without a zone is shown without one: whose clock it was is not known.
    """
    if article.published is None:
        return UNKNOWN_DATE
    day = write_day(article.published[:10])
    if article.published_precision not in {"minute", "second", None}:
        return day
    try:
        moment = datetime.fromisoformat(article.published)
    except ValueError:
        return article.published
    if len(article.published) <= len("2031-07-12"):
        return day
    return f"{day}, {moment:%H:%M} {moment.tzname() or ''}".strip()
