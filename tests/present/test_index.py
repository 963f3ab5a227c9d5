from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from records import COURIER, find, make_small_edition

from variorum.errors import AmbiguousNameError, UnknownNameError
from variorum.model.edition import Edition
from variorum.model.story import Account, Story
from variorum.present.index import UNKNOWN_SPEAKER, EditionIndex

SMALL = EditionIndex(make_small_edition())


def with_titles(*titles: str) -> EditionIndex:
    """Return an edition of stories with these titles, their ids s-1, s-2 ..."""
    stories = (Story(id=f"s-{n}", title=title, articles=()) for n, title in enumerate(titles, 1))
    return EditionIndex(Edition(accounts=tuple(Account(story=story) for story in stories)))


def test_records_by_id() -> None:
    """Everything that is pointed to is found by its id, with the article that it stands in."""
    courier, lantern = SMALL.edition.articles

    assert SMALL.articles == {courier.id: courier, lantern.id: lantern}
    assert SMALL.annotations[lantern.id].article_id == lantern.id
    assert SMALL.quotations["q-courier"] == (courier, SMALL.edition.annotations[0].quotations[0])
    assert SMALL.figures["f-lantern"] == (lantern, SMALL.edition.annotations[1].figures[0])
    assert SMALL.entities["e-reyes"].name == "Ana Reyes"
    assert SMALL.entity_of_chain["c-reyes-lantern"] == "e-reyes"


@pytest.mark.parametrize("name", ["1", "t-orla", "t-former", "ferry", "THE FERRY orla sinks"])
def test_story_is_found(name: str) -> None:
    """A story is found by its number, its id, a former id, and words of its title in any case."""
    assert SMALL.find_account(name).story.id == "t-orla"


@pytest.mark.parametrize("name", ["0", "2", "-1", "t-orl", "zeppelin", "²", "1.0"])
def test_story_is_not_there(name: str) -> None:
    """A number out of range, a part of an id or other words find nothing, and that is said."""
    with pytest.raises(UnknownNameError, match="no story named"):
        SMALL.find_account(name)


def test_a_close_title_is_proposed() -> None:
    """A slip in a title is answered with the title that was meant."""
    with pytest.raises(UnknownNameError, match="did you mean 'The ferry Orla sinks'"):
        SMALL.find_account("The ferry Oral sinks")


def test_words_of_two_titles() -> None:
    """Words that fit two stories find neither: nobody is shown another story than asked for."""
    index = with_titles("Ferry sinks", "Strike", "Ferry raised")

    with pytest.raises(AmbiguousNameError) as caught:
        index.find_account("ferry")
    assert str(caught.value) == (
        "more than one story fits 'ferry': 1 'Ferry raised', 2 'Ferry sinks'; "
        "give a number or more of the words"
    )
    assert index.find_account("1").story.title == "Ferry raised"
    assert index.find_account("raised").story.id == "s-3"


def test_words_of_many_titles() -> None:
    """The first of the stories are listed, and how many there are besides."""
    with pytest.raises(AmbiguousNameError, match=r"8 'Ferry', 4 more; give") as caught:
        with_titles(*["Ferry"] * 12).find_account("ferry")
    assert pickle.loads(pickle.dumps(caught.value)).found == caught.value.found


def test_an_id_goes_before_a_title() -> None:
    """A story whose id is given is found though another story's title has the same words."""
    index = with_titles("All about s-2", "Ferry sinks")

    assert index.find_account("s-2").story.title == "Ferry sinks"


def test_year_in_a_title() -> None:
    """A number that no story has is sought in the titles."""
    assert with_titles("Strike", "Budget of 2031").find_account("2031").story.id == "s-2"


def test_articles_and_outlets_of_a_story() -> None:
    """They come in the order of the story, an outlet with two articles once."""
    edition = SMALL.edition
    again = replace(edition.articles[0], id="a-again")
    notes = replace(edition.annotations[0], article_id="a-again")
    story = Story(id="t", title="", articles=("a-lantern", "a-courier", "a-again"))
    index = EditionIndex(
        replace(
            edition,
            articles=(*edition.articles, again),
            annotations=(*edition.annotations, notes),
            accounts=(Account(story=story),),
        )
    )
    (account,) = index.edition.accounts

    assert index.outlets_of(account) == ("The Lantern", "The Courier")
    annotated = list(index.iter_annotated(account))
    assert [(a.id, n.article_id) for a, n in annotated] == [(a, a) for a in story.articles]


def test_words_of_a_reading() -> None:
    """A reading's runs are joined by an ellipsis, line ends inside them become spaces."""
    (account,) = SMALL.edition.accounts
    (reading,) = account.statements[1].readings
    over_lines = replace(
        reading,
        article="a-courier",
        spans=(find(COURIER, "Sunday.\n\n“Twelve"), find(COURIER, "admitted")),
    )

    assert SMALL.words_of(reading) == "She blamed … reckless owners"
    assert SMALL.words_of(over_lines) == "Sunday. “Twelve … admitted"


def test_speaker_of_a_statement() -> None:
    """The entity's name, else the name that a reading's quotation has, else that none is told."""
    said, alone = SMALL.edition.accounts[0].statements
    unlinked = replace(said, speaker=None)

    assert SMALL.speaker_of(said) == "Ana Reyes"
    assert SMALL.speaker_of(unlinked) == "Ana Reyes"
    assert SMALL.speaker_of(replace(unlinked, readings=said.readings[1:])) == UNKNOWN_SPEAKER
    assert SMALL.speaker_of(alone) == UNKNOWN_SPEAKER


def test_name_of_the_quoted() -> None:
    """The entity's name goes before the article's words, and these before nothing."""
    _, told = SMALL.quotations["q-lantern"]

    assert SMALL.name_of_quoted(told) == "Ana Reyes"
    assert SMALL.name_of_quoted(replace(told, chain=None, speaker_name="she")) == "she"
    assert SMALL.name_of_quoted(replace(told, chain=None)) == UNKNOWN_SPEAKER


def test_shared_statements() -> None:
    """Only what two articles have is shared; what differs most comes first, then what most tell."""
    (account,) = SMALL.edition.accounts
    said, alone = account.statements
    agreed = replace(said, id="s-agreed", differences=())
    twice = replace(alone, id="s-twice", readings=alone.readings * 2)
    index = EditionIndex(SMALL.edition)

    shared = index.iter_shared(replace(account, statements=(agreed, twice, alone, said)))

    assert [statement.id for statement in shared] == ["s-killed", "s-agreed"]


def test_order_of_equals() -> None:
    """Statements that differ as much and are as widely told come by id, in whatever order made."""
    (account,) = SMALL.edition.accounts
    said = account.statements[0]
    both = (replace(said, id="s-2"), replace(said, id="s-1"))

    for statements in (both, both[::-1]):
        shared = SMALL.iter_shared(replace(account, statements=statements))
        assert [statement.id for statement in shared] == ["s-1", "s-2"]
