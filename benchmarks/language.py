"""Measures the language pipeline: words a second, time to load, peak memory.

    python benchmarks/language.py --data ../shared [--repeats 3]

Reads PolNeAR's development articles on one core: with the default path (trees where a paragraph
needs them), with trees everywhere, and, in the same run, with the architecture of spaCy's small
English pipeline (tok2vec, tagger, parser, attribute ruler, and a tok2vec of its own for names; no
lemmas), hardly trained: its speed does not hang on its weights.
Words are runs of characters that are no white space, boilerplate left out.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    """Print a line for each way of reading."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    # Before numpy is there: its library asks once.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    start = time.perf_counter()
    from variorum.annotate.language import load_language

    language = load_language()
    language.read("Loaded once and for all.")
    loaded = time.perf_counter() - start
    print(f"loads in {loaded:.2f} s")
    articles = load_articles(options.data / "data/polnear/dev.jsonl.gz")
    n_words = sum(
        len(segment.span.of(article.text).split())
        for article in articles
        for segment in article.segments
        if segment.kind != "boilerplate"
    )
    print(f"{len(articles)} articles, {n_words:,} words, {os.cpu_count()} cores")

    def read_default() -> None:
        for article in articles:
            language.analyse(article)

    def read_all() -> None:
        for article in articles:
            for line in article.text.splitlines():
                if line.strip():
                    language.read(line.strip())

    runs = {"default path": read_default, "trees everywhere, line by line": read_all}
    for name, run in runs.items():
        print_speed(name, run, n_words, options.repeats)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    nlp = make_spacy()
    texts = [article.text for article in articles]

    def read_spacy() -> None:
        for _ in nlp.pipe(texts):
            pass

    print_speed("spaCy's small architecture", read_spacy, n_words, options.repeats)


def load_articles(path: Path) -> list[Any]:
    """Return the articles of a set, cleaned as the product does."""
    from variorum.clean import clean_page
    from variorum.ingest import IngestOptions, iter_pages
    from variorum.model.article import Failure

    rows = Path("build/bench/polnear.jsonl")
    rows.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows.write_text("".join(lines), encoding="utf-8")
    pages = iter_pages([str(rows)], IngestOptions())
    return [clean_page(page) for page in pages if not isinstance(page, Failure)]


def print_speed(name: str, run: Callable[[], None], n_words: int, repeats: int) -> None:
    """Print the median of several runs in words a second."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    print(f"{name}: {n_words / statistics.median(seconds):,.0f} words/s", flush=True)


def make_spacy() -> Any:
    """Return spaCy's small English pipeline, untrained."""
    import spacy
    from spacy.training import Example

    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
        "rows": [5000, 1000, 2500, 2500, 50, 50], "include_static_vectors": False,
    }  # fmt: skip
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3,
    }  # fmt: skip
    tok2vec = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    transitions = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True,
    }  # fmt: skip
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}
    parser = transitions | {"state_type": "parser", "tok2vec": listener}
    ner = transitions | {"state_type": "ner", "tok2vec": tok2vec}
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": tok2vec})
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": parser})
    nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("ner", config={"model": ner})
    words = ["Lane", "told", "police", "in", "Karsa", "."]
    gold = {
        "words": words, "tags": ["NNP", "VBD", "NNS", "IN", "NNP", "."],
        "heads": [1, 1, 1, 4, 1, 1], "deps": ["nsubj", "ROOT", "obj", "case", "obl", "punct"],
        "entities": ["U-PERSON", "O", "O", "O", "U-LOC", "O"],
    }  # fmt: skip
    example = Example.from_dict(nlp.make_doc(" ".join(words)), gold)
    nlp.initialize(lambda: [example])
    return nlp


if __name__ == "__main__":
    main()
