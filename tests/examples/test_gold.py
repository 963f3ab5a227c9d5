"""What the examples are there to show: in the gold, and in the edition that is made of them.

A case marked `mistake` is one that the edition has wrong today; it is strict, so that the mark goes
when the mistake does.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from variorum.model.edition import Edition
from variorum.present.export import make_edition_json

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "eval/gold"
EVENTS = ("ferry", "siege", "strike")

Json = dict[str, Any]
Cut = tuple[int, int]


def mistake(*values: object, why: str) -> Any:
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=why))


class Gold:
    """The gold of one event, by id."""

    def __init__(self, event: str) -> None:
        made = json.loads((GOLD / f"{event}.json").read_text(encoding="utf-8"))
        self.quotations: dict[str, Json] = {row["id"]: row for row in made["quotations"]}
        self.figures: dict[str, Json] = {row["id"]: row for row in made["figures"]}
        self.speakers: dict[str, Json] = {row["id"]: row for row in made["speakers"]}
        self.statements: list[Json] = made["statements"]
        self.figure_groups: list[Json] = made["figure_groups"]
        self.copies: list[Json] = made["copies"]
        self.labels: list[Json] = made["labels"]


class Told:
    """The edition of the examples, its articles named as the gold names them."""

    def __init__(self, edition: Edition) -> None:
        self.edition: Json = make_edition_json(edition)
        self.articles: dict[str, Json] = {_name(row): row for row in self.edition["articles"]}
        self.entities: dict[str, Json] = {row["id"]: row for row in self.edition["entities"]}

    def find_quotation(self, wanted: Json) -> Json:
        """Return the quotation of the edition that is the gold's."""
        rows = self.articles[wanted["article"]]["quotations"]
        cuts = [(span["start"], span["end"]) for span in wanted["content"]]
        return max(rows, key=partial(_share_of_content, cuts=cuts))

    def find_figure(self, wanted: Json) -> Json:
        """Return the figure of the edition that stands where the gold's does."""
        rows = self.articles[wanted["article"]]["figures"]
        return next(
            row for row in rows if row["start"] < wanted["end"] and wanted["start"] < row["end"]
        )

    def find_statement(self, *quotations: Json) -> Json:
        """Return the statement that holds all of them."""
        wanted = {row["id"] for row in quotations}
        for story in self.edition["stories"]:
            for statement in story["statements"]:
                if wanted <= {reading["quotation"] for reading in statement["readings"]}:
                    return dict(statement)
        raise AssertionError("they are in different statements")

    def entity_named(self, name: str) -> Json:
        """Return the only entity with that spelling."""
        found = [
            row
            for row in self.entities.values()
            if name in {variant["text"] for variant in row["variants"]}
        ]
        assert len(found) == 1, [row["name"] for row in found]
        return found[0]

    def speaker_name(self, quotation: Json) -> str | None:
        """Return the name of the entity that said it."""
        entity = self.entities.get(quotation["speaker"])
        return entity and entity["name"]


def _name(article: Json) -> str:
    input_id = article["input_id"]
    return str(article["path"]) + (f"#{input_id}" if input_id else "")


def _letters(cuts: Iterable[Cut]) -> set[int]:
    return {place for start, end in cuts for place in range(start, end)}


def _share_of_content(row: Json, cuts: list[Cut]) -> float:
    left = _letters((span["start"], span["end"]) for span in row["content"])
    right = _letters(cuts)
    return len(left & right) / len(left | right)


def _content(quotation: Json) -> str:
    return " ".join(span["text"] for span in quotation["content"])


@pytest.fixture(scope="module")
def golds() -> dict[str, Gold]:
    return {event: Gold(event) for event in EVENTS}


@pytest.fixture(scope="module")
def told(edition: Edition) -> Told:
    return Told(edition)


