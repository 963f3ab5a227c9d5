from __future__ import annotations

from dataclasses import replace

import pytest
from records import COURIER, LANTERN, find, make_courier, make_small_edition

from variorum.compare.differences import CAVEAT
from variorum.model.edition import Edition
from variorum.model.story import Difference, Origin
from variorum.present.index import EditionIndex
from variorum.present.views.differences import make_differences
from variorum.present.views.links import StoryIndex
from variorum.present.views.statements import MAX_READINGS, StatementMaker, describe_quotation


class EqualWeights:
    """Finds every word equally telling."""

    def weight_of(self, word: str) -> float:
        return 1.0


def make_told(edition: Edition) -> StoryIndex:
    return StoryIndex(EditionIndex(edition), edition.accounts[0])


def make_maker(edition: Edition) -> StatementMaker:
    return StatementMaker(make_told(edition), EqualWeights())


EDITION = make_small_edition()
SAID, ALONE = EDITION.accounts[0].statements


def test_row() -> None:
    """A row has a cell for each outlet, and says how many independent origins stand behind it."""
    row = make_maker(EDITION).make_row(SAID)

    assert row.speaker == "Ana Reyes"
    assert row.attested == "2 outlets, 2 origins"
    assert [cell.outlet for cell in row.cells] == ["The Courier", "The Lantern"]
    assert row.single == ("The Courier", "The Lantern")
    assert row.changes_meaning


def test_marked_words() -> None:
    """The words that differ are marked on both sides, under the id of their difference."""
    row = make_maker(EDITION).make_row(SAID)
    marked = [
        (piece.text, piece.css, piece.refs)
        for cell in row.cells
        for reading in cell.readings
        for run in reading.runs
        for piece in run
        if piece.css
    ]

    assert marked == [("Twelve", "meaning", "s-killed.0"), ("14", "meaning", "s-killed.0")]


def test_how_it_reached_the_article() -> None:
    """A reading says how it was quoted and how sure that is; low confidence is said in words."""
    courier, lantern = make_maker(EDITION).make_row(SAID).cells

    assert courier.readings[0].note == "direct, “admitted”, via Orla, in an interview"
    assert (courier.readings[0].sure, courier.readings[0].is_unsure) == ("99%", False)
    assert (lantern.readings[0].sure, lantern.readings[0].is_unsure) == ("50%", True)
    assert [cell.readings[0].is_base for cell in (courier, lantern)] == [True, False]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"medium": "Twitter"}, "direct, “admitted”, on Twitter"),
        ({"medium": "statement"}, "direct, “admitted”, in a statement"),
        ({"medium": None, "stance": "order"}, "direct, “admitted”, an order"),
        ({"medium": None, "cue": None}, "direct"),
    ],
)
def test_description(told: dict[str, str | None], expected: str) -> None:
    """Medium and stance are told in a few English words, what is not known is left out."""
    quotation = replace(make_courier()[1].quotations[0], via=(), **told)  # type: ignore[arg-type]

    assert describe_quotation(quotation, COURIER) == expected


def test_circumstances() -> None:
    """To whom, where and when is told in the article's words; who heard it is told once."""
    told = replace(
        make_courier()[1].quotations[0],
        medium=None,
        hearer=find(COURIER, "Orla"),
        place=find(COURIER, "Karsa"),
        time=find(COURIER, "Sunday"),
    )

    assert describe_quotation(told, COURIER) == "direct, “admitted”, in Karsa, Sunday, via Orla"
    assert describe_quotation(replace(told, via=()), COURIER) == (
        "direct, “admitted”, to Orla, in Karsa, Sunday"
    )


def test_not_found() -> None:
    """An outlet without a reading gets a search of its article for the most telling words."""
    lone = replace(SAID, readings=SAID.readings[:1], differences=())
    _, lantern = make_maker(EDITION).make_row(lone).cells

    assert lantern.readings == ()
    assert [(s.target, s.text) for s in lantern.searches] == [
        ("a-lantern", "twelve people were killed")
    ]
    assert not lantern.is_telling


def test_not_found_where_most_have_it() -> None:
    """Where half of the outlets have a thing, its absence says so, and since when."""
    (account,) = EDITION.accounts
    says = "this statement was not found in this article; 4 of 7 outlets have it."
    absence = replace(
        account.not_found[0], outlet="The Lantern", article="a-lantern", target=SAID.id,
        since="2031-05-04", says=says,
    )  # fmt: skip
    edition = replace(EDITION, accounts=(replace(account, not_found=(absence,)),))
    lone = replace(SAID, readings=SAID.readings[:1], differences=())
    _, lantern = make_maker(edition).make_row(lone).cells

    assert lantern.is_telling
    assert lantern.searches[0].note == "4 of 7 outlets have it, since 4 May 2031"


def test_shared_origin() -> None:
    """Outlets that have a statement from one source are named with it, and why."""
    origin = Origin(
        outlet="Meridian", articles=("a-courier", "a-lantern"), evidence=("credits it",)
    )
    row = make_maker(EDITION).make_row(replace(SAID, origins=(origin,)))

    assert row.attested == "2 outlets, 1 origin"
    assert [(o.name, o.outlets, o.evidence) for o in row.shared] == [
        ("Meridian", ("The Courier", "The Lantern"), "credits it")
    ]
    assert row.single == ()


def test_many_readings_unfold() -> None:
    """A cell never grows beyond a few readings; no reading vanishes."""
    many = replace(SAID, readings=SAID.readings[:1] * 5, differences=())
    cell, _ = make_maker(EDITION).make_row(many).cells

    assert len(cell.first) == MAX_READINGS
    assert cell.first + cell.rest == cell.readings


def test_same_difference_from_several() -> None:
    """What one reading has and several lack is told once, with everybody it is true of."""
    base = SAID.differences[0]
    lost = replace(base, kind="omission", right_spans=(), says="The Courier has “Twelve”; ...")
    statement = replace(
        SAID,
        readings=(*SAID.readings, SAID.readings[1]),
        differences=(lost, replace(lost, right=2)),
    )
    (view,), _ = make_differences(statement, make_told(EDITION))

    assert view.refs == "s-killed.0 s-killed.1"
    assert view.likewise == ()  # the same outlet again


def test_doubtful_difference() -> None:
    """What may be the translators' doing is underlined only, signed, and told after the rest."""
    doubtful = replace(SAID.differences[0], weight=0.9, says="They differ.", caveat=CAVEAT)
    certain = Difference(
        left=0, right=1, kind="omission", left_spans=(find(COURIER, "people"),), right_spans=(),
        weight=0.5, says="The Courier has “people”; The Lantern has not.",
    )  # fmt: skip
    views, marks = make_differences(
        replace(SAID, differences=(doubtful, certain)), make_told(EDITION)
    )

    assert [(v.kind, v.may_be_translation) for v in views] == [
        ("omission", False),
        ("number", True),
    ]
    assert views[1].says == "They differ."
    assert [(m.span.of(COURIER), m.css) for m in marks[0]] == [
        ("people", "only"),
        ("Twelve", "maybe-meaning"),
    ]
    assert [(m.span.of(LANTERN), m.css) for m in marks[1]] == [("14", "maybe-meaning")]


def test_statement_of_one_outlet() -> None:
    """What one outlet has in its own words keeps its runs and the words to search for."""
    lone = make_maker(EDITION).make_lone(ALONE)

    assert ["".join(p.text for p in run) for run in lone.readings[0].runs] == [
        "She blamed",
        "reckless owners",
    ]
    assert lone.readings[0].note == "in the outlet’s own words"
    assert lone.words == "she blamed reckless owners"
