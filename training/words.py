"""Counts in how many documents a word stands, for the table of word weights that ships.

    python training/words.py [--data ../shared/data] [--out FILE]

The weight is the inverse document frequency (Spärck Jones 1972), ``ln(documents / documents with
the word)``, over the train and development parts of the openly licensed texts. The table is frozen,
so that how alike two articles are never depends on which others were read. A few seconds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

OUT = Path(__file__).parent.parent / "src/variorum/languages/en/word_weights.tsv"
MIN_DOCUMENTS = 3
"""Below it the count is chance; words not in the table weigh as much as the rarest in it."""

WORD_PATTERN = re.compile(r"[^\W\d_][\w'’-]*")
"""As group/features.py cuts words; a possessive ending is no part of one."""

TREEBANKS = ("ewt-train", "ewt-dev", "gum-open-train", "gum-open-dev")


def iter_words(text: str) -> Iterator[str]:
    """Yield the words of ``text`` in lower case."""
    for match in WORD_PATTERN.finditer(text):
        yield match[0].lower().removesuffix("'s").removesuffix("’s")


def iter_treebank_texts(path: Path) -> Iterator[str]:
    """Yield the text of each document of a CoNLL-U file."""
    sentences: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("# newdoc") and sentences:
                yield " ".join(sentences)
                sentences = []
            elif line.startswith("# text = "):
                sentences.append(line.removeprefix("# text = ").strip())
    if sentences:
        yield " ".join(sentences)


def iter_column_texts(path: Path) -> Iterator[str]:
    """Yield the words of each document of a CoNLL file with ``-DOCSTART-`` lines."""
    words: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            word = line.split(" ", 1)[0].strip()
            if word == "-DOCSTART-" and words:
                yield " ".join(words)
                words = []
            elif word and word != "-DOCSTART-":
                words.append(word)
    if words:
        yield " ".join(words)


def iter_json_texts(path: Path) -> Iterator[str]:
    """Yield the ``text`` of each line of a JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]


def iter_texts(data: Path) -> Iterator[str]:
    """Yield every document that is counted."""
    treebanks = (iter_treebank_texts(data / f"treebanks/{name}.conllu.gz") for name in TREEBANKS)
    yield from chain.from_iterable(treebanks)
    yield from iter_column_texts(data / "ner/wikigold.conll.gz")
    yield from iter_json_texts(data / "ner/re3d-open.jsonl.gz")


def make_table(texts: Iterable[str]) -> str:
    """Return the table as text: a word, a tab, its weight; the commonest first."""
    n_texts, counts = 0, Counter[str]()
    for text in texts:
        n_texts += 1
        counts.update(set(iter_words(text)))
    kept = [(word, n) for word, n in counts.items() if n >= MIN_DOCUMENTS]
    kept.sort(key=lambda pair: (-pair[1], pair[0]))
    head = (
        f"# Weights of English words: ln(documents / documents with the word); {n_texts} texts;",
        f"# words in {MIN_DOCUMENTS} and more of them. Made by training/words.py from",
        "# UD English-EWT (CC BY-SA 4.0), GUM's open genres (CC BY 4.0; texts CC BY, CC BY-SA,",
        "# public domain), wikigold (CC BY 4.0) and re3d's open sources (public domain, OGL v3.0,",
        "# CC BY, CC BY-SA). Licence of the table: CC BY-SA 4.0.",
    )
    rows = (f"{word}\t{math.log(n_texts / n):.3f}" for word, n in kept)
    return "\n".join([*head, *rows, ""])


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    options.out.write_text(make_table(iter_texts(options.data)), encoding="utf-8")
    print(f"{options.out}: {options.out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
