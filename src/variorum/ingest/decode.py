"""Bytes to text: byte order marks, declared encodings, UTF-8, and only then a guess."""

from __future__ import annotations

import codecs
import re

from variorum.errors import UnreadableError
from variorum.model.article import mend_surrogates

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Longer marks first: that of UTF-32 begins with that of UTF-16."""

DECLARED_CHARSET = re.compile(
    rb"""<(?:meta|\?xml) [^>]{0,200}? (?:charset|encoding) \s* = \s* ["']? ([\w.:-]{1,40})""",
    re.VERBOSE | re.IGNORECASE,
)

HEAD_BYTES = 4_096
"""A declaration must stand in the first bytes of a page (HTML: the first 1,024)."""

GUESS_BYTES = 200_000

SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a packed file"),
    (b"PAR1", "a Parquet table"),
)

HIGH_BYTES = bytes(range(128, 256))
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
MAX_CONTROL_SHARE = 0.02
"""Text has next to none; machine code and compressed data have one in ten."""

MAX_WESTERN_SHARE = 0.1
"""A text with fewer bytes beyond ASCII is in Latin letters: in doubt, Windows-1252.

charset-normalizer needs a few hundred such bytes to be right; an English article has a dozen.
"""

MAX_STRAY_SHARE = 0.4
"""UTF-8 with fewer bytes astray, per character beyond ASCII, was damaged: it is mended.

By chance bytes of other encodings are UTF-8 too: ``é»`` after a French no-break space, ``ß“``. Of
paragraphs in 14 of them (Western to Thai, Chinese, Japanese, Korean) 0.77 to 1.0 are astray, and
0.5 or more of any 40 bytes; of ``“caf\\xe9”``, the shortest likely damage, 0.33.
"""

ESCAPED_BYTES = re.compile("[\udc80-\udcff]")
"""What Python's ``surrogateescape`` puts for bytes that are not in the encoding."""


def decode(data: bytes, where: str) -> str:
    """Return the text of a file, line ends as they are, without a byte order mark.

    Raises:
        UnreadableError: If it is empty, is no text, or in no encoding that can be told.
    """
    if not data.strip():
        raise UnreadableError(where, "is empty", "give a file with an article in it")
    encoding = find_encoding(data, where)
    if encoding in ("utf-8", "utf-8-sig"):
        return mend_escaped(data.decode(encoding, "surrogateescape"))
    try:
        text = data.decode(encoding, "replace" if encoding == "cp1252" else "strict")
    except UnicodeError as error:
        what = f"should be in {encoding} by its own account or its looks, but is not"
        raise UnreadableError(where, what, "save it as UTF-8") from error
    return mend_surrogates(text)


def find_encoding(data: bytes, where: str) -> str:
    """Return the encoding of ``data``, which may be only the beginning of a file.

    It is UTF-8 even if a few bytes are not: :func:`mend_escaped` reads them.

    Raises:
        UnreadableError: If it is no text, or in no encoding that can be told.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(where, f"is {what}, not text", "save its text or its HTML")
    head = data[:GUESS_BYTES]
    if wide := _find_wide(head):
        return wide
    if len(head) - len(head.translate(None, CONTROLS)) > MAX_CONTROL_SHARE * len(head):
        raise UnreadableError(where, "is a binary file, not text", "give text, HTML or a table")
    return _find_declared(data, where) or _find_narrow(data, where)


def mend_escaped(text: str) -> str:
    """Return ``text`` with each byte that ``surrogateescape`` let through as Windows-1252.

    That is what English texts are pasted together from; a byte that it lacks becomes U+FFFD.
    """
    return ESCAPED_BYTES.sub(_read_escaped, text)


def is_utf8(data: bytes) -> bool:
    """Return whether ``data`` is UTF-8, but for a few bytes and a last character cut short."""
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    known = decoder.decode(data)
    unfinished, _ = decoder.getstate()
    n_stray = len(data) - len(unfinished) - len(known.encode())
    n_known = len(known) - len(data.translate(None, HIGH_BYTES))
    return n_stray <= MAX_STRAY_SHARE * (n_stray + n_known)


def _read_escaped(match: re.Match[str]) -> str:
    return match[0].encode("ascii", "surrogateescape").decode("cp1252", "replace")


def _find_wide(head: bytes) -> str | None:
    """Tell UTF-16 without a mark: in Latin text every other byte is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most = 0.4 * (len(head) // 2)
    if odd > most and even < 0.05 * most:
        return "utf-16-le"
    if even > most and odd < 0.05 * most:
        return "utf-16-be"
    return None


def _find_declared(data: bytes, where: str) -> str | None:
    declared = DECLARED_CHARSET.search(data, 0, HEAD_BYTES)
    if declared is None:
        return None
    encoding = declared[1].decode("ascii", "replace")
    try:
        name = codecs.lookup(encoding).name
        "x".encode(name)  # base64 and its like are codecs, but not of text
    except (LookupError, UnicodeError) as error:
        what = f"says that it is in an encoding that nobody knows, {encoding!r}"
        raise UnreadableError(where, what, "save it as UTF-8") from error
    # A page that is UTF-8 in spite of what it says was converted by the browser that saved it; of
    # one that is not, although it says so, only the looks can tell.
    if is_utf8(data):
        return "utf-8"
    # The HTML standard reads ISO 8859-1 as its superset Windows-1252, as browsers do.
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8": None}.get(name, name)


def _find_narrow(data: bytes, where: str) -> str:
    if is_utf8(data):
        return "utf-8"
    head = data[:GUESS_BYTES]
    # Of a table pasted together, what is in UTF-8 says nothing of the bytes that are not.
    stray = "".join(ESCAPED_BYTES.findall(head.decode("utf-8", "surrogateescape")))
    is_western = "\ufffd" not in mend_escaped(stray)
    if is_western and len(stray) <= MAX_WESTERN_SHARE * len(head):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    if best is None:
        raise UnreadableError(where, "is in no encoding that can be told", "save it as UTF-8")
    return best.encoding
