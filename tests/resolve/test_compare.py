from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.resolve.compare import compare_bodies, compare_persons

WORDS = st.lists(st.sampled_from(["Karsa", "Karza", "Lorn", "Bank", "of", "al-Karsa"]), max_size=5)


@given(WORDS, WORDS, st.booleans())
def test_any_two_names_are_compared(left: list[str], right: list[str], is_place: bool) -> None:
    """Names of any words, one twice among them, have a score."""
    bodies = compare_bodies(" ".join(left), " ".join(right), is_place=is_place)
    persons = compare_persons(" ".join(left), " ".join(right))

    assert 0.0 <= bodies.value <= 1.0
    assert 0.0 <= persons.value <= 1.0
