from __future__ import annotations

import csv
import json
import tracemalloc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.ingest import IngestOptions, iter_pages
from variorum.model.article import Failure, Page

ROWS: list[dict[str, Any]] = [
    {"id": "7", "outlet": "The Courier", "title": "Ferry sinks", "text": "It sank.\r\nOff Karsa."},
    {"id": "8", "outlet": "Daily Star", "title": "", "text": 'It said: "no".'},
]  # fmt: skip


def read(path: Path, **options: Any) -> tuple[list[Page], list[Failure]]:
    found = list(iter_pages([str(path)], IngestOptions(**options)))
    return (
        [item for item in found if isinstance(item, Page)],
        [item for item in found if isinstance(item, Failure)],
    )


def write_table(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    match path.suffix:
        case ".jsonl":
            path.write_text("\n".join(json.dumps(row) for row in rows))
        case ".json":
            path.write_text(json.dumps(rows, indent=2))
        case ".csv" | ".tsv":
            with path.open("w", newline="") as file:
                delimiter = "\t" if path.suffix == ".tsv" else ","
                writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
                writer.writeheader()
                writer.writerows(rows)
        case ".parquet":
            pyarrow = pytest.importorskip("pyarrow")
            from pyarrow import parquet

            parquet.write_table(pyarrow.Table.from_pylist(list(rows)), path)
    return path


@pytest.mark.parametrize("name", ["t.jsonl", "t.json", "t.csv", "t.tsv", "t.parquet"])
def test_every_kind_of_table_gives_the_same_pages(tmp_path: Path, name: str) -> None:
    """Columns are read by name, the text is untouched, an empty cell is not known."""
    pages, failures = read(write_table(tmp_path / name, ROWS))

    assert not failures
    assert [page.content for page in pages] == [row["text"] for row in ROWS]
    assert [page.input_id for page in pages] == ["7", "8"]
    assert [page.title for page in pages] == ["Ferry sinks", None]
    assert [page.row for page in pages] == [1, 2]
    assert pages[1].where == f"{tmp_path / name}, row 2"


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    """The map says which; case does not matter."""
    path = write_table(tmp_path / "t.csv", [{"Body": "It sank.", "Source": "Courier"}])

    (page,), _ = read(path, column_map={"text": "body", "outlet": "Source"})

    assert (page.content, page.outlet) == ("It sank.", "Courier")


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.parquet"])
def test_missing_column_is_told_once(tmp_path: Path, name: str) -> None:
    """One line for the table: the columns it has, and the option that helps."""
    path = write_table(tmp_path / name, [{"body": "It sank.", "n": 1}] * 3)

    pages, (failure,) = read(path)

    assert not pages
    assert "'body'" in failure.reason
    assert "--map text=body" in failure.reason


def test_html_column_is_a_page(tmp_path: Path) -> None:
    """Text wins where a row has both."""
    rows = [{"html": "<p>It sank.</p>"}, {"html": "<p>It sank.</p>", "text": "It sank."}]

    pages, _ = read(write_table(tmp_path / "t.jsonl", rows))

    assert [page.media for page in pages] == ["html", "text"]


def test_numbers_dates_and_words_for_nothing(tmp_path: Path) -> None:
    """A number is an id as good as any; "None" and "nan" are how programs write nothing."""
    rows = [{"id": 7, "outlet": "None", "author": "nan", "published": 1900000000, "text": "x"}]

    (page,), _ = read(write_table(tmp_path / "t.jsonl", rows))

    assert (page.input_id, page.outlet, page.author) == ("7", None, None)
    assert page.published == "1900000000"


def test_parquet_times_become_text(tmp_path: Path) -> None:
    """A column of times is as good as one of words."""
    from datetime import UTC, datetime

    rows = [{"text": "x", "published": datetime(2031, 5, 4, 7, 30, tzinfo=UTC)}]

    (page,), _ = read(write_table(tmp_path / "t.parquet", rows))

    assert page.published is not None
    assert page.published.startswith("2031-05-04T07:30")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": "open', "no JSON"),
        ("[1, 2]", "no JSON object"),
        ('{"text": ""}', "nothing in column"),
        ('{"text": ["a"]}', "a list"),
        ("[" * 100_000, "nested"),
        ('{"text": "' + "x" * 3_000 + '"}', "larger than"),
    ],
)
def test_broken_row_leaves_the_others(tmp_path: Path, line: str, says: str) -> None:
    """A bad row is one failure with its number; rows after it are read."""
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "one"}\n' + line + '\n\n{"text": "two"}\n')

    bound = {"max_bytes": 2_000} if "larger" in says else {}
    pages, (failure,) = read(path, **bound)

    assert [page.content for page in pages] == ["one", "two"]
    assert [page.row for page in pages] == [1, 4]
    assert failure.input.endswith("row 2")
    assert says in failure.reason


