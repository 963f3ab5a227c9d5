"""Trains what tells whether two words are spellings of one name.

    python training/spellings.py [--data ../shared/data] [--out FOLDER] [--epochs N]

It learns from Wikidata's Latin spellings of Arabic, Hebrew and Russian words (``variants.py``), the
native word as anyascii romanises it among them, and states how it scores on words kept apart.
``variorum.languages.spellings`` runs it with numpy.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from nets import Descent
from safetensors.numpy import save_file
from shipping import replace_folder, write_json
from torch import Tensor, nn
from torch.nn import functional
from variants import Pair, Word, load_lists, make_word_pairs

from variorum.languages.spellings import (
    EPSILON,
    LENGTH_SCALE,
    N_CODES,
    NOBODY,
    SpellingNetwork,
    encode_letters,
)

SEED = 20165
HERE = Path(__file__).parent
OUT = HERE.parent / "src/variorum/languages/en/spellings"

WIDTH, DEPTH, HIDDEN = 32, 2, 32
N_PAIRS = 150_000
"""Of each language."""
NATIVE_SHARE = 0.3
"""How many pairs have a word in its own script."""
HELD_OUT = 6
"""One word in so many is kept apart."""
EPOCHS = 4
N_TEACHERS = 4
BATCH = 256
RATE = 3e-3


class Answers(nn.Module):
    """The network as it is trained; the shipped run time does the same."""

    def __init__(self, width: int = WIDTH, depth: int = DEPTH) -> None:
        super().__init__()
        self.letters = nn.Embedding(N_CODES, width, padding_idx=0)
        self.convs = nn.ModuleList([nn.Conv1d(width, width, 3, padding=1) for _ in range(depth)])
        self.out = nn.Linear(width, width)
        self.tells = nn.Linear(width, 1)
        self.hidden = nn.Linear(6, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1)

    def read(self, codes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return unit vectors of letters, how much each tells, and which are there."""
        is_there = codes > 0
        states = self.letters(codes)
        for conv in self.convs:
            inner = conv(states.transpose(1, 2)).transpose(1, 2)
            states = (states + functional.relu(inner)) * is_there[..., None]
        tells = self.tells(states)[..., 0].masked_fill(~is_there, -1e9).softmax(1)
        return functional.normalize(self.out(states), dim=-1, eps=EPSILON), tells, is_there

    def forward(self, codes: Tensor) -> Tensor:
        """Return log-odds that the words of each pair are one name's; ``(pairs, 2, letters)``."""
        one, own, is_one = self.read(codes[:, 0])
        other, others, is_other = self.read(codes[:, 1])
        likeness = one @ other.transpose(1, 2)
        likeness = likeness.masked_fill(~(is_one[:, :, None] & is_other[:, None, :]), NOBODY)
        answers, back = likeness.max(2).values, likeness.max(1).values
        told, told_back = (own * answers).sum(1), (others * back).sum(1)
        worst = answers.masked_fill(~is_one, 1).min(1).values
        worst_back = back.masked_fill(~is_other, 1).min(1).values
        length, length_back = is_one.sum(1) / LENGTH_SCALE, is_other.sum(1) / LENGTH_SCALE
        features = [
            torch.minimum(told, told_back),
            torch.maximum(told, told_back),
            torch.minimum(worst, worst_back),
            torch.maximum(worst, worst_back),
            torch.minimum(length, length_back),
            (length - length_back).abs(),
        ]
        hidden = functional.relu(self.hidden(torch.stack(features, 1)))
        return self.last(hidden)[:, 0]


def make_pairs(words: Sequence[Word], n_pairs: int, rng: random.Random) -> Iterator[Pair]:
    """Yield pairs of words, some with a word in its own script."""
    natives = {text: word.native for word in words for text in word.spellings}
    for pair in make_word_pairs(words, n_pairs, rng):
        is_native = rng.random() < NATIVE_SHARE
        yield pair._replace(left=natives[pair.left]) if is_native else pair


