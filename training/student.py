"""Trains the network that Variorum ships on the sets and on what the teacher says of them.

    python training/student.py [--data ../shared/data] [--build FOLDER] [--out FOLDER]

The network reads a word as hashed features and the sentence encoder's vector of it, and a line by
residual convolutions (Strubell et al. 2017, "Fast and Accurate Entity Recognition with Iterated
Dilated Convolutions"); heads as the teacher's. ``variorum.annotate.network`` runs it with numpy.
Beside the gold it learns the teacher's whole distributions (Hinton et al. 2015; for parsers
Anderson and Gómez-Rodríguez 2020), on every line, whatever a set marks, and on the same lines with
other names in them.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import swaps
import teacher
import torch
from labels import Labels, make_rows
from nets import MAX_OFFSET, Descent, cross_entropy, divergence, mask_arcs, offsets
from safetensors.numpy import save_file
from samples import (
    STORIES,
    Sample,
    iter_batches,
    iter_named_docs,
    load_samples,
    lower,
    make_sample,
)
from scores import score_names, score_trees
from shipping import replace_folder, write_json
from torch import Tensor, nn
from word_lists import load_word_lists

from variorum.annotate.features import (
    LISTS_PLACE,
    N_FEATURES,
    N_IDENTITIES,
    N_PLACES,
    find_places,
    hash_rows,
)
from variorum.annotate.tokens import make_blank
from variorum.languages.encoder import StaticEncoder

SEED = 20164
HERE = Path(__file__).parent
OUT = HERE.parent / "src/variorum/languages/en/model"
BUILD = Path("build/training")

N_ROWS = 32_768
ROW_WIDTH = 128
STATIC_WIDTH = 256
WIDTH = 192
DILATIONS = (1, 1, 2, 4, 2, 1)
ARC_WIDTH, REL_WIDTH, NAME_WIDTH = 96, 64, 128

BATCH_WORDS = 2_000
RATE = 2.5e-3
WARM_UP = 0.03
DECAY = 0.998
"""Of the running mean of the weights, which is what ships; a step's share in it."""

MEAN_EVERY = 8

LOWER_SHARE = 0.04
HIDDEN_SHARE = 0.15
"""How often a word's identity, its vector or its lists are hidden, so that all the rest counts."""

GOLD_SHARE = 0.4
NAME_SHARE = 2
SWAPS = 2
NOTION = "uner"
"""The set whose notion of a person, an organisation and a place the teacher is asked for."""

Targets = dict[str, np.ndarray]


