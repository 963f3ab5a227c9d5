"""Words that are known to be names: given names, countries and their peoples, cities.

From the project's own tables, and places.tsv (GeoNames, CC BY 4.0). They are frozen into the model:
a network that learned from a list must be run with the same one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from variorum.languages.tables import load_table

PLACES = Path(__file__).parent / "places.tsv"
SMALL_WORDS = frozenset("of the and la de el al san new of on upon".split())


def load_word_lists() -> dict[str, str]:
    """Return, for words in lower case, the letters of the lists they stand in.

    ``g`` given name, ``c`` country, ``d`` demonym, ``p`` place of one word, ``q`` word of a longer
    name of a place.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for word, letter in _iter_entries():
        found[word.lower()].add(letter)
    return {word: "".join(sorted(letters)) for word, letters in found.items()}


def _iter_entries() -> Iterator[tuple[str, str]]:
    given = load_table("given_names")
    for gender in ("male", "female"):
        yield from ((word, "g") for word in given[gender].split())
    for name, others in load_table("countries")["names"].items():
        for one in (name, *others):
            yield from _iter_place(one, "c")
    for name, words in load_table("demonyms")["of"].items():
        yield from _iter_place(name, "c")
        yield from ((word, "d") for word in words if " " not in word)
    for line in PLACES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from _iter_place(line.split("\t")[0], "p")


def _iter_place(name: str, letter: str) -> Iterator[tuple[str, str]]:
    words = name.split()
    if len(words) == 1:
        yield name, letter
    else:
        yield from ((word, "q") for word in words if word.lower() not in SMALL_WORDS)
