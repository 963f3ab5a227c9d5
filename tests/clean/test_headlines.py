from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.headlines import (
    find_headline,
    find_lead_title,
    fold_title,
    is_same_title,
    looks_like_headline,
    names_subject,
)
from variorum.clean.lines import Line, make_line
from variorum.clean.segments import segment_text

TITLE = "Ferry sinks off Karsa"
PROSE = "The ferry Orla sank off Karsa on Monday after it struck a reef in thick fog, it was said."


def line_of(text: str) -> Line:
    return make_line(text, 0)


def lines_of(*texts: str) -> list[Line]:
    return [line_of(text) for text in texts]


def test_folded_title() -> None:
    """Letters and digits count, case and punctuation do not."""
    assert fold_title("“Ferry” SINKS: 12 dead —") == "ferry sinks 12 dead"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("ferry sinks off karsa", "ferry sinks off karsa", True),
        ("ferry sinks off karsa", "ferry sinks off karsa the courier", True),
        ("ferry sinks off karsa in fog", "ferry sink off karsa in fog", True),
        ("ferry sinks", "ferry sinks", True),
        ("ferry sinks", "ferry sinks off karsa", False),
        ("ferry sinks off karsa", "ferry burns off vellan", False),
        ("", "ferry", False),
        ("", "", False),
    ],
)
def test_same_title(left: str, right: str, expected: bool) -> None:
    """Titles are one if equal, nearly so, or with more behind; a short one begins many lines."""
    assert is_same_title(left, right) is expected
    assert is_same_title(right, left) is expected


@pytest.mark.parametrize(
    ("texts", "index"),
    [
        ((TITLE, PROSE), 0),
        (("News", "Karsa", f"{TITLE} | The Courier", PROSE), 2),
        (("FERRY SINKS OFF KARSA", PROSE), 0),
        ((PROSE, PROSE), None),
        ((*["Share"] * 12, TITLE), None),
        ((f"{TITLE} {PROSE} {PROSE} {PROSE}", PROSE), None),
    ],
)
def test_headline(texts: tuple[str, ...], index: int | None) -> None:
    """The title is found near the top, in any case, but not as the start of a paragraph."""
    assert find_headline(lines_of(*texts), TITLE) == index


def test_headline_behind_a_dateline() -> None:
    """A first paragraph that begins like the title, behind its dateline, is no headline."""
    lines = lines_of("KARSA - Ferry sinks off the coast", "Ferry sinks off the coast")

    assert find_headline(lines, "Karsa - Ferry sinks off the coast of Vellan") is None
    assert find_headline(lines, "KARSA - Ferry sinks off the coast") == 0


@pytest.mark.parametrize("title", ["", "* * *", "—"])
def test_title_without_words(title: str) -> None:
    """A title of nothing but signs is nowhere."""
    assert find_headline(lines_of("* * *", "—", PROSE), title) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TITLE, True),
        ("“Nobody came”: ferry sinks off Karsa", True),
        ("Why did the ferry sink?", True),
        ("12 dead off Karsa", True),
        ("Ferry sinks off Karsa.", False),
        ("Ferry sinks", False),
        ("- ferry sinks off Karsa", False),
        ("Ferry sinks " * 16, False),
    ],
)
def test_look_of_a_headline(text: str, expected: bool) -> None:
    """Three to thirty words, no full stop, and no list item."""
    assert looks_like_headline(line_of(text.strip()), lines_of(PROSE + " " + PROSE)) is expected


def test_headline_has_something_under_it() -> None:
    """A line is the headline only of longer sentences that follow it soon."""
    assert not looks_like_headline(line_of(TITLE), [])
    assert not looks_like_headline(line_of(TITLE), lines_of("It sank.", PROSE.rstrip(".")))
    assert not looks_like_headline(line_of(TITLE), lines_of(*["Share"] * 6, PROSE))
    assert looks_like_headline(line_of(TITLE), lines_of(*["Share"] * 5, PROSE))


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        (f"{TITLE} {PROSE}", TITLE, TITLE),
        (f"4 May 2031 FERRY SINKS, OFF KARSA. {PROSE}", TITLE, "FERRY SINKS, OFF KARSA."),
        (f"“{TITLE}” {PROSE}", TITLE, f"{TITLE}”"),
        (f"{TITLE}’s coast, said the mayor.", TITLE, None),
        (f"{TITLE}'s coast, said the mayor.", TITLE, None),
        (f"{TITLE}ny, said the mayor.", TITLE, None),
        (f"un{TITLE}, said the mayor.", TITLE, None),
        (TITLE, TITLE, None),
        (f"{PROSE} {TITLE} {PROSE}", TITLE, None),
        (f"{PROSE[:64]} {TITLE} {PROSE}", TITLE, None),
        (f"Ferry sinks {PROSE}", "Ferry sinks", None),
        (PROSE, "— — — — — — — — — —", None),
        (f"“{PROSE}", "_____________________", None),
    ],
)
def test_title_at_the_head_of_a_paragraph(text: str, title: str, found: str | None) -> None:
    """A title that runs on with the text is found in whole words, with the marks that end it."""
    line = make_line(text, 7)
    span = find_lead_title(line, title)

    assert (None if span is None else span.moved(-7).of(text)) == found


@given(
    st.text(" -—_.“”'’ab", min_size=1, max_size=30),
    st.text(" -—_.“”'’ab", min_size=1, max_size=60),
)
def test_no_segment_is_blank(title: str, start: str) -> None:
    """Whatever is given as the title, no part of the text is empty."""
    text = f"{start} {PROSE}"

    assert all(part.span.of(text).strip() for part in segment_text(text, title).segments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Captain Jon Vell", True),
        ("Captain Jonathan de Vell", False),
        ("Harbour of Karsa", True),
        ("Mayor of Karsa Ana Li", True),
        ("Mira Holt", False),
        ("Mira Jon Vell", False),
        ("Vell", False),
        ("Captain Jon Vell.", False),
        ("captain Jon Vell", False),
        ("Captain Jon Vell 2", False),
    ],
)
def test_picture_subject(text: str, expected: bool) -> None:
    """A line that only names whom the next paragraphs are about is what is left of a picture."""
    following = lines_of(
        "On Monday captain Jon Vell left the harbour of Karsa.", "Ana Li, the mayor, saw him."
    )

    assert names_subject(line_of(text), following) is expected
