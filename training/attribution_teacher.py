"""Trains a teacher of attributions, too slow to ship.

    python training/attribution_teacher.py [--build FOLDER]

The encoder as ``teacher.py`` left it is read on together with the heads of ``attribution_nets.py``,
on the stories of ``newsroom/``. ``attributions.py`` asks it about lines where nobody marked who
says what, and learns from its answers as from gold, doubts included (Hinton et al. 2015).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import teacher
import torch
from attribution_nets import Reader, lose_cues, lose_frames, make_cue_rows, make_frame_rows
from attribution_samples import Analyst, Example, Frame, is_held_out, iter_examples
from nets import Descent
from safetensors.torch import load_file, save_file
from samples import STORIES, iter_batches
from student import BUILD, OUT
from torch import Tensor, nn

from variorum.annotate.attribution_features import find_window

SEED = 20166
WIDTH = 128
CUE_SHARE = 6
EPOCHS = 4
BATCH_WORDS = 900
ENCODER_RATE, HEAD_RATE = 8e-5, 1.5e-3
WARM_UP = 0.08
MAX_WORDS = 200
"""The encoder reads longer paragraphs in parts, cut at a sentence's start where one is near."""

LEAST_CUE = 0.2
"""Less likely cues get no labels asked for."""


class AttributionTeacher(nn.Module):
    """The encoder and the reader of its states."""

    def __init__(self, build: Path, n_relations: int) -> None:
        super().__init__()
        self.encoder, _ = teacher.load(build)
        self.reader = Reader(n_relations, teacher.WIDTH, WIDTH)
        self._n_relations = n_relations

    def encode(self, batch: Sequence[Example]) -> list[Tensor]:
        """Return one vector a word for each paragraph."""
        cuts = [list(iter_cuts(one.parsed.sentences)) for one in batch]
        lines = [
            one.words[start:end] for one, own in zip(batch, cuts, strict=True) for start, end in own
        ]
        with torch.autocast("cpu", torch.bfloat16):
            states = iter(self.encoder.encode(lines).float())
        return [torch.cat([next(states)[: end - start] for start, end in own]) for own in cuts]

    def lose(self, batch: Sequence[Example]) -> Tensor:
        """Return the loss of a batch of paragraphs."""
        states = self.encode(batch)
        loss = CUE_SHARE * lose_cues(self.reader, make_cue_rows(batch, states, self._n_relations))
        asked = [(one.parsed, frame) for one in batch for frame in one.frames]
        if asked:
            own = [s for one, s in zip(batch, states, strict=True) for _ in one.frames]
            loss = loss + lose_frames(self.reader, make_frame_rows(asked, own, self._n_relations))
        return loss

    @torch.inference_mode()
    def ask(self, batch: Sequence[Example]) -> Iterator[Example]:
        """Yield the paragraphs with what the teacher says of them."""
        states = self.encode(batch)
        rows = make_cue_rows(batch, states, self._n_relations)
        chances = torch.sigmoid(self.reader.find_cues(rows)).numpy()
        for one, own, chance in zip(batch, states, chances, strict=True):
            cues = chance[: len(one.words)]
            heads = np.flatnonzero(cues >= LEAST_CUE).tolist()
            windows = [find_window(one.parsed.sentences, head) for head in heads]
            blank = [np.zeros((end - start, 1), np.float32) for start, end in windows]
            asked = [(one.parsed, Frame(*pair)) for pair in zip(heads, blank, strict=True)]
            frames = ()
            if asked:
                rows = make_frame_rows(asked, [own] * len(asked), self._n_relations)
                labels = torch.softmax(self.reader.label(rows), -1).numpy()
                frames = tuple(
                    Frame(head, row[: end - start])
                    for head, row, (start, end) in zip(heads, labels, windows, strict=True)
                )
            yield Example(one.parsed, cues, frames)


def iter_cuts(sentences: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the parts in which a paragraph is encoded."""
    borders = [*(np.flatnonzero(np.diff(sentences)) + 1).tolist(), len(sentences)]
    start = last = 0
    for border in borders:
        if border - start > MAX_WORDS and last > start:
            yield start, last
            start = last
        while border - start > MAX_WORDS:
            yield start, start + MAX_WORDS
            start += MAX_WORDS
        last = border
    if start < len(sentences):
        yield start, len(sentences)


def train(model: AttributionTeacher, examples: Sequence[Example], epochs: int, steps: int) -> None:
    """Train in place; the rate falls to nothing along a line."""
    draw = random.Random(SEED)
    sizes = [len(one.words) for one in examples]
    batches = [b for _ in range(epochs) for b in iter_batches(sizes, BATCH_WORDS, draw)][:steps]
    encoder = [part for part in model.encoder.parameters() if part.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": encoder, "lr": ENCODER_RATE},
            {"params": model.reader.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    warm = max(1, int(WARM_UP * len(batches)))
    descent = Descent(model, optimiser, warm=warm, steps=len(batches))
    model.train()
    began, total = time.monotonic(), 0.0
    for number, batch in enumerate(batches, start=1):
        loss = model.lose([examples[n] for n in batch])
        descent.step(loss)
        total += loss.item()
        if number % 50 == 0:
            seconds = (time.monotonic() - began) / number
            print(f"{number}/{len(batches)} loss {total / 50:.3f}, {seconds:.2f} s", flush=True)
            total = 0.0
    model.eval()


def ask(model: AttributionTeacher, examples: Sequence[Example]) -> list[Example]:
    """Return the paragraphs with what the teacher says of them."""
    sizes = [len(one.words) for one in examples]
    found: list[Example] = []
    for batch in iter_batches(sizes, 2 * BATCH_WORDS, random.Random(SEED)):
        found += model.ask([examples[n] for n in batch])
    return found


def load(build: Path, n_relations: int) -> AttributionTeacher:
    """Return what :func:`main` wrote."""
    model = AttributionTeacher(build, n_relations)
    model.load_state_dict(load_file(build / "attribution_teacher.safetensors"))
    return model.eval()


def main() -> None:
    """Train, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=BUILD)
    parser.add_argument("--newsroom", type=Path, default=STORIES)
    parser.add_argument("--model", type=Path, default=OUT)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--max-steps", type=int, default=1_000_000)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    analyst = Analyst(options.model)
    found = iter_examples(analyst, options.newsroom)
    learned = [one for slug, one in found if not is_held_out(slug)]
    model = AttributionTeacher(options.build, len(analyst.relations))
    train(model, learned, options.epochs, options.max_steps)
    weights = {name: part.contiguous() for name, part in model.state_dict().items()}
    save_file(weights, options.build / "attribution_teacher.safetensors")


if __name__ == "__main__":
    main()
