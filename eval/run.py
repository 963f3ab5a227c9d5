"""Scores what Variorum finds, with the scoring scripts beside the data, against pinned floors.

    python eval/run.py --data ../shared [--only attribution ...] [--write]

Each set goes through the command line as a user's would; `examples` are this repository's own
stories with the gold in `eval/gold`, all others lie in the data folder. The scoring scripts lie
there too: without them nothing can be scored, the examples neither. `floors.json` holds the figures
that a change may not fall below by more than TOLERANCE; `--write` pins the present ones of the
tasks that ran. Lowering a floor needs a line under "why" there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
GOLD = HERE / "gold"
EXAMPLES = HERE.parent / "examples"
TOLERANCE = 0.3
"""Points of a hundred: what another machine's arithmetic may cost."""

NUMBER = r"-?\d+(?:\.\d+)?"
COUNTS = frozenset({"articles", "mentions", "quoted.gold", "all.gold", "days.gold"})
"""Lines that count the gold and score nothing."""


@dataclass(frozen=True, slots=True)
class Task:
    """One data set with the scripts that score it.

    Attributes:
        source: Path under the data folder; gzipped JSON lines, a table of pairs of names, or a
            folder of articles, whose gold is this repository's.
        gold: What the scripts compare with: a path under the data folder; None for the set itself.
        n_rows: How many rows are read; None for all: some sets would take half an hour.
    """

    name: str
    source: str
    scripts: tuple[str, ...]
    gold: str | None = None
    n_rows: int | None = None


TASKS = (
    # Joined to the data folder, an absolute path stays as it is.
    Task("examples", str(EXAMPLES), ("accounts",)),
    Task("attribution", "polnear/dev.jsonl.gz", ("attribution",)),
    Task("accounts", "events/dev.jsonl.gz", ("accounts", "layer2"), gold="events/gold"),
    Task("stories", "events/dev.jsonl.gz", ("stories",)),
    Task("incidents", "incidents/articles.jsonl.gz", ("stories",), n_rows=1_000),
    Task("entities", "labels/newswcl50-dev.jsonl.gz", ("entities",)),
    Task("dates-timebank", "dates/timebank.jsonl.gz", ("dates",)),
    Task("dates-wikiwars", "dates/wikiwars.jsonl.gz", ("dates",)),
    Task("names", "names/pairs-dev.tsv", ("names",)),
    Task("names-bench", "names/name_bench.csv", ("names",)),
)

OWN: Mapping[str, tuple[str, ...]] = {
    "sentences": ("sentences.py",),
    "language": ("language.py",),
    "coreference": ("coreference.py", "--part", "dev"),
}
"""What scripts of this folder score by themselves, on the openly licensed sets."""

Figures = dict[str, float]


