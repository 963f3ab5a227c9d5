from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.published import parse_published


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031-05-04", ("2031-05-04", "day")),
        ("2031-05", ("2031-05", "month")),
        ("2031", ("2031", "year")),
        ("20310504", ("2031-05-04", "day")),
        ("2031-5-4", ("2031-05-04", "day")),
        ("203112", ("2031-12", "month")),
        ("203101", ("2031-01", "month")),
        ("4 May 2031", ("2031-05-04", "day")),
        ("May 4th, 2031", ("2031-05-04", "day")),
        ("May 2031", ("2031-05", "month")),
        ("Sun 04 May 2031 at 0914", ("2031-05-04T09:14", "minute")),
        ("Sunday, May 4, 2031 2:35 p.m. EDT", ("2031-05-04T14:35-04:00", "minute")),
        ("12:05 a.m. May 4, 2031", ("2031-05-04T00:05", "minute")),
        ("Published: 4 May 2031 | 14:35", ("2031-05-04T14:35", "minute")),
        ("2031-05-04T14:35:00Z", ("2031-05-04T14:35:00+00:00", "second")),
        ("2031-05-04T14:35:09.123+0300", ("2031-05-04T14:35:09+03:00", "second")),
        ("Sun, 04 May 2031 14:35:10 GMT", ("2031-05-04T14:35:10+00:00", "second")),
        ("2031-05-04 00:00:00", ("2031-05-04", "day")),
        ("2031-05-04T00:00:00.000Z", ("2031-05-04", "day")),
        ("4/5/2031", ("2031-04-05", "day")),
        ("25/5/2031", ("2031-05-25", "day")),
        ("4.5.2031", ("2031-05-04", "day")),
        ("5.25.2031", ("2031-05-25", "day")),
        ("Published 4 May 2031, updated 5 May 2031", ("2031-05-04", "day")),
        ("Updated May 5, 2031; published 4 May 2031", ("2031-05-04", "day")),
        ("20310504T0914Z", ("2031-05-04T09:14+00:00", "minute")),
        ("4 May 2031, 14h35", ("2031-05-04T14:35", "minute")),
        ("2031-05-04T14:35+05:30", ("2031-05-04T14:35+05:30", "minute")),
        ("4 May 2031 14:35 (MSK)", ("2031-05-04T14:35+03:00", "minute")),
        ("4 May 2031 14:35 IST", ("2031-05-04T14:35", "minute")),
        ("4 May 2031 12 p.m.", ("2031-05-04T12:00", "minute")),
        ("4 May 2031 12 a.m.", ("2031-05-04", "day")),
        ("May 4, 2031 25:00", ("2031-05-04", "day")),
        ("2031-05-04T14:35+99:00", ("2031-05-04", "day")),
        ("29 February 2032", ("2032-02-29", "day")),
        ("29 February 2031", ("2031-02", "month")),
        ("31/31/2031 or 4 May 2031", ("2031-05-04", "day")),
        ("1465050000", ("2016-06-04T14:20:00+00:00", "second")),
        ("1465050000000", ("2016-06-04T14:20:00+00:00", "second")),
    ],
)
def test_dates_as_outlets_write_them(text: str, expected: tuple[str, str]) -> None:
    """ISO 8601 and how much is known; midnight is a day; slashes are American, dots are not."""
    assert parse_published(text) == expected


@pytest.mark.parametrize(
    "text",
    [None, "", "yesterday", "Monday", "May 4", "31/31/2031", "2031-13-45", "203113", "2031112",
     "row 203112", "99999-1-1", "4 May 1831", "in 2031", f"{'far ' * 30} 4 May 2031"],
)  # fmt: skip
def test_what_is_no_date(text: str | None) -> None:
    """A day without its year is not known, nor one of another age or far down in the text."""
    assert parse_published(text) is None


@given(st.text())
def test_any_text_is_a_date_or_none(text: str) -> None:
    """No input breaks it."""
    parse_published(text)


@given(st.datetimes(timezones=st.timezones()))
def test_iso_times_are_read_back(time: object) -> None:
    """A time of the last or this century comes out as it went in."""
    from datetime import datetime

    assert isinstance(time, datetime)
    if not 1900 <= time.year < 2100 or time.utcoffset() is None:
        return
    if (time.utcoffset() or time.max - time.min).total_seconds() % 60:
        return  # no such zone is in use
    found = parse_published(time.isoformat(timespec="seconds"))

    assert found is not None
    day = time.date().isoformat()
    is_midnight = (time.hour, time.minute, time.second) == (0, 0, 0)
    assert found.text == (day if is_midnight else time.isoformat(timespec="seconds"))
