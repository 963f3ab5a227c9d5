"""Which of two times is earlier, when they may be days or months, with or without a clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

TIME = re.compile(r"(?P<day> \d{4} (?: -\d\d (?: -\d\d )? )? ) (?P<clock> T\d\d.* )?", re.VERBOSE)
"""``"2031"``, ``"2031-06"``, ``"2031-06-04"`` or ``"2031-06-04T09:14-05:00"``.

A week or a season is none that can be compared.
"""

FIRST_DAY = "0001-01-01"


class Time(NamedTuple):
    """When something was told, as exactly as two outlets can be compared.

    Attributes:
        day: The day, month or year as given: what the outlet means by "today".
        hour: ``"2031-06-04T14"``, in UTC where the zone is known; empty if no hour is told. The
            clocks of two outlets differ, so that minutes tell nothing.
    """

    day: str
    hour: str = ""
    has_zone: bool = False


def parse_time(text: str | None) -> Time | None:
    """Return an ISO 8601 or TIMEX3 time; None for what is no year, month, day or clock."""
    match = TIME.fullmatch(text or "")
    if match is None:
        return None
    if match["clock"] is None:
        return Time(match["day"])
    clock = datetime.fromisoformat(match[0])
    has_zone = clock.tzinfo is not None
    hour = clock.astimezone(UTC) if has_zone else clock
    return Time(match["day"], f"{hour:%Y-%m-%dT%H}", has_zone)


def compare_times(left: Time | None, right: Time | None) -> int | None:
    """Return -1, 0 or 1 for before, at one time or after; None if that cannot be told.

    To the hour where both have one and both have a zone or neither has; else by the days. Two that
    only share a month or a year cannot be told apart.
    """
    first, second = _align(left, right)
    if first == second and len(first) < len(FIRST_DAY):
        return None
    return (first > second) - (first < second)


def is_one_day(left: Time | None, right: Time | None) -> bool:
    """Return whether two times are known to be of one day."""
    first, second = (time[: len(FIRST_DAY)] for time in _align(left, right))
    return first == second and len(first) == len(FIRST_DAY)


def _align(left: Time | None, right: Time | None) -> tuple[str, str]:
    """Return two times equally exact; empty where one is not known."""
    if left is None or right is None:
        return "", ""
    if left.hour and right.hour and left.has_zone == right.has_zone:
        return left.hour, right.hour
    n_chars = min(len(left.day), len(right.day))
    return left.day[:n_chars], right.day[:n_chars]


def find_instant(time: str | None) -> datetime:
    """Return the instant to order a time by; what is not known comes last.

    A day, month or year stands at its beginning, and a clock without a zone is taken for UTC's:
    an order needs a place for each.
    """
    told = time if time and TIME.fullmatch(time) else "9999"
    instant = datetime.fromisoformat(told + FIRST_DAY[len(told) :])
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
