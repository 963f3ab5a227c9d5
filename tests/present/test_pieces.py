from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.model.span import Span
from variorum.present.pieces import Mark, cut_pieces

TEXT = "The ferry sank off Karsa on Monday, the mayor said."
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda pair: Span(*sorted(pair))
)


@given(SPANS, st.lists(SPANS, max_size=6))
def test_pieces_are_the_words(span: Span, marked: list[Span]) -> None:
    """However marks overlap, the pieces together are exactly the words."""
    pieces = cut_pieces(TEXT, span, [Mark(span=one, css="a") for one in marked])
    assert "".join(piece.text for piece in pieces) == span.of(TEXT)


def test_overlapping_marks() -> None:
    """Words under two marks carry the classes and references of both."""
    marks = [Mark(span=Span(4, 14), css="a", ref="1"), Mark(span=Span(10, 18), css="b", ref="2")]
    pieces = cut_pieces(TEXT, Span(0, 20), marks)
    assert [(piece.text, piece.css, piece.refs) for piece in pieces] == [
        ("The ", "", ""),
        ("ferry ", "a", "1"),
        ("sank", "a b", "1 2"),
        (" off", "b", "2"),
        (" K", "", ""),
    ]