def main() -> int:
    """Run the tasks, print the figures beside their floors; 1 if one fell below or is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--build", type=Path, default=Path("build/eval"))
    parser.add_argument("--only", nargs="*", choices=[*OWN, *(task.name for task in TASKS)])
    parser.add_argument("--write", action="store_true", help="pin the present figures as floors")
    options = parser.parse_args()
    scripts = options.data / "eval"
    if not scripts.is_dir():
        print(f"{scripts}: no scoring scripts there; say --data FOLDER", file=sys.stderr)
        return 2
    options.build.mkdir(parents=True, exist_ok=True)
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    floors: dict[str, Figures] = pinned.get("floors", {})
    fallen = 0
    steps: dict[str, Callable[[], Figures]] = {
        name: partial(run_own, command, options.data) for name, command in OWN.items()
    }
    steps |= {task.name: partial(run_task, task, options.data, options.build) for task in TASKS}
    for name, step in steps.items():
        if options.only and name not in options.only:
            continue
        start = time.perf_counter()
        figures = step()
        print(f"\n{name}  ({time.perf_counter() - start:.0f} s)", flush=True)
        fallen += print_figures(figures, floors.get(name, {}))
        if options.write:
            floors[name] = figures
    if options.write:
        pinned["floors"] = dict(sorted(floors.items()))
        FLOORS.write_text(json.dumps(pinned, indent=1) + "\n", encoding="utf-8")
        return 0
    if fallen:
        print(f"\n{fallen} below the floor or not measured", file=sys.stderr)
    return int(fallen > 0)


def run_own(command: Sequence[str], data: Path) -> Figures:
    """Return the figures of a script of this folder; what has no decimal point is a count."""
    printed = _run(HERE / command[0], "--data", data, *command[1:])
    lines = (line for line in printed.splitlines() if re.search(r"\d\.\d", line))
    return dict(parse_figures("\n".join(lines)))


def run_task(task: Task, data: Path, build: Path) -> Figures:
    """Return the figures of one task."""
    source = data / "data" / task.source
    if source.suffix in {".tsv", ".csv"}:
        return _run_names(source, data / "eval/names.py", build / task.name)
    if source.is_dir():
        return _run_folder(task, source, data / "eval", build / task.name)
    rows = build / f"{task.name}.jsonl"
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        kept = [line for number, line in enumerate(lines) if number < (task.n_rows or 10**9)]
    rows.write_text("".join(kept), encoding="utf-8")
    edition = build / f"{task.name}.edition.json"
    _run("-m", "variorum", "read", rows, "--json", edition)
    gold = data / "data" / task.gold if task.gold else rows
    return _score(task, data / "eval", gold, edition)


def _run_folder(task: Task, source: Path, scripts: Path, build: Path) -> Figures:
    _run(GOLD / "build.py", "--check")
    gold = build.with_suffix(".gold")
    shutil.rmtree(gold, ignore_errors=True)
    # The scripts take every JSON file of a folder for gold, and would the sources too.
    shutil.copytree(GOLD, gold, ignore=shutil.ignore_patterns("*.py", "*.src.json", "__*"))
    edition = build.with_suffix(".edition.json")
    _run("-m", "variorum", "read", source, "--json", edition)
    made = json.loads(edition.read_text(encoding="utf-8"))
    for article in made["articles"]:
        article["input_id"] = name_article(article["path"], article["input_id"])
    edition.write_text(json.dumps(made), encoding="utf-8")
    return _score(task, scripts, gold, edition)


def name_article(path: str, input_id: str | None) -> str:
    """Return the name that the examples' gold gives an article: ``"siege/rows.jsonl#nine-0604"``.

    The scoring scripts look articles up by what the edition calls ``input_id``. Only a table's row
    has one, and two tables may use the same.
    """
    return path if input_id is None else f"{path}#{input_id}"


def _score(task: Task, scripts: Path, gold: Path, edition: Path) -> Figures:
    figures: Figures = {}
    for script in task.scripts:
        figures |= dict(parse_figures(_run(scripts / f"{script}.py", gold, edition)))
    return figures


def _run_names(source: Path, script: Path, build: Path) -> Figures:
    pairs = source
    if source.suffix == ".csv":
        pairs = build.with_suffix(".tsv")
        _run(script, "--convert", source, pairs)
    scores = build.with_suffix(".scores.tsv")
    scores.write_text(_run("-m", "variorum", "names", "--pairs", pairs), encoding="utf-8")
    lines = _run(script, pairs, scores).splitlines()
    found = (re.match(rf"(\w+): .* best ({NUMBER}) at", line) for line in lines)
    return {f"{match[1]}.best_f1": float(match[2]) for match in found if match}


def _run(*command: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, command)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stderr[-2_000:], file=sys.stderr)
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return done.stdout


def parse_figures(printed: str) -> Iterator[tuple[str, float]]:
    """Yield name and value of what a scoring script printed: ``bcubed.p/r/f1 98.1 89.2 93.4``."""
    for line in printed.splitlines():
        name, _, rest = line.partition(" ")
        if name in COUNTS:
            continue
        # layer2.py prints a second figure at the end of the labels' line.
        for extra in re.finditer(rf"([a-z]+\.[a-z]+) ({NUMBER})", rest):
            yield extra[1], float(extra[2])
        values = [float(value) for value in re.findall(rf"^{NUMBER}|(?<= ){NUMBER}", rest)]
        stem, _, parts = name.rpartition(".")
        if "/" in parts:
            yield from zip((f"{stem}.{part}" for part in parts.split("/")), values, strict=False)
        elif values:
            yield name, values[0]


def print_figures(figures: Figures, floors: Figures) -> int:
    """Print each figure beside its floor; return how many fell below, or have a floor alone."""
    fallen = 0
    for name, value in figures.items():
        floor = floors.get(name)
        is_below = floor is not None and value < floor - TOLERANCE
        fallen += is_below
        note = "" if floor is None else f"floor {floor:5.1f}{'  BELOW' if is_below else ''}"
        print(f"  {name:28} {value:5.1f}  {note}".rstrip())
    unmeasured = [name for name in floors if name not in figures]
    for name in unmeasured:
        print(f"  {name:28}     -  floor {floors[name]:5.1f}  NOT MEASURED")
    return fallen + len(unmeasured)


if __name__ == "__main__":
    sys.exit(main())