def test_broken_csv_row_leaves_the_others(tmp_path: Path) -> None:
    """A row with too many cells fails by itself."""
    path = tmp_path / "t.csv"
    path.write_text("id,text\n1,one\n2,too,many\n3,three\n")

    pages, (failure,) = read(path)

    assert [page.content for page in pages] == ["one", "three"]
    assert "3 cells" in failure.reason


def test_open_quotation_does_not_swallow_the_table(tmp_path: Path) -> None:
    """A cell that never ends is bounded."""
    path = tmp_path / "t.csv"
    path.write_text('id,text\n1,"open\n' + "2,two\n" * 500)

    _, failures = read(path, max_bytes=1_000)

    assert failures


def test_long_line_is_passed_over_and_not_loaded(tmp_path: Path) -> None:
    """Memory stays within the bound, whatever the length of a line."""
    path = tmp_path / "t.jsonl"
    with path.open("w") as file:
        file.write('{"text": "one"}\n{"text": "')
        for _ in range(30):
            file.write("x" * 1_000_000)
        file.write('"}\n{"text": "two"}\n')

    tracemalloc.start()
    pages, (failure,) = read(path, max_bytes=1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [page.content for page in pages] == ["one", "two"]
    assert "larger than 1 MB" in failure.reason
    assert peak < 12_000_000


def test_tables_are_streamed(tmp_path: Path) -> None:
    """The first page comes before the table was read."""
    path = tmp_path / "t.jsonl"
    with path.open("w") as file:
        for number in range(20_000):
            file.write(json.dumps({"id": number, "text": "It sank. " * 50}) + "\n")

    tracemalloc.start()
    n_pages = sum(1 for _ in iter_pages([str(path)], IngestOptions()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert n_pages == 20_000
    assert peak < 3_000_000


def test_json_arrays_are_streamed(tmp_path: Path) -> None:
    """An array larger than the bound is read object by object."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps([{"text": "It sank. " * 40}] * 9_000))

    pages, failures = read(path, max_bytes=1_000_000)

    assert len(pages) == 9_000
    assert not failures


def test_broken_array_keeps_what_came_before(tmp_path: Path) -> None:
    """Where the next object begins can't be told; what was whole is read."""
    path = tmp_path / "t.json"
    path.write_text('[{"text": "one"}, {"text": nonsense}, {"text": "three"}]')

    pages, (failure,) = read(path)

    assert [page.content for page in pages] == ["one"]
    assert failure.input.endswith("row 2")


def test_halves_of_characters_are_mended(tmp_path: Path) -> None:
    r"""``\ud800`` alone is no character and can't be written again: it becomes U+FFFD."""
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "It \\ud800 sank \\ud83d\\ude00."}\n')

    (page,), _ = read(path)

    assert page.content == "It \ufffd sank 😀."


def test_halves_of_characters_in_names_of_columns(tmp_path: Path) -> None:
    """What is said of a table can be written, whatever its columns are called."""
    path = tmp_path / "t.jsonl"
    path.write_text('{"te\\ud800xt": "It sank."}\n')

    _, (failure,) = read(path)

    assert "--map text=te\ufffdxt" in failure.reason


def test_long_object_of_an_array_is_told_by_its_length(tmp_path: Path) -> None:
    """It is not called broken: only its beginning was looked at."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps([{"text": "It sank. " * 1_000_000}]))

    _, (failure,) = read(path, max_bytes=1_000)

    assert "is larger than" in failure.reason


def test_a_line_in_another_encoding_is_read(tmp_path: Path) -> None:
    """Tables pasted together hold lines of two encodings."""
    path = tmp_path / "t.jsonl"
    path.write_bytes('{"text": "Zoë"}\n'.encode() * 9_000 + '{"text": "Zoë"}\n'.encode("cp1252"))

    pages, failures = read(path)

    assert {page.content for page in pages} == {"Zoë"}
    assert not failures


def test_no_table_is_told(tmp_path: Path) -> None:
    """A file that is no Parquet, whatever its name says."""
    pytest.importorskip("pyarrow")
    path = tmp_path / "t.parquet"
    path.write_bytes(b"nonsense")

    _, (failure,) = read(path)

    assert "Parquet" in failure.reason


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(texts=st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_json_lines_keep_any_text(tmp_path: Path, texts: list[str]) -> None:
    """Whatever the text, it comes out as it went in."""
    path = tmp_path / "t.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts))

    pages, _ = read(path)

    kept = [text for text in texts if text.strip().casefold() not in _nothing()]
    assert [page.content for page in pages] == kept


def _nothing() -> frozenset[str]:
    from variorum.ingest.rows import NOTHING

    return NOTHING
