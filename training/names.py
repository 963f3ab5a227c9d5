"""Fits the weights with which two names are scored, those of words and those of whole names.

    .venv/bin/python training/names.py [--data ../shared/data] [--write]

Both are logistic regressions over the measures of ``variorum/resolve/score.py``, fitted on
Wikidata's Latin spellings of Arabic, Hebrew and Russian words (CC0) and on nothing else. A pair
of words is two spellings of one word, or one spelling beside a look-alike of another word. A pair
of names is composed of such words: of one invented person, or of one and the most alike of
others, or of one and somebody who shares all words but one. Words that stand in the pairs which
measure the result are left out. Prints the weights as score.py has them, and what the scoring
script says of both labelled sets before and after; ``--write`` puts the weights into score.py.
Half a minute.
"""

from __future__ import annotations

import argparse
import ast
import csv
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from scipy.optimize import minimize

from variorum.languages.folding import fold_plain, fold_word
from variorum.present.pairs import print_scored_pairs
from variorum.resolve import score

SCORE = Path(score.__file__)
LANGUAGES = ("arabic", "hebrew", "russian")
"""The Chinese and Korean lists mix translations and bynames with spellings: with them in, F1 at 0.5
falls by 0.6 on pairs-dev and by 1.4 on name_bench."""
SEED = 1

N_WORD_PAIRS = 12_000
"""For each language, half of them of one word."""
LEAST_ALIKE = 0.47
"""Jaro-Winkler similarity below which two spellings of a word are held to be Wikidata's noise
(``abba|finta``): with the noise in, name_bench falls by a point; from 0.6 on, real spellings go."""
N_SEEN = 500
N_LOOKALIKES = 3
"""A look-alike is one of the 3 most alike of 500 spellings."""
WORD_PENALTY = 10.0

N_NAME_PAIRS = 20_000
N_VOCABULARY = 40
N_PEOPLE = 30
"""How many words a circle of people shares in their names; the fewer, the more names share one."""
NAME_LENGTHS = {2: 50, 3: 35, 4: 15}
KEPT, DROPPED, TURNED = 0.6, 0.25, 0.15
"""How often a second version of a name keeps a word's spelling, lacks a word, has another order."""
EXCHANGED = 0.3
"""How many of the names of another are the first with one word exchanged."""
NAME_PENALTY = 200.0

Word = tuple[str, ...]
"""The spellings of one word."""
Pair = tuple[str, str, bool]
"""Left, right, and whether they are one."""


class Weights(NamedTuple):
    """Weights of one sum, as score.py has them."""

    bias: float
    weights: tuple[float, ...]


def load_words(path: Path, measured: frozenset[str]) -> list[Word]:
    """Return the words of a file that have two spellings and no spelling in ``measured``."""
    words = []
    for line in path.read_text(encoding="utf-8").splitlines():
        found = line.partition("\t")[2].split("|")
        spellings = tuple(spelling for spelling in found if len(fold_plain(spelling)) > 1)
        is_measured = any(spelling.casefold() in measured for spelling in found)
        if len(spellings) > 1 and not is_measured:
            words.append(spellings)
    return words


def load_measured(path: Path) -> frozenset[str]:
    """Return all names of the labelled pairs; what is fitted may not have seen them."""
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return frozenset(row[side].casefold() for row in rows for side in ("left", "right"))


def respell(spelling: str, word: Word, rng: random.Random) -> str:
    """Return another spelling of a word, or the same if no other is like it."""
    plain = fold_plain(spelling)
    others = [
        other
        for other in word
        if fold_plain(other) != plain
        and JaroWinkler.similarity(plain, fold_plain(other)) >= LEAST_ALIKE
    ]
    return rng.choice(others) if others else spelling


