"""Pairs of names with how strongly each is held to be one name, as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from variorum.errors import BadRowError, UnreadableError
from variorum.resolve import iter_scores

COLUMNS = ("left", "right")

BLOCK = 5_000
"""Pairs read and scored together."""

MAX_LINE_CHARS = 100_000
"""A longer line holds no pair of names; scoring it would take minutes."""


def print_scored_pairs(path: Path, out: TextIO) -> None:
    """Write left, right, score and reasons, tab-separated, one row a pair in the order given.

    Raises:
        InputError: If the file can't be read or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = _iter_bounded(file, path)
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                what = f"no column {missing[0]!r} in its first line"
                raise BadRowError(str(path), what, "write tab-separated columns left, right")
            out.write("left\tright\tscore\treasons\n")
            while pairs := [(row["left"] or "", row["right"] or "") for row in islice(rows, BLOCK)]:
                for (left, right), score in zip(pairs, iter_scores(pairs), strict=True):
                    reasons = "; ".join(score.reasons)
                    out.write(f"{left}\t{right}\t{score.value:.4f}\t{reasons}\n")
    except UnicodeDecodeError as error:
        raise UnreadableError(str(path), "is not UTF-8", "save it as UTF-8") from error
    except BrokenPipeError:
        raise  # of the output, not of the file
    except OSError as error:
        raise UnreadableError(str(path), error.strerror or "can't be read") from error


def _iter_bounded(file: TextIO, path: Path) -> Iterator[str]:
    while line := file.readline(MAX_LINE_CHARS + 1):
        if len(line) > MAX_LINE_CHARS:
            what = f"has a line of more than {MAX_LINE_CHARS:,} characters"
            raise BadRowError(str(path), what, "write one pair of names a line")
        yield line
