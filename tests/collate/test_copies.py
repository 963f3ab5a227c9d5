"""What many outlets print word for word is told once, however many they are."""

from __future__ import annotations

import json

import pytest

from variorum.api import make_store_edition, open_store, read_inputs
from variorum.model.edition import Edition
from variorum.present.index import EditionIndex

N_COPIES = 3


@pytest.fixture(scope="module")
def copied(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The ferry's story, each article printed by two more outlets."""
    ferry = next(a.story for a in edition.accounts if "ferry" in a.story.title)
    table = tmp_path_factory.mktemp("copies") / "rows.jsonl"
    with table.open("w", encoding="utf-8") as out:
        for article in (a for a in edition.articles if a.id in ferry.articles):
            for number in range(N_COPIES):
                row = {
                    "id": f"{article.id}-{number}",
                    "outlet": f"{article.outlet} {number}",
                    "published": article.published,
                    "title": article.title,
                    "text": article.text,
                }
                out.write(json.dumps(row) + "\n")
    with open_store(None) as store:
        read_inputs([str(table)], store)
        return make_store_edition(store)


def row_of(edition: Edition, article: str) -> tuple[str, str]:
    name = next(a.input_id for a in edition.articles if a.id == article)
    original, _, number = str(name).rpartition("-")
    return original, number


def test_copies_of_a_reading_share_its_statement(copied: Edition) -> None:
    """Each reading of a statement is there as often as its article was printed."""
    n_readings = 0
    for account in copied.accounts:
        for statement in account.statements:
            by_place: dict[tuple[str, int], set[str]] = {}
            for reading in statement.readings:
                original, number = row_of(copied, reading.article)
                by_place.setdefault((original, reading.spans[0].start), set()).add(number)
            words = sum(len(span) for span in statement.readings[0].spans)
            for place, numbers in by_place.items():
                assert len(numbers) == N_COPIES or words < 40, place
            n_readings += len(by_place)
    assert n_readings > 30


def test_copies_of_a_figure_share_its_group(copied: Edition) -> None:
    """Each figure of a group is there as often as its article was printed."""
    index = EditionIndex(copied)
    assert any(len(group.members) > 2 * N_COPIES for group in copied.figure_groups)
    for group in copied.figure_groups:
        by_place: dict[tuple[str, int], set[str]] = {}
        for member in group.members:
            article, figure = index.figures[member]
            original, number = row_of(copied, article.id)
            by_place.setdefault((original, figure.span.start), set()).add(number)
        assert {len(numbers) for numbers in by_place.values()} == {N_COPIES}, group.says
