"""Files and folders of any mixture, in an order that does not depend on the file system."""

from __future__ import annotations

import difflib
import gzip
import os
import re
import stat
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import IO, cast

from variorum.errors import InputError, UnreadableError
from variorum.ingest.decode import decode
from variorum.ingest.headers import split_header
from variorum.ingest.options import IngestOptions
from variorum.ingest.rows import iter_row_pages, make_failure, make_too_large
from variorum.ingest.tables import iter_csv, iter_json, iter_json_lines, iter_parquet
from variorum.model.article import Failure, Page, mend_surrogates

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
JSON_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
DELIMITERS = {".csv": None, ".tsv": "\t"}
PICTURES = frozenset({".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
RECORDINGS = frozenset({".mp3", ".mp4", ".webm"})
PROGRAMS = frozenset({".css", ".js", ".map", ".mjs", ".py"})
FONTS = frozenset({".otf", ".ttf", ".woff", ".woff2"})
IGNORED_SUFFIXES = PICTURES | RECORDINGS | PROGRAMS | FONTS
"""What lies beside articles in a folder and is none; a file named by itself is always tried."""

IGNORED_NAMES = re.compile(r"(?:readme|licen[cs]e|notice|copying)(?:\.\w{1,4})?", re.IGNORECASE)

# What was matched is not given back (``*+``): with lazy comments a file of 60 of them took 1.6 s,
# one of 250, by the fifth power, half an hour.
HTML_START = re.compile(
    r"""
    \s*+
    (?: <\?xml [^>]*+ > \s*+                         # <?xml version="1.0"?>
      | <!-- (?: (?! --> ) . )*+ --> \s*+ )*+       # <!-- saved from url=(0033)... -->
    < (?: !doctype \s+ html | html | head | body ) \b
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
HTML_START_CHARS = 2_000
ADDRESSES = ("http://", "https://")


def iter_pages(inputs: Sequence[str], options: IngestOptions) -> Iterator[Page | Failure]:
    """Yield the pages of files, tables and folders, and a failure for what can't be read.

    Folders are walked by name; hidden files and what a web page brings along are passed over; a
    file that is named twice is read once, and one that the run writes is not read at all.
    """
    seen = set(options.written)
    for name in sorted(set(inputs)):
        if name.lower().startswith(ADDRESSES):
            what = "is an address, and addresses can't be fetched yet"
            advice = "save the page as HTML and give the file"
            yield make_failure(UnreadableError(name, what, advice))
            continue
        path = Path(name)
        if os.path.isdir(name):  # noqa: PTH112 - unlike Path.is_dir it never raises
            yield from _iter_folder(path, options, seen)
        elif _is_new(path, seen):
            yield from _iter_file(path, name, path.name, options)


def make_page_from_bytes(data: bytes, *, where: str, options: IngestOptions) -> Page:
    """Return the page of bytes that have no file: an article pasted to standard input.

    Raises:
        UnreadableError: If there is no text in them, or too much.
    """
    if len(data) > options.max_bytes:
        raise make_too_large(where, options)
    return make_page_from_text(decode(data, where), where=where, options=options)


def make_page_from_text(
    text: str, *, where: str, options: IngestOptions, path: str | None = None, suffix: str = ""
) -> Page:
    """Return the page of a text or of HTML, whichever it looks like.

    Args:
        suffix: The file's; ``".html"`` settles the matter.

    Raises:
        UnreadableError: If there is no text in it.
    """
    is_html = suffix in HTML_SUFFIXES or is_html_text(text)
    header, content = ({}, text) if is_html else split_header(text)
    if not content.strip():
        raise UnreadableError(where, "is empty", "give a file with an article in it")
    return Page(
        where=where,
        path=path,
        media="html" if is_html else "text",
        content=content,
        url=header.get("url") or None,
        outlet=header.get("outlet") or None,
        title=header.get("title") or None,
        author=header.get("author") or None,
        published=header.get("published") or None,
        default_outlet=options.outlet,
        default_published=options.published,
    )


def is_html_text(text: str) -> bool:
    """Return whether ``text`` begins as an HTML page does."""
    return HTML_START.match(text, 0, HTML_START_CHARS) is not None


def _is_new(path: Path, seen: set[Path]) -> bool:
    try:
        real = path.resolve()
    except (OSError, RuntimeError):
        real = path
    is_new = real not in seen
    seen.add(real)
    return is_new


def _iter_folder(folder: Path, options: IngestOptions, seen: set[Path]) -> Iterator[Page | Failure]:
    found = False
    for item in _walk(folder):
        found = True
        if isinstance(item, InputError):
            yield make_failure(item)
        elif _is_new(item, seen):
            inner = item.relative_to(folder).as_posix()
            yield from _iter_file(item, item.as_posix(), inner, options)
    if not found:
        what = "has no file that could be an article"
        yield make_failure(UnreadableError(str(folder), what, "give text, HTML or a table"))


def _walk(folder: Path) -> Iterator[Path | InputError]:
    """Yield files by name, depth first, and errors.

    Links to folders are followed, but never in a circle, and no folder is walked twice: a few
    folders that link to each other make millions of ways through them.
    """
    above: list[tuple[int, int]] = []
    walked: set[tuple[int, int]] = set()
    # A stack in place of recursion: folders may lie deeper than Python may call. A number on it
    # says how many folders lie above what comes next.
    waiting: list[tuple[Path, int]] = [(folder, 0)]
    while waiting:
        path, depth = waiting.pop()
        del above[depth:]
        if not os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir it never raises
            if not _is_beside(path):
                yield path
            continue
        try:
            names = sorted(os.listdir(path), reverse=True)  # noqa: PTH208 - names, not paths
            status = path.stat()
        except OSError as error:
            yield _make_unopened(path.as_posix(), error)
            continue
        real = (status.st_dev, status.st_ino)
        if real in above:
            what = "is a link back to a folder that it lies in"
            yield UnreadableError(path.as_posix(), what, "remove the link")
        if real in walked:
            continue
        walked.add(real)
        above.append(real)
        waiting.extend((path / name, depth + 1) for name in names if not name.startswith("."))


def _is_beside(path: Path) -> bool:
    return path.suffix.lower() in IGNORED_SUFFIXES or bool(IGNORED_NAMES.fullmatch(path.name))


def _iter_file(
    path: Path, where: str, inner: str, options: IngestOptions
) -> Iterator[Page | Failure]:
    """Yield the pages of one file; ``inner`` is its name inside the input, for ids."""
    # A name may hold bytes that are no UTF-8: Python gives them as halves of surrogate pairs.
    where, inner = mend_surrogates(where), mend_surrogates(inner)
    try:
        yield from _iter_readable(path, where, inner, options)
    except InputError as error:
        yield make_failure(error)
    except FileNotFoundError:
        what = "is a link to nothing" if path.is_symlink() else "there is no such file or folder"
        yield make_failure(UnreadableError(where, what, _suggest(path)))
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        what = f"is no whole gzip file ({error})"
        yield make_failure(UnreadableError(where, what, "pack it anew"))
    except UnicodeError as error:
        what = f"changes its encoding ({error})"
        yield make_failure(UnreadableError(where, what, "save it as UTF-8"))
    except OSError as error:
        yield make_failure(_make_unopened(where, error))


def _make_unopened(where: str, error: OSError) -> UnreadableError:
    what = f"can't be opened ({error.strerror or error})"
    forbidden = isinstance(error, PermissionError)
    return UnreadableError(
        where, what, "change its permissions" if forbidden else "see that it is whole"
    )


def _iter_readable(
    path: Path, where: str, inner: str, options: IngestOptions
) -> Iterator[Page | Failure]:
    suffix = PurePath(path.name.lower().removesuffix(".gz")).suffix
    if not stat.S_ISREG(path.stat().st_mode):
        raise UnreadableError(where, "is neither a file nor a folder", "give one of them")
    if suffix == ".parquet":
        if path.suffix.lower() == ".gz":
            raise UnreadableError(where, "is a packed Parquet table", "unpack it first: gunzip")
        rows = iter_parquet(path, where, options)
        yield from iter_row_pages(rows, where, inner, options)
        return
    with _open(path) as file:
        if suffix in JSON_LINES_SUFFIXES:
            rows = iter_json_lines(file, where, options)
        elif suffix in DELIMITERS:
            rows = iter_csv(file, where, options, DELIMITERS[suffix])
        elif suffix == ".json":
            rows = iter_json(file, where, options)
        else:
            yield _read_article(file, where, inner, options, suffix)
            return
        yield from iter_row_pages(rows, where, inner, options)


def _read_article(
    file: IO[bytes], where: str, inner: str, options: IngestOptions, suffix: str
) -> Page:
    data = file.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise make_too_large(where, options)
    text = decode(data, where)
    return make_page_from_text(text, where=where, options=options, path=inner, suffix=suffix)


def _open(path: Path) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


def _suggest(path: Path) -> str | None:
    try:
        names = [other.name for other in path.parent.iterdir()]
    except OSError:
        return f"there is no folder {path.parent} either"
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"did you mean {path.parent / close[0]}?" if close else "check the name"
