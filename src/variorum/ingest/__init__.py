"""Pages from files, folders and tables, one by one, with what is known about each."""

from variorum.ingest.files import iter_pages, make_page_from_bytes, make_page_from_text
from variorum.ingest.options import COLUMNS, MAX_BYTES, IngestOptions
from variorum.ingest.rows import make_failure

__all__ = [
    "COLUMNS",
    "MAX_BYTES",
    "IngestOptions",
    "iter_pages",
    "make_failure",
    "make_page_from_bytes",
    "make_page_from_text",
]
