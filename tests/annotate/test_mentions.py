from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import analyse

from variorum.annotate.mentions import Candidate, find_candidates


def names_in(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.kind) for one in find_candidates(analyse(text)) if one.form == "name"]


def name_in(text: str, name: str) -> Candidate:
    (found,) = [one for one in find_candidates(analyse(text)) if one.text == name]
    return found


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (
            "Norwegian Foreign Minister Sergei Branov spoke on Monday.",
            "Sergei Branov",
            "norwegian foreign minister",
        ),
        (
            "The talks with special counsel Robert Keltner ended.",
            "Robert Keltner",
            "special counsel",
        ),
        (
            "Norwegian Ambassador to the UN Vitaly Orsekin spoke.",
            "Vitaly Orsekin",
            "norwegian ambassador to the un",
        ),
        (
            "Laura Tilbeck, deputy director of the agency, was there.",
            "Laura Tilbeck",
            "deputy director of the agency",
        ),
        ("U.S. Secretary of state John Merrow met him.", "John Merrow", "u.s. secretary of state"),
    ],
)
def test_titles_are_roles_and_no_part_of_the_name(text: str, name: str, role: str) -> None:
    """The name's span leaves its titles out, and they are kept as a role."""
    found = name_in(text, name)

    assert found.kind == "person"
    assert role in found.roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fought “dzhebhat EL-Qamar” in the hills.", ("dzhebhat EL-Qamar", "group")),
        ("They fought the al-Qamar terrorist organization.", ("al-Qamar", "group")),
        (
            "He works for the Harbour Safety Ministry there.",
            ("Harbour Safety Ministry", "organisation"),
        ),
        ("He moved to the city of Tarnholm in spring.", ("Tarnholm", "place")),
        ("He met the Italian government in spring.", ("Italian government", "organisation")),
        ("He read it in the People’s Tribune on Monday.", ("People’s Tribune", "organisation")),
    ],
)
def test_the_words_beside_a_name_tell_its_kind(text: str, expected: tuple[str, str]) -> None:
    """Heads, foreign heads, articles and the nouns beside a name say what it is."""
    assert expected in names_in(text)


def test_two_names_in_one_pair_of_quotation_marks_are_two() -> None:
    """What "and" joins inside quotation marks is not one name."""
    names = [name for name, _ in names_in("They belong to “Jaish al-Bahr and Ahwar al-Shati”.")]

    assert "Jaish al-Bahr" in names
    assert "Ahwar al-Shati" in names


def test_owners_inside_a_name() -> None:
    """A capital "our" inside a body's name is of it, behind a person's it is not."""
    assert ("Bring Back Our Boats", "other") in names_in(
        "The Bring Back Our Boats campaign said so."
    )
    assert ("Ann Lane", "person") in names_in("She told Ann Lane Her Majesty was late.")


def test_adjectives_are_no_mentions() -> None:
    """Neither the "Italian" of "Italian troops" nor "Oslo-backed" stands for a participant."""
    names = [name for name, _ in names_in("Italian troops and Oslo-backed units met in Bergen.")]

    assert names == ["Bergen"]


@given(st.text(alphabet="ABab .,\n“”'’-\\\U0001f600é", max_size=80))
@settings(max_examples=60, deadline=None)
def test_mentions_lie_in_the_text(text: str) -> None:
    """Whatever the text, every candidate is a passage of it, and they are in order."""
    analysis = analyse(text)
    found = find_candidates(analysis)

    assert all(one.span.of(analysis.article.text) == one.text for one in found)
    assert sorted(one.span for one in found) == [one.span for one in found]
