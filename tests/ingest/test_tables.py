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

from variorum.ingest import IngestOptions, iter_pages, tables
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


def test_parquet_times_finer_than_python_has(tmp_path: Path) -> None:
    """Nanoseconds, which pandas writes, are rounded; the zone stays."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    times = pa.array([1_935_646_200_000_000_001, None], pa.timestamp("ns", "UTC"))
    parquet.write_table(pa.table({"text": ["x", "y"], "published": times}), tmp_path / "t.parquet")

    pages, failures = read(tmp_path / "t.parquet")

    assert not failures
    assert [page.published for page in pages] == ["2031-05-04T07:30:00+00:00", None]


def test_parquet_cell_that_python_can_not_hold(tmp_path: Path) -> None:
    """A time beyond the year 9999, or one of a day in nanoseconds, fails with its row alone."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    columns = {
        "text": ["one", "two", "three"],
        "published": pa.array([0, 10**13, 0], pa.timestamp("s")),
        "id": pa.array([0, 0, 1], pa.time64("ns")),
    }
    parquet.write_table(pa.table(columns), tmp_path / "t.parquet")

    _, failures = read(tmp_path / "t.parquet")
    pages, (failure,) = read(tmp_path / "t.parquet", column_map={"id": "none"})

    assert [failure.input[-5:] for failure in failures] == ["row 1", "row 2", "row 3"]
    assert [page.content for page in pages] == ["one", "three"]
    assert failure.input.endswith("row 2")
    assert "can't be read" in failure.reason


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
    assert "no JSON (Expecting value)" in failure.reason
    assert "what comes after it was not read" in failure.reason


def test_broken_object_of_a_long_file_is_told_as_broken(tmp_path: Path) -> None:
    """What follows it may be longer than the bound."""
    path = tmp_path / "t.json"
    path.write_text('[{"text": "one"}, {"text" "two"}' + ', {"text": "three"}' * 99_999 + "]")

    pages, (failure,) = read(path, max_bytes=1_000)

    assert [page.content for page in pages] == ["one"]
    assert failure.input.endswith("row 2")
    assert "no JSON (Expecting ':' delimiter)" in failure.reason


@pytest.mark.parametrize("end", ["", ",", " ,\n", "\n\n"])
def test_array_that_is_never_closed(tmp_path: Path, end: str) -> None:
    """A file that was cut between two objects is not taken for a whole one."""
    path = tmp_path / "t.json"
    path.write_text('[{"text": "one"}' + end)

    pages, (failure,) = read(path)

    assert [page.content for page in pages] == ["one"]
    assert "ends before its array" in failure.reason


def test_arrays_one_after_the_other(tmp_path: Path) -> None:
    """What comes after the first one's end is read as well, or told of."""
    path = tmp_path / "t.json"
    path.write_text('[{"text": "one"}]\n[]\n[{"text": "two"}]\n{"text": "three"} ]')

    pages, (failure,) = read(path)

    assert [page.content for page in pages] == ["one", "two", "three"]
    assert "no JSON" in failure.reason


@pytest.mark.parametrize("n_chars", range(1, 80))
def test_json_may_be_cut_anywhere_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n_chars: int
) -> None:
    """Where a chunk ends is no error of the file."""
    path = tmp_path / "t.json"
    path.write_text(
        r' [ {"text": "a \u00e9\ud83d\ude00\n\"b", "id": -12.5e+3, "author": null, "n": [-Infinity,'
        ' true, {"a": {}}]} , {"text": "two"} ] '
    )
    monkeypatch.setattr(tables, "CHUNK_CHARS", n_chars)

    pages, failures = read(path)

    assert not failures
    assert [page.content for page in pages] == ['a é😀\n"b', "two"]
    assert pages[0].input_id == "-12500"


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
    assert "what comes after it was not read" in failure.reason


def test_a_line_in_another_encoding_is_read(tmp_path: Path) -> None:
    """Tables pasted together hold lines of two encodings."""
    path = tmp_path / "t.jsonl"
    path.write_bytes('{"text": "Zoë"}\n'.encode() * 9_000 + '{"text": "Zoë"}\n'.encode("cp1252"))

    pages, failures = read(path)

    assert {page.content for page in pages} == {"Zoë"}
    assert not failures


STRAY = b'{"text": "the caf\xe9 of Karsa"}\n'
QUOTED = '{"text": "“It sank”"}\n'.encode()


@pytest.mark.parametrize(
    "data",
    [
        QUOTED * 100 + STRAY + QUOTED * 99,
        STRAY + QUOTED,
        STRAY + b'{"text": "It sank off Karsa."}\n' * 9_000 + QUOTED,
        STRAY * 200 + QUOTED,
        QUOTED * 9_000 + STRAY * 9_000,
    ],
)
def test_a_stray_byte_leaves_the_other_rows(tmp_path: Path, data: bytes) -> None:
    """Rows in UTF-8 are read as that, wherever the rows that are not stand, and however many."""
    path = tmp_path / "t.jsonl"
    path.write_bytes(data)

    pages, failures = read(path)

    assert not failures
    told = {page.content for page in pages} - {"It sank off Karsa."}
    assert told == {"“It sank”", "the café of Karsa"}


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("t.jsonl", '{"text": "%s"}\n{"text": "Zoé"}\n'),
        ("t.json", '[{"text": "%s"}, {"text": "Zoé"}]'),
        ("t.csv", "text\n%s\nZoé\n"),
    ],
)
def test_a_stray_byte_leaves_its_row(tmp_path: Path, name: str, table: str) -> None:
    """Only that byte is read as Windows-1252."""
    path = tmp_path / name
    path.write_bytes((table % "“It sank” said Zoé: no CAFE").encode().replace(b"CAFE", b"caf\xe9"))

    pages, failures = read(path)

    assert not failures
    assert [page.content for page in pages] == ["“It sank” said Zoé: no café", "Zoé"]


def test_line_that_is_utf8_by_chance(tmp_path: Path) -> None:
    """The lines of a cell are looked at one by one, but not taken for UTF-8 that is no text."""
    text = "L'école de Karsa,\nle «\xa0grand\ncafé\xa0»,\nune „Straße der\nSpaß“.\n«\xa0Été\xa0»"
    path = tmp_path / "t.csv"
    path.write_bytes(f'text\n"{text}"\n"{"It sank. " * 99}"\n'.encode("cp1252"))

    (page, _), _ = read(path)

    assert page.content == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_mended_rows_have_no_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    """The mark stands before the table, and before no row of it."""
    path = tmp_path / "t.csv"
    path.write_bytes("id,text\n7,Zoé\n".encode(encoding) + b'8,Zo\xe9\n9,"\xe9t\xe9 in Karsa"\n')

    pages, failures = read(path)

    assert not failures
    assert [page.input_id for page in pages] == ["7", "8", "9"]
    assert [page.content for page in pages] == ["Zoé", "Zoé", "été in Karsa"]


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