class Student(nn.Module):
    """The shipped network as torch trains it."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.rows = nn.Embedding(N_ROWS, ROW_WIDTH)
        nn.init.normal_(self.rows.weight, std=0.1)
        self.static = nn.Linear(STATIC_WIDTH, ROW_WIDTH, bias=False)
        self.word_norm = nn.LayerNorm(2 * ROW_WIDTH)
        self.word = nn.Linear(2 * ROW_WIDTH, WIDTH)
        self.places = nn.Embedding(N_PLACES, WIDTH)
        nn.init.normal_(self.places.weight, std=0.1)
        self.first_norm = nn.LayerNorm(WIDTH)
        self.convolutions = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS)
        self.norm = nn.LayerNorm(WIDTH, elementwise_affine=False)
        self.tags = nn.Linear(WIDTH, len(labels.tags))
        self.name_hidden = nn.Linear(WIDTH, NAME_WIDTH)
        self.names = nn.Linear(NAME_WIDTH, len(labels.names))
        self.arc_word, self.arc_head = nn.Linear(WIDTH, ARC_WIDTH), nn.Linear(WIDTH, ARC_WIDTH)
        self.arc = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.root = nn.Linear(ARC_WIDTH, 1)
        self.offset = nn.Parameter(torch.zeros(2 * MAX_OFFSET + 1))
        self.rel_word, self.rel_head = nn.Linear(WIDTH, REL_WIDTH), nn.Linear(WIDTH, REL_WIDTH)
        self.rel = nn.Linear(REL_WIDTH, len(labels.deps))
        self.drop = nn.Dropout(0.1)

    def forward(
        self, features: Tensor, static: Tensor, places: Tensor, sentences: Tensor
    ) -> dict[str, Tensor]:
        """Return the logits of a batch of lines, and the parts of relations.

        Args:
            features: ``(lines, words, N_FEATURES)``; -1 for one that is hidden.
            static: ``(lines, words, 256)``, the encoder's vectors.
            places: ``(lines, words)``, of :func:`find_places`.
            sentences: ``(lines, words)``, -1 beyond a line's end.
        """
        shown = (features >= 0).float()[..., None]
        hashed = (self.rows(features.clamp(min=0)) * shown).sum(2)
        both = torch.cat([hashed, self.static(static)], -1)
        word = torch.relu(self.word(self.word_norm(both)))
        real = (sentences >= 0).float()[..., None]
        x = self.drop(self.first_norm(word + self.places(places))) * real
        for dilation, convolution in zip(DILATIONS, self.convolutions, strict=True):
            padded = nn.functional.pad(x, (0, 0, dilation, dilation))
            length = x.shape[1]
            window = [padded[:, n : n + length] for n in (0, dilation, 2 * dilation)]
            x = self.norm(x + self.drop(torch.relu(convolution(torch.cat(window, -1))))) * real
        arc_word, arc_head = torch.relu(self.arc_word(x)), torch.relu(self.arc_head(x))
        arcs = (self.arc(arc_word) @ arc_head.transpose(1, 2)).float()
        arcs = arcs + self.offset[offsets(arcs.shape[-1])]
        roots = self.root(arc_word)[..., 0].float()
        arcs = torch.diagonal_scatter(arcs, roots, dim1=1, dim2=2)
        return {
            "tags": self.tags(x),
            "names": self.names(torch.relu(self.name_hidden(x))),
            "arcs": mask_arcs(arcs, sentences),
            "rel_word": self.rel_word(x),
            "rel_head": self.rel_head(x),
        }

    def relate(self, found: Mapping[str, Tensor], heads: Tensor) -> Tensor:
        """Return the logits of the relations to the given heads."""
        index = heads.clamp(min=0)[..., None].expand(-1, -1, REL_WIDTH)
        both = found["rel_word"] + found["rel_head"].gather(1, index)
        return self.rel(self.drop(torch.relu(both)))


class Reader:
    """Gives the student's inputs; keeps what it found of each word."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        self.lists = lists
        self._encoder = StaticEncoder()
        self._numbers: dict[str, int] = {}
        self._features = np.zeros((0, N_FEATURES), np.int64)
        self._static = np.zeros((0, STATIC_WIDTH), np.float32)

    def read(self, batch: Sequence[Sample]) -> dict[str, Tensor]:
        """Return the inputs of a batch, padded to its longest line."""
        fresh = {w for s in batch for w in s.words if w not in self._numbers}
        if fresh:
            words = sorted(fresh)
            self._numbers.update(zip(words, range(len(self._numbers), 10**9), strict=False))
            rows = hash_rows(words, self.lists, N_ROWS)
            self._features = np.concatenate([self._features, rows])
            self._static = np.concatenate([self._static, self._encoder.encode(words)])
        shape = (len(batch), max(len(sample.words) for sample in batch))
        numbers = np.zeros(shape, np.int64)
        places = np.zeros(shape, np.int64)
        sentences = np.full(shape, -1, np.int64)
        for n, sample in enumerate(batch):
            end = len(sample.words)
            numbers[n, :end] = [self._numbers[word] for word in sample.words]
            places[n, :end] = find_places(sample.words, sample.sentences)
            sentences[n, :end] = sample.sentences
        return {
            "features": torch.from_numpy(self._features[numbers]),
            "static": torch.from_numpy(self._static[numbers]),
            "places": torch.from_numpy(places),
            "sentences": torch.from_numpy(sentences),
        }


def hide(inputs: dict[str, Tensor]) -> None:
    """Hide, word by word, the identity, the vector or the lists, in place."""
    shape = inputs["places"].shape
    inputs["features"] = inputs["features"].clone()
    for part in (slice(0, N_IDENTITIES), slice(LISTS_PLACE, LISTS_PLACE + 1)):
        chosen = torch.rand(shape) < HIDDEN_SHARE
        inputs["features"][..., part].masked_fill_(chosen[..., None], -1)
    chosen = torch.rand(shape) < HIDDEN_SHARE
    inputs["static"] = inputs["static"].masked_fill(chosen[..., None], 0)


