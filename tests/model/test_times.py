from __future__ import annotations

import pytest

from variorum.model.times import compare_times, find_instant, is_one_day, parse_time

LATE_IN_THE_WEST, EARLIER_BY_UTC = "2031-06-01T23:00-05:00", "2031-06-02T01:00+00:00"


@pytest.mark.parametrize(
    ("left", "right", "order", "one_day"),
    [
        ("2031-06-01", "2031-06-02", -1, False),
        ("2031-06-02", "2031-06-02", 0, True),
        ("2031-06-01T23:59", "2031-06-02", -1, False),
        ("2031-06-02T09:00", "2031-06-02", 0, True),
        ("2031-06-02T09:00", "2031-06-02T10:00", -1, True),
        ("2031-06-02T09:05", "2031-06-02T09:55", 0, True),
        (EARLIER_BY_UTC, LATE_IN_THE_WEST, -1, True),
        # Whose clock it was is not known of the one: the days speak.
        ("2031-06-01T23:00-05:00", "2031-06-02T01:00", -1, False),
        ("2031-06-02T22:00+00:00", "2031-06-02T01:00", 0, True),
        ("2031-05", "2031-06-02", -1, False),
        ("2030", "2031-06", -1, False),
        ("2031-06", "2031-06-02", None, False),
        ("2031", "2031", None, False),
        ("2031-W23", "2031-06-02", None, False),
        ("PAST_REF", "2031-06-02", None, False),
        (None, "2031-06-02", None, False),
        (None, None, None, False),
    ],
)
def test_two_times(left: str | None, right: str | None, order: int | None, one_day: bool) -> None:
    """Times are compared as exactly as both are told, and either way round."""
    first, second = parse_time(left), parse_time(right)

    assert compare_times(first, second) == order
    assert compare_times(second, first) == (None if order is None else -order)
    assert is_one_day(first, second) == is_one_day(second, first) == one_day


def test_order() -> None:
    """Whatever is told of them, times have one order; what is not known is last."""
    in_order = [
        "2030",
        "2031-05",
        "2031-05-04T23:00",
        "2031-05-05",
        EARLIER_BY_UTC,
        LATE_IN_THE_WEST,
        None,
    ]

    mixed = in_order[3:] + in_order[:3]
    assert sorted(mixed, key=find_instant) == in_order
