"""Places in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in one article's text.

    Offsets count as ``str`` indexing does: never bytes, never UTF-16 units.
    ``start == end`` marks a place rather than a passage.

    Raises:
        ValueError: If ``0 <= start <= end`` does not hold.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"expected 0 <= start <= end, got {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        # A span is never "nothing", not even an empty one: ``if span`` asks for None.
        return True

    def of(self, text: str) -> str:
        """Return the passage of ``text`` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether the spans share at least one code point."""
        return max(self.start, other.start) < min(self.end, other.end)

    def contains(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def moved(self, by: int) -> Span:
        """Return the span ``by`` code points further on."""
        return Span(self.start + by, self.end + by)


def find_trimmed(text: str, span: Span, strip: str | None = None) -> Span:
    """Return ``span`` without the white space (or the characters of ``strip``) at its ends."""
    passage = span.of(text)
    start = span.start + len(passage) - len(passage.lstrip(strip))
    return Span(start, max(start, span.start + len(passage.rstrip(strip))))


def make_cover(spans: Iterable[Span]) -> Span:
    """Return the smallest span that contains all of ``spans``.

    Raises:
        ValueError: If there are none.
    """
    spans = tuple(spans)
    if not spans:
        raise ValueError("no spans to cover")
    return Span(min(span.start for span in spans), max(span.end for span in spans))