def ask(model: teacher.Teacher, samples: Sequence[Sample]) -> list[Targets]:
    """Return what the teacher says of each line, as logarithms of probabilities."""
    targets: list[Targets | None] = [None] * len(samples)
    batches = list(iter_batches([len(s.words) for s in samples], 2 * BATCH_WORDS, random.Random(0)))
    began = time.monotonic()
    for number, batch in enumerate(batches, start=1):
        found = teacher.predict(model, [samples[n] for n in batch], NOTION)
        for name in ("tags", "arcs", "deps", "names"):
            found[name] = nn.functional.log_softmax(found[name], -1).half()
        for place, n in enumerate(batch):
            end = len(samples[n].words)
            targets[n] = {name: found[name][place, :end].numpy() for name in ("tags", "deps")}
            targets[n]["names"] = found["names"][place, :end].numpy()
            targets[n]["arcs"] = found["arcs"][place, :end, :end].numpy()
            targets[n]["heads"] = found["heads"][place, :end].numpy()
        if number % 50 == 0:
            print(f"asked {number}/{len(batches)}, {time.monotonic() - began:.0f} s", flush=True)
    return [target for target in targets if target is not None]


def stack(targets: Sequence[Targets], length: int) -> dict[str, Tensor]:
    """Return the targets of a batch, padded."""
    rows: dict[str, np.ndarray] = {}
    for name in ("tags", "deps", "names"):
        rows[name] = np.zeros((len(targets), length, targets[0][name].shape[-1]), np.float32)
    rows["arcs"] = np.full((len(targets), length, length), -1e4, np.float32)
    rows["heads"] = np.zeros((len(targets), length), np.int64)
    for n, target in enumerate(targets):
        end = len(target["heads"])
        for name in ("tags", "deps", "names", "heads"):
            rows[name][n, :end] = target[name]
        rows["arcs"][n, :end, :end] = np.maximum(target["arcs"], -1e4)
    return {name: torch.from_numpy(row) for name, row in rows.items()}


def step(
    model: Student,
    inputs: dict[str, Tensor],
    batch: Sequence[Sample],
    targets: Sequence[Targets],
    labels: Labels,
) -> Tensor:
    """Return the loss of a batch: the gold where it is, the teacher everywhere."""
    hide(inputs)
    rows = {name: torch.from_numpy(row) for name, row in make_rows(batch, labels).items()}
    length = rows["sentences"].shape[1]
    wanted = stack(targets, length)
    real = rows["sentences"] >= 0
    with torch.autocast("cpu", torch.bfloat16):
        found = model(**inputs)
        told = model.relate(found, rows["heads"])
        taught = model.relate(found, wanted["heads"])
    gold = (
        cross_entropy(found["tags"].float(), rows["tags"])
        + cross_entropy(found["arcs"], rows["heads"])
        + cross_entropy(told.float(), rows["deps"])
    )
    soft = (
        divergence(found["tags"].float(), wanted["tags"], real)
        + divergence(found["arcs"], wanted["arcs"], real)
        + divergence(taught.float(), wanted["deps"], real)
    )
    names = divergence(found["names"].float(), wanted["names"], real)
    return GOLD_SHARE * gold + (1 - GOLD_SHARE) * soft + NAME_SHARE * names


def train(
    model: Student,
    reader: Reader,
    samples: Sequence[Sample],
    targets: Sequence[Targets],
    labels: Labels,
    steps: int,
) -> Student:
    """Train; return the running mean of the weights."""
    draw = random.Random(SEED)
    torch.manual_seed(SEED)
    mean = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    warm = max(1, int(WARM_UP * steps))
    descent = Descent(model, optimiser, warm=warm, steps=steps)
    lengths = [len(sample.words) for sample in samples]
    batches: list[list[int]] = []
    began, total = time.monotonic(), 0.0
    model.train()
    for number in range(1, steps + 1):
        if not batches:
            batches = list(iter_batches(lengths, BATCH_WORDS, draw))
        chosen = batches.pop()
        batch = [samples[n] for n in chosen]
        seen = [lower(s, draw) if draw.random() < LOWER_SHARE else s for s in batch]
        loss = step(model, reader.read(seen), batch, [targets[n] for n in chosen], labels)
        descent.step(loss)
        if number % MEAN_EVERY == 0:
            keep = min(DECAY**MEAN_EVERY, number / (number + 10 * MEAN_EVERY))
            with torch.no_grad():
                for old, new in zip(mean.parameters(), model.parameters(), strict=True):
                    old.lerp_(new, 1 - keep)
        total += loss.item()
        if number % 100 == 0:
            seconds = (time.monotonic() - began) / number
            print(f"{number}/{steps} loss {total / 100:.3f}, {seconds:.2f} s", flush=True)
            total = 0.0
    return mean


