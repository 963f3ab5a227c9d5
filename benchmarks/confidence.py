"""Fits the confidence of quotations, and shows how far it can be trusted.

    python benchmarks/confidence.py --data ../shared [--articles 400]

Fits ``annotate/confidence.py`` on PolNeAR's training part and prints its constants; then, for
PolNeAR's development part, how many quotations have a confidence in each tenth and how many of
these are right. One is right if an annotator marked its content too (Jaccard of letters and digits
at least one half) and, where there is a source, that source. What a quoted person reports is left
out: PolNeAR's annotators hardly mark it. It is rated as a clause.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from variorum.annotate.confidence import BIASES, find_logit
from variorum.annotate.direct import Draft
from variorum.annotate.language import load_language
from variorum.annotate.quotations import iter_drafted
from variorum.model.annotation import Quotation
from variorum.model.article import Article, Segment
from variorum.model.span import Span

Letters = frozenset[int]
Json = dict[str, Any]
Rows = list[tuple[list[float], bool, float]]

LEAST_JACCARD = 0.5
PENALTY = 0.001
WAYS = tuple(BIASES)


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=400)
    options = parser.parse_args()
    weights = fit(read(options.data / "data/polnear/train.jsonl.gz", options.articles))
    fitted = {way: round(float(w), 2) for way, w in zip(WAYS, weights, strict=False)}
    print("BIASES", fitted | {"nested": fitted["clause"]})
    print("PROBABILITY_WEIGHT, CERTAINTY_WEIGHT", weights[-2:].round(2).tolist())
    rows = read(options.data / "data/polnear/dev.jsonl.gz", None)
    print(f"{'confidence':>12} {'quotations':>10} {'right':>6}")
    for low in range(10):
        inside = [right for _, right, rated in rows if low <= 10 * rated < low + 1 + (low == 9)]
        if inside:
            print(f"{low / 10:6.1f}-{(low + 1) / 10:.1f} {len(inside):11,} {np.mean(inside):6.2f}")


def read(path: Path, n_articles: int | None) -> Rows:
    """Return features of every quotation found, whether it is right, and its confidence now."""
    rows: Rows = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in islice(map(json.loads, lines), n_articles):
            for draft, quotation, is_right in iter_judged(row):
                if draft.is_nested:
                    continue
                sure = draft.sureness
                numbers = [0.0, 0.0] if sure is None else [find_logit(one) for one in sure]
                features = [float(draft.way == way) for way in WAYS] + numbers
                rows.append((features, is_right, quotation.confidence))
    return rows


def fit(rows: Rows) -> np.ndarray:
    """Return the weights of a logistic regression with a small penalty on their squares."""
    x = np.array([features for features, _, _ in rows])
    y = np.array([right for _, right, _ in rows], float)

    def lose(weights: np.ndarray) -> tuple[float, np.ndarray]:
        chances = 1 / (1 + np.exp(-x @ weights))
        loss = -np.mean(y * np.log(chances + 1e-12) + (1 - y) * np.log(1 - chances + 1e-12))
        slope = x.T @ (chances - y) / len(y)
        return loss + PENALTY * weights @ weights / 2, slope + PENALTY * weights

    return np.asarray(minimize(lose, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x)


def iter_judged(row: Json) -> Iterator[tuple[Draft, Quotation, bool]]:
    """Yield each quotation found in an article, how, and whether it is right."""
    text = row["text"]
    gold = [
        (find_letters(text, one["content"]), find_letters(text, one["source"]))
        for one in row["attributions"]
    ]
    for draft, quotation in iter_drafted(load_language().analyse(make_article(row))):
        content = find_letters(text, [_cut(run.span) for run in quotation.content])
        source = find_letters(text, [_cut(quotation.source)] if quotation.source else [])
        best = max(gold, key=lambda pair: jaccard(pair[0], content), default=(Letters(), Letters()))
        is_content = jaccard(best[0], content) >= LEAST_JACCARD
        is_source = not best[1] or jaccard(best[1], source) >= LEAST_JACCARD
        yield draft, quotation, is_content and is_source


def make_article(row: Json) -> Article:
    """Return an article whose every line is body text."""
    text, at, segments = row["text"], 0, []
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            span = Span(start, at + len(line.rstrip()))
            segments.append(Segment(span=span, kind="body", reason="all of it is"))
        at += len(line)
    return Article(id=row["id"], outlet="PolNeAR", version="", text=text, segments=tuple(segments))


def find_letters(text: str, cuts: Iterable[Sequence[int]]) -> Letters:
    """Return the places of the letters and digits in passages."""
    return frozenset(at for start, end in cuts for at in range(start, end) if text[at].isalnum())


def jaccard(left: Letters, right: Letters) -> float:
    """Return common over all places, 0.0 to 1.0."""
    return len(left & right) / len(left | right) if left and right else 0.0


def _cut(span: Span) -> tuple[int, int]:
    return span.start, span.end


if __name__ == "__main__":
    main()
