"""Text that is no news: what is found lies in it, is the same each time, and takes bounded time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from variorum.annotate.annotators import annotate_article
from variorum.annotate.language import MAX_ARTICLE_CHARS, load_language
from variorum.clean import clean_page
from variorum.model.annotation import Annotations
from variorum.model.article import Page
from variorum.model.span import Span
from variorum.pipeline import CUT_SHORT, UNPAIRED, PageReader

LEAD = (
    "Ferry sinks off Karsa\n\n"
    "A ferry sank, the mayor said. “We do not know why,” Ann Lane said.\n\n"
)
CONTROLS = [chr(code) for code in (*range(32), *range(127, 160))]

LIMIT_SECONDS = 30.0
"""Of the processor, not by the clock: other work on the machine counts for nothing."""

CASES = {
    "no sentence": "*** --- ***\n12 14 16\n",
    "controls": f"{''.join(CONTROLS)} Ann Lane said\x00 that \x07 it sank.\x1b[31m\n",
    "words and controls": "said".join(CONTROLS) + "\n",
    "surrogates": "He said \ud800 “wow\udfff”, \udc80 and 3\ud800 people left.\n",
    "directions": "\u202eAnn Lane\u202c said \u200fthat\u200e “\u2066it sank\u2069”, she said.\n",
    "directions alone": "\u200f\u202e\u2066\u2069\u061c" * 500 + "\n",
    "no width": "An\u200bn L\u200dane sa\ufeffid “th\u2060at” 1\u200b2 m\u00aden sank.\n",
    "no width alone": "\u200b" * 5_000 + "\n",
    "word": "x" * 1_000_000 + "\n",
    "word in marks": "“" + "x" * 1_000_000 + "”\n",
    "marks": '"' * 100_000 + "\n",
    "marks that open": "“" * 100_000 + "\n",
    "marks of all kinds": "“‘«„\"'»’”``''" * 8_000 + "\n",
    "marks, line by line": '"\n' * 5_000,
    "quotations in one line": "“We left the harbour at noon,” Ann Lane said. " * 400 + "\n",
}


def make_page(text: str) -> Page:
    return Page(where="one.txt", path="one.txt", media="text", content=text)


def annotate(text: str) -> tuple[str, Annotations]:
    article = clean_page(make_page(text))
    return article.text, annotate_article(article, load_language())


def iter_spans(record: Any) -> Iterator[Span]:
    """Yield all spans in a record."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for part in record:
            yield from iter_spans(part)
    elif is_dataclass(record):
        for field in fields(record):
            yield from iter_spans(getattr(record, field.name))


@pytest.mark.parametrize("case", CASES)
def test_bad_input(case: str) -> None:
    """Every span lies in the text and is not empty, the time is bounded, twice is the same."""
    load_language()
    started = time.process_time()
    text, found = annotate(LEAD + CASES[case])

    assert time.process_time() - started < LIMIT_SECONDS
    assert all(0 <= span.start < span.end <= len(text) for span in iter_spans(found))
    assert any(quotation.source for quotation in found.quotations)
    assert annotate(LEAD + CASES[case])[1] == found


@pytest.mark.parametrize("case", CASES)
def test_nothing_else(case: str) -> None:
    """Such a text alone is an article or a stored reason why it is none."""
    read = PageReader()(make_page(CASES[case]))

    assert read.article is not None or (read.failure is not None and read.failure.reason)


def test_surrogates_keep_places() -> None:
    """Half of a pair becomes one other character, and nothing moves."""
    text, _ = annotate(LEAD + "It sank \ud800 off Karsa.\n")

    assert text == LEAD + "It sank \ufffd off Karsa.\n"


def find_reason(text: str) -> str | None:
    read = PageReader()(make_page(text))
    assert read.article is not None
    assert read.annotations is not None
    assert read.annotations.quotations
    return read.failure and read.failure.reason


def test_reason_for_too_many_marks() -> None:
    """A line with more marks than are paired is said to be without quotations."""
    assert find_reason(LEAD + '"a" ' * 900 + "\n") is None
    assert find_reason(LEAD + '"a" ' * 1_100 + "\n") == UNPAIRED


def test_reason_for_too_long_a_text() -> None:
    """A text cut short says so; with too many marks as well, both are said."""
    assert find_reason(LEAD + "x" * MAX_ARTICLE_CHARS) == CUT_SHORT
    assert find_reason(LEAD + '"' * 3_000 + "x" * MAX_ARTICLE_CHARS) == f"{CUT_SHORT}; {UNPAIRED}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        '"word" ',
        "The old harbour of Karsa was built by the people of the town a long time ago.\n",
        "“We left the harbour at noon,” Ann Lane said. The mayor said it was late.\n",
    ],
)
def test_five_megabytes(piece: str) -> None:
    """The time does not grow with what stands beyond the bound."""
    load_language()
    started = time.process_time()
    read = PageReader()(make_page(LEAD + piece * (5_000_000 // len(piece))))

    assert time.process_time() - started < 5 * LIMIT_SECONDS
    assert read.failure is not None
    assert read.failure.reason.startswith(CUT_SHORT)
    assert read.annotations is not None
    assert all(span.end <= MAX_ARTICLE_CHARS for span in iter_spans(read.annotations))
