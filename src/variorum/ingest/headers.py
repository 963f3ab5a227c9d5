"""The header block that a plain text may begin with.

::

    title: Ferry sinks off Karsa
    outlet: The Karsa Courier
    published: 2031-05-04

    The text begins after the empty line.
"""

from __future__ import annotations

import re
from typing import NamedTuple

KEYS = ("title", "outlet", "author", "published", "url")
MAX_HEADER_CHARS = 4_000

HEADER_LINE = re.compile(
    rf"(?P<key>{'|'.join(KEYS)}) [ \t]* : (?P<value>[^\r\n]*) (?:\r\n|\r|\n|\Z)",
    re.VERBOSE | re.IGNORECASE,
)
EMPTY_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)")


class Headed(NamedTuple):
    """A text and what its header block says; the block is no part of the text."""

    header: dict[str, str]
    text: str


def split_header(text: str) -> Headed:
    """Return the header block's values and the text after it; no block, no values.

    It is a block only if every line of it up to the empty line is a key and its value, each key
    once: a text that begins with "Title: ..." and goes on is left as it is.
    """
    header: dict[str, str] = {}
    offset = 0
    while match := HEADER_LINE.match(text, offset, MAX_HEADER_CHARS):
        key = match["key"].lower()
        if key in header:
            return Headed({}, text)
        header[key] = match["value"].strip()
        offset = match.end()
    empty = EMPTY_LINE.match(text, offset)
    if not header or empty is None:
        return Headed({}, text)
    return Headed(header, text[empty.end() :])
