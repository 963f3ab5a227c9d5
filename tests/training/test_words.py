from __future__ import annotations

import math

import words


def test_table() -> None:
    """A weight is the logarithm of the share of documents without the word, rare words left out."""
    table = words.make_table(["The ferry's crew", "the ferry", "The FERRY sank", "the the the"])

    rows = [line for line in table.splitlines() if not line.startswith("#")]
    assert rows == ["the\t0.000", f"ferry\t{math.log(4 / 3):.3f}"]


def test_order_of_documents() -> None:
    """The table does not depend on the order in which documents are read."""
    texts = ["a b", "b c", "c a", "a b c"]

    assert words.make_table(texts) == words.make_table(reversed(texts))
