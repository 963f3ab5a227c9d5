from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import english
import pytest
import spacy

HAS_EMBEDDINGS = (english.PACKAGE / "embeddings/model.safetensors").is_file()


@pytest.mark.slow
@pytest.mark.skipif(not HAS_EMBEDDINGS, reason="run training/embeddings.py first")
def test_training(data: Path, tmp_path: Path) -> None:
    """One command trains a pipeline that loads, knows where it comes from and has its scores."""
    out = tmp_path / "model"
    script = Path(english.__file__)
    steps = ["--tree-steps", "30", "--name-steps", "30"]
    command = [sys.executable, script, "--data", data, "--build", tmp_path, "--out", out, *steps]

    subprocess.run(
        [str(part) for part in command],
        check=True,
        capture_output=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        timeout=120,
    )

    nlp = spacy.load(out)
    doc = nlp("Tamsin Okoro told the Lorn Gazette she'd leave.")
    assert nlp.pipe_names == ["tok2vec", "tagger", "parser", "ner"]
    assert doc.has_annotation("TAG")
    assert doc.has_annotation("DEP")
    assert {"NOTICE", "LICENSE", "scores.json"} < {path.name for path in out.iterdir()}
    assert set(json.loads((out / "scores.json").read_text())) >= {"ewt-test", "uner-pud-test"}
    assert str(tmp_path) not in (out / "config.cfg").read_text()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the deal—signed late", ["the", "deal", "—", "signed", "late"]),
        ("we left...then", ["we", "left", "...", "then"]),
        ("aid<br>came", ["aid", "<", "br", ">", "came"]),
        ("he[sic]said", ["he", "[", "sic", "]", "said"]),
        ("1990–95", ["1990–95"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    """What newspapers run together comes apart; a range of years stays whole."""
    assert [token.text for token in english.make_blank()(text)] == tokens
