"""Measures how often each way of finding a quotation is right.

    python benchmarks/confidence.py --data ../shared [--articles 400]

Reads PolNeAR's training part and prints, for each way, how many quotations it found, the share
whose content an annotator marked too (Jaccard of letters and digits at least one half), and the
share whose source is right as well. The last is what `annotate/direct.py` pins as CONFIDENCE.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from variorum.annotate.direct import CONFIDENCE
from variorum.annotate.language import load_language
from variorum.annotate.quotations import find_quotations
from variorum.model.annotation import Quotation
from variorum.model.article import Article, Segment
from variorum.model.span import Span

Letters = frozenset[int]
Json = dict[str, Any]

LEAST_JACCARD = 0.5


def main() -> None:
    """Print a row a way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=400)
    options = parser.parse_args()
    # Each way gets a confidence of its own, by which its quotations are known again.
    ways = dict(enumerate(CONFIDENCE))
    CONFIDENCE.update({way: float(number) for number, way in ways.items()})
    n_found: Counter[str] = Counter()
    n_content: Counter[str] = Counter()
    n_both: Counter[str] = Counter()
    with gzip.open(options.data / "data/polnear/train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in islice(map(json.loads, lines), options.articles):
            for quotation, is_content, is_source in iter_judged(row):
                way = ways[int(quotation.confidence)]
                n_found[way] += 1
                n_content[way] += is_content
                n_both[way] += is_content and is_source
    print(f"{'way':16} {'found':>6} {'content':>8} {'and source':>11}")
    for way, count in n_found.most_common():
        content, both = n_content[way] / count, n_both[way] / count
        print(f"{way:16} {count:6,} {content:8.2f} {both:11.2f}")


def iter_judged(row: Json) -> Iterator[tuple[Quotation, bool, bool]]:
    """Yield each quotation found in an article, whether its content and its source are right."""
    text = row["text"]
    gold = [
        (find_letters(text, one["content"]), find_letters(text, one["source"]))
        for one in row["attributions"]
    ]
    for quotation in find_quotations(load_language().analyse(make_article(row))):
        content = find_letters(text, [_cut(run.span) for run in quotation.content])
        source = find_letters(text, [_cut(quotation.source)] if quotation.source else [])
        best = max(gold, key=lambda pair: jaccard(pair[0], content), default=(Letters(), Letters()))
        is_content = jaccard(best[0], content) >= LEAST_JACCARD
        is_source = not best[1] or jaccard(best[1], source) >= LEAST_JACCARD
        yield quotation, is_content, is_source


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
