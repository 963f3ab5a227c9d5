from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import make_courier

from variorum.present.views.days import write_day, write_days, write_published


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-07-12", "12 July 2031"),
        ("2031-07", "July 2031"),
        ("2031", "2031"),
        ("2031-W28", "2031-W28"),
        ("2031-02-30", "2031-02-30"),
        ("2031-13", "2031-13"),
        ("PRESENT_REF", "PRESENT_REF"),
    ],
)
def test_day(value: str, expected: str) -> None:
    """Days and months are written out; anything else stays as it is."""
    assert write_day(value) == expected


@given(st.text(max_size=12))
def test_any_text_is_a_day(value: str) -> None:
    """Whatever stands where a date is due, writing it does not fail."""
    assert isinstance(write_days(value, value), str)


@pytest.mark.parametrize(
    ("started", "ended", "expected"),
    [
        (None, None, ""),
        ("2031-07-12", None, "12 July 2031"),
        ("2031-07-12", "2031-07-12", "12 July 2031"),
        ("2031-07-12", "2031-07-13", "12–13 July 2031"),
        ("2031-06-30", "2031-07-02", "30 June – 2 July 2031"),
        ("2031-12-30", "2032-01-02", "30 December 2031 – 2 January 2032"),
        ("2031-07", "2031-07-02", "July 2031 – 2 July 2031"),
    ],
)
def test_days(started: str | None, ended: str | None, expected: str) -> None:
    """What two days have in common is said once."""
    assert write_days(started, ended) == expected


@pytest.mark.parametrize(
    ("published", "precision", "expected"),
    [
        (None, None, "date not known"),
        ("2031-07-12", "day", "12 July 2031"),
        ("2031-07-12T00:00:00", "day", "12 July 2031"),
        ("2031-07", "month", "July 2031"),
        ("2031-07-12T17:05:00+00:00", "minute", "12 July 2031, 17:05 UTC"),
        ("2031-07-12T17:05:00+03:00", "second", "12 July 2031, 17:05 UTC+03:00"),
        ("2031-07-12T17:05", "minute", "12 July 2031, 17:05"),
        ("next Tuesday", "minute", "next Tuesday"),
    ],
)
def test_published(published: str | None, precision: str | None, expected: str) -> None:
    """A time is no more exact than it is known, and has a zone only where one was given."""
    article = replace(make_courier()[0], published=published, published_precision=precision)

    assert write_published(article) == expected
