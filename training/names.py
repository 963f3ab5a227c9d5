"""Fits the weights with which two names are scored.

    .venv/bin/python training/names.py [--data ../shared/data] [--write]

A logistic regression over the measures of ``variorum/resolve/score.py``, after ``spellings.py``,
fitted on names composed of Wikidata's spellings (``variants.py``, CC0). Where 0.5 lies is set on
these and on the names that the sanction lists of the United States and of the United Nations, both
public, give of one person, beside those of the most alike of others. Persons and words of which a
name stands in the pairs which measure the result are left out. Prints the weights as score.py has
them, and what the scoring script says of both labelled sets before and after; ``--write`` puts the
weights into score.py. Half a minute.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from scipy.optimize import minimize
from variants import Pair, load_lists, load_measured, make_name_pairs

from variorum.languages.folding import fold_plain
from variorum.present.pairs import print_scored_pairs
from variorum.resolve import score

SCORE = Path(score.__file__)
LISTS = ("names/aliases-ofac.jsonl", "names/aliases-un.jsonl")
SEED = 1

N_NAME_PAIRS = 20_000
N_LOOKALIKES = 2
"""How many names of others each name of a list is laid beside."""
NAME_PENALTY = 50.0
LEAST_SHARED = 60
"""Of two names of one person, rapidfuzz's token_set_ratio: others are bynames."""
BIASES = np.arange(-6.0, 6.0, 0.05).round(2)


class Weights(NamedTuple):
    """Weights of one sum, as score.py has them."""

    bias: float
    weights: tuple[float, ...]


def load_people(path: Path, measured: frozenset[str]) -> list[list[str]]:
    """Return all names of each person of a list of whom no name is measured."""
    known = {_order(name) for name in measured}
    people = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        names = [_turn(name) for name in (row["name"], *(each["name"] for each in row["aliases"]))]
        if not any(_order(name) in known for name in names):
            people.append(sorted(set(names)))
    return people


def _turn(name: str) -> str:
    surname, comma, given = name.partition(",")
    return f"{given.strip()} {surname}" if comma else name


def _order(name: str) -> str:
    return " ".join(sorted(map(fold_plain, name.replace("-", " ").split())))


