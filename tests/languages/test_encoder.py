from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.languages.encoder import MAX_CHARS, StaticEncoder

FERRY = "The ferry sank off the coast in thick fog."
TEXTS = st.text(max_size=60) | st.sampled_from([FERRY, "reef", "Barley prices rose.", ""])


def likeness(left: str, right: str) -> float:
    vectors = StaticEncoder().encode([left, right])
    return float(vectors[0] @ vectors[1])


@given(st.lists(TEXTS, max_size=5))
@settings(deadline=None, max_examples=60)
def test_vectors(texts: list[str]) -> None:
    """Each text has a vector of length one, or of zeros if nothing in it is known."""
    vectors = StaticEncoder().encode(texts)

    assert vectors.shape == (len(texts), 256)
    assert vectors.dtype == np.float32
    for length in np.linalg.norm(vectors, axis=1):
        assert length == pytest.approx(1.0, abs=1e-5) or length == 0.0


@given(TEXTS, st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
@settings(deadline=None, max_examples=60)
def test_neighbours(text: str, before: list[str], after: list[str]) -> None:
    """A text has the same vector alone and among others, to the last bit."""
    alone = StaticEncoder().encode([text])[0]
    among = StaticEncoder().encode([*before, text, *after])[len(before)]

    assert np.array_equal(alone, among)


def test_empty_text() -> None:
    """A text without words has no direction, so it is like nothing."""
    assert not StaticEncoder().encode([""]).any()


def test_meaning() -> None:
    """The same told in other words is nearer than other news in like words."""
    told = "A passenger boat went down near the shore in heavy mist."

    assert likeness(FERRY, told) > likeness(FERRY, "The minister sank into his chair in anger.")
    assert likeness(FERRY, told) > likeness(FERRY, "Barley prices rose for the third week.")


def test_long_text() -> None:
    """What stands beyond the bound does not count, what stands before it does."""
    start = "reef " * (MAX_CHARS // 5)
    first, longer, other = StaticEncoder().encode([start, f"{start}barley", f"barley {start}"])

    assert np.array_equal(first, longer)
    assert not np.array_equal(first, other)
