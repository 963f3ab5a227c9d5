from __future__ import annotations

import pytest

from variorum.model.judgement import (
    Judgement,
    NamedOne,
    Verdict,
    find_contradicted,
    list_standing,
    normalise_name,
)


def judge(*said: tuple[Verdict, str, str], undone: int = 0) -> list[Judgement]:
    return [
        Judgement(
            number=number,
            verdict=verdict,
            left=NamedOne(left),
            right=NamedOne(right),
            made="2031-05-04T12:00:00+00:00",
            undone="2031-05-05T12:00:00+00:00" if number == undone else None,
        )
        for number, (verdict, left, right) in enumerate(said, start=1)
    ]


@pytest.mark.parametrize(
    ("said", "verdict", "left", "right", "against"),
    [
        ([("same", "Ann", "Anna")], "different", "ANNA", "Ann", 1),
        ([("different", "Ann", "Anna")], "same", "Anna", "Ann", 1),
        ([("same", "Ann", "Anna"), ("same", "Anna", "Nan")], "different", "Ann", "Nan", 2),
        ([("same", "Ann", "Anna"), ("different", "Ann", "Nan")], "same", "Nan", "Anna", 2),
        ([("same", "Ann", "Anna"), ("different", "Ann", "Nan")], "different", "Nan", "Anna", None),
        ([("different", "Ann", "Nan")], "same", "Ann", "Anna", None),
        ([], "same", "Ann", "Anna", None),
    ],
)
def test_what_is_the_same_as_the_same_is_the_same(
    said: list[tuple[Verdict, str, str]],
    verdict: Verdict,
    left: str,
    right: str,
    against: int | None,
) -> None:
    """A new judgement that can't hold beside the others is met with one of them."""
    found = find_contradicted(judge(*said), verdict, NamedOne(left), NamedOne(right))

    assert (found.number if found else None) == against


def test_what_was_undone_binds_nobody() -> None:
    """A judgement that was taken back contradicts nothing and stands no longer."""
    said = judge(("same", "Ann", "Anna"), undone=1)

    assert list_standing(said) == []
    assert find_contradicted(said, "different", NamedOne("Ann"), NamedOne("Anna")) is None


def test_an_article_names_its_own() -> None:
    """The namesake of one article is another than that of all of them."""
    said = judge(("same", "Ann", "Anna"))
    own = NamedOne("Ann", "a1")

    assert find_contradicted(said, "different", own, NamedOne("Anna")) is None
    assert str(own) == "Ann@a1"
    assert normalise_name("  Ann\n LANE ") == "ann lane"
