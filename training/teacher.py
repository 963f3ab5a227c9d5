"""Trains the teacher: MiniLM read on for tags, trees and names, too slow to ship.

    python training/teacher.py [--data ../shared/data] [--build FOLDER]

all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM"; Apache 2.0) with four heads: tags, arcs and relations
(Dozat and Manning 2017, "Deep Biaffine Attention for Neural Dependency Parsing"), names. The
encoder reads lower case only, so each word's shape is an input of its own. Names are told under a
set's own notion of them or under none (``origin``), since the sets draw organisations differently.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from labels import Labels, make_rows
from minilm import find_encoder
from nets import MAX_OFFSET, Descent, cross_entropy, marginal, mask_arcs, offsets
from safetensors.torch import load_file, save_file
from samples import SETS, STORIES, Sample, iter_batches, load_samples, lower
from scores import score_names, score_trees
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from variorum.annotate.tokens import make_blank

SEED = 20163
WIDTH = 384
BATCH_WORDS = 1_200
ENCODER_RATE, HEAD_RATE = 1.5e-4, 1e-3
WARM_UP = 0.06
LOWER_SHARE = 0.04
NO_ORIGIN_SHARE = 0.3
"""Of batches, how many are read without their set's notion of names."""

SHAPES = 12
MAX_PIECES = 8
"""Of one word; its middle tells little."""


def shape_of(word: str) -> int:
    """Return the number of a word's shape, below :data:`SHAPES`."""
    if word.isdigit():
        return 1
    if any(c.isdigit() for c in word):
        return 2
    if not any(c.isalpha() for c in word):
        return 3
    if word.islower():
        return 4 if "-" not in word else 5
    if word.isupper():
        return 6 if len(word) == 1 else 7 if len(word) <= 5 else 8
    if word[0].isupper():
        return 9 if word[1:].islower() else 10
    return 11