def make_word_pairs(words: Sequence[Word], n_pairs: int, rng: random.Random) -> Iterator[Pair]:
    """Yield pairs of spellings, of one word and of look-alikes by turns."""
    owners: defaultdict[str, set[int]] = defaultdict(set)
    for number, word in enumerate(words):
        for spelling in word:
            owners[fold_word(spelling)].add(number)
    spellings = [(spelling, number) for number, word in enumerate(words) for spelling in word]
    plain = [fold_plain(spelling) for spelling, _ in spellings]
    order = rng.sample(range(len(words)), len(words))
    for turn in range(n_pairs // 2):
        word = words[order[turn % len(order)]]
        left = rng.choice(word)
        right = respell(left, word, rng)
        if right == left:
            continue
        yield left, right, True
        # "Leonid" stands in the list twice; neither is a look-alike of the other.
        kin = set().union(*(owners[fold_word(spelling)] for spelling in word))
        seen = rng.sample(range(len(spellings)), min(N_SEEN, len(spellings)))
        strangers = [at for at in seen if spellings[at][1] not in kin]
        alike = process.extract(
            fold_plain(left),
            [plain[at] for at in strangers],
            scorer=JaroWinkler.normalized_similarity,
            limit=N_LOOKALIKES,
        )
        if alike:
            yield left, spellings[strangers[rng.choice(alike)[2]]][0], False


def make_name_pairs(words: Sequence[Word], n_pairs: int, rng: random.Random) -> Iterator[Pair]:
    """Yield pairs of names of invented people, of one and of two by turns."""
    lengths, shares = zip(*NAME_LENGTHS.items(), strict=True)
    n_made = 0
    while n_made < n_pairs:
        vocabulary = rng.sample(words, min(N_VOCABULARY, len(words)))
        people = [rng.sample(vocabulary, rng.choices(lengths, shares)[0]) for _ in range(N_PEOPLE)]
        names = [[rng.choice(word) for word in person] for person in people]
        for person, name in rng.sample(list(zip(people, names, strict=True)), N_PEOPLE // 3):
            left = " ".join(name)
            right = " ".join(vary(respell_all(name, person, rng), rng))
            if left == right:
                continue
            yield left, right, True
            if rng.random() < EXCHANGED:
                yield left, exchange(name, person, vocabulary, rng), False
            else:
                others = [
                    " ".join(words_of)
                    for other, words_of in zip(people, names, strict=True)
                    if set(other) != set(person)
                ]
                nearest = process.extractOne(left, others, scorer=fuzz.token_sort_ratio)
                yield left, nearest[0], False
            n_made += 2


def respell_all(name: Sequence[str], person: Sequence[Word], rng: random.Random) -> list[str]:
    """Return a name with some of its words spelt otherwise."""
    return [
        spelling if rng.random() < KEPT else respell(spelling, word, rng)
        for spelling, word in zip(name, person, strict=True)
    ]


def vary(name: list[str], rng: random.Random) -> list[str]:
    """Return a name as another list may have it: a middle name less, the surname first."""
    if len(name) > 2 and rng.random() < DROPPED:
        name.pop(rng.randrange(len(name)))
    return name[1:] + name[:1] if rng.random() < TURNED else name


def exchange(
    name: Sequence[str], person: Sequence[Word], vocabulary: Sequence[Word], rng: random.Random
) -> str:
    """Return the name of somebody who shares all words but one: a brother, a namesake."""
    other = respell_all(name, person, rng)
    strangers = [word for word in vocabulary if word not in person]
    other[rng.randrange(len(other))] = rng.choice(rng.choice(strangers))
    return " ".join(other)


def fit(
    pairs: Iterable[Pair],
    measure: Callable[[str, str], tuple[float, ...]],
    present: Sequence[float],
    penalty: float,
) -> Weights:
    """Return the weights of a logistic regression with a penalty on their squares.

    A measure that is 0 in every pair keeps its present weight: no list has acronyms.
    """
    rows = [(measure(left, right), same) for left, right, same in pairs]
    measures = np.array([row for row, _ in rows])
    same = np.array([is_same for _, is_same in rows], dtype=float)

    def weigh_loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        total = measures @ values[1:] + values[0]
        loss = (np.logaddexp(0, total) - same * total).sum() + penalty / 2 * values[1:] @ values[1:]
        wrong = 1 / (1 + np.exp(-total)) - same
        return loss, np.append(wrong.sum(), measures.T @ wrong + penalty * values[1:])

    start = np.zeros(measures.shape[1] + 1)
    found = minimize(weigh_loss, start, jac=True, method="L-BFGS-B").x.round(2)
    kept = np.where(measures.any(axis=0), found[1:], present)
    return Weights(float(found[0]), tuple(map(float, kept)))


def use_word_weights(weights: Weights) -> None:
    """Let this process score words with ``weights``."""
    score.WORD_BIAS, score.WORD_FEATURES = weights.bias, _reweigh(score.WORD_FEATURES, weights)
    score.score_words.cache_clear()


def use_name_weights(weights: Weights) -> None:
    """Let this process score names with ``weights``."""
    score.NAME_BIAS, score.NAME_FEATURES = weights.bias, _reweigh(score.NAME_FEATURES, weights)


def _reweigh(features: tuple, weights: Weights) -> tuple:
    return tuple(
        replace(feature, weight=weight)
        for feature, weight in zip(features, weights.weights, strict=True)
    )


def put_weights(source: str, kind: str, weights: Weights) -> str:
    """Return the text of score.py with the weights of ``kind``, ``WORD`` or ``NAME``, in place."""
    values = find_values(source)
    calls = values[f"{kind}_FEATURES"].elts
    places = [values[f"{kind}_BIAS"], *(call.args[1] for call in calls)]
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
    """Print the four assignments that hold the weights."""
    values = find_values(source)
    for name in ("WORD_BIAS", "WORD_FEATURES", "NAME_BIAS", "NAME_FEATURES"):
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
    parser.add_argument("--word-pairs", type=int, default=N_WORD_PAIRS, help="of each language")
    parser.add_argument("--name-pairs", type=int, default=N_NAME_PAIRS)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    measured = load_measured(options.data / "names/pairs-dev.tsv")
    lists = [
        load_words(options.data / f"names/variants-{language}.tsv", measured)
        for language in LANGUAGES
    ]
    rng = random.Random(options.seed)
    word_pairs = [
        pair for words in lists for pair in make_word_pairs(words, options.word_pairs, rng)
    ]
    each = options.name_pairs // len(lists)
    name_pairs = [pair for words in lists for pair in make_name_pairs(words, each, rng)]

    print_figures(options.data, "Before")
    present = [feature.weight for feature in score.WORD_FEATURES]
    word_weights = fit(word_pairs, score.measure_words, present, WORD_PENALTY)
    # The measures of names rest on the scores of their words.
    use_word_weights(word_weights)
    present = [feature.weight for feature in score.NAME_FEATURES]
    name_weights = fit(name_pairs, score.measure_names, present, NAME_PENALTY)
    use_name_weights(name_weights)
    print_figures(options.data, "After")

    print(f"Fitted on {len(word_pairs):,} pairs of words, {len(name_pairs):,} pairs of names:\n")
    source = SCORE.read_text(encoding="utf-8")
    source = put_weights(source, "WORD", word_weights)
    source = put_weights(source, "NAME", name_weights)
    print_weights(source)
    if options.write:
        SCORE.write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main()