def enter(pairs: Sequence[Pair]) -> tuple[Tensor, Tensor]:
    """Return letters, ``(pairs, 2, letters)``, and which pairs are one name's."""
    codes = [[encode_letters(pair.left), encode_letters(pair.right)] for pair in pairs]
    return torch.tensor(codes), torch.tensor([float(pair.is_same) for pair in pairs])


def train(codes: Tensor, wanted: Tensor, epochs: int, seed: int) -> Answers:
    """Return a trained network; ``wanted`` is how likely each pair is one name's."""
    torch.manual_seed(seed)
    model = Answers()
    size = min(BATCH, len(codes))
    steps = epochs * (len(codes) // size)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01)
    descent = Descent(model, optimiser, warm=max(1, steps // 5), steps=steps)
    for epoch in range(epochs):
        order = torch.randperm(len(codes))
        total = 0.0
        for start in range(0, len(codes) - size + 1, size):
            batch = order[start : start + size]
            loss = functional.binary_cross_entropy_with_logits(model(codes[batch]), wanted[batch])
            descent.step(loss)
            total += loss.item()
        print(f"epoch {epoch + 1} loss {total / (len(codes) // size):.3f}", flush=True)
    return model


def train_again(pairs: Sequence[Pair], epochs: int, n_teachers: int) -> Answers:
    """Return a network that learned what several others, on the mean, say of the pairs.

    Furlanello et al. 2018, "Born Again Neural Networks": what the lists get wrong is not repeated.
    """
    codes, same = enter(pairs)
    said = torch.zeros(len(pairs))
    for number in range(n_teachers):
        teacher = train(codes, same, epochs, SEED + number)
        with torch.inference_mode():
            said += torch.cat([teacher(part).sigmoid() for part in codes.split(BATCH)])
    return train(codes, said / n_teachers, epochs, SEED + n_teachers)


def export(model: Answers, out: Path, scores: dict[str, float]) -> None:
    """Write what the run time reads, in place of what is there."""
    weights = {
        name: np.ascontiguousarray(tensor.detach().numpy(), dtype=np.float32)
        for name, tensor in model.state_dict().items()
    }
    with replace_folder(out) as fresh:
        save_file(weights, fresh / "spellings.safetensors")
        write_json(scores, fresh / "scores.json")
        shutil.copy(HERE / "spellings-NOTICE", fresh / "NOTICE")


def measure(network: SpellingNetwork, pairs: Sequence[Pair]) -> float:
    """Return F1 at 0.5, in points of a hundred."""
    scores = network.score([(pair.left, pair.right) for pair in pairs])
    found = sum(pair.is_same for pair, score in zip(pairs, scores, strict=True) if score >= 0.5)
    n_said, n_same = int((scores >= 0.5).sum()), sum(pair.is_same for pair in pairs)
    return round(200 * found / max(1, n_said + n_same), 1)


def main() -> None:
    """Train, ship, measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--pairs", type=int, default=N_PAIRS, help="of each language")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--teachers", type=int, default=N_TEACHERS)
    options = parser.parse_args()
    rng = random.Random(SEED)
    learned: list[Pair] = []
    apart: dict[str, list[Pair]] = {"words": [], "words and their native form": []}
    for words in load_lists(options.data):
        kept = rng.sample(words, len(words))
        n_apart = len(kept) // HELD_OUT
        learned += make_pairs(kept[n_apart:], options.pairs, rng)
        # As the lists have them, noise and all.
        held_out = list(make_word_pairs(kept[:n_apart], options.pairs // 10, rng, least=0.0))
        natives = {text: word.native for word in words for text in word.spellings}
        apart["words"] += held_out
        apart["words and their native form"] += [
            pair._replace(left=natives[pair.left]) for pair in held_out
        ]
    print(f"{len(learned):,} pairs", flush=True)
    model = train_again(learned, options.epochs, options.teachers)
    export(model, options.out, {})
    network = SpellingNetwork(options.out / "spellings.safetensors")
    scores = {f"{name}, held out": measure(network, pairs) for name, pairs in apart.items()}
    export(model, options.out, scores)
    print(scores)


if __name__ == "__main__":
    main()
