"""Pages from files, folders and tables, one by one, with what is known about each."""

from variorum.ingest.files import iter_pages, make_page_from_bytes, make_page_from_text
from variorum.ingest.options import MAX_BYTES, IngestOptions

__all__ = [
    "MAX_BYTES",
    "IngestOptions",
    "iter_pages",
    "make_page_from_bytes",
    "make_page_from_text",
]
