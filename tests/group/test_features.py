from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from events import PlainWeights, make_article, make_notes, make_parted
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.group.features import Features, find_day, make_features, make_matrix
from variorum.model.annotation import Annotations, Chain
from variorum.model.article import Article

MATRIX_ROWS = st.lists(
    st.dictionaries(st.text("abcxyz", min_size=1, max_size=2), st.floats(0.5, 9.0), max_size=6),
    max_size=5,
)


def features_of(article: Article, annotations: Annotations | None = None) -> Features:
    return make_features(article, annotations or make_notes(article), PlainWeights())


def test_words() -> None:
    """Words count in lower case without their possessive ending, stop words not at all."""
    article = make_article("a1", "The Orla sank. Orla’s owner and ORLA's crew")

    words = features_of(article).words

    assert set(words) == {"orla", "sank", "owner", "crew"}
    assert words["orla"] == pytest.approx(1 + math.log(3))
    assert words["sank"] == 1.0


def test_apostrophes() -> None:
    """An outlet's typography is not its wording: straight, curly or closing, it is one word."""
    straight = make_article("a1", "The owners' crew didn't 'sink' it at ten o'clock")
    curly = make_article("a2", "The owners’ crew didn’t ‘sink’ it at ten o’clock")

    assert features_of(straight).words == features_of(curly).words
    assert {"didn't", "o'clock", "owners", "sink"} <= set(features_of(curly).words)


def test_title() -> None:
    """The title counts, in the words and in the lead, though it stands nowhere in the text."""
    features = features_of(make_article("a1", "It sank.", title="Ferry lost"))

    assert {"ferry", "lost", "sank"} == set(features.words) == set(features.lead)


def test_parts_that_count() -> None:
    """Captions, bylines and boilerplate tell nothing of the event."""
    article = make_parted(
        "a1",
        ("headline", "Headline"),
        ("byline", "Byline"),
        ("caption", "Caption"),
        ("dateline", "Dateline"),
        ("body", "Body"),
        ("boilerplate", "Boilerplate"),
    )

    assert set(features_of(article).words) == {"headline", "dateline", "body"}


def test_lead() -> None:
    """The lead is the beginning, the words are of the whole."""
    article = make_article("a1", "Ferry", "filler " * 200, "Postscript")
    features = features_of(article)

    assert set(features.words) == {"ferry", "filler", "postscript"}
    assert set(features.lead) == {"ferry", "filler"}


def test_names() -> None:
    """Named participants weigh by how often they are mentioned; those without a name do not."""
    article = make_article("a1", "Holt met Reed. Holt left. Holt said so.")
    notes = make_notes(article, names=["Holt", "Reed"])
    somebody = Chain(id="c", kind="person", name="a guard", is_named=False, keys=("guard",))
    features = features_of(article, replace(notes, chains=(*notes.chains, somebody)))

    assert features.names == {"holt": pytest.approx(1 + math.log(3)), "reed": 1.0}


def test_told_days() -> None:
    """Days count that the beginning names by month and day, not those of bylines or captions."""
    article = make_parted(
        "a1",
        ("byline", "Published: 9 May 2031"),
        ("caption", "Karsa on 8 May 2031"),
        ("body", "It sank on 3 May, a week after 26 April, and on Monday it was found in May."),
        ("body", "filler " * 100),
        ("body", "The last ferry sank on 1 March 2029."),
    )
    dates = {
        "9 May 2031": "2031-05-09",
        "8 May 2031": "2031-05-08",
        "3 May": "2031-05-03",
        "26 April": "2031-04-26",
        "Monday": "2031-05-05",
        "in May": "2031-05",
        "1 March 2029": "2029-03-01",
    }

    told = features_of(article, make_notes(article, dates=dates)).told

    assert told == {date(2031, 5, 3).toordinal(), date(2031, 4, 26).toordinal()}


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2031-05-04", date(2031, 5, 4)),
        ("2031-05-04T23:59:00-11:00", date(2031, 5, 4)),
        ("2031-05", None),
        ("2031", None),
        ("", None),
        (None, None),
    ],
)
def test_day(published: str | None, day: date | None) -> None:
    """The day is the outlet's own; a month or a year is none."""
    assert find_day(published) == (day.toordinal() if day else None)


@given(MATRIX_ROWS)
@settings(deadline=None)
def test_matrix(rows: list[dict[str, float]]) -> None:
    """Each row becomes a unit vector that keeps the proportions of its words; no words, zeros."""
    columns = sorted({word for row in rows for word in row})

    matrix = make_matrix(rows).toarray()

    assert matrix.shape == (len(rows), max(1, len(columns)))
    for vector, row in zip(matrix, rows, strict=True):
        weights = np.array([row.get(word, 0.0) for word in columns] or [0.0])
        assert np.allclose(vector * np.linalg.norm(weights), weights)
        assert np.linalg.norm(vector) == pytest.approx(1.0 if row else 0.0)
