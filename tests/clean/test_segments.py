from __future__ import annotations

import textwrap
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.segments import segment_text

PROSE = (
    "The ferry Orla sank off Karsa on Monday after it struck a reef in thick fog, the mayor said.",
    "“We heard a bang and then nothing,” said Mira Holt, a teacher. She added that it rained.",
    "The company that owns the ferry denied that it had been overloaded.",
)


def kinds_of(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(part.kind, part.span.of(text)) for part in segment_text(text, title).segments]


def kind_of(line: str, *, before: bool = False) -> str:
    """Return what ``line`` is held to be in a plain article: after it, or before its text."""
    lines = ["Ferry sinks off Karsa", line, *PROSE] if before else ["Ferry sinks", *PROSE, line]
    text = "\n\n".join(lines)
    (kind,) = {part.kind for part in segment_text(text).segments if line in part.span.of(text)}
    return kind


def test_plain_article() -> None:
    """The first line is the headline, the rest is the article's body."""
    text = "Ferry sinks off Karsa\r\n\r\n" + "\r\n\r\n".join(PROSE) + "\r\n"

    segmented = segment_text(text)

    assert segmented.headline == "Ferry sinks off Karsa"
    assert [part.kind for part in segmented.segments] == ["headline", "body", "body", "body"]
    assert all(part.reason for part in segmented.segments)


@pytest.mark.parametrize(
    "line",
    [
        "SHARE THIS ARTICLE",
        "Facebook Twitter Email",
        "Read more",
        "READ MORE: Second ferry in a year runs aground",
        "Advertisement",
        "image",
        "www.karsacourier.example",
        "https://karsacourier.example/ferry",
        "The Courier’s website can also be reached at the following mirror addresses:",
        "Follow us on Twitter and Facebook",
        "Sign up for our daily newsletter and get the news in your inbox",
        "Please consider making a donation to The Courier.",
        "Your support keeps us going. Donate today.",
        "Support our journalism for as little as £1 a week.",
        "© 2031 The Karsa Courier. All rights reserved.",
        "Copyright 2031 Karsa Media. All rights reserved. This material may not be republished.",
        "We use cookies to improve your experience. Accept all cookies",
        "Leave a comment",
        "12 comments",
        "Tags: ferry, Karsa, harbour",
        "The views expressed in this article are the author's own.",
        "Do you have a story for us? Email our newsroom at tips@courier.example",
        "You may also like",
        "* * *",
        "Back to top",
        "This story has been updated.",
    ],
)
def test_what_a_page_says_to_its_reader_is_boilerplate(line: str) -> None:
    """Share links, pleas, notices and addresses are no body text."""
    assert kind_of(line) == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "The charity asked the public to donate blankets to the families of the crew.",
        "Donations to the harbour fund rose to 3 million crowns, the mayor said.",
        "“Please donate what you can,” the mayor told the crowd on the quay.",
        "Independent journalism in Karsa is under pressure, said the union of reporters.",
        "Readers of the paper had signed up for a newsletter that never came.",
        "The minister shared a photo of the ferry on Twitter.",
        "He was seen in the harbour on Sunday.",
        "Subscribers to the ferry’s season ticket will be paid back, the company said.",
        "Its support for the pilots was thin.",
        "Copyright law does not cover the map, the court ruled.",
        "A second ferry was on its way.",
        "Rescue at night",
        "He added:",
        "Police said the captain, left, had been questioned and that he would appear in court.",
    ],
)
def test_news_about_such_things_is_body(line: str) -> None:
    """A paragraph that tells of donations, newsletters or journalism is news."""
    text = "\n\n".join(["Ferry sinks off Karsa", PROSE[0], line, *PROSE[1:]])

    assert ("body", line) in kinds_of(text)


@pytest.mark.parametrize(
    "line",
    [
        "Rescuers gather near the wreck of the ferry in Karsa on May 4, 2031. (AFP)",
        "The ferry Orla (C) is seen in the harbour of Karsa on 3 May 2031. (Reuters)",
        "Photo: Mira Holt",
        "(Photo: Mira Holt / The Courier)",
        "File photo of the ferry Orla",
        "Tom Reed/AP",
        "A general view of the harbour of Karsa [Tom Reed/Reuters]",
        "The ferry before it sank. Photograph: Tom Reed/Getty Images",
        "Captain Jon Vell, left, arrives at the court in Karsa. (Tom Reed/Associated Press)",
    ],
)
def test_captions(line: str) -> None:
    """A credit, a day and a scene in the present tense make a caption."""
    assert kind_of(line) == "caption"
    assert kind_of(line, before=True) == "caption"


def test_picture_subject_under_the_headline() -> None:
    """A line that only names whom the article speaks of was under a picture."""
    lines = ["Minister defends ferry law", "Transport Minister Jane Roe",
             "Transport Minister Jane Roe has defended the law on ferries, a paper said on Monday.",
             *PROSE]  # fmt: skip

    assert kinds_of("\n\n".join(lines))[1] == ("caption", "Transport Minister Jane Roe")


@pytest.mark.parametrize(
    "line",
    [
        "By Mira Holt",
        "BY MIRA HOLT AND TOM REED",
        "Published: 4 May 2031",
        "Updated 10:35 a.m. ET, Mon May 4, 2031",
        "May 4, 2031",
        "Mira Holt, staff writer",
    ],
)
def test_bylines(line: str) -> None:
    """Who wrote it and when."""
    assert kind_of(line, before=True) == "byline"


