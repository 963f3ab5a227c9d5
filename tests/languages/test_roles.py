from __future__ import annotations

import pytest

from variorum.languages.roles import fits_role, is_same_role, parse_role


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian foreign minister",
        "foreign minister of Norway",
        "head of the Norwegian Foreign Ministry",
        "Norway's foreign minister",
    ],
)
def test_a_role_is_one_in_many_words(text: str) -> None:
    """However a role is put, head, field and country come out the same."""
    role = parse_role(text)

    assert (role.head, role.fields, role.places) == ("minister", {"foreign"}, {"Norway"})


@pytest.mark.parametrize(
    ("description", "role", "expected"),
    [
        ("minister", "Norwegian foreign minister", True),
        ("Norwegian diplomat", "Norwegian foreign minister", True),
        ("Norwegian diplomat", "Italian foreign minister", False),
        ("diplomat", "U.S. secretary of state", True),
        ("president", "vice president", False),
        ("finance minister", "foreign minister", False),
        ("Norwegian leader", "president", False),
        ("Norwegian leader", "Norwegian president", True),
    ],
)
def test_descriptions_fit_roles(description: str, role: str, expected: bool) -> None:
    """A description fits a role by its head or class, its country and its field."""
    assert fits_role(parse_role(description), parse_role(role)) is expected


def test_roles_of_two_countries_are_two() -> None:
    """The same office of another country is another role."""
    assert is_same_role(parse_role("president"), parse_role("Norwegian president"))
    assert not is_same_role(parse_role("Italian president"), parse_role("Norwegian president"))
