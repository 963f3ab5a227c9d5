"""Trains what finds who says what: cues, and for each its source and its content.

    python training/attributions.py [--data ../shared/data] [--build FOLDER] [--out FOLDER]

It learns from the stories of ``newsroom/`` and from what ``attribution_teacher.py`` says of these
and of lines that nobody marked. It reads the trees and states of the shipped network, so it runs
after ``student.py``, and the distilled encoder's vector of each word: states made for tags and
trees do not tell "insist" from "resist". ``variorum.annotate.attribution_network`` runs it with
numpy.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import attribution_teacher
import numpy as np
import torch
from attribution_nets import (
    CUE_DILATIONS,
    DILATIONS,
    Reader,
    lose_cues,
    lose_frames,
    make_cue_rows,
    make_frame_rows,
)
from attribution_samples import (
    Analyst,
    Example,
    Words,
    is_held_out,
    iter_examples,
    iter_unmarked,
)
from nets import Descent
from safetensors.numpy import save_file
from samples import STORIES, iter_batches
from shipping import replace_folder, write_json
from student import BUILD
from torch import Tensor

from variorum.annotate.attribution_features import Parsed
from variorum.annotate.attribution_network import Attribution, AttributionNetwork
from variorum.languages.encoder import STATIC_WIDTH, StaticEncoder
from variorum.languages.word_table import WordTable

SEED = 20165
HERE = Path(__file__).parent
LANGUAGE = HERE.parent / "src/variorum/languages/en"
OUT = LANGUAGE / "attribution"

WIDTH = 96
STATIC_SCALE = 3.0
"""By which vectors of length one are multiplied, to be learned as fast as the states."""

EPOCHS = 12
GOLD_SHARE = 2
"""How often the stories as marked are read for each time that the teacher's answers are."""

CUE_WORDS, FRAME_WORDS = 1_500, 2_500
RATE = 2e-3
CUE_SHARE = 3
LIKELIER_THAN_NOT = 0.5


def train(examples: Sequence[Example], n_relations: int, epochs: int) -> Reader:
    """Return the trained network."""
    torch.manual_seed(SEED)
    draw = random.Random(SEED)
    table = WordTable(StaticEncoder().encode)
    model = Reader(n_relations, enter(examples[0].parsed, table).shape[1], WIDTH)
    frames = [(one.parsed, frame) for one in examples for frame in one.frames]
    lengths = [len(frame.wanted) for _, frame in frames]
    batches = [batch for _ in range(epochs) for batch in iter_batches(lengths, FRAME_WORDS, draw)]
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.02)
    warm = max(1, min(100, len(batches) // 10))
    descent = Descent(model, optimiser, warm=warm, steps=len(batches), fall=len(batches))
    model.train()
    of_cues: list[list[int]] = []
    total = 0.0
    for number, batch in enumerate(batches, start=1):
        if not of_cues:
            sizes = [len(one.words) for one in examples]
            of_cues = list(iter_batches(sizes, CUE_WORDS, draw))
        asked = [frames[n] for n in batch]
        states = [enter(parsed, table) for parsed, _ in asked]
        loss = lose_frames(model, make_frame_rows(asked, states, n_relations))
        read = [examples[n] for n in of_cues.pop()]
        states = [enter(one.parsed, table) for one in read]
        loss = loss + CUE_SHARE * lose_cues(model, make_cue_rows(read, states, n_relations))
        descent.step(loss)
        total += loss.item()
        if number % 200 == 0:
            print(f"{number}/{len(batches)} loss {total / 200:.3f}", flush=True)
            total = 0.0
    return model.eval()


def enter(parsed: Parsed, table: WordTable) -> Tensor:
    """Return what the network is told of each word: its state, and what it is by itself."""
    own = STATIC_SCALE * table.look_up(parsed.words)
    return torch.from_numpy(np.concatenate([parsed.states, own], axis=1))


def export(model: Reader, relations: Sequence[str], out: Path) -> None:
    """Write what ``variorum.annotate.attribution_network`` reads."""
    weights = {name: value.detach().numpy().copy() for name, value in model.state_dict().items()}
    for name in ("cue_word", "cue_head", "word", "head"):
        weights[f"{name}.weight"][:, -STATIC_WIDTH:] *= STATIC_SCALE
    halves = {name: value.astype(np.float16) for name, value in weights.items()}
    save_file(halves, out / "attribution.safetensors")
    (out / "attribution.safetensors").chmod(0o644)
    write_json(
        {"relations": relations, "cue_dilations": CUE_DILATIONS, "dilations": DILATIONS},
        out / "attribution.json",
    )


def score(network: AttributionNetwork, examples: Sequence[Example]) -> dict[str, float]:
    """Return F1 of exact cues, sources and contents, in percent; marks do not count."""
    counts: Counter[tuple[str, str]] = Counter()
    found = network.read([one.parsed for one in examples], LIKELIER_THAN_NOT)
    for one, attributions in zip(examples, found, strict=True):
        for part in ("cue", "source", "content"):
            gold = Counter(_letters(one, parts[part]) for parts in one.gold)
            ours = Counter(_letters(one, _spread(a, part)) for a in attributions)
            del gold[frozenset()], ours[frozenset()]
            counts[part, "right"] += (gold & ours).total()
            counts[part, "all"] += gold.total() + ours.total()
    return {
        part: round(200 * counts[part, "right"] / max(1, counts[part, "all"]), 1)
        for part in ("cue", "source", "content")
    }


def _spread(attribution: Attribution, part: str) -> Words:
    return frozenset(n for run in getattr(attribution, part) for n in range(*run))


def _letters(one: Example, words: Words) -> Words:
    return frozenset(n for n in words if any(c.isalnum() for c in one.words[n]))


def ship(model: Reader, relations: Sequence[str], held: Sequence[Example], out: Path) -> None:
    """Write network and scores to ``out``, whole or not at all."""
    with replace_folder(out) as fresh:
        export(model, relations, fresh)
        shutil.copy(HERE / "attribution-NOTICE", fresh / "NOTICE")
        shutil.copy(HERE / "model-LICENSE", fresh / "LICENSE")
        scores = {"newsroom, held out": score(AttributionNetwork(fresh), held)}
        write_json(scores, fresh / "scores.json")
    print(json.dumps(scores, indent=1))


def main() -> None:
    """Ask the teacher, train, score, ship."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--build", type=Path, default=BUILD)
    parser.add_argument("--newsroom", type=Path, default=STORIES)
    parser.add_argument("--model", type=Path, default=LANGUAGE / "model")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    options = parser.parse_args()
    analyst = Analyst(options.model)
    found = list(iter_examples(analyst, options.newsroom))
    learned = [one for slug, one in found if not is_held_out(slug)]
    held = [one for slug, one in found if is_held_out(slug)]
    unmarked = list(iter_unmarked(analyst, options.data, options.newsroom))
    model = attribution_teacher.load(options.build, len(analyst.relations))
    print(f"asks about {sum(len(one.words) for one in unmarked):,} words", flush=True)
    answers = [*attribution_teacher.ask(model, unmarked), *attribution_teacher.ask(model, learned)]
    learned = GOLD_SHARE * learned + answers
    print(f"{sum(len(one.frames) for one in learned):,} attributions", flush=True)
    reader = train(learned, len(analyst.relations), options.epochs)
    ship(reader, analyst.relations, held, options.out)


if __name__ == "__main__":
    main()
