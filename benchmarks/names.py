"""Measures names: pairs scored a second, and how long it takes to know a million mentions apart.

    python benchmarks/names.py --data ../shared [--copies 1 4 16 99]

Pairs are those of pairs-dev, each name new, and then known. Mentions are those of the development
events, and as many copies of them in stories of their own, each with seven in ten words of its
names turned into others of the same shape. Timed are pairing, scoring and joining on one core.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from variorum.api import make_store_edition, open_store, read_inputs
from variorum.languages.names import parse_organisation, parse_person
from variorum.resolve import iter_scores
from variorum.resolve.cluster import join
from variorum.resolve.entities import iter_edges
from variorum.resolve.judge import Judged
from variorum.resolve.participants import Participant, make_participants

CONSONANTS, VOWELS = "bcdfghjklmnpqrstvwxz", "aeiou"
ALTERED = 0.7


def main() -> None:
    """Print pairs a second, then a line for each number of copies."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 4, 16, 99])
    options = parser.parse_args()
    pairs = load_pairs(options.data / "data/names/pairs-dev.tsv")
    list(iter_scores([("Ann Lane", "Anna Lane")]))
    for what in ("new", "known"):
        start = time.perf_counter()
        list(iter_scores(pairs))
        seconds = time.perf_counter() - start
        print(f"{len(pairs):,} pairs of {what} names: {len(pairs) / seconds:,.0f} a second")
    participants = load_participants(options.data / "data/events/dev.jsonl.gz")
    print(f"{os.cpu_count()} cores; mentions, participants, seconds, megabytes at the peak:")
    for n_copies in options.copies:
        measure(participants, n_copies)


def measure(participants: Sequence[Participant], n_copies: int) -> None:
    """Print how long joining so many copies takes."""
    everyone = [
        participant for copy in range(n_copies) for participant in iter_copy(participants, copy)
    ]
    everyone.sort(key=lambda participant: participant.key)
    n_mentions = sum(participant.n_mentions for participant in everyone)
    start = time.perf_counter()
    join(everyone, iter_edges(everyone), Judged(everyone, ()))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{n_mentions:,} {len(everyone):,} {seconds:.1f} {peak:,}", flush=True)


def load_pairs(path: Path) -> list[tuple[str, str]]:
    """Return the labelled pairs of names."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["left"], row["right"]) for row in rows]


def load_participants(path: Path) -> tuple[Participant, ...]:
    """Return whom the articles of a table name, with the stories that they are told of in."""
    with tempfile.TemporaryDirectory() as folder, open_store(None) as store:
        table = Path(folder, "events.jsonl")
        table.write_bytes(gzip.decompress(path.read_bytes()))
        read_inputs([str(table)], store)
        edition = make_store_edition(store)
    stories = [account.story for account in edition.accounts]
    return make_participants(edition.articles, edition.annotations, stories)


def iter_copy(participants: Sequence[Participant], copy: int) -> Iterator[Participant]:
    """Yield the participants under other names, in stories of their own; copy 0 as they are."""
    rng = random.Random(copy)
    for one in participants:
        if copy == 0:
            yield one
            continue
        parse = parse_person if one.kind == "person" else parse_organisation
        yield replace(
            one,
            key=(f"{one.key[0]}-{copy}", one.key[1]),
            names=tuple(parse(alter_name(name.text, copy, rng)) for name in one.names),
            stories=frozenset(f"{story}-{copy}" for story in one.stories),
            storylines=frozenset(f"{line}-{copy}" for line in one.storylines),
        )


def alter_name(name: str, copy: int, rng: random.Random) -> str:
    """Return a name with most of its words turned into others of the same shape."""
    return " ".join(
        alter_word(word, copy) if rng.random() < ALTERED else word for word in name.split()
    )


def alter_word(word: str, copy: int) -> str:
    """Return a word with each letter moved on among its like."""
    moved = []
    for letter in word:
        row = next((row for row in (CONSONANTS, VOWELS) if letter.lower() in row), None)
        if row is not None:
            other = row[(row.index(letter.lower()) + copy) % len(row)]
            moved.append(other.upper() if letter.isupper() else other)
        else:
            moved.append(letter)
    return "".join(moved)


if __name__ == "__main__":
    main()