def test_gold_is_as_built() -> None:
    """Every string of the gold stands in its article, and the offsets are of today's texts."""
    check = [sys.executable, str(GOLD / "build.py"), "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_gold_covers_every_article(golds: dict[str, Gold], told: Told) -> None:
    """No example is without a quotation in the gold, and the gold has no other articles."""
    annotated = {row["article"] for gold in golds.values() for row in gold.quotations.values()}

    assert annotated == set(told.articles)


@pytest.mark.parametrize("event", EVENTS)
def test_gold_is_sound(golds: dict[str, Gold], event: str) -> None:
    """Groups have two members or more, no member is in two, and every name refers to something."""
    gold = golds[event]
    said = [member for row in gold.statements for member in row["members"]]
    counted = [member for row in gold.figure_groups for member in row["members"]]
    cited = {row["speaker"] for row in gold.quotations.values()}
    cited |= {row["via"] for row in gold.quotations.values() if row["via"]}
    cited |= {row["of"] for row in gold.labels}

    assert min(len(row["members"]) for row in gold.statements + gold.figure_groups) >= 2
    assert len(said) == len(set(said))
    assert set(said) <= set(gold.quotations)
    assert sorted(counted) == sorted(gold.figures)
    assert cited == set(gold.speakers)


@pytest.mark.parametrize(
    ("event", "left", "right", "word", "kind"),
    [
        ("strike", "m3", "v3", "not", "negation"),
        ("strike", "m6", "v5", "not", "negation"),
        ("siege", "m3", "f3", "liberation", "omission"),
        ("ferry", "m8", "l2", "may", "hedge"),
        ("ferry", "m4", "l7", "if", "condition"),
        mistake("strike", "m14", "v12", "not", "negation", why="Rask is not found in Vesti Zdrav"),
        mistake("strike", "m12", "a6", "Most", "scope", why="two readings of one article"),
    ],
)
def test_lost_words(
    golds: dict[str, Gold], told: Told, event: str, left: str, right: str, word: str, kind: str
) -> None:
    """A word that one outlet or translator lost, and with it the meaning, is shown as lost."""
    gold = golds[event]
    whole, cut = gold.quotations[left], gold.quotations[right]
    assert any({left, right} <= set(row["members"]) for row in gold.statements)
    assert re.search(rf"\b{word}\b", _content(whole))
    assert not re.search(rf"\b{word}\b", _content(cut))

    ours = told.find_quotation(cut)
    statement = told.find_statement(told.find_quotation(whole), ours)
    position = [row["quotation"] for row in statement["readings"]].index(ours["id"])
    shown = [
        row
        for row in statement["differences"]
        if position in (row["left"], row["right"]) and row["kind"] == kind
    ]
    assert any(re.search(rf"\b{word}\b", row["says"]) for row in shown)


@pytest.mark.parametrize(
    ("event", "left", "right", "relations"),
    [
        ("strike", "f13", "f19", {"update"}),
        ("siege", "f7", "f33", {"update", "mixed"}),
        ("ferry", "f5", "f6", {"conflict", "mixed"}),
        ("ferry", "f13", "f17", {"conflict"}),
        mistake("ferry", "f1", "f5", {"update", "mixed"}, why="nine and 14 dead are two groups"),
        ("siege", "f14", "f17", {"conflict"}),
        ("strike", "f1", "f2", {"conflict"}),
    ],
)
def test_figures_revised_and_contradicted(
    golds: dict[str, Gold], told: Told, event: str, left: str, right: str, relations: set[str]
) -> None:
    """Tolls and counts that were revised are updates; those that clash at one time conflict."""
    gold = golds[event]
    groups = [row for row in gold.figure_groups if {left, right} <= set(row["members"])]
    assert {row["relation"] for row in groups} <= relations | {"mixed"}
    assert len(groups) == 1

    pair = {told.find_figure(gold.figures[left])["id"], told.find_figure(gold.figures[right])["id"]}
    found = {
        row["relation"] for row in told.edition["figure_groups"] if pair <= set(row["members"])
    }
    assert found
    assert found <= relations


@pytest.mark.parametrize(
    ("event", "later", "is_credited"),
    [
        ("ferry", "ferry/rows.jsonl#gazette-1012", True),
        ("strike", "strike/rows.jsonl#evening-0308", True),
        ("strike", "strike/anselm-state-radio.txt", False),
        ("siege", "siege/free-orvania.txt", False),
        mistake("siege", "siege/rows.jsonl#valley-0604", True, why="two paragraphs are not found"),
    ],
)
def test_wire_copies(
    golds: dict[str, Gold], told: Told, event: str, later: str, is_credited: bool
) -> None:
    """What was copied from the agency is found and led back to it, with its credit or without."""
    wire = f"{event}/meridian.txt"
    assert [wire, later] in [row["articles"] for row in golds[event].copies]

    article = told.articles[later]
    credited = {row["outlet"] for row in article["credits"] if row["kind"] == "wire"}
    assert any(outlet.startswith("Meridian") for outlet in credited) == is_credited
    pair = told.articles[wire]["id"], article["id"]
    copies = [row for story in told.edition["stories"] for row in story["copies"]]
    (copy,) = [row for row in copies if (row["earlier"], row["later"]) == pair]
    assert copy["directed"]
    assert ("credits" in copy["evidence"]) == is_credited


@pytest.mark.parametrize(
    ("event", "speaker", "names"),
    [
        ("siege", "fro", ("Jund al-Safa", "Djund as-Safa", "Harlau Liberation Front")),
        ("strike", "s6", ("Nurses' League", "Nurses’ League", "Health Workers' Union", "HWU")),
        mistake(
            "siege", "fro", ("Jund al-Safa", "Front of liberation of Harlau"), why="translated name"
        ),
        mistake(
            "strike", "s6", ("Nurses' League", "League of medical Sisters"), why="translated name"
        ),
    ],
)
def test_renamed_groups(
    golds: dict[str, Gold], told: Told, event: str, speaker: str, names: tuple[str, ...]
) -> None:
    """All spellings of a group, under its old name and its new one, are one entity."""
    gold = golds[event].speakers[speaker]
    known = {gold["name"], *gold["aliases"]}
    assert set(names) <= known

    group = told.entity_named(names[0])
    assert set(names) <= {variant["text"] for variant in group["variants"]}
    assert any(row["from"] == names[0] and row["to"] in known for row in group["renamed"])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Aksel Brandt", "Olaf Brandt"),
        ("Radio Anselm", "Port Anselm"),
        ("League of Nations", "Nurses' League"),
        ("Harlau", "Harlau Liberation Front"),
    ],
)
def test_names_that_only_look_alike(told: Told, left: str, right: str) -> None:
    """Sharing a word makes no one entity of two."""
    spelled = [
        {variant["text"] for variant in entity["variants"]} for entity in told.entities.values()
    ]
    assert {left, right} <= set().union(*spelled)
    assert not any({left, right} <= names for names in spelled)


