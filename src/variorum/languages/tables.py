"""Reads a language's tables."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from variorum.errors import UnknownNameError

DEFAULT_LANGUAGE = "en"


@cache
def load_table(name: str, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
    """Return the table ``name`` of a language: ``load_table("cues")`` reads ``en/cues.toml``.

    Treat it as read-only: it is read once and shared.

    Raises:
        UnknownNameError: If the language has no such table.
    """
    folder = resources.files("variorum.languages") / language
    file = folder / f"{name}.toml"
    if not file.is_file():
        known = (path.name.removesuffix(".toml") for path in folder.iterdir())
        raise UnknownNameError("table", name, known)
    return tomllib.loads(file.read_text(encoding="utf-8"))
