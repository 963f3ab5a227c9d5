"""Measures speed, memory and what each stage costs.

    python benchmarks/run.py --data ../shared [--sizes 209 5000] [--workers 1 2]

Reads the development events, and the same repeated with distinct ids and outlets, through the
command line; peak memory is that of the largest process (`wait4`), in MB. The cost by stage
is of one process, by the clock, on the first size.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

REPEATS = 3
"""Runs of the first size of which the median is printed; larger sizes run once."""


def main() -> None:
    """Print a table of runs and one of stages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--build", type=Path, default=Path("build/bench"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[209, 5_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    source = options.data / "data/events/dev.jsonl.gz"
    options.build.mkdir(parents=True, exist_ok=True)
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
          f"Python {platform.python_version()}")  # fmt: skip
    print(f"{'articles':>9} {'workers':>8} {'seconds':>8} {'articles/s':>11} {'peak MB':>8}")
    for size in options.sizes:
        rows = options.build / f"events-{size}.jsonl"
        write_rows(source, rows, size)
        for workers in options.workers:
            runs = [_time_read(rows, workers) for _ in range(REPEATS if size < 1_000 else 1)]
            seconds = statistics.median(run[0] for run in runs)
            peak = statistics.median(run[1] for run in runs)
            print(f"{size:9,} {workers:8} {seconds:8.1f} {size / seconds:11.1f} {peak:8.0f}",
                  flush=True)  # fmt: skip
    print("\nwhat each stage costs, one process")
    costs = time_stages(options.build / f"events-{options.sizes[0]}.jsonl")
    total = sum(costs.values())
    for stage, seconds in costs.items():
        print(f"  {stage:12} {seconds:7.2f} s  {seconds / total:5.1%}")


def write_rows(source: Path, target: Path, size: int) -> None:
    """Write ``size`` articles: those of ``source``, repeated with distinct ids and outlets.

    Each repeated text is a copy of the first, so that every story grows with the size: harder
    for grouping and comparing than an archive of as many articles.
    """
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    with target.open("w", encoding="utf-8") as out:
        for number in range(size):
            turn, place = divmod(number, len(articles))
            article = dict(articles[place])
            if turn:
                article["id"] = f"{article['id']}-{turn}"
                article["outlet"] = f"{article.get('outlet') or 'Outlet'} {turn}"
                article["url"] = None
            out.write(json.dumps(article) + "\n")


def _time_read(rows: Path, workers: int) -> tuple[float, float]:
    """Return seconds and peak memory in MB of one run, of the largest of its processes."""
    command = [sys.executable, "-m", "variorum", "read", str(rows), "--workers", str(workers)]
    # One thread a process: else a library for matrices takes the core that another is said to have.
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=alone
    )
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def time_stages(rows: Path) -> dict[str, float]:
    """Return the seconds that each stage takes on the articles of ``rows``."""
    from variorum.annotate.annotators import annotate_article
    from variorum.annotate.language import load_language
    from variorum.clean import clean_page
    from variorum.ingest import IngestOptions, iter_pages
    from variorum.languages.encoder import StaticEncoder
    from variorum.languages.weights import FrozenWeights
    from variorum.model.article import Failure
    from variorum.pipeline import make_edition
    from variorum.present.export import encode_json, make_edition_json

    costs: Counter[str] = Counter()
    clock = _Clock(costs)
    pages = [p for p in iter_pages([str(rows)], IngestOptions()) if not isinstance(p, Failure)]
    clock.book("ingest")
    articles = [clean_page(page) for page in pages]
    clock.book("clean")
    language = load_language(None)
    clock.book("load models")
    notes = [annotate_article(article, language) for article in articles]
    clock.book("annotate")
    encoder, weights = StaticEncoder(), FrozenWeights()
    encoder.encode(["warm"])
    clock.book("load models")
    steps = _Steps(clock)
    edition = make_edition(
        articles, notes, (), encoder=encoder, weights=weights, report=steps.begin
    )
    steps.begin("")
    encode_json(make_edition_json(edition))
    clock.book("present")
    return dict(costs)


class _Clock:
    """Books the time since it was last asked."""

    def __init__(self, costs: Counter[str]) -> None:
        self._costs = costs
        self._last = time.perf_counter()

    def book(self, stage: str) -> None:
        now = time.perf_counter()
        self._costs[stage] += now - self._last  # type: ignore[assignment]
        self._last = now


class _Steps:
    """Books the steps that the pipeline reports as it begins them."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock
        self._step = ""

    def begin(self, step: str) -> None:
        if self._step:
            self._clock.book(self._step)
        self._step = step


if __name__ == "__main__":
    main()