def test_reporters_named_at_the_end() -> None:
    """A credit to those who reported is a byline wherever it stands."""
    assert kind_of("Tom Reed contributed to this report from Vellan.") == "byline"


@pytest.mark.parametrize(
    "dateline",
    [
        "KARSA (Reuters) -",
        "KARSA, Vellan —",
        "Karsa, May 4 (AFP) --",
        "KARSA:",
        "KARSA/VELLAN (AP) —",
        "(CNN)",
    ],
)
def test_datelines(dateline: str) -> None:
    """The place and the agency before the first sentence stand by themselves."""
    text = f"Ferry sinks off Karsa\n\n{dateline} {PROSE[0]}\n\n{PROSE[1]}"

    assert kinds_of(text)[1:3] == [("dateline", dateline), ("body", PROSE[0])]


@pytest.mark.parametrize("start", ["Karsa -", "The ferry:", "NATO said:", "A ferry - the Orla -"])
def test_what_is_no_dateline(start: str) -> None:
    """A dash or a colon alone does not make one."""
    text = f"Ferry sinks off Karsa\n\n{start} {PROSE[0]}\n\n{PROSE[1]}"

    assert "dateline" not in {kind for kind, _ in kinds_of(text)}


@pytest.mark.parametrize("above", ["Support The Courier!", "News / Vellan / Karsa", "image",
                                   "Home › World › Karsa", "Share", "By Mira Holt"])  # fmt: skip
def test_headline_is_found_below_clutter(above: str) -> None:
    """A banner or a breadcrumb above the headline is not the headline."""
    text = "\n\n".join([above, "Ferry sinks off Karsa", *PROSE])

    assert segment_text(text).headline == "Ferry sinks off Karsa"
    assert kinds_of(text)[0][0] in {"boilerplate", "byline"}


def test_sentence_inside_a_plea_goes_with_it() -> None:
    """A line that could be news is not, among lines that are none."""
    plea = [
        "Independent journalism is not dead. You can help keep it alive.",
        "As the only paper on the island, The Courier has been its voice for ninety years.",
        "Please consider making a one-time donation to The Courier.",
    ]
    text = "\n\n".join(["Ferry sinks off Karsa", *PROSE, "Read more", *plea])

    assert kinds_of(text)[4:] == [("boilerplate", line) for line in ["Read more", *plea]]


def test_short_paragraph_between_advertisements_stays() -> None:
    """An advertisement says nothing about its neighbours."""
    text = "\n\n".join([PROSE[0], "Advertisement", "Nobody was hurt.", "Advertisement", PROSE[1]])

    assert ("body", "Nobody was hurt.") in kinds_of(text)


def test_title_is_known_from_elsewhere() -> None:
    """The line that is the title, give or take the outlet's name, is the headline."""
    text = "\n".join(["KARSA", "Ferry sinks off Karsa.", *PROSE])

    assert segment_text(text, "Ferry sinks off Karsa | The Courier").headline == (
        "Ferry sinks off Karsa."
    )


def test_title_at_the_head_of_a_single_line() -> None:
    """Date, headline and text that run on in one line are taken apart."""
    text = f"Mon 04 May 2031 Ferry sinks off Karsa harbour. {PROSE[0]}"

    assert kinds_of(text, "Ferry sinks off Karsa harbour") == [
        ("byline", "Mon 04 May 2031"),
        ("headline", "Ferry sinks off Karsa harbour."),
        ("body", PROSE[0]),
    ]


def test_lines_broken_at_a_width_are_paragraphs() -> None:
    """Mail and old archives break lines; a sentence must not end with them."""
    paragraphs = [textwrap.fill(paragraph, 60) for paragraph in PROSE]
    text = "\n\n".join(["Ferry sinks off Karsa", *paragraphs])

    assert kinds_of(text)[1:] == [("body", paragraph) for paragraph in paragraphs]


def test_text_without_headline() -> None:
    """A first line that is a sentence is the article's first sentence."""
    assert segment_text("\n\n".join(PROSE)).headline is None


LINES = st.lists(
    st.one_of(
        st.sampled_from(["Read more", "image", "Advertisement", "By Mira Holt", "Photo: X",
                         "KARSA (AP) — It sank.", "Share", "“No,” he said.", "Please donate.",
                         *PROSE]),
        st.text(max_size=40),
    ),
    max_size=12,
)  # fmt: skip


@given(
    lines=LINES,
    end=st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", "\r"]),
    title=st.none() | st.text(max_size=40),
)
def test_segments_cover_every_character_once(lines: list[str], end: str, title: str | None) -> None:
    """They lie in the text, in order, do not overlap, and leave out nothing but white space."""
    text = end.join(lines)

    spans = [part.span for part in segment_text(text, title).segments]

    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "share this on " * 20_000,
        "A-" * 50_000,
        "(" * 50_000,
        "JANE ROE, " * 20_000,
        '"' * 50_000,
        "a.b." * 30_000,
        "read the full " * 9_000,
        "May 4, 2031, " * 9_000,
        "www." * 30_000,
        "\n".join(["Read more"] * 20_000),
        "\n".join(["x, y and z/AP - "] * 5_000),
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    """No pattern runs away on long or repeated input."""
    started = time.perf_counter()

    segment_text(text)

    assert time.perf_counter() - started < 3.0