@pytest.mark.parametrize(
    ("event", "article", "words"),
    [
        ("siege", "siege/courier.html", "terrorists"),
        ("siege", "siege/voice-of-drevna.txt", "moderate opposition"),
        mistake("strike", "strike/vesti-zdrav.txt", "key workers", why="not held to be a label"),
        mistake("ferry", "ferry/lantern.html", "ship of shame", why="not held to be a label"),
        mistake("ferry", "ferry/lantern.html", "rust bucket", why="not held to be a label"),
    ],
)
def test_labels_in_quotation_marks(
    golds: dict[str, Gold], told: Told, event: str, article: str, words: str
) -> None:
    """A label in quotation marks is found, and the marks are noted."""
    text = told.articles[article]["text"]
    marked = {
        (row["start"], row["end"])
        for row in golds[event].labels
        if (row["article"], row["text"]) == (article, words)
        and text[row["start"] - 1] in '“‘"'
        and text[row["end"]] in '”’"'
    }
    assert marked

    labels = [row for row in told.articles[article]["labels"] if row["scare_quotes"]]
    assert marked & {(row["start"], row["end"]) for row in labels}


@pytest.mark.parametrize(
    ("article", "words", "name"),
    [
        ("siege/courier.html", "She added, “There", "Maud Perrin"),
        mistake(
            "siege/meridian.txt",
            "She added only one line",
            "Maud Perrin",
            why="taken for Joan Kersey",
        ),
        mistake(
            "siege/rows.jsonl#nine-0604",
            "She added her voice",
            "Maud Perrin",
            why="taken for Halim",
        ),
        mistake(
            "strike/meridian.txt", "She had not slept", "Priya Rask", why="taken for Lena Torvald"
        ),
        ("strike/courier.html", "She had a consultant", "Priya Rask"),
        mistake("ferry/meridian.txt", "She jumped when", "Mira Holt", why="taken for Piet Aldous"),
    ],
)
def test_pronouns_before_their_names(told: Told, article: str, words: str, name: str) -> None:
    """A pronoun that stands before the name is the one who is named after it."""
    text = told.articles[article]["text"]
    start = text.index(words)
    assert name in text[start:]

    (mention,) = [row for row in told.articles[article]["mentions"] if row["start"] == start]
    assert mention["form"] == "pronoun"
    assert told.entities[mention["entity"]]["name"] == name


@pytest.mark.parametrize(
    ("event", "quotation", "relay"),
    [
        ("strike", "c6", "a ministry official"),
        ("strike", "r14", "a government spokesman"),
        ("siege", "c4", "One of her officials"),
        mistake("siege", "l2", "Channel Nine", why="`told Channel Nine` is not read"),
        mistake("siege", "f8", "Channel Nine", why="`has told Channel Nine` is not read"),
        ("strike", "m7", "Radio Anselm"),
        mistake("strike", "v6", "Radio Anselm", why="`On the air of Radio Anselm` is not read"),
        mistake("siege", "m8", "Ladanov", why="reported speech inside a quotation is not read"),
    ],
)
def test_relayed_speakers(
    golds: dict[str, Gold], told: Told, event: str, quotation: str, relay: str
) -> None:
    """Who is quoted through somebody else, a person or another outlet, is quoted through them."""
    gold = golds[event]
    wanted = gold.quotations[quotation]
    through = gold.speakers[wanted["via"]]
    speaker = gold.speakers[wanted["speaker"]]
    assert any(relay in name for name in [through["name"], *through["aliases"]])

    found = told.find_quotation(wanted)
    assert told.speaker_name(found) == speaker["name"]
    assert any(via["name"].startswith(relay) for via in found["via"])
