from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from unittest.mock import patch

import networkx as nx
import pytest
from events import EVENTS, make_article, make_notes
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.group import copies
from variorum.group.copies import find_copies
from variorum.model.article import Article
from variorum.model.span import Span
from variorum.model.story import Copy

WIRE = " ".join(EVENTS["ferry"][:3])
OTHER = " ".join(EVENTS["harvest"][:3])
MORE = " ".join(EVENTS["museum"])
WORDS = [f"{start}{end}" for start in "bcdfghjklm" for end in ("ado", "ile", "une", "ora", "ipe")]


def copies_of(*articles: Article, **notes: list[str]) -> tuple[Copy, ...]:
    return find_copies(articles, [make_notes(article, **notes) for article in articles])


def words_of(text: str, span: Span) -> list[str]:
    return re.findall(r"\w+", span.of(text).casefold())


def make_block(words: list[str]) -> str:
    return " ".join(words)


def test_whole_copy() -> None:
    """A text run by two outlets is one passage that covers all of it."""
    left = make_article("a1", WIRE, outlet="The Courier")
    right = make_article("a2", WIRE, outlet="The Lantern")

    (copy,) = copies_of(left, right)

    assert (copy.earlier, copy.later, copy.directed) == ("a1", "a2", False)
    assert copy.share == 1.0
    assert copy.evidence == ("the same text",)
    (passage,) = copy.passages
    assert passage.earlier.of(left.text) == passage.later.of(right.text) == WIRE.rstrip(".")


def test_share_is_of_the_later_article() -> None:
    """How much is copied is told of the one that may have copied."""
    short = make_article("a1", WIRE, published="2031-05-04")
    long = make_article("a2", f"{OTHER} {MORE}", WIRE, published="2031-05-05")

    (copy,) = copies_of(short, long)

    n_wire, n_long = (len(re.findall(r"[\w’'-]+", text)) for text in (WIRE, long.text))
    assert copy.share == pytest.approx(n_wire / n_long, abs=0.0001)
    assert copy.evidence == ("1 passages in the same words",)


def test_unrelated_articles() -> None:
    """Articles that have no words in a row in common are no copies."""
    assert copies_of(make_article("a1", WIRE), make_article("a2", OTHER)) == ()


def test_case_and_punctuation() -> None:
    """A copy is one though it is reset in capitals or with other commas."""
    reset = WIRE.upper().replace(".", ";")

    assert copies_of(make_article("a1", WIRE), make_article("a2", reset))[0].share == 1.0


@pytest.mark.parametrize("n_words", [11, 12])
def test_shortest_passage(n_words: int) -> None:
    """From twelve words on a common run is a passage; fewer are a set phrase."""
    common = make_block(WORDS[:n_words])
    left = make_article("a1", f"{OTHER} {common}")
    right = make_article("a2", f"{common} {' '.join(WORDS[20:40])}")

    assert bool(copies_of(left, right)) is (n_words == 12)


@pytest.mark.parametrize(
    ("n_left", "n_right", "n_passages"),
    [(1, 1, 1), (6, 6, 1), (0, 6, 1), (6, 0, 1), (7, 7, 2), (0, 7, 2), (7, 0, 2)],
)
def test_edits(n_left: int, n_right: int, n_passages: int) -> None:
    """A light edit does not end a passage, a heavy one in either text does."""
    first, second = WORDS[:14], WORDS[14:28]
    left = make_article("a1", make_block([*first, *WORDS[28 : 28 + n_left], *second]))
    right = make_article("a2", make_block([*first, *WORDS[40 : 40 + n_right], *second]))

    (copy,) = copies_of(left, right)

    assert len(copy.passages) == n_passages


def test_longest_run() -> None:
    """Of several places that a passage may be from, the one that goes on longest is taken."""
    start, rest = WORDS[:13], WORDS[13:30]
    left = make_article("a1", make_block([*start, "and", *start, *rest]))
    right = make_article("a2", make_block([*start, *rest]))

    (copy,) = copies_of(left, right)

    (passage,) = copy.passages
    assert words_of(left.text, passage.earlier) == [*start, *rest]


def test_words_in_quotation_marks() -> None:
    """Two reporters at one press conference write down the same: that is no copy."""
    speech = make_block(WORDS[:40])
    left = make_article("a1", f"“{speech},” said the mayor. {WIRE}")
    right = make_article("a2", f"{OTHER} “{speech},” he said.")

    assert copies_of(left, right, quoted=[speech]) == ()
    assert len(copies_of(left, right)) == 1


def is_joined(found: Iterable[Copy], articles: Iterable[Article]) -> bool:
    """Return whether the copies bind all the articles to one another."""
    graph = nx.Graph((copy.earlier, copy.later) for copy in found)
    ids = {article.id for article in articles}
    return ids <= set(graph) and nx.is_connected(graph.subgraph(ids))


