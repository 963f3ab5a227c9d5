"""The lines of a text, each with what its shape tells.

A line is what stands between two line ends, without the white space around it; paragraphs of
pages and of plain text alike are such lines. Where a text is broken at a fixed width, as mail and
old archives are, the lines up to the next empty one are taken as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from variorum.model.span import Span

LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
ADDRESS = re.compile(
    r"""
    (?: https?:// | www\. ) \S+                                # http://one.example/two
    | \b [\w-]{1,60} (?: \. [\w-]{1,60} ){0,3} \. (?: com | org | net | info | tv | ir | ru | uk
      | co\.uk | news | io | me ) \b (?: / \S* )?              # one.example.com
    """,
    re.VERBOSE | re.IGNORECASE,
)
HANDLE = re.compile(r"[@#]\w+")
SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*$""")
SENTENCE_BREAK = re.compile(r"""[.!?]["'”’)]*[ \u00a0]+(?=["'“‘(]?[A-Z])""")
FOLDED = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'",
                        "\u00a0": " ", "\u2011": "-", "\u2007": " ", "\u202f": " "})  # fmt: skip

LINE_END = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")

MIN_WRAPPED = 3
WRAPPED_SHARE = 0.25
MIN_CUT_SHARE = 0.4
"""Of lines that follow another without an empty line: of wrapped English text some 70% begin in
lower case, of paragraphs written one to a line next to none."""

MAX_WRAPPED_WIDTH = 120

MAX_SCORED_CHARS = 1_500
"""Longer lines are judged by their first two thirds and last third of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank.

    Attributes:
        span: Without the white space at its ends.
        text: What stands there; the middle of a very long line is left out.
        folded: The same in lower case with straight quotation marks.
        words: Lower-case words in order.
        is_sentence: Whether it ends as a sentence does.
    """

    span: Span
    text: str
    folded: str
    words: tuple[str, ...]
    is_sentence: bool

    @property
    def n_sentences(self) -> int:
        """How many sentences it seems to have."""
        return 1 + len(SENTENCE_BREAK.findall(self.text))

    @property
    def is_quoted(self) -> bool:
        """Whether it holds quotation marks."""
        return '"' in self.folded

    @property
    def unquoted(self) -> str:
        """``folded`` without what stands inside double quotation marks."""
        return " ".join(self.folded.split('"')[::2]) if self.is_quoted else self.folded

    @property
    def is_titled(self) -> bool:
        """Whether every word of four letters or more begins with a capital."""
        long = [word for word in WORD.findall(self.text) if len(word) > 3]
        return bool(long) and all(word[0].isupper() or word[0].isdigit() for word in long)


def iter_lines(text: str) -> Iterator[Line]:
    """Yield the lines of ``text`` that are not blank, in order."""
    spans = tuple(_iter_spans(text))
    for span in _join_wrapped(text, spans):
        yield make_line(span.of(text), span.start)


def _iter_spans(text: str) -> Iterator[Span]:
    for match in LINE.finditer(text):
        passage = match[0]
        stripped = passage.strip()
        if stripped:
            start = match.start() + len(passage) - len(passage.lstrip())
            yield Span(start, start + len(stripped))


def _join_wrapped(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return paragraphs in place of lines, if the text is broken at a fixed width."""
    n_low = sum(text[span.start].islower() for span in spans)
    if n_low < MIN_WRAPPED or n_low < WRAPPED_SHARE * len(spans):
        return spans
    goes_on = [
        len(LINE_END.findall(text[left.end : right.start])) == 1 for left, right in pairwise(spans)
    ]
    n_within = sum(goes_on)
    n_cut = sum(
        text[right.start].islower()
        for right, is_next in zip(spans[1:], goes_on, strict=True)
        if is_next
    )
    width = max(len(span) for span in spans)
    if width > MAX_WRAPPED_WIDTH or n_cut < MIN_CUT_SHARE * n_within:
        return spans
    joined = [spans[0]]
    for span, is_next in zip(spans[1:], goes_on, strict=True):
        if is_next:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def make_line(stripped: str, start: int) -> Line:
    """Return the line whose text, without white space around it, begins at ``start``."""
    span = Span(start, start + len(stripped))
    text = stripped
    if len(text) > MAX_SCORED_CHARS:
        half = MAX_SCORED_CHARS // 3
        text = f"{text[: 2 * half]} {text[-half:]}"
    folded = (text if text.isascii() else text.translate(FOLDED)).lower()
    return Line(
        span=span,
        text=text,
        folded=folded,
        words=tuple(WORD.findall(folded)),
        is_sentence=SENTENCE_END.search(text) is not None,
    )
