"""Sentence vectors without a deep-learning run time.

all-MiniLM-L6-v2 (Wang et al. 2020, MiniLM; Reimers and Gurevych 2019, Sentence-BERT) distilled to
one vector a word piece by model2vec (https://github.com/MinishLab/model2vec), 256 dimensions,
int8; training/embeddings.py makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from variorum.languages.tables import DEFAULT_LANGUAGE
from variorum.model.ports import Vectors

MAX_CHARS = 4_000
"""Longer texts are cut: a vector of that many words no longer tells sentences apart."""


STATIC_WIDTH = 256
"""Of the vectors that ship."""


class StaticEncoder:
    """Means of word-piece vectors, scaled to length one."""

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        self._language = language

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, the same for a text whatever stands beside it.

        Shape: ``(len(texts), 256)``, float32; a text without known words has a zero vector.
        """
        model = _load_model(self._language)
        if not texts:
            return np.zeros((0, model.dim), dtype=np.float32)
        cut = [text[:MAX_CHARS] for text in texts]
        raw = np.asarray(model.encode(cut, use_multiprocessing=False), dtype=np.float32)
        length = np.linalg.norm(raw, axis=1, keepdims=True)
        return np.asarray(raw / np.where(length > 0, length, 1), dtype=np.float32)


@cache
def _load_model(language: str) -> Any:
    # Importing model2vec takes a quarter of a second: not needed to print a help text.
    from model2vec import StaticModel

    with resources.as_file(resources.files("variorum.languages") / language / "embeddings") as path:
        return StaticModel.from_pretrained(path)
