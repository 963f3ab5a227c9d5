from __future__ import annotations

import pytest

from variorum.annotate.language import Language, load_language
from variorum.languages import word_table

LONG = "the ferry and " * 200 + "sank."


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        " \n ",
        "Yes",
        "?",
        "New  York",
        "Ann\u00a0Lane left  New \n York .",
        LONG,
        "¿" * 900,
    ],
)
def test_any_line_is_read(language: Language, text: str) -> None:
    """Whatever a line holds, its text stays, its names are whole and each sentence has one root."""
    doc = language.read(text)

    assert doc.text == text
    assert all(name.text.strip() for name in doc.ents)
    for sentence in doc.sents:
        if not sentence.text.isspace():
            roots = [token for token in sentence if token.head is token or token.head.i == token.i]
            assert len(roots) == 1


def test_white_space_inside_a_name(language: Language) -> None:
    """Two spaces do not cut a name in two."""
    doc = language.read("Police in New  York arrested Ann Lane.")

    assert [name.text for name in doc.ents] == ["New  York", "Ann Lane"]


def test_neighbours_change_nothing(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line is read alike alone and after others, and when the words kept are forgotten."""
    text = "Ann Lane told police in Karsa that the ferry had sunk."
    alone = language.read(text).to_array(["TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]).tolist()

    monkeypatch.setattr(word_table, "MAX_KEPT_WORDS", 12)
    for other in ("Nine divers searched the wreck for two days.", "It rained.", text):
        language.read(other)

    again = language.read(text).to_array(["TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]).tolist()
    assert again == alone
