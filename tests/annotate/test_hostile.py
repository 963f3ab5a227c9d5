"""Text made to keep a pattern busy: time grows with its length, not with the square of it."""

from __future__ import annotations

import time

import pytest

from variorum.model.article import Page
from variorum.pipeline import PageReader

N_CHARS = 8_000
LIMIT_SECONDS = 20.0
"""Each takes a second or two on one core; what grew with the square took a minute."""


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "A.B",
        "Aa ",
        "(",
        "1,",
        "1 ",
        "-",
        '"',
        "“",
        "Jan ",
        "of ",
        "a.m. ",
        "the last ",
        "said ",
    ],
)
def test_time_stays_bounded(piece: str) -> None:
    """An article of one piece again and again is read in seconds, and keeps its text."""
    line = piece * (N_CHARS // len(piece))
    text = f"A ferry sank off Karsa, the harbour master said.\n\n{line}\nthe last{' ' * 8_000}x\n"
    started = time.perf_counter()
    read = PageReader()(Page(where="one.txt", path="one.txt", media="text", content=text))
    assert time.perf_counter() - started < LIMIT_SECONDS
    assert read.article is not None
    assert read.article.text == text
