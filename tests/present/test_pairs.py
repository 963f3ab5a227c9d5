from __future__ import annotations

import io
from pathlib import Path

import pytest

from variorum.errors import InputError
from variorum.present.pairs import print_scored_pairs
from variorum.resolve import score_names

PAIRS = (("Ana Reyes", "A. Reyes"), ("Ana Reyes", "Ana Reyes"), ("Karsa", "Port of Saltmere"))


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def score(path: Path) -> list[list[str]]:
    """Return the cells of what is printed, line by line."""
    out = io.StringIO()
    print_scored_pairs(path, out)
    assert out.getvalue().endswith("\n")
    return [line.split("\t") for line in out.getvalue().splitlines()]


def refuse(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        print_scored_pairs(path, io.StringIO())
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_rows_are_as_given(tmp_path: Path) -> None:
    """Every pair is answered, in the order given, with a score of four places and its reasons."""
    table = "left\tright\n" + "".join(f"{left}\t{right}\n" for left, right in PAIRS)

    header, *rows = score(write(tmp_path / "pairs.tsv", table))

    assert header == ["left", "right", "score", "reasons"]
    assert [(row[0], row[1]) for row in rows] == list(PAIRS)
    for left, right, value, reasons in rows:
        expected = score_names(left, right)
        assert value == f"{expected.value:.4f}"
        assert reasons == "; ".join(expected.reasons)
    assert rows[1][2] == "1.0000"
    assert float(rows[2][2]) < 0.5 < float(rows[0][2])


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfleft\tright\nAna Reyes\tA. Reyes\n",
        b"left\tright\r\nAna Reyes\tA. Reyes\r\n",
        b"left\tright\nAna Reyes\tA. Reyes",
        b"same\tright\tleft\n1\tA. Reyes\tAna Reyes\n",
        b"left\tright\nAna Reyes\tA. Reyes\tone more\n",
        b"left\tright\n\nAna Reyes\tA. Reyes\n\n",
    ],
    ids=["mark", "crlf", "no-end", "other-columns", "long-row", "empty-lines"],
)
def test_tables_of_many_programs(tmp_path: Path, content: bytes) -> None:
    """The pair is read whatever the line ends, the order of columns and what else is there."""
    _, row = score(write(tmp_path / "pairs.tsv", content))

    assert row[:2] == ["Ana Reyes", "A. Reyes"]


def test_quotation_marks_are_letters(tmp_path: Path) -> None:
    """A name with a quotation mark in it is taken as written and swallows no line."""
    _, first, second = score(
        write(tmp_path / "pairs.tsv", 'left\tright\n"Ana Reyes\tA. Reyes\nOrla\t"Orla"\n')
    )

    assert first[:2] == ['"Ana Reyes', "A. Reyes"]
    assert second[:2] == ["Orla", '"Orla"']


def test_half_a_pair(tmp_path: Path) -> None:
    """A row that lacks a name is answered too, with nothing alike."""
    _, row = score(write(tmp_path / "pairs.tsv", "left\tright\nAna Reyes\n"))

    assert row[:3] == ["Ana Reyes", "", "0.0000"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no column 'left'"),
        ("left,right\nAna Reyes,A. Reyes\n", "no column 'left'"),
        ("left\twrong\nAna Reyes\tA. Reyes\n", "no column 'right'"),
        (b"left\tright\nZo\xeb\tZoe\n", "not UTF-8"),
        (b"left\tright\nOrla\t" + b"o" * 200_000, "a line of more than"),
    ],
    ids=["empty", "commas", "column", "encoding", "long"],
)
def test_table_that_is_none(tmp_path: Path, content: str | bytes, says: str) -> None:
    """A table that can't be read is refused with its name, what is wrong, and what to do."""
    message = refuse(write(tmp_path / "pairs.tsv", content))

    assert says in message
    assert "; " in message


def test_table_that_is_not_there(tmp_path: Path) -> None:
    """A file that is missing, or that is a folder, is named."""
    assert "No such file" in refuse(tmp_path / "nowhere.tsv")
    assert "directory" in refuse(tmp_path)
