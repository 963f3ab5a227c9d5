"""Judgements as a table: what was judged leaves one store and enters another."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from variorum.api import add_judgement
from variorum.errors import BadRowError, UnreadableError, UsageError
from variorum.model.judgement import Judgement, NamedOne, Verdict
from variorum.model.ports import Store

COLUMNS = ("verdict", "left", "left_article", "right", "right_article", "made")
NEEDED = ("verdict", "left", "right")
VERDICTS: Mapping[str, Verdict] = {"same": "same", "different": "different"}
"""By what stands in a table."""


def write_judgements(judgements: Iterable[Judgement], out: TextIO) -> None:
    """Write judgements as CSV, a header first."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in judgements:
        left, right = one.left, one.right
        writer.writerow([one.verdict, left.name, left.article, right.name, right.article, one.made])


def read_judgements(path: Path, store: Store, *, made: str) -> tuple[int, Sequence[str]]:
    """Add the judgements of a CSV file, and return how many, and why others were not.

    A name need not be in the store yet. All rows are read before the first is added.

    Args:
        made: When a judgement without a time of its own was made.

    Raises:
        InputError: If the file can't be read, lacks a column, or has a row that says nothing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
            if missing:
                what = f"no column {missing[0]!r} in its first line"
                raise BadRowError(str(path), what, f"write columns {', '.join(COLUMNS)}")
            found = [_parse_row(row, f"{path}, row {number}") for number, row in enumerate(rows, 1)]
    except UnicodeDecodeError as error:
        raise UnreadableError(str(path), "is not UTF-8", "save it as UTF-8") from error
    except csv.Error as error:
        raise UnreadableError(str(path), f"is no CSV ({error})", "save it as CSV") from error
    except OSError as error:
        raise UnreadableError(str(path), error.strerror or "can't be read") from error
    refused = []
    for number, one in enumerate(found, start=1):
        try:
            add_judgement(store, one.verdict, one.left, one.right, made=one.made or made)
        except UsageError as error:
            refused.append(f"{path}, row {number}: {error}")
    return len(found) - len(refused), refused


def _parse_row(row: dict[str, str | None], where: str) -> Judgement:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    verdict = VERDICTS.get(cells["verdict"])
    if verdict is None:
        what = f"verdict is {cells['verdict']!r}"
        raise BadRowError(where, what, f"write {' or '.join(VERDICTS)}")
    for side in ("left", "right"):
        if not cells[side]:
            raise BadRowError(where, f"has no name under {side!r}", "write a name")
    return Judgement(
        number=0,
        verdict=verdict,
        left=NamedOne(cells["left"], cells["left_article"] or None),
        right=NamedOne(cells["right"], cells["right_article"] or None),
        made=cells["made"],
    )
