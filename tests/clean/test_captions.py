from __future__ import annotations

import pytest

from variorum.clean.captions import THRESHOLD, is_agency, score_caption
from variorum.clean.lines import make_line


def value_of(text: str) -> float:
    return score_caption(make_line(text, 0)).value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Mira Holt/AFP", "credits a picture"),
        ("Mira Holt and Tom Reed / Getty Images", "credits a picture"),
        ("Reuters", "credits a picture"),
        ("Divers near the wreck of the Orla. (Mira Holt/AFP)", "ends with the credit of a picture"),
        ("Divers near the wreck, 4 May 2031. [Tom Reed/Reuters]",
         "ends with the credit of a picture"),
        ("Photo: Mira Holt", "says that it is of a picture"),
        ("The Orla in 2029. (Photo by Mira Holt)", "says that it is of a picture"),
        ("The Orla is seen in this undated handout picture", "tells what is seen"),
    ],
)  # fmt: skip
def test_captions(text: str, reason: str) -> None:
    """A credit, a word for the picture or for seeing it makes a caption, and is the reason."""
    evidence = score_caption(make_line(text, 0))

    assert evidence.value >= THRESHOLD
    assert evidence.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "The ferry Orla sank off Karsa on Monday, the mayor said.",
        "The mayor told AFP that the ferry had sunk.",
        "He was seen in the harbour of Karsa on Sunday.",
        "The minister left, and nobody knew why.",
        "“It is out of the picture,” she said.",
        "Ferry sinks off Karsa",
        "",
    ],
)
def test_news(text: str) -> None:
    """What is told of agencies, pictures and places in the text is no caption."""
    assert value_of(text) < THRESHOLD


@pytest.mark.parametrize(
    ("plain", "changed"),
    [
        ("Divers search the wreck. (AFP)", "Divers search the wreck, he said. (AFP)"),
        ("Divers search the wreck. (AFP)", "“Divers search the wreck.” (AFP)"),
        ("Divers search it. (AFP)", "Divers search it. They wait. It rains. It pours. (AFP)"),
        ("Divers search the wreck. (AFP)", "Divers " + "in the fog " * 30 + "search. (AFP)"),
    ],
)
def test_evidence_against(plain: str, changed: str) -> None:
    """Reported speech, quotation marks, many sentences and length speak for the article."""
    assert value_of(changed) < value_of(plain)


def test_evidence_adds_up() -> None:
    """A scene in the present tense, positions, a day and a credit make it ever more a caption."""
    lines = [
        "Divers wait near the wreck",
        "Divers, left, wait near the wreck",
        "Divers, left, wait near the wreck on 4 May 2031",
        "Divers, left, wait near the wreck on 4 May 2031 (Mira Holt/AFP)",
    ]
    values = [value_of(line) for line in lines]

    assert values == sorted(set(values))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AFP", True),
        ("Pool/AFP", True),
        ("Mira Holt via Reuters", True),
        ("Getty Images", True),
        ("Mira Holt", False),
        ("The Courier", False),
        ("handout", False),
        ("apricots", False),
        ("", False),
    ],
)
def test_agencies(name: str, expected: bool) -> None:
    """Picture desks are known by name, alone or beside a photographer, not as plain words."""
    assert is_agency(name) is expected