def print_by_many(n_articles: int, *paragraphs: str, prefix: str = "a") -> list[Article]:
    return [
        make_article(
            f"{prefix}{n:03}", *paragraphs, outlet=f"Outlet {n}", published="2031-05-04T09:00"
        )
        for n in range(n_articles)
    ]


def test_text_that_many_print() -> None:
    """However many print one text, all are bound to the first; few are told pair by pair."""
    few, many = print_by_many(60, WIRE), print_by_many(80, WIRE)

    assert len(copies_of(*few)) == 60 * 59 / 2
    found = copies_of(*many)
    assert {(copy.earlier, copy.later) for copy in found} == {
        ("a000", article.id) for article in many[1:]
    }
    assert {copy.evidence for copy in found} == {("the same text",)}


def test_text_that_many_print_on_two_days() -> None:
    """Those of each day are bound to one another, for the days may be two stories."""
    first = print_by_many(40, WIRE)
    second = [
        replace(article, id=f"b{n}", published="2031-05-06") for n, article in enumerate(first)
    ]

    found = copies_of(*first, *second)

    assert len(found) == 79
    assert is_joined(found, first)
    assert is_joined(found, second)
    assert is_joined(found, first + second)


def test_text_that_many_edit() -> None:
    """A long text that many outlets print with words of their own is no formula."""
    wire = make_block([*WORDS, *WORDS[::-1]])
    edited = [
        make_article(f"a{n:03}", f"{WORDS[n % 50]}{n} {wire}", published="2031-05-04")
        for n in range(80)
    ]

    found = copies_of(*edited)

    assert len(found) == 79
    assert is_joined(found, edited)


def test_two_texts_that_many_print() -> None:
    """Two texts with a passage in common are compared once and bound, whoever prints them."""
    left = print_by_many(30, WIRE, OTHER)
    right = print_by_many(30, WIRE, MORE, prefix="b")

    with patch.object(copies, "_find_runs", wraps=copies._find_runs) as compared:
        found = copies_of(*left, *right)

    assert compared.call_count == 3
    assert len([copy for copy in found if copy.earlier[0] != copy.later[0]]) < 60
    assert is_joined(found, left + right)


def test_formulas() -> None:
    """Words that stand in too many unlike articles are a formula and nobody's copy."""
    formula = make_block(WORDS[:30])
    unlike = [
        make_article(f"b{n:03}", f"{formula} {' '.join(f'{word}{n}' for word in WORDS[30:])}")
        for n in range(100)
    ]
    printed = print_by_many(80, f"{WIRE} {formula}")

    assert len(copies_of(*unlike[:60])) == 60 * 59 / 2
    found = copies_of(*unlike, *printed)
    assert len(found) == 79
    assert is_joined(found, printed)


def test_long_articles() -> None:
    """Past a bound nothing is compared, not even the first word of each paragraph after it."""
    left = make_article("a1", *WORDS[:40])
    right = make_article("a2", *WORDS[:14], "rain", *WORDS[14:40])

    with patch.object(copies, "MAX_WORDS", 20):
        (copy,) = copies_of(left, right)

    (passage,) = copy.passages
    assert words_of(left.text, passage.earlier) == WORDS[:14]
    assert copy.share == pytest.approx(14 / 20)

    with patch.object(copies, "MAX_WORDS", 10):
        assert copies_of(left, right) == ()


@pytest.mark.parametrize(
    ("left", "right", "first"),
    [
        ("2031-05-04T09:00", "2031-05-04T10:00", "a1"),
        ("2031-05-04T10:00", "2031-05-04T09:00", "a2"),
        ("2031-05-04T09:59", "2031-05-04T10:00", None),
        ("2031-05-04T09:10:00+00:00", "2031-05-04T12:10:00+03:00", None),
        ("2031-05-04T14:35-04:00", "2031-05-04T16:00+00:00", "a2"),
        ("2031-05-04T23:30-04:00", "2031-05-05T05:00+00:00", "a1"),
        ("2031-05-04T09:00", "2031-05-04T12:00+00:00", None),
        ("2031-05-04T09:00", "2031-05-05T12:00+00:00", "a1"),
        ("2031-05-05T12:00+00:00", "2031-05-04T09:00", "a2"),
    ],
)
def test_direction_by_time(left: str, right: str, first: str | None) -> None:
    """Who was first is told only where the times leave no doubt, time zones included."""
    told = {"published_precision": "minute"}
    articles = (
        make_article("a1", WIRE, outlet="The Courier", published=left, **told),
        make_article("a2", WIRE, outlet="The Lantern", published=right, **told),
    )
    (copy,) = copies_of(*articles)

    assert copy.directed is (first is not None)
    if first is not None:
        outlet = {"a1": "The Courier", "a2": "The Lantern"}[first]
        assert copy.earlier == first
        assert copy.evidence[1:] == (f"{outlet} published first",)


def test_days_give_no_direction() -> None:
    """A date is no time: the earlier day comes first, but the direction stays open."""
    left = make_article("a1", WIRE, published="2031-05-06", published_precision="day")
    right = make_article("a2", WIRE, published="2031-05-04", published_precision="day")

    (copy,) = copies_of(left, right)

    assert (copy.earlier, copy.later, copy.directed) == ("a2", "a1", False)


