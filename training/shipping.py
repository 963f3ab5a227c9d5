"""Writes what ships: folders that others read change only at the end, whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def write_json(value: Any, file: Path) -> None:
    """Write a value for people and programs."""
    file.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


@contextmanager
def replace_folder(out: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of ``out`` if all goes well."""
    fresh, former = (out.with_name(f".{out.name}.{word}") for word in ("new", "old"))
    for folder in (fresh, former):
        shutil.rmtree(folder, ignore_errors=True)
    fresh.mkdir(parents=True)
    yield fresh
    if out.exists():
        out.rename(former)
    fresh.rename(out)
    shutil.rmtree(former, ignore_errors=True)
