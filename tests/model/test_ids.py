from __future__ import annotations

import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st
from records import articles

from variorum.model.article import Article
from variorum.model.ids import make_id

PARTS = st.lists(
    st.none() | st.integers() | st.text().filter(lambda part: part != "\x00"), max_size=4
)
"""A lone NUL reads like the mark of None; no part of an id is one."""


@given(PARTS)
def test_shape(parts: list[str | int | None]) -> None:
    """An id is its prefix, a hyphen and sixteen hexadecimal digits."""
    assert re.fullmatch(r"q-[0-9a-f]{16}", make_id("q", *parts))


@given(PARTS, PARTS)
def test_same_parts_same_id(left: list[str | int | None], right: list[str | int | None]) -> None:
    """Two things have one id exactly if their parts, as text, are the same."""
    as_text = [[None if part is None else str(part) for part in parts] for parts in (left, right)]

    assert (make_id("a", *left) == make_id("a", *right)) == (as_text[0] == as_text[1])


def test_parts_do_not_run_together() -> None:
    """Where one part ends and the next begins counts, and so does an empty part."""
    ids = {make_id("a", *parts) for parts in (["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""])}

    assert len(ids) == 4


def test_nothing_is_not_empty() -> None:
    """A part that is not known and one that is known to be empty make different ids."""
    assert make_id("a", None) != make_id("a", "")


def test_lone_surrogates() -> None:
    """Half a surrogate pair, which a caller's own page can hold, has an id too."""
    assert make_id("a", "\ud800") != make_id("a", "\udc00")


def test_another_process_agrees() -> None:
    """Ids do not hang on the hash seed of the process."""
    code = "from variorum.model.ids import make_id; print(make_id('a', 'Orla', 7, None))"
    command = [sys.executable, "-c", code]

    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    assert said == make_id("a", "Orla", 7, None)


@given(articles())
def test_segments_of_a_kind(article: Article) -> None:
    """Asked for some kinds, an article gives all segments of these and no other, in order."""
    kept = article.iter_segments("body", "headline")

    wanted = {"body", "headline"}
    assert kept == tuple(segment for segment in article.segments if segment.kind in wanted)
    assert article.iter_segments() == ()