def test_credit_gives_direction() -> None:
    """Who credits the other has it from there, whatever the clocks say."""
    told = {"published_precision": "minute"}
    agency = make_article("a1", WIRE, outlet="Meridian News", published="2031-05-04T12:00", **told)
    user = make_article("a2", WIRE, outlet="The Lantern", published="2031-05-04T09:00", **told)
    notes = [make_notes(agency), make_notes(user, wires=["Meridian"])]

    (copy,) = find_copies([agency, user], notes)

    assert (copy.earlier, copy.later, copy.directed) == ("a1", "a2", True)
    assert copy.evidence[1:] == ("The Lantern credits Meridian News",)


def test_articles_that_credit_each_other() -> None:
    """Where each names the other, the answer is the same whichever comes first."""
    left = make_article("a1", WIRE, outlet="The Courier")
    right = make_article("a2", WIRE, outlet="The Lantern")
    notes = [make_notes(left, wires=["The Lantern"]), make_notes(right, wires=["The Courier"])]

    assert find_copies([left, right], notes) == find_copies([right, left], notes[::-1])


def test_agency_signs_its_copy() -> None:
    """An agency that signs the text as its wire copy had it first, if the other credits none."""
    told = {"published_precision": "minute"}
    agency = make_article("a2", WIRE, outlet="Meridian", published="2031-05-04T12:00", **told)
    user = make_article("a1", WIRE, outlet="The Lantern", published="2031-05-04T09:00", **told)

    (copy,) = find_copies(
        [agency, user], [make_notes(agency, wires=["Meridian"]), make_notes(user)]
    )

    assert (copy.earlier, copy.later, copy.directed) == ("a2", "a1", True)
    assert copy.evidence[1:] == ("Meridian signs it as its own wire copy",)


def test_common_credit_leaves_the_direction_open() -> None:
    """Two that have it from a third have it from neither; the third is named as it calls itself."""
    told = {"published_precision": "minute"}
    left = make_article("a1", WIRE, outlet="The Courier", published="2031-05-04T09:00", **told)
    right = make_article("a2", WIRE, outlet="The Lantern", published="2031-05-04T15:00", **told)

    (copy,) = copies_of(left, right, wires=["UPI", "Associated Press"])

    assert not copy.directed
    assert copy.evidence[1:] == ("both credit Associated Press, UPI",)


@st.composite
def drawn(draw: st.DrawFn) -> list[Article]:
    """Draw articles made of a few common blocks and of words at random."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    blocks = [make_block(chance.choices(WORDS, k=chance.randint(6, 40))) for _ in range(3)]
    articles = []
    for number in range(draw(st.integers(2, 4))):
        order = draw(st.lists(st.integers(0, 3), min_size=1, max_size=4))
        parts = [*blocks, make_block(chance.choices(WORDS, k=9))]
        day = draw(st.none() | st.integers(1, 3))
        told = {"published": f"2031-05-{day:02}", "published_precision": "day"} if day else {}
        articles.append(make_article(f"a{number}", *(parts[index] for index in order), **told))
    return articles


@given(drawn())
@settings(deadline=None, max_examples=80)
def test_passages(articles: list[Article]) -> None:
    """A passage lies in both texts, begins and ends there with the same words, and none overlaps.

    The share is what the passages make up of the later text.
    """
    texts = {article.id: article.text for article in articles}
    found = copies_of(*articles)

    for copy in found:
        n_words = 0
        for passage in copy.passages:
            earlier = words_of(texts[copy.earlier], passage.earlier)
            later = words_of(texts[copy.later], passage.later)
            assert earlier[:8] == later[:8]
            assert earlier[-8:] == later[-8:]
            assert len(later) >= 12
            n_words += len(later)
        spans = [passage.later for passage in copy.passages]
        assert all(left.end <= right.start for left, right in pairwise(spans))
        assert copy.share == pytest.approx(n_words / len(texts[copy.later].split()), abs=0.0001)


@given(drawn(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_order_of_articles(articles: list[Article], chance: random.Random) -> None:
    """The copies do not depend on the order in which the articles come."""
    shuffled = list(articles)
    chance.shuffle(shuffled)

    assert copies_of(*shuffled) == copies_of(*articles)


@given(st.permutations(WORDS), st.integers(12, 30), st.integers(0, 8), st.integers(0, 8))
@settings(deadline=None, max_examples=60)
def test_common_run(words: list[str], n_common: int, before: int, after: int) -> None:
    """Twelve words or more in a row that two articles share are found, to the word."""
    common = words[:n_common]
    left = make_article("a1", " ".join(common + words[n_common : n_common + before]))
    right = make_article("a2", " ".join(words[n_common + before :][:after] + common))

    (copy,) = copies_of(left, right)

    (passage,) = copy.passages
    assert words_of(left.text, passage.earlier) == common
    assert words_of(right.text, passage.later) == common
