from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from records import spans

from variorum.model.span import Span, find_trimmed, make_cover

LETTERS = st.text(st.sampled_from(" \t\n\u00a0\u2028ab“”é😀"), max_size=30)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (3, 2), (-2, -1)])
def test_nonsense_is_refused(start: int, end: int) -> None:
    """A span that ends before it starts, or starts before the text, can't be made."""
    with pytest.raises(ValueError, match="0 <= start <= end"):
        Span(start, end)


def test_offsets_count_code_points() -> None:
    """A character beyond the basic plane and a combining accent count one each."""
    assert Span(2, 4).of("😀 e\u0301a") == "e\u0301"


def test_empty_span_is_something() -> None:
    """Asking ``if span`` tells a place from None, however short the passage."""
    assert Span(3, 3)
    assert len(Span(3, 3)) == 0


@given(spans, spans)
def test_overlap_is_a_shared_place(left: Span, right: Span) -> None:
    """Two spans overlap exactly if some code point lies in both."""
    shared = range(max(left.start, right.start), min(left.end, right.end))

    assert left.overlaps(right) == right.overlaps(left) == bool(shared)


@given(spans, spans)
def test_containing(outer: Span, inner: Span) -> None:
    """A span contains another exactly if covering both makes it no larger."""
    assert outer.contains(inner) == (make_cover([outer, inner]) == outer)


@given(st.lists(spans, min_size=1))
def test_cover_holds_all(parts: list[Span]) -> None:
    """The cover contains every part and begins and ends where a part does."""
    cover = make_cover(iter(parts))

    assert all(cover.contains(part) for part in parts)
    assert cover.start in {part.start for part in parts}
    assert cover.end in {part.end for part in parts}


def test_cover_of_nothing() -> None:
    """There is no smallest span around no spans."""
    with pytest.raises(ValueError, match="no spans"):
        make_cover([])


@given(spans, st.integers(-10_000, 10_000))
def test_moving_there_and_back(span: Span, by: int) -> None:
    """A moved span is as long as before, and moving it back undoes it."""
    assume(span.start + by >= 0)

    assert len(span.moved(by)) == len(span)
    assert span.moved(by).moved(-by) == span


def test_moving_out_of_the_text() -> None:
    """No span can be moved to before the text."""
    with pytest.raises(ValueError, match="0 <= start"):
        Span(1, 2).moved(-2)


@given(st.data(), LETTERS)
def test_trimming(data: st.DataObject, text: str) -> None:
    """Trimming keeps the words, loses the white space around them, and stays inside the span."""
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    span = Span(start, end)

    trimmed = find_trimmed(text, span)

    assert span.contains(trimmed)
    assert trimmed.of(text) == span.of(text).strip()


def test_trimming_other_characters() -> None:
    """The characters to trim can be named; white space is then kept."""
    text = "“ Adieu ”"

    assert find_trimmed(text, Span(0, len(text)), "“”").of(text) == " Adieu "


@given(st.lists(spans))
def test_text_order(parts: list[Span]) -> None:
    """Spans sort by where they start, then by where they end."""
    assert sorted(parts) == sorted(parts, key=lambda span: (span.start, span.end))
