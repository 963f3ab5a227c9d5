"""Rows of JSONL, JSON, CSV, TSV and Parquet tables, read one by one and never as a whole."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from variorum.errors import BadRowError, InputError, UnreadableError
from variorum.ingest.options import COLUMNS, IngestOptions
from variorum.ingest.rows import NumberedRow, Row, check_header, make_too_large
from variorum.ingest.streams import BoundedLines, LineTooLongError

BATCH_ROWS = 64
"""Rows of a Parquet table held at once; the largest may be as long as the bound."""

CELL_ERRORS = (ValueError, OverflowError, LookupError)
"""Of cells that Python has no value for: bytes that are no UTF-8, the year 300,000, odd zones."""

CHUNK_CHARS = 1 << 20
DELIMITERS = ",\t;|"
JSON_SPACE = " \t\r\n\ufeff"
BETWEEN = JSON_SPACE + ","

CUT_CHARS = 12
"""Where JSON is cut short, the error is told this near the cut: at the start of ``-Infinity``."""

UNREAD = ", and what comes after it was not read"


def iter_json_lines(file: IO[bytes], where: str, options: IngestOptions) -> Iterator[NumberedRow]:
    """Yield the objects of a JSONL file; a line that is too long is skipped, not loaded."""
    lines = BoundedLines(file, where, options)
    number = 0
    while True:
        number += 1
        try:
            line = next(lines)
        except StopIteration:
            return
        except LineTooLongError:
            yield NumberedRow(number=number, row=make_too_large(_at(where, number), options))
            continue
        if line.strip(JSON_SPACE):
            yield NumberedRow(number=number, row=_parse_row(line, _at(where, number)))


def iter_json(file: IO[bytes], where: str, options: IngestOptions) -> Iterator[NumberedRow]:
    """Yield the objects of a JSON file: an array of them, one, or one after the other.

    After a broken one there is no telling where the next begins: the rest is left unread, and the
    last row says so.
    """
    decoder = json.JSONDecoder()
    lines = BoundedLines(file, where, options)
    buffer, position, ended = "", 0, False
    number, is_open = 0, False
    while True:
        position = _skip_between(buffer, position)
        if buffer.startswith("]" if is_open else "[", position):
            is_open, position = not is_open, position + 1
            continue
        n_chars = len(buffer) - position
        if ended and not n_chars:
            break
        try:
            parsed, position = decoder.raw_decode(buffer, position)
        except (ValueError, RecursionError) as error:
            may_go_on = not ended and _is_cut(error, buffer)
            if may_go_on and n_chars <= options.max_bytes:
                # Doubling keeps the work linear although a long object is tried anew each time.
                more = lines.read(max(CHUNK_CHARS, n_chars))
                ended = not more
                buffer, position = buffer[position:] + more, 0
                continue
            place = _at(where, number + 1)
            last = make_too_large(place, options) if may_go_on else _make_broken(error, place)
            unread = type(last)(place, last.what + UNREAD, last.advice)
            yield NumberedRow(number=number + 1, row=unread)
            return
        number += 1
        yield NumberedRow(number=number, row=_check_row(parsed, _at(where, number)))
    if is_open:
        cut = UnreadableError(where, "ends before its array does", "see that the file is whole")
        yield NumberedRow(number=number + 1, row=cut)


def iter_csv(
    file: IO[bytes], where: str, options: IngestOptions, delimiter: str | None = None
) -> Iterator[NumberedRow]:
    """Yield the rows of a CSV or TSV table by the names of its first line.

    Raises:
        InputError: If the table has no column that holds a text.
    """
    csv.field_size_limit(options.max_bytes)
    lines = BoundedLines(file, where, options)
    try:
        first = next(lines)
        reader = csv.reader(lines, delimiter=delimiter or _pick_delimiter(first))
        header = next(csv.reader([first], delimiter=delimiter or _pick_delimiter(first)))
    except (csv.Error, LineTooLongError) as error:
        raise BadRowError(where, f"has no first line of column names ({error})") from error
    check_header(header, where, options)
    number = 0
    while True:
        number += 1
        place = _at(where, number)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except LineTooLongError:
            yield NumberedRow(number=number, row=make_too_large(place, options))
            continue
        except csv.Error as error:
            broken = BadRowError(place, f"is no CSV row ({error})", "look for an open quotation")
            yield NumberedRow(number=number, row=broken)
            continue
        if cells:
            yield NumberedRow(number=number, row=_make_csv_row(header, cells, place))


def iter_parquet(path: Path, where: str, options: IngestOptions) -> Iterator[NumberedRow]:
    """Yield the rows of a Parquet table.

    Raises:
        InputError: If pyarrow is not installed, the file is no Parquet, or no column holds a text.
    """
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        what = "is a Parquet table, which needs one more package"
        raise UnreadableError(where, what, "run: pip install 'variorum[tables]'") from error
    try:
        with parquet.ParquetFile(path) as table:
            names: list[str] = table.schema_arrow.names
            check_header(names, where, options)
            yield from _iter_batches(table, _pick_columns(names, options), where)
    except ArrowException as error:
        what = f"is no whole Parquet file ({str(error).splitlines()[0]})"
        raise UnreadableError(where, what, "write it anew") from error


def _iter_batches(table: Any, columns: Sequence[str], where: str) -> Iterator[NumberedRow]:
    number = 0
    for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=list(columns)):
        rounded = _round_times(batch)
        try:
            rows = rounded.to_pylist()
        except CELL_ERRORS:
            rows = [
                _read_alone(rounded, index, _at(where, number + index + 1))
                for index in range(rounded.num_rows)
            ]
        for row in rows:
            number += 1
            yield NumberedRow(number=number, row=row)


def _round_times(batch: Any) -> Any:
    """Return ``batch`` with its times in microseconds at most: Python has none finer."""
    import pyarrow as pa

    schema = batch.schema
    for index, column in enumerate(schema):
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            rounded = column.with_type(pa.timestamp("us", tz=column.type.tz))
            schema = schema.set(index, rounded)
    return batch if schema == batch.schema else batch.cast(schema, safe=False)


def _read_alone(batch: Any, index: int, where: str) -> Row | InputError:
    try:
        row: Row = batch.slice(index, 1).to_pylist()[0]
    except CELL_ERRORS as error:
        what = f"has a cell that can't be read ({' '.join(str(error).split())})"
        return BadRowError(where, what, "mend it or leave the row out")
    return row


def _pick_columns(names: Sequence[str], options: IngestOptions) -> tuple[str, ...]:
    wanted = {options.column_of(name).strip().casefold() for name in COLUMNS}
    return tuple(name for name in names if name.strip().casefold() in wanted)


def _at(where: str, number: int) -> str:
    return f"{where}, row {number}"


def _parse_row(line: str, where: str) -> Row | InputError:
    try:
        return _check_row(json.loads(line.strip(JSON_SPACE)), where)
    except (ValueError, RecursionError) as error:
        return _make_broken(error, where)


def _make_broken(error: Exception, where: str) -> InputError:
    if isinstance(error, RecursionError):
        return BadRowError(where, "is JSON nested too deep", "give flat rows")
    said = str(error).split(": line")[0]
    return BadRowError(where, f"is no JSON ({said})", "mend it or leave the row out")


def _is_cut(error: ValueError | RecursionError, buffer: str) -> bool:
    """Return whether the JSON may be right, and only ``buffer`` ends too soon."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated string") or error.pos >= len(buffer) - CUT_CHARS


def _check_row(row: Any, where: str) -> Row | InputError:
    if isinstance(row, dict):
        return row
    return BadRowError(where, "is no JSON object", 'give {"text": ..., "outlet": ...}')


def _make_csv_row(header: Sequence[str], cells: Sequence[str], where: str) -> Row | InputError:
    if len(cells) != len(header):
        what = f"has {len(cells)} cells where the first line names {len(header)}"
        return BadRowError(where, what, "put cells that hold the delimiter in quotation marks")
    return dict(zip(header, cells, strict=True))


def _pick_delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def _skip_between(buffer: str, position: int) -> int:
    while position < len(buffer) and buffer[position] in BETWEEN:
        position += 1
    return position
