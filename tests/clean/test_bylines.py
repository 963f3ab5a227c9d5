from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.bylines import find_byline_reason, find_dateline, is_time_line
from variorum.clean.lines import make_line


def reason_of(text: str, *, is_head: bool) -> str | None:
    return find_byline_reason(make_line(text, 0), is_head=is_head)


@pytest.mark.parametrize(
    "text", ["By Mira Holt", "BY MIRA HOLT", "Written by Mira Holt", "Staff report", "- Agencies -"]
)
def test_writers(text: str) -> None:
    """Who wrote it is named wherever the line stands."""
    assert reason_of(text, is_head=True) == "names the writer"
    assert reason_of(text, is_head=False) == "names the writer"


@pytest.mark.parametrize(
    "text", ["Mira Holt, Harbour Correspondent", "Mira Holt | Columnist", "By Mira Holt in Karsa."]
)
def test_writers_at_the_head(text: str) -> None:
    """What could be news further down is a byline at the head."""
    assert reason_of(text, is_head=True) == "names the writer"
    assert reason_of(text, is_head=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "By the time it sank",
        "By noon all were ashore.",
        "Bystanders wept",
        "Byron Holt",
        "The editor of the paper was on board, said the harbour master.",
        "Ferry sinks",
    ],
)
def test_what_names_no_writer(text: str) -> None:
    """The word "by" does not make a byline, nor does a reporter in the news."""
    assert reason_of(text, is_head=False) is None


@pytest.mark.parametrize("text", ["By the time it sank", "Bystanders wept", "Byron Holt"])
def test_what_names_no_writer_at_the_head(text: str) -> None:
    """The same at the head."""
    assert reason_of(text, is_head=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "Mira Holt contributed to this report.",
        "Reporting by Mira Holt; Editing by Tom Reed",
        "(Additional reporting by Tom Reed in Vellan and Ana Li in Drumel)",
        "With inputs from agencies",
    ],
)
def test_reporters(text: str) -> None:
    """Those who helped are named at the end."""
    assert reason_of(text, is_head=False) == "names those who reported"


@pytest.mark.parametrize(
    "text",
    [
        "“He contributed to this report,” the judge said.",
        "The firm contributed to this cause.",
        "Fog contributed to the wreck, the report said.",
    ],
)
def test_what_names_no_reporters(text: str) -> None:
    """Quoted words and other contributions are news."""
    assert reason_of(text, is_head=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "4 May 2031",
        "May 4th, 2031",
        "Sunday, May 4",
        "2031-05-04",
        "04.05.2031 | 14:35",
        "14:35 GMT",
        "Published: 4 May 2031, 2:35 p.m.",
        "Updated 3 hours ago",
        "5 min read",
        "2 days ago",
        "Karsa | 4 May 2031",
        "Mira Holt (@miraholt) may 4, 2031",
    ],
)
def test_time_lines(text: str) -> None:
    """A line that tells nothing but when is a byline."""
    assert is_time_line(make_line(text, 0))
    assert reason_of(text, is_head=False) == "tells nothing but a time"


@pytest.mark.parametrize(
    "text", ["On 4 May 2031 it sank.", "May", "May 4, 2031 was a Sunday", "12 dead", "Updated"]
)
def test_what_tells_more_than_a_time(text: str) -> None:
    """A day in a sentence, or a number without a time, is none."""
    assert not is_time_line(make_line(text, 0))


@pytest.mark.parametrize(
    "dateline",
    [
        "KARSA - ",
        "KARSA, Vellan — ",
        "NEW KARSA, May 4 -- ",
        "KARSA (Reuters) - ",
        "Karsa, May 4 (AFP) -- ",
        "Karsa (TMN) – ",
        "KARSA: ",
        "KARSA/VELLAN — ",
        "(CNN) ",
        "(Reuters) - ",
    ],
)
def test_datelines(dateline: str) -> None:
    """The place, the day and the agency before the news are measured to the character."""
    assert find_dateline(f"{dateline}The ferry Orla sank.") == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "Karsa - the port - was closed.",
        "Karsa (a port) - was closed.",
        "Karsa: a port",
        "UN: no aid",
        "Well-known pilot",
        "(We) sank.",
        "The ferry sank - and nobody knew.",
        "",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    """A dash, a colon or a bracket alone makes none."""
    assert find_dateline(text) == 0


@given(st.text() | st.from_regex(r"[A-Z]{2,8}(, [A-Z][a-z]+)? ?(\([A-Z]+\))? ?[-—:] ?.*"))
def test_dateline_begins_the_text(text: str) -> None:
    """It is part of the text, and has words if there is one."""
    length = find_dateline(text)

    assert 0 <= length <= len(text)
    assert length == 0 or any(map(str.isalpha, text[:length]))