def make_list_pairs(people: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """Yield names of one person that are alike, and each name beside the most alike of others."""
    everyone = [(name, number) for number, names in enumerate(people) for name in names]
    for number, names in enumerate(people):
        for left, right in combinations(names, 2):
            if fuzz.token_set_ratio(left.lower(), right.lower()) >= LEAST_SHARED:
                yield Pair(left, right, is_same=True)
        others = [name for name, owner in everyone if owner != number]
        lows = [name.lower() for name in others]
        for left in names:
            scorer = fuzz.token_sort_ratio
            for _, _, at in process.extract(left.lower(), lows, scorer=scorer, limit=N_LOOKALIKES):
                yield Pair(left, others[at], is_same=False)


def fit(pairs: Sequence[Pair], penalty: float = NAME_PENALTY) -> Weights:
    """Return the weights of a logistic regression with a penalty on their squares.

    What is set by hand keeps its weight.
    """
    present = np.array([feature.weight for feature in score.NAME_FEATURES])
    is_fitted = np.array([feature.is_fitted for feature in score.NAME_FEATURES])
    measures, same = measure(pairs)
    fixed = measures[:, ~is_fitted] @ present[~is_fitted]
    measures = measures[:, is_fitted]

    def weigh_loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        total = measures @ values[1:] + values[0] + fixed
        loss = (np.logaddexp(0, total) - same * total).sum() + penalty / 2 * values[1:] @ values[1:]
        wrong = 1 / (1 + np.exp(-total)) - same
        return loss, np.append(wrong.sum(), measures.T @ wrong + penalty * values[1:])

    start = np.zeros(measures.shape[1] + 1)
    found = minimize(weigh_loss, start, jac=True, method="L-BFGS-B").x.round(2)
    weights = present.copy()
    weights[is_fitted] = found[1:]
    return Weights(float(found[0]), tuple(map(float, weights)))


def measure(pairs: Sequence[Pair]) -> tuple[np.ndarray, np.ndarray]:
    """Return what NAME_FEATURES measure, ``(pairs, features)``, and which pairs are one."""
    score.load_matcher().prepare((pair.left, pair.right) for pair in pairs)
    rows = [score.measure_names(pair.left, pair.right) for pair in pairs]
    return np.array(rows), np.array([pair.is_same for pair in pairs], dtype=float)


def move_bias(weights: Weights, sets: Sequence[Sequence[Pair]]) -> Weights:
    """Return the weights with a bias so that F1 at 0.5, the mean over the sets, is the best."""
    totals = [(measures @ weights.weights, same) for measures, same in map(measure, sets)]

    def find_f1(bias: float) -> float:
        found = [(total + bias >= 0, same) for total, same in totals]
        return sum(2 * (yes @ same) / (yes.sum() + same.sum()) for yes, same in found)

    return weights._replace(bias=max(map(float, BIASES), key=find_f1))


def use_weights(weights: Weights) -> None:
    """Let this process score names with ``weights``."""
    score.NAME_BIAS, score.NAME_FEATURES = (
        weights.bias,
        tuple(
            replace(feature, weight=weight)
            for feature, weight in zip(score.NAME_FEATURES, weights.weights, strict=True)
        ),
    )


def put_weights(source: str, weights: Weights) -> str:
    """Return the text of score.py with the weights in place."""
    values = find_values(source)
    calls = values["NAME_FEATURES"].elts
    places = [values["NAME_BIAS"], *(call.args[1] for call in calls)]
    lines = source.splitlines(keepends=True)
    numbers = zip(places, (weights.bias, *weights.weights), strict=True)
    # From the end, so that the places before stay where they are.
    for place, number in sorted(numbers, key=lambda pair: (-pair[0].lineno, -pair[0].col_offset)):
        line = lines[place.lineno - 1].encode()
        parts = line[: place.col_offset], str(number).encode(), line[place.end_col_offset :]
        lines[place.lineno - 1] = b"".join(parts).decode()
    return "".join(lines)


def find_values(source: str) -> dict[str, ast.expr]:
    """Return the values that a module's top level assigns, by name."""
    return {
        node.targets[0].id: node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def print_weights(source: str) -> None:
    """Print the two assignments that hold the weights."""
    values = find_values(source)
    for name in ("NAME_BIAS", "NAME_FEATURES"):
        print(f"{name} = {ast.get_source_segment(source, values[name])}")


def print_figures(data: Path, title: str) -> None:
    """Print what the scoring script says of the labelled sets, with the weights now in use."""
    scorer = data.parent / "eval/names.py"
    if not scorer.is_file():
        print(f"{title}: {scorer} is not there, so nothing is measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        bench = Path(folder, "bench.tsv")
        _run(scorer, "--convert", data / "names/name_bench.csv", bench)
        for name, pairs in (("pairs-dev", data / "names/pairs-dev.tsv"), ("name_bench", bench)):
            scores = Path(folder, "scores.tsv")
            with scores.open("w", encoding="utf-8") as out:
                print_scored_pairs(pairs, out)
            print(f"{title}, {name}:\n{_run(scorer, pairs, scores)}")


def _run(*command: str | Path) -> str:
    words = [sys.executable, *map(str, command)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Fit, print, and write if told to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--write", action="store_true", help="put the weights into score.py")
    parser.add_argument("--pairs", type=int, default=N_NAME_PAIRS)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    lists = load_lists(options.data)
    composed = [
        pair for words in lists for pair in make_name_pairs(words, options.pairs // len(lists), rng)
    ]
    measured = load_measured(options.data / "names/pairs-dev.tsv")
    people = [person for name in LISTS for person in load_people(options.data / name, measured)]
    listed = list(make_list_pairs(people))

    print_figures(options.data, "Before")
    weights = move_bias(fit(composed), [composed, listed])
    use_weights(weights)
    print_figures(options.data, "After")

    print(f"Fitted on {len(composed):,} composed pairs, set on {len(listed):,} of lists:\n")
    source = put_weights(SCORE.read_text(encoding="utf-8"), weights)
    print_weights(source)
    if options.write:
        SCORE.write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main()