@torch.inference_mode()
def predict(model: Student, reader: Reader, batch: Sequence[Sample]) -> dict[str, Tensor]:
    """Return logits and best heads of a batch."""
    model.eval()
    found = model(**reader.read(batch))
    heads = found["arcs"].argmax(-1)
    return {**found, "heads": heads, "deps": model.relate(found, heads)}


def export(model: Student, labels: Labels, lists: Mapping[str, str], out: Path) -> None:
    """Write what ``variorum.annotate.network`` reads: rows as int8, all else as float16."""
    weights: dict[str, np.ndarray] = {}
    for name, value in model.state_dict().items():
        array = value.detach().numpy()
        if name == "rows.weight":
            scale = np.abs(array).max(1, keepdims=True) / 127 + 1e-12
            weights["rows"] = np.round(array / scale).astype(np.int8)
            weights["row_scales"] = scale.astype(np.float16)
        else:
            weights[name] = array.astype(np.float16)
    save_file(weights, out / "network.safetensors")
    # The library writes for the owner alone.
    (out / "network.safetensors").chmod(0o644)
    described: dict[str, Any] = {
        "tags": labels.tags,
        "deps": labels.deps,
        "names": labels.names,
        "dilations": DILATIONS,
        "max_offset": MAX_OFFSET,
    }
    write_json(described, out / "network.json")
    text = "".join(f"{word}\t{where}\n" for word, where in sorted(lists.items()))
    (out / "lists.tsv").write_text(text, encoding="utf-8")


def gather(data: Path, stories: Path) -> list[Sample]:
    """Return every line there is, and those with names again with others."""
    nlp = make_blank()
    samples = load_samples(nlp, data, stories)
    named = list(iter_named_docs(nlp, data, stories))
    docs = [doc for _, doc in named]
    lists = swaps.load_lists(data / "names", docs)
    for number in range(SWAPS):
        for doc in swaps.iter_swapped(docs, lists, SEED + number):
            samples += make_sample(doc, "newsroom")
    return [sample for sample in samples if sample.words]


def ship(model: Student, reader: Reader, labels: Labels, data: Path, out: Path) -> None:
    """Write the network with notices and scores to ``out``, whole or not at all."""
    with replace_folder(out) as fresh:
        export(model, labels, reader.lists, fresh)
        for name in ("NOTICE", "LICENSE"):
            shutil.copy(HERE / f"model-{name}", fresh / name)
        scores = score(model, reader, labels, data)
        write_json(scores, fresh / "scores.json")
    print(json.dumps(scores, indent=1))


def score(
    model: Student, reader: Reader, labels: Labels, data: Path
) -> dict[str, dict[str, float]]:
    """Return the scores on the sets' test parts, over their own words."""

    def ask_student(batch: Sequence[Sample]) -> dict[str, Tensor]:
        return predict(model, reader, batch)

    return {
        "gum-open-test": score_trees(data, ask_student, labels),
        "uner-pud-test": score_names(data, ask_student, labels),
    }


def main() -> None:
    """Ask the teacher, train, score, ship."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--build", type=Path, default=BUILD)
    parser.add_argument("--newsroom", type=Path, default=STORIES)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--steps", type=int, default=9_000)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    samples = gather(options.data, options.newsroom)
    model, labels = teacher.load(options.build)
    print(f"{len(samples):,} lines, {sum(len(s.words) for s in samples):,} words", flush=True)
    targets = ask(model, samples)
    reader = Reader(load_word_lists())
    student = Student(labels)
    student = train(student, reader, samples, targets, labels, options.steps)
    torch.save(student.state_dict(), options.build / "student.pt")
    ship(student, reader, labels, options.data, options.out)


if __name__ == "__main__":
    main()
