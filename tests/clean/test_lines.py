from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.clean.lines import MAX_SCORED_CHARS, Line, iter_lines, make_line

ENDS = ("\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85", "\v", "\f")
PARAGRAPHS = (
    "The ferry Orla sank off Karsa on Monday after it struck a reef in thick fog, the mayor said.",
    "A second ferry took the passengers ashore, and by noon all of them had been counted twice.",
)


def line_of(text: str) -> Line:
    return make_line(text, 0)


@given(
    st.lists(st.text(max_size=30) | st.sampled_from(["reef", "  fog ", "it sank"]), max_size=9),
    st.sampled_from(ENDS),
)
@settings(max_examples=80)
def test_lines(passages: list[str], end: str) -> None:
    """Lines are in order, do not overlap, begin and end with no white space and leave none out."""
    text = end.join(passages)
    lines = list(iter_lines(text))

    spans = [line.span for line in lines]
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    assert "".join("".join(s.of(text) for s in spans).split()) == "".join(text.split())
    assert all(line.text == line.span.of(text) for line in lines)


@pytest.mark.parametrize("end", ENDS)
def test_line_ends(end: str) -> None:
    """Every kind of line end ends a line."""
    assert [line.text for line in iter_lines(f"One{end} Two{end}")] == ["One", "Two"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_wrapped_text(end: str) -> None:
    """Where a text is broken at a width, a line is what stands between empty lines."""
    wrapped = [textwrap.fill(text, 40).replace("\n", end) for text in PARAGRAPHS]
    text = f"{end}{end}".join(wrapped)

    assert [line.text for line in iter_lines(text)] == wrapped


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "tea\nbread\nsalt\nbutter " + "and so on " * 20,
        "\n\n".join(["one by one", "it", "sank", "at", "night"]),
        "\n".join(["Tea", "bread", "Salt", "butter", "Fish", "and Oil", "Jam", "Rice", "Ham"]),
    ],
)
def test_text_that_is_not_wrapped(text: str) -> None:
    """Paragraphs one to a line, long lines and lines set apart stay as they are."""
    lines = [line.strip() for line in text.split("\n") if line]

    assert [line.text for line in iter_lines(text)] == lines


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The FERRY’s crew, 12 men", ("the", "ferry's", "crew", "12", "men")),
        ("snake_case—dash", ("snake", "case", "dash")),
        ("«Ночь»", ("ночь",)),
        ("* * *", ()),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    """Words are lower case, with a straight apostrophe inside and no punctuation around."""
    assert line_of(text).words == words


@pytest.mark.parametrize(
    ("text", "is_sentence"),
    [
        ("It sank.", True),
        ("Did it sink?”", True),
        ("“It sank!”)", True),
        ("It sank…", True),
        ("It sank", False),
        ("It sank:", False),
        ("It sank. (AFP)", False),
    ],
)
def test_sentences(text: str, is_sentence: bool) -> None:
    """A sentence ends with its stop, whatever closes behind it."""
    assert line_of(text).is_sentence is is_sentence


@pytest.mark.parametrize(
    ("text", "n_sentences"),
    [("It sank", 1), ("It sank. They swam.", 2), ("“It sank!” “No.” At 5.30 p.m. it did.", 3)],
)
def test_number_of_sentences(text: str, n_sentences: int) -> None:
    """Counted is where a stop is followed by a capital."""
    assert line_of(text).n_sentences == n_sentences


@pytest.mark.parametrize(
    ("text", "unquoted"),
    [
        ("The mayor said: “Donate now,” and left.", "the mayor said:  and left."),
        ('"No" or «yes»', " or "),
        ("The mayor's 'no'", "the mayor's 'no'"),
    ],
)
def test_unquoted_words(text: str, unquoted: str) -> None:
    """What stands in double quotation marks of any kind is somebody else's."""
    assert line_of(text).unquoted.split() == unquoted.split()


@pytest.mark.parametrize(
    ("text", "is_titled"),
    [
        ("Ferry Sinks off the Karsa Coast", True),
        ("Ferry sinks off Karsa", False),
        ("Ferry 2031", True),
        ("at sea", False),
    ],
)
def test_titled_lines(text: str, is_titled: bool) -> None:
    """A line is set as a title if its longer words have capitals; one without such is not."""
    assert line_of(text).is_titled is is_titled


def test_very_long_line() -> None:
    """A very long line is judged by its two ends, and its span is of all of it."""
    text = "Start " + "filler " * 1_000 + "end."
    line = line_of(text)

    assert len(line.span) == len(text)
    assert len(line.text) <= MAX_SCORED_CHARS + 1
    assert line.text.startswith("Start ")
    assert line.text.endswith(" end.")
    assert line.is_sentence
