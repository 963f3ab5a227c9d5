from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.languages.outlets import fold_outlet


@pytest.mark.parametrize(
    "name",
    ["Meridian", "The Meridian", "MERIDIAN", "Meridian News Agency", "Meridian Media Group"],
)
def test_one_outlet(name: str) -> None:
    """Article, capitals and what newsrooms add to their names do not tell outlets apart."""
    assert fold_outlet(name) == "meridian"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Harlau Post", "Harlau Courier"),
        ("Evening Post", "Morning Post"),
        ("Press Association", "Associated Press"),
        ("The Lantern", "The Courier"),
        ("News Weekly", "News"),
    ],
)
def test_two_outlets(left: str, right: str) -> None:
    """Words that outlets are called by tell them apart."""
    assert fold_outlet(left) != fold_outlet(right)


@pytest.mark.parametrize(
    ("name", "folded"),
    [("News Agency", "news"), ("The Press", "press"), ("courier.example", "courier example")],
)
def test_generic_names(name: str, folded: str) -> None:
    """A name of nothing but such words keeps one; an address is taken by its words."""
    assert fold_outlet(name) == folded


@given(st.lists(st.sampled_from(["The", "Meridian", "News", "Agency", "Évian", "24"]), max_size=5))
def test_punctuation(words: list[str]) -> None:
    """How the words are set off from one another makes no difference."""
    assert fold_outlet(" ".join(words)) == fold_outlet(f"“{'-'.join(words)}.”".upper())
