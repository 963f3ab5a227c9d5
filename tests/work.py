"""Work for engines: what worker processes import, so no more than it takes."""

from __future__ import annotations

import time

FIRST_SECONDS = 0.3


def echo_slowly(number: int) -> int:
    """Return the number; zero takes longer than a worker needs for all the others."""
    time.sleep(0 if number else FIRST_SECONDS)
    return number


def square_even(number: int) -> int:
    """Return the square of an even number.

    Raises:
        ValueError: If the number is odd.
    """
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number**2
