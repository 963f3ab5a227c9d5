"""What a reader may be told about its inputs, and the bounds it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MAX_BYTES = 20_000_000
"""A page or a table's row; the longest articles of record are below one million."""

COLUMNS = ("id", "url", "outlet", "title", "author", "published", "text", "html")
"""Columns that a table may have; ``text`` or ``html`` it must have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """What the user says of all inputs.

    Attributes:
        outlet: Name for articles that name none.
        published: Date for articles that have none.
        column_map: A table's own names: ``{"text": "body"}``.
        max_bytes: Largest page or row that is read.
        written: Files that the run itself writes: never read, though they lie in a folder that is.
    """

    outlet: str | None = None
    published: str | None = None
    column_map: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = MAX_BYTES
    written: frozenset[Path] = frozenset()

    def column_of(self, name: str) -> str:
        """Return what the table calls the column ``name``."""
        return self.column_map.get(name, name)
