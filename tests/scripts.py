"""Loads the scripts of ``eval/``, which are in no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

EVAL = Path(__file__).parents[1] / "eval"


def load_script(name: str) -> ModuleType:
    """Return ``eval/NAME.py`` as a module."""
    spec = importlib.util.spec_from_file_location(f"eval_{name}", EVAL / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look up the names in their annotations
    spec.loader.exec_module(module)
    return module
