"""A row of a table to a page: which column is what, and what a cell may hold."""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from variorum.errors import BadRowError, InputError, UnreadableError
from variorum.ingest.options import COLUMNS, IngestOptions
from variorum.model.article import Failure, Page, mend_surrogates

Row = Mapping[str, Any]

NOTHING = frozenset({"", "none", "null", "nan", "na", "n/a", "nil", "undefined"})
"""How programs write "not known" into a cell; no outlet, author or address is called so."""

TEXT_NAMES = ("text", "body", "content", "article", "article_content", "fulltext", "full_text")
"""Usual names of the column that holds the text, for the advice when it is missing."""

MAX_KEYS_NAMED = 20
MAX_KEY_SETS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedRow:
    """A row, or why it is none; the number counts from 1."""

    number: int
    row: Row | InputError


@dataclass(slots=True)
class _Missing:
    """Rows that had neither text nor HTML, by the columns that they had."""

    first: dict[tuple[str, ...], int] = field(default_factory=dict)
    n_rows: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, row: Row, number: int) -> None:
        columns = tuple(sorted(row))
        if columns not in self.first and len(self.first) >= MAX_KEY_SETS:
            columns = next(iter(self.first))
        self.first.setdefault(columns, number)
        self.n_rows[columns] += 1


def iter_row_pages(
    rows: Iterable[NumberedRow], where: str, path: str, options: IngestOptions
) -> Iterator[Page | Failure]:
    """Yield a page for each row that has a text, a failure for each that has not.

    Rows that lack the column itself are told of once, after the last row.
    """
    missing = _Missing()
    for numbered in rows:
        place = f"{where}, row {numbered.number}"
        try:
            if isinstance(numbered.row, InputError):
                raise numbered.row
            columns = _find_columns(numbered.row, options)
            if not columns.keys() & {"text", "html"}:
                missing.add(numbered.row, numbered.number)
                continue
            yield _make_page(numbered, columns, place, path, options)
        except InputError as error:
            yield make_failure(error)
    for keys, number in missing.first.items():
        yield _make_missing(where, keys, number, missing.n_rows[keys], options)


def check_header(header: Iterable[str], where: str, options: IngestOptions) -> None:
    """Check the first line of a table.

    Raises:
        BadRowError: If no column of it holds a text.
    """
    row = dict.fromkeys(header)
    if not _find_columns(row, options).keys() & {"text", "html"}:
        raise BadRowError(where, _say_missing(tuple(row), options), _advise(tuple(row)))


def _find_columns(row: Row, options: IngestOptions) -> dict[str, str]:
    """Return which of the row's own names stands for what: ``{"text": "Body"}``."""
    folded = {str(name).strip().casefold(): name for name in reversed(list(row))}
    wanted = {name: options.column_of(name).strip().casefold() for name in COLUMNS}
    return {name: folded[own] for name, own in wanted.items() if own in folded}


def _make_page(
    numbered: NumberedRow, columns: Mapping[str, str], where: str, path: str, options: IngestOptions
) -> Page:
    row = numbered.row
    assert not isinstance(row, InputError)
    cells = {name: _read_cell(row[own], own, where) for name, own in columns.items()}
    given = {name: cell for name, cell in cells.items() if not _is_nothing(cell)}
    text, html = given.get("text"), given.get("html")
    content = text if text is not None else html
    if content is None:
        own = columns.get("text", columns.get("html"))
        raise BadRowError(where, f"has nothing in column {own!r}", "fill it or leave the row out")
    if len(content) > options.max_bytes:
        raise make_too_large(where, options)
    return Page(
        where=where,
        path=path,
        row=numbered.number,
        media="text" if text is not None else "html",
        content=content,
        input_id=given.get("id"),
        url=_strip(given.get("url")),
        outlet=_strip(given.get("outlet")),
        title=_strip(given.get("title")),
        author=_strip(given.get("author")),
        published=_strip(given.get("published")),
        default_outlet=options.outlet,
        default_published=options.published,
    )


def make_failure(error: InputError) -> Failure:
    """Return the record of an input that can't be read.

    The names of columns and files that it quotes may hold what no text can.
    """
    reason = mend_surrogates(error.reason)
    return Failure(input=mend_surrogates(error.where), stage="ingest", reason=reason)


def make_too_large(where: str, options: IngestOptions) -> UnreadableError:
    """Return the error of a page or row that is longer than the bound."""
    size = options.max_bytes / 1_000_000
    return UnreadableError(where, f"is larger than {size:g} MB", "split it into its articles")


def _read_cell(value: Any, column: str, where: str) -> str | None:
    if isinstance(value, str):
        return mend_surrogates(value)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    kind = type(value).__name__
    raise BadRowError(where, f"has a {kind} in column {column!r}", "give text there")


def _is_nothing(cell: str | None) -> bool:
    return (
        cell is None
        or (len(cell) <= 12 and cell.strip().casefold() in NOTHING)
        or not (cell.strip())
    )


def _strip(cell: str | None) -> str | None:
    return None if cell is None else cell.strip()


def _make_missing(
    where: str, columns: tuple[str, ...], number: int, n_rows: int, options: IngestOptions
) -> Failure:
    more = f" and {n_rows - 1} more like it" if n_rows > 1 else ""
    place = f"{where}, row {number}{more}"
    return make_failure(BadRowError(place, _say_missing(columns, options), _advise(columns)))


def _say_missing(columns: tuple[str, ...], options: IngestOptions) -> str:
    wanted = options.column_of("text")
    named = ", ".join(map(repr, columns[:MAX_KEYS_NAMED])) or "none"
    return f"has no column {wanted!r} (it has {named})"


def _advise(columns: tuple[str, ...]) -> str:
    folded = {name.strip().casefold(): name for name in columns}
    likely = [folded[name] for name in TEXT_NAMES if name in folded]
    likely += difflib.get_close_matches("text", columns, n=1)
    return f"say which column holds the text: --map text={likely[0] if likely else 'COLUMN'}"
