"""The JSON of an edition made by hand: every key, every rounding, every unknown."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from records import annotations, articles, make_small_edition

from variorum.model.edition import Edition
from variorum.present.export import encode_json, load_schema, make_edition_json

VALIDATOR = Draft202012Validator(load_schema())

Path = tuple[str | int, ...]


@pytest.fixture
def made() -> dict[str, Any]:
    return make_edition_json(make_small_edition())


def iter_keys(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path to every key of every object in ``value``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from iter_keys(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from iter_keys(inner, (*path, position))


def test_small_edition_is_valid(made: dict[str, Any]) -> None:
    """An edition with a record of every kind keeps the schema that the package ships."""
    assert [error.message for error in VALIDATOR.iter_errors(made)] == []


def test_every_key_is_required(made: dict[str, Any]) -> None:
    """Leave out any key of any object, and the schema says so: all keys are always present."""
    not_missed = []
    for *parents, key in iter_keys(made):
        if parents == ["made_by"]:
            continue
        without = copy.deepcopy(made)
        holder: Any = without
        for step in parents:
            holder = holder[step]
        del holder[key]
        if VALIDATOR.is_valid(without):
            not_missed.append((*parents, key))

    assert not_missed == []


def test_unknown_is_null(made: dict[str, Any]) -> None:
    """What is not known of an article or a quotation is null, neither left out nor empty."""
    _, lantern = made["articles"]
    (quotation,) = lantern["quotations"]

    unknown = ["input_id", "path", "url", "title", "author", "published"]
    unknown += ["published_precision", "language"]
    assert [lantern[key] for key in unknown] == [None] * len(unknown)
    assert [quotation[key] for key in ("cue", "source", "speaker_name", "medium")] == [None] * 4
    assert lantern["labels"][0]["entity"] is None
    assert made["stories"][0]["statements"][1]["speaker"] is None
    assert made["stories"][0]["not_found"][0]["since"] is None


def test_whole_numbers_are_integers(made: dict[str, Any]) -> None:
    """A figure of twelve is 12 however it was counted, and an open end is null."""
    courier, lantern = (article["figures"][0] for article in made["articles"])

    assert (courier["low"], courier["high"]) == (12, 12)
    assert type(courier["low"]) is type(courier["high"]) is int
    assert (lantern["low"], lantern["high"]) == (14, None)


def test_scores_have_four_places(made: dict[str, Any]) -> None:
    """Scores are rounded, so that they are the same on every machine."""
    (story,) = made["stories"]

    assert made["articles"][0]["quotations"][0]["confidence"] == 0.9877
    assert story["statements"][0]["differences"][0]["weight"] == 0.9123
    assert story["copies"][0]["share"] == 0.1235


def test_chains_become_entities(made: dict[str, Any]) -> None:
    """Mentions, speakers and relayers point to the entity of their chain, or to none."""
    courier, lantern = made["articles"]

    assert [mention["entity"] for mention in courier["mentions"]] == [None, "e-reyes"]
    assert [mention["entity"] for mention in lantern["mentions"]] == ["e-reyes"]
    assert [a["quotations"][0]["speaker"] for a in (courier, lantern)] == ["e-reyes"] * 2
    assert courier["quotations"][0]["via"][0]["entity"] is None


def test_one_chain_id_in_two_articles() -> None:
    """An entity is looked up by article and chain: the same chain id elsewhere is not it."""
    edition = make_small_edition()
    only_lantern = replace(edition, links=edition.links[1:])

    courier, lantern = make_edition_json(only_lantern)["articles"]

    assert courier["quotations"][0]["speaker"] is None
    assert lantern["quotations"][0]["speaker"] == "e-reyes"


def test_what_was_not_found(made: dict[str, Any]) -> None:
    """An absence names its target under the key of its kind."""
    statement, figure_group = made["stories"][0]["not_found"]

    assert statement["statement"] == "s-owners"
    assert "figure_group" not in statement
    assert figure_group["figure_group"] == "g-killed"
    assert "statement" not in figure_group


def test_voice_of_a_label() -> None:
    """A label in the outlet's own voice says so; one in a quotation names the quotation."""
    edition = make_small_edition()
    courier, lantern = edition.annotations
    inside = replace(lantern.labels[0], quotation="q-lantern")
    quoted = replace(edition, annotations=(courier, replace(lantern, labels=(inside,))))

    voices = [
        make_edition_json(each)["articles"][1]["labels"][0]["voice"] for each in (edition, quoted)
    ]

    assert voices == ["own", "q-lantern"]


def test_same_bytes_every_time() -> None:
    """The same edition makes the same bytes, and they read back as what was written."""
    edition = make_small_edition()

    written = encode_json(make_edition_json(edition))

    assert written == encode_json(make_edition_json(make_small_edition()))
    assert json.loads(written) == make_edition_json(edition)
    assert written.endswith(b"}\n")
    assert "“Twelve people were killed,”" in written.decode("utf-8")


def test_order_of_stages_does_not_matter() -> None:
    """Who made what is listed by name, whatever order the pipeline has it in."""
    edition = make_small_edition()
    turned = dict(reversed(edition.made_by.items()))

    made = encode_json(make_edition_json(replace(edition, made_by=turned)))

    assert made == encode_json(make_edition_json(edition))


@settings(max_examples=50)
@given(data=st.data())
def test_any_article_round_trips(data: st.DataObject) -> None:
    """Whatever characters an article holds, its JSON keeps them and the schema."""
    article = data.draw(articles())
    notes = data.draw(annotations(article.id))
    edition = Edition(articles=(article,), annotations=(notes,), made_by={"clean": 1})

    made = json.loads(encode_json(make_edition_json(edition)))

    assert made == make_edition_json(edition)
    assert made["articles"][0]["text"] == article.text
    assert [error.message for error in VALIDATOR.iter_errors(made)] == []
