"""Who says what, as the network of attributions sees it, and what it is shown."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import make_article

from variorum.annotate.attribution_features import (
    MAX_CROSSED,
    MAX_REACH,
    MAX_STEP,
    find_ancestors,
    find_children,
    find_crossed,
    find_distances,
    find_paths,
    find_window,
)
from variorum.annotate.language import load_language
from variorum.annotate.tags import Tag, find_tags

# "Ann Lane said the bridge shut": Ann and Lane hang on said, shut too, the and bridge on shut.
HEADS = [1, 2, 2, 4, 5, 2]
NSUBJ, FLAT, ROOT, DET, CCOMP = range(5)
RELATIONS = [FLAT, NSUBJ, ROOT, DET, NSUBJ, CCOMP]


def read(text: str) -> list[Tag]:
    analysis = load_language().analyse(make_article(text))
    return [tag for paragraph in analysis.paragraphs for tag in find_tags(paragraph)]


def test_paths_say_which_branch_a_word_is_in() -> None:
    """A word's number tells the cue's ancestor it hangs under and by which relation."""
    subject, content = find_paths(HEADS, RELATIONS, (0, 6), head=2, n_relations=5)[1::4]
    paths = find_paths(HEADS, RELATIONS, (0, 6), head=2, n_relations=5)
    assert paths == [subject, subject, paths[2], content, content, content]
    assert len({subject, paths[2], content}) == 3


def test_paths_go_up() -> None:
    """Of a cue that hangs on another verb, that verb's subject has another number than its own."""
    inner = find_paths(HEADS, RELATIONS, (0, 6), head=5, n_relations=5)
    assert inner[0] == inner[1] != inner[4]


@st.composite
def trees(draw: st.DrawFn) -> list[int]:
    """Draw the heads of a tree: each word hangs on an earlier one in some order of them."""
    order = draw(st.permutations(range(draw(st.integers(1, 14)))))
    heads = list(range(len(order)))
    for place, word in enumerate(order[1:], start=1):
        heads[word] = order[draw(st.integers(0, place - 1))]
    return heads


@given(heads=trees(), data=st.data())
def test_crossed_counts_arcs(heads: list[int], data: st.DataObject) -> None:
    """The arcs over a word's borders are those that brute force counts."""
    head = data.draw(st.integers(0, len(heads) - 1))
    ancestors = find_ancestors(heads, head)
    found = find_crossed(np.array(heads), (0, len(heads)), ancestors)

    def count(border: int) -> int:
        arcs = [
            (min(word, above), max(word, above))
            for word, above in enumerate(heads)
            if above != word and above not in ancestors
        ]
        return min(MAX_CROSSED, sum(low < border <= high for low, high in arcs))

    expected = [count(n) * (MAX_CROSSED + 1) + count(n + 1) for n in range(len(heads))]
    assert found.tolist() == expected


@given(heads=trees())
def test_children(heads: list[int]) -> None:
    """A word's row has a one for each relation and side of its children."""
    found = find_children(np.array(heads), np.zeros(len(heads), np.int64), 1)
    for word in range(len(heads)):
        sides = {int(child > word) for child, above in enumerate(heads) if above == word != child}
        assert {side for side in (0, 1) if found[word, side]} == sides


@given(st.integers(0, 400), st.integers(1, 400))
def test_windows_are_bounded(head: int, length: int) -> None:
    """However long a sentence is, only words near the cue are asked."""
    head = min(head, length - 1)
    start, end = find_window(np.zeros(length, np.int64), head)
    assert 0 <= start <= head < end <= length
    assert end - start <= 2 * MAX_REACH
    distances = find_distances(start, end, head).tolist()
    assert distances == sorted(distances)
    assert distances[head - start] == MAX_STEP


@pytest.mark.parametrize(
    ("text", "cue", "source", "content"),
    [
        (
            "Mayor Ann Lane accused the ferry company of hiding the report.",
            "accused", "Mayor Ann Lane", ["the ferry company of hiding the report"],
        ),
        (
            "The ministry said Varga was dead. Officials identified him as Juan Varga.",
            "identified", "Officials", ["him as Juan Varga"],
        ),
        (
            "The company denied having paid the captain.",
            "denied", "The company", ["having paid the captain"],
        ),
        (
            "The mayor repeated her claim that the bridge was sound.",
            "claim", "her", ["that the bridge was sound"],
        ),
        (
            "The bridge, Lane said, had been shut for years.",
            "said", "Lane", ["The bridge", "had been shut for years"],
        ),
        (
            "The union wants the minister to resign.",
            "wants", "The union", ["the minister to resign"],
        ),
    ],
)  # fmt: skip
def test_tags(text: str, cue: str, source: str, content: list[str]) -> None:
    """Verbs, nouns and colons of reporting are found with their source and their content."""
    found = [
        (
            tag.token.doc[slice(*tag.cue)].text,
            tag.source and tag.token.doc[slice(*tag.source)].text,
            [tag.token.doc[slice(*run)].text for run in tag.content],
        )
        for tag in read(text)
    ]
    assert (cue, source, [words.rstrip(".") for words in content]) in [
        (one, two, [words.rstrip(".") for words in three]) for one, two, three in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left Karsa at noon and sank two hours later.",
        "She opened the door and took the train to Harlau.",
    ],
)
def test_doing_is_not_saying(text: str) -> None:
    """What people do is not reported speech."""
    assert read(text) == []


@given(st.text(alphabet=" \n.,:“”\"'abcSaidLneth", max_size=200))
def test_runs_lie_in_the_paragraph(text: str) -> None:
    """Whatever the text, cue, source and content are runs of its tokens and do not overlap."""
    for tag in read(f"Headline\n\n{text} said Lane."):
        source = [tag.source] if tag.source else []
        runs = sorted([tag.cue, *source, *tag.content])
        assert all(0 <= start < end <= len(tag.token.doc) for start, end in runs)
        assert all(one[1] <= other[0] for one, other in pairwise(runs))