class Teacher(nn.Module):
    """Encoder and heads; :meth:`forward` gives the logits of a batch of lines."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        folder = find_encoder()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder)
        self.encoder.embeddings.requires_grad_(requires_grad=False)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.mix = nn.Linear(2 * WIDTH, WIDTH)
        self.tags = nn.Linear(WIDTH, len(labels.tags))
        self.origins = nn.Embedding(len(SETS), WIDTH)
        nn.init.zeros_(self.origins.weight)
        self.names = nn.Sequential(
            nn.Linear(WIDTH, 256), nn.GELU(), nn.Dropout(0.1), nn.Linear(256, len(labels.names))
        )
        self.word, self.head = nn.Linear(WIDTH, 256), nn.Linear(WIDTH, 256)
        self.arc = nn.Linear(256, 256)
        self.root = nn.Linear(256, 1)
        self.offset = nn.Parameter(torch.zeros(2 * MAX_OFFSET + 1))
        self.rel_word, self.rel_head = nn.Linear(WIDTH, 192), nn.Linear(WIDTH, 192)
        self.rel = nn.Sequential(nn.GELU(), nn.Linear(192, len(labels.deps)))
        self.drop = nn.Dropout(0.15)
        self._pieces: dict[str, list[int]] = {}

    def cut(self, word: str) -> list[int]:
        """Return the numbers of a word's pieces."""
        if word not in self._pieces:
            pieces = self.tokenizer(word, add_special_tokens=False)["input_ids"]
            half = MAX_PIECES // 2
            if len(pieces) > MAX_PIECES:
                pieces = [*pieces[:half], *pieces[-half:]]
            self._pieces[word] = pieces or [self.tokenizer.unk_token_id]
        return self._pieces[word]

    def encode(self, lines: Sequence[Sequence[str]]) -> Tensor:
        """Return one vector a word, ``(lines, longest line, WIDTH)``."""
        cut = [[self.cut(word) for word in line] for line in lines]
        longest = max(sum(map(len, line)) for line in cut) + 2
        words = max(map(len, lines))
        ids = np.full((len(lines), longest), self.tokenizer.pad_token_id)
        shapes = np.zeros((len(lines), longest), np.int64)
        mask = np.zeros((len(lines), longest), np.int64)
        ends = np.zeros((2, len(lines), words), np.int64)
        for n, line in enumerate(cut):
            at = 1
            ids[n, 0] = self.tokenizer.cls_token_id
            for place, pieces in enumerate(line):
                ids[n, at : at + len(pieces)] = pieces
                shapes[n, at : at + len(pieces)] = shape_of(lines[n][place])
                ends[:, n, place] = at, at + len(pieces) - 1
                at += len(pieces)
            ids[n, at] = self.tokenizer.sep_token_id
            mask[n, : at + 1] = 1
        embedded = self.encoder.embeddings(input_ids=torch.from_numpy(ids))
        embedded = embedded + self.shapes(torch.from_numpy(shapes))
        bias = (1 - torch.from_numpy(mask)[:, None, None, :].float()) * -1e4
        states = self.encoder.encoder(embedded, attention_mask=bias)[0]
        first, last = (
            states.gather(1, torch.from_numpy(e)[..., None].expand(-1, -1, WIDTH)) for e in ends
        )
        return self.drop(nn.functional.gelu(self.mix(torch.cat([first, last], -1))) + first)

    def forward(
        self, lines: Sequence[Sequence[str]], sentences: Tensor, origins: Tensor
    ) -> dict[str, Tensor]:
        """Return logits: tags, arcs (a root's head is itself), names, and parts of relations."""
        states = self.encode(lines)
        word = self.drop(nn.functional.gelu(self.word(states)))
        head = self.drop(nn.functional.gelu(self.head(states)))
        arcs = self.arc(word) @ head.transpose(1, 2) / 16
        arcs = arcs + self.offset[offsets(arcs.shape[-1])]
        roots = self.root(word)[..., 0]
        arcs = torch.diagonal_scatter(arcs, roots, dim1=1, dim2=2)
        return {
            "tags": self.tags(states),
            "arcs": mask_arcs(arcs.float(), sentences),
            "names": self.names(states + self.origins(origins)[:, None]),
            "rel_word": self.rel_word(states),
            "rel_head": self.rel_head(states),
        }

    def relate(self, found: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Return the logits of the relations to the given heads."""
        index = heads.clamp(min=0)[..., None].expand(-1, -1, found["rel_head"].shape[-1])
        return self.rel(found["rel_word"] + found["rel_head"].gather(1, index))


def make_origins(samples: Sequence[Sample], draw: random.Random | None = None) -> Tensor:
    """Return each line's set, now and then none."""
    return torch.tensor(
        [
            0 if draw and draw.random() < NO_ORIGIN_SHARE else SETS.index(sample.origin)
            for sample in samples
        ]
    )


def step(model: Teacher, batch: Sequence[Sample], labels: Labels, draw: random.Random) -> Tensor:
    """Return the loss of a batch."""
    rows = {name: torch.from_numpy(row) for name, row in make_rows(batch, labels).items()}
    with torch.autocast("cpu", torch.bfloat16):
        lines = [sample.words for sample in batch]
        found = model(lines, rows["sentences"], make_origins(batch, draw))
        relations = model.relate(found, rows["heads"])
    real = rows["sentences"] >= 0
    return (
        cross_entropy(found["tags"].float(), rows["tags"])
        + cross_entropy(found["arcs"], rows["heads"])
        + cross_entropy(relations.float(), rows["deps"])
        + 2 * marginal(found["names"].float(), rows["allowed"], real)
    )


def train(
    model: Teacher, samples: list[Sample], labels: Labels, epochs: int, max_steps: int
) -> None:
    """Train in place; the rate falls to nothing along a line."""
    draw = random.Random(SEED)
    batches = [
        batch
        for _ in range(epochs)
        for batch in iter_batches([len(s.words) for s in samples], BATCH_WORDS, draw)
    ][:max_steps]
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    warm = max(1, int(WARM_UP * len(batches)))
    descent = Descent(model, optimiser, warm=warm, steps=len(batches))
    model.train()
    began, total = time.monotonic(), 0.0
    for number, batch in enumerate(batches, start=1):
        chosen = [
            lower(samples[n], draw) if draw.random() < LOWER_SHARE else samples[n] for n in batch
        ]
        loss = step(model, chosen, labels, draw)
        descent.step(loss)
        total += loss.item()
        if number % 50 == 0:
            seconds = (time.monotonic() - began) / number
            print(f"{number}/{len(batches)} loss {total / 50:.3f}, {seconds:.2f} s", flush=True)
            total = 0.0


@torch.inference_mode()
def predict(
    model: Teacher, batch: Sequence[Sample], origin: str | None = None
) -> dict[str, Tensor]:
    """Return logits of a batch, relations (``deps``) to the best heads among them.

    Args:
        origin: The set whose notion of names is asked for; None for each line's own.
    """
    model.eval()
    rows = {name: torch.from_numpy(row) for name, row in _sentences(batch).items()}
    origins = make_origins(batch)
    if origin is not None:
        origins = torch.full_like(origins, SETS.index(origin))
    with torch.autocast("cpu", torch.bfloat16):
        found = model([sample.words for sample in batch], rows["sentences"], origins)
        heads = found["arcs"].argmax(-1)
        relations = model.relate(found, heads)
    return {
        "tags": found["tags"].float(),
        "arcs": found["arcs"],
        "heads": heads,
        "deps": relations.float(),
        "names": found["names"].float(),
    }


def _sentences(batch: Sequence[Sample]) -> dict[str, np.ndarray]:
    shape = (len(batch), max(len(sample.words) for sample in batch))
    rows = np.full(shape, -1, np.int64)
    for n, sample in enumerate(batch):
        rows[n, : len(sample.words)] = sample.sentences
    return {"sentences": rows}


def save(model: Teacher, labels: Labels, build: Path) -> None:
    """Write the trained weights to ``build``."""
    save_file(
        {k: v.contiguous() for k, v in model.state_dict().items()}, build / "teacher.safetensors"
    )
    labels.save(build / "labels.json")


def load(build: Path) -> tuple[Teacher, Labels]:
    """Return what :func:`save` wrote."""
    labels = Labels.load(build / "labels.json")
    model = Teacher(labels)
    model.load_state_dict(load_file(build / "teacher.safetensors"))
    return model, labels


def main() -> None:
    """Train, score, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--build", type=Path, default=Path("build/training"))
    parser.add_argument("--newsroom", type=Path, default=STORIES)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--max-steps", type=int, default=1_000_000)
    options = parser.parse_args()
    options.build.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    samples = load_samples(make_blank(), options.data, options.newsroom)
    labels = Labels.collect(samples)
    print(f"{len(samples):,} lines, {sum(len(s.words) for s in samples):,} words", flush=True)
    model = Teacher(labels)
    train(model, samples, labels, options.epochs, options.max_steps)
    save(model, labels, options.build)
    for origin in ("", "uner", "newsroom"):
        found = score_names(options.data, lambda batch, o=origin: predict(model, batch, o), labels)
        print(f"names, {origin or 'no set'}: {found}", flush=True)
    print(score_trees(options.data, lambda batch: predict(model, batch), labels), flush=True)


if __name__ == "__main__":
    main()
