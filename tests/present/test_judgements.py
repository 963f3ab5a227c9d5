from __future__ import annotations

import io
from pathlib import Path

import pytest

from variorum.api import add_judgement, open_store
from variorum.errors import InputError, UsageError
from variorum.model.judgement import NamedOne
from variorum.present.judgements import read_judgements, write_judgements

MADE = "2031-05-04T12:00:00+00:00"
HEADER = "verdict,left,left_article,right,right_article,made\n"


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_what_leaves_comes_back(tmp_path: Path) -> None:
    """Judgements written as CSV are the same judgements in another store."""
    with open_store(None) as store, open_store(None) as other:
        add_judgement(store, "same", NamedOne("Ann, Lane"), NamedOne("Äimi “A” Lane"), made=MADE)
        add_judgement(store, "different", NamedOne("Ann", "a1"), NamedOne("Ann", "a2"), made=MADE)
        out = io.StringIO()
        write_judgements(store.load_judgements(), out)

        added, refused = read_judgements(write(tmp_path / "j.csv", out.getvalue()), other, made="")

        assert (added, refused) == (2, [])
        assert other.load_judgements() == store.load_judgements()


def test_what_can_not_hold_is_told(tmp_path: Path) -> None:
    """Rows that contradict what stands are told of by their number; the others are added."""
    rows = "same,Ann,,Anna,,\ndifferent,Ann,,Anna,,\nsame,Ann,,Nan,,\nsame,Ann,,Nan,,\n"
    with open_store(None) as store:
        added, refused = read_judgements(write(tmp_path / "j.csv", HEADER + rows), store, made=MADE)

        assert added == 2
        assert [reason.partition(":")[0] for reason in refused] == [
            f"{tmp_path / 'j.csv'}, row 2",
            f"{tmp_path / 'j.csv'}, row 4",
        ]
        assert [one.made for one in store.load_judgements()] == [MADE, MADE]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("verdict,left\n", "no column 'right'"),
        (HEADER + "maybe,Ann,,Anna,,\n", "row 1: verdict is 'maybe'"),
        (HEADER + "same,Ann,,Anna,,\nsame,Ann,, ,,\n", "row 2: has no name under 'right'"),
        ("", "no column 'verdict'"),
    ],
)
def test_a_broken_file_adds_nothing(tmp_path: Path, content: str, said: str) -> None:
    """A file with a row that says nothing is refused whole, with the row and what to write."""
    with open_store(None) as store:
        with pytest.raises(InputError, match=said):
            read_judgements(write(tmp_path / "j.csv", content), store, made=MADE)

        assert store.load_judgements() == ()


def test_files_that_are_none(tmp_path: Path) -> None:
    """What is missing or no UTF-8 is told by its name."""
    path = tmp_path / "latin.csv"
    path.write_bytes(HEADER.encode() + "same,Änn,,Anna,,\n".encode("latin-1"))
    with open_store(None) as store:
        for one in (path, tmp_path / "none.csv"):
            with pytest.raises(InputError, match=one.name):
                read_judgements(one, store, made=MADE)


def test_one_name_is_not_two() -> None:
    """Of one name in all articles nothing can be judged; of two articles' it can."""
    with open_store(None) as store, pytest.raises(UsageError, match="name the article of each"):
        add_judgement(store, "different", NamedOne("Ann"), NamedOne(" ANN"), made=MADE)
