from __future__ import annotations

import random
from pathlib import Path

import pytest
import samples
import spacy
from samples import EVERY_TAG, NAME_TAGS, Sample


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def lines(data: Path, nlp: spacy.language.Language) -> list[Sample]:
    return samples.load_samples(nlp, data, data / "newsroom")


def tags_of(allowed: int) -> set[str]:
    return {tag for n, tag in enumerate(NAME_TAGS) if allowed >> n & 1}


def find(lines: list[Sample], origin: str, word: str) -> set[str]:
    line = next(one for one in lines if one.origin == origin and word in one.words and one.allowed)
    return tags_of(line.allowed[line.words.index(word)])


def test_trees_stay_whole(lines: list[Sample]) -> None:
    """A paragraph of a treebank is a line; heads point into it, each sentence to its own root."""
    line = next(one for one in lines if one.heads is not None and not one.origin)

    assert line.sentences == tuple(n for n in range(6) for _ in range(10))
    assert [n for n, head in enumerate(line.heads) if head == n] == [2 + 10 * n for n in range(6)]
    assert line.allowed is None


def test_unmarked_kinds_stay_open(lines: list[Sample]) -> None:
    """A set that marks no nationalities does not say that a word is none."""
    assert {"O", "B-NORP", "I-EVENT"} <= find(lines, "gum", "told")
    assert "B-PERSON" not in find(lines, "gum", "told")
    assert find(lines, "gum", "Tamsin") == {"B-PERSON"}
    assert find(lines, "gum", "Okoro") == {"I-PERSON"}


def test_stories_mark_all_kinds(lines: list[Sample]) -> None:
    """In our own stories every kind is marked, so the other words are no names."""
    assert find(lines, "newsroom", "Karsan") == {"B-NORP"}
    assert find(lines, "newsroom", "Maria") == {"I-VEHICLE"}
    assert find(lines, "newsroom", "ferry") == {"O"}


def test_long_lines_are_cut() -> None:
    """At a sentence's start; a sentence that is too long alone is left out."""
    sizes = (40, 40, 40, 100, 5)
    numbers = tuple(n for n, size in enumerate(sizes) for _ in range(size))
    heads = tuple(n for n in range(len(numbers)))
    line = Sample(("word",) * len(numbers), numbers, heads=heads)

    parts = list(samples._cut(line))

    assert [len(part.words) for part in parts] == [80, 40, 5]
    assert all(part.heads == tuple(range(len(part.words))) for part in parts)


def test_batches_hold_every_line_once() -> None:
    """Whatever the order, no line is lost and no batch is much larger than asked for."""
    lengths = [3, 90, 14, 14, 60, 1, 2]

    batches = list(samples.iter_batches(lengths, 100, random.Random(1)))

    assert sorted(n for batch in batches for n in batch) == list(range(len(lengths)))
    assert all(len(batch) * max(lengths[n] for n in batch) <= 100 for batch in batches)


def test_names_of_tags() -> None:
    """A name ends where another begins or changes its kind."""
    tags = ["B-ORG", "I-ORG", "B-ORG", "I-LOC", "O", "B-PERSON"]

    assert samples.spans(tags) == {(0, 2, "ORG"), (2, 3, "ORG"), (3, 4, "LOC"), (5, 6, "PERSON")}


def test_nothing_is_open_without_names() -> None:
    """Every tag has a bit."""
    assert tags_of(EVERY_TAG) == set(NAME_TAGS)
