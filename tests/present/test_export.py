from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from variorum.model.article import Failure
from variorum.model.edition import Edition
from variorum.present.export import encode_json, load_schema, make_edition_json


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(load_schema())
    return Draft202012Validator(load_schema())


def test_examples_keep_the_contract(edition: Edition, validator: Draft202012Validator) -> None:
    """What is written is what the schema in the package says."""
    errors = [error.message for error in validator.iter_errors(make_edition_json(edition))]
    assert errors == []


def test_nothing_read(validator: Draft202012Validator) -> None:
    """An edition of nothing but failures keeps the contract too."""
    failure = Failure(input="a.txt", stage="ingest", reason="is empty")
    made = make_edition_json(Edition(failures=(failure,)))
    assert list(validator.iter_errors(made)) == []
    assert made["failures"] == [{"input": "a.txt", "stage": "ingest", "reason": "is empty"}]


def test_schema_refuses(edition: Edition, validator: Draft202012Validator) -> None:
    """The schema is no open door: a missing key or a wrong kind is an error."""
    made = make_edition_json(edition)
    del made["articles"][0]["language"]
    made["stories"][0]["id"] = 7
    assert len(list(validator.iter_errors(made))) >= 2


def test_numbers(edition: Edition) -> None:
    """Whole numbers are written as integers, unknown values as null."""
    article = edition.articles[0]
    notes = edition.annotations[0]
    made = make_edition_json(
        Edition(
            articles=(replace(article, translated=0.123456),),
            annotations=(
                replace(
                    notes,
                    figures=tuple(
                        replace(figure, low=40000.0, high=None) for figure in notes.figures[:1]
                    ),
                ),
            ),
        )
    )
    assert made["articles"][0]["translated"] == 0.1235
    assert all(f["low"] == 40000 and f["high"] is None for f in made["articles"][0]["figures"])
    assert "40000.0" not in encode_json(made).decode()


def test_bytes(edition: Edition) -> None:
    """The same edition is the same bytes, and reads back as JSON."""
    made = make_edition_json(edition)
    written = encode_json(made)
    assert written == encode_json(make_edition_json(edition))
    assert json.loads(written) == made
    assert written.endswith(b"}\n")


def test_spans_lead_back(edition: Edition) -> None:
    """Every line of the edition can be clicked back to words in an article."""
    made = make_edition_json(edition)
    texts = {article["id"]: article["text"] for article in made["articles"]}

    def check(value: object, article: str | None) -> int:
        if isinstance(value, list):
            return sum(check(item, article) for item in value)
        if not isinstance(value, dict):
            return 0
        own = value.get("article", article)
        n = 0
        if "start" in value and own is not None:
            assert 0 <= value["start"] < value["end"] <= len(texts[own]), (value, own)
            n += 1
        return n + sum(check(item, own) for item in value.values())

    n_spans = sum(check(article, article["id"]) for article in made["articles"])
    n_spans += check(made["entities"], None) + check(made["stories"], None)
    assert n_spans > 1_000


def test_ids_lead_somewhere(edition: Edition) -> None:
    """No id points to a record that is not there."""
    made = make_edition_json(edition)
    articles = {a["id"] for a in made["articles"]}
    quotations = {q["id"] for a in made["articles"] for q in a["quotations"]}
    figures = {f["id"] for a in made["articles"] for f in a["figures"]}
    entities = {e["id"] for e in made["entities"]}
    stories = {s["id"] for s in made["stories"]}
    lines = {line["id"] for line in made["storylines"]}
    for story in made["stories"]:
        assert set(story["articles"]) <= articles
        assert set(story["storylines"]) <= lines
        for statement in story["statements"]:
            assert statement["speaker"] in entities | {None}
            n_readings, n_origins = len(statement["readings"]), len(statement["origins"])
            assert 0 <= statement["gist"] < n_readings
            for reading in statement["readings"]:
                assert reading["quotation"] in quotations | {None}
                assert 0 <= reading["origin"] < n_origins
            for difference in statement["differences"]:
                assert {difference["left"], difference["right"]} <= set(range(n_readings))
    for group in made["figure_groups"]:
        assert set(group["members"]) <= figures
        assert set(group["stories"]) <= stories
    for article in made["articles"]:
        for mention in article["mentions"]:
            assert mention["entity"] in entities | {None}
