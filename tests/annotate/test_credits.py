from __future__ import annotations

import pytest
from told import make_article

from variorum.annotate.annotators import annotate_article
from variorum.annotate.language import load_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The road was closed, the mayor said. (Meridian)", [("Meridian", "wire")]),
        (
            "The bus company said so. (Meridian, Evening Post)",
            [("Meridian", "wire"), ("Evening Post", "wire")],
        ),
        (
            "The AFP news agency reported on Friday that it sank.",
            [("Agence France-Presse", "relay")],
        ),
        ("“My door is open,” he told the Valley Post.", [("Valley Post", "interview")]),
        (
            "The newspaper Harlau Dagblad wrote of it. Harlau Dagblad reported more on Monday.",
            [("Harlau Dagblad", "relay"), ("Harlau Dagblad", "relay")],
        ),
        ("Photo: Ada Brandt/Reuters", [("Reuters", "caption")]),
        ("Ann Lane reported the theft to police.", []),
    ],
)
def test_credits(text: str, expected: list[tuple[str, str]]) -> None:
    """Agencies, outlets and what the text itself calls an outlet are credited, persons are not."""
    notes = annotate_article(make_article(text), load_language())
    assert [(credit.outlet, credit.kind) for credit in notes.credits] == expected
