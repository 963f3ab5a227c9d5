"""Long files line by line, never more of a line in memory than the bound."""

from __future__ import annotations

import codecs
import io
import re
from typing import IO, Any

from variorum.errors import UnreadableError
from variorum.ingest.decode import find_encoding, is_utf8, mend_escaped
from variorum.ingest.options import IngestOptions
from variorum.model.article import mend_surrogates

SNIFF_BYTES = 65_536

WESTERN = re.compile("[\x80-\xff\u2000-\u2fff\U00010000-\U0010ffff]")
"""Letters, marks and emoji that a line of an English table has if it is in UTF-8.

Windows-1252 that is UTF-8 by chance gives others: ``é\\xa0»`` is U+983B, ``ß“`` U+07D3.
"""


class LineTooLongError(ValueError):
    """A line was longer than the bound; it was passed over."""


class BoundedLines:
    """The lines of a file, decoded, line ends kept.

    An iterator that goes on after an error: ``__next__`` raises :class:`LineTooLongError` for a
    line that is too long, and yields the next one when asked again.
    """

    def __init__(self, file: IO[bytes], where: str, options: IngestOptions) -> None:
        self._max_chars = options.max_bytes
        head = file.read(SNIFF_BYTES)
        if not head.strip():
            raise UnreadableError(where, "is empty", "give a table with a row in it")
        self.encoding = find_encoding(head, where)
        # Bytes that are not in the encoding become lone surrogates and are mended line by line:
        # an error would end the stream, and the other rows are well. That a table is Windows-1252
        # is guessed from its first lines, which may be the odd ones: each line is looked at anew.
        self._text = io.TextIOWrapper(
            io.BufferedReader(_Peeked(head, file)),
            encoding="utf-8" if self.encoding == "cp1252" else self.encoding,
            errors="strict" if _is_wide(self.encoding) else "surrogateescape",
            newline="",
        )

    def __iter__(self) -> BoundedLines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._max_chars + 1)
        if not line:
            raise StopIteration
        if len(line) > self._max_chars:
            self._skip_rest(line)
            raise LineTooLongError
        return self._mend(line)

    def read(self, n_chars: int) -> str:
        """Return the next ``n_chars`` characters, fewer at the end."""
        return self._mend(self._text.read(n_chars))

    def _skip_rest(self, line: str) -> None:
        while line and not line.endswith("\n"):
            line = self._text.readline(self._max_chars)

    def _mend(self, line: str) -> str:
        if self.encoding == "cp1252" and not line.isascii():
            data = line.encode("utf-8", "surrogateescape")
            if not (WESTERN.search(line) and is_utf8(data)):
                return data.decode("cp1252", "replace")
        try:
            line.encode("utf-8")
        except UnicodeEncodeError:
            return mend_surrogates(line if _is_wide(self.encoding) else mend_escaped(line))
        return line


class _Peeked(io.RawIOBase):
    """A file whose first bytes were read already and are given again."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self._head = head
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _is_wide(encoding: str) -> bool:
    return codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
