from __future__ import annotations

import pytest
from scripts import load_script

from variorum.model.annotation import Form, Mention
from variorum.model.span import Span

script = load_script("coreference")

GOLD = [frozenset("abc"), frozenset("de")]
OURS = [frozenset("ab"), frozenset("cde")]


def test_links_are_counted_as_by_hand() -> None:
    """MUC: each side has 3 links, 2 of which hold on the other."""
    assert script.score_muc(GOLD, OURS) == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_mentions_share_their_groups_as_by_hand() -> None:
    """B-cubed: a and b share 2/3 of their entity, c 1/3, d and e all: 11/15."""
    assert script.score_b3(GOLD, OURS) == pytest.approx((11 / 15, 11 / 15, 11 / 15))


def test_entities_are_mapped_as_by_hand() -> None:
    """CEAF: abc with ab and de with cde, each 2 * 2 / 5 alike."""
    assert script.score_ceaf(GOLD, OURS) == pytest.approx((0.8, 0.8, 0.8))


def test_a_mention_that_the_gold_lacks_costs_precision() -> None:
    """What only one side has is a part of its own."""
    precision, recall, _ = script.score_muc([frozenset("ab")], [frozenset("abx")])

    assert (precision, recall) == (0.5, 1.0)


TEXT = "Ann Lane met Bo Roe. She left. He stayed. It rained."
DOCUMENT = script.GumDocument(
    id="GUM_news_invented",
    genre="news",
    text=TEXT,
    words=("Ann", "Lane", "met", "Bo", "Roe", "She", "left", "He", "stayed"),
    tags=("NNP", "NNP", "VBD", "NNP", "NNP", "PRP", "VBD", "PRP", "VBD"),
    spans=((0, 3), (4, 8), (9, 12), (13, 15), (16, 19), (21, 24), (25, 29), (31, 33), (34, 40)),
    parents=(2, 0, 2, 2, 3, 6, 6, 8, 8),
    mentions=(
        script.GumMention(0, 2, (0, 1), "1", "person", "coref"),
        script.GumMention(3, 5, (3, 4), "2", "person", "coref"),
        script.GumMention(5, 6, (5,), "1", "person", "ana"),
        script.GumMention(7, 8, (7,), "2", "person", "ana"),
    ),
)


def make_mention(words: str, chain: str, form: Form = "pronoun") -> Mention:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    return Mention(span=span, kind="person", form=form, chain=chain)


@pytest.mark.parametrize(
    ("she", "he", "verdicts"),
    [
        ("lane", "roe", ["right", "right"]),
        ("roe", "roe", ["wrong", "right"]),
        ("lane", "nobody", ["right", "open"]),
    ],
)
def test_pronouns_are_judged_by_the_nearest_name(she: str, he: str, verdicts: list[str]) -> None:
    """A pronoun is right whose chain names its entity nearest, open whose chain names nobody."""
    mentions = [
        make_mention("Ann Lane", "lane", "name"),
        make_mention("Roe", "roe", "name"),  # its head is the gold's, though half of its words
        make_mention("She", she),
        make_mention("He", he),
    ]
    chained = script.align(DOCUMENT, mentions)

    assert [verdict for _, verdict in script.judge_pronouns(DOCUMENT, chained)] == verdicts
