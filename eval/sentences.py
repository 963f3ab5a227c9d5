"""Scores where sentences begin, on paragraphs of openly licensed treebanks.

    python eval/sentences.py --data ../shared [--part dev] [--errors 40]

A paragraph is put together again from its sentences, as the treebank says that it was spaced, and
`iter_starts` is asked where they begin. The first sentence of a paragraph begins where everybody
knows, and is not counted. News is told apart from the rest: it is what Variorum reads. The part
`test` is for the last word, not for finding rules.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from variorum.annotate.sentences import iter_starts

TREEBANKS = ("ewt", "gum-open")
CONTEXT_CHARS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as it was printed.

    Attributes:
        genre: ``"gum-open/news"``.
        starts: Where its sentences begin, but for the first.
    """

    genre: str
    text: str
    starts: frozenset[int]


@dataclass(slots=True)
class Tally:
    """Starts that are right, that were not found, and that are none."""

    n_right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, paragraph: Paragraph) -> None:
        """Compare the starts found in a paragraph with the treebank's."""
        found = frozenset(iter_starts(paragraph.text)) - {0}
        self.n_right += len(found & paragraph.starts)
        self.missed += [_show(paragraph, at) for at in sorted(paragraph.starts - found)]
        self.wrong += [_show(paragraph, at) for at in sorted(found - paragraph.starts)]

    def join(self, other: Tally) -> None:
        """Add what another one counted."""
        self.n_right += other.n_right
        self.missed += other.missed
        self.wrong += other.wrong

    def __str__(self) -> str:
        precision = self.n_right / max(1, self.n_right + len(self.wrong))
        recall = self.n_right / max(1, self.n_right + len(self.missed))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        shares = " ".join(f"{100 * share:5.1f}" for share in (precision, recall, f1))
        return f"{shares}   of {self.n_right + len(self.missed):,}"


def main() -> int:
    """Print precision, recall and F1 of each genre, and the errors that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--part", choices=("train", "dev", "test"), default="dev")
    parser.add_argument("--genre", default="", help="of these alone are the errors printed")
    parser.add_argument("--errors", type=int, default=0, help="how many of each kind to print")
    options = parser.parse_args()
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for treebank in TREEBANKS:
        path = options.data / f"data/treebanks/{treebank}-{options.part}.conllu.gz"
        if not path.is_file():
            print(f"{path}: not there; say --data FOLDER", file=sys.stderr)
            return 2
        for paragraph in iter_paragraphs(path, treebank):
            tallies[paragraph.genre].add(paragraph)
    print_tallies(tallies)
    for genre, tally in sorted(tallies.items()):
        for kind, errors in (("missed", tally.missed), ("wrong", tally.wrong)):
            for error in errors[: options.errors] if options.genre in genre else ():
                print(f"{genre} {kind:6} {error}")
    return 0


def print_tallies(tallies: dict[str, Tally]) -> None:
    """Print each genre's figures, and those of all together."""
    everything = Tally()
    for genre, tally in sorted(tallies.items()):
        print(f"{f'{genre}.p/r/f1':28} {tally}")
        everything.join(tally)
    print(f"{'all.p/r/f1':28} {everything}")


def iter_paragraphs(path: Path, treebank: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a CoNLL-U file."""
    genre, sentences = "", []
    for document, is_first, sentence in _iter_sentences(path):
        if is_first and sentences:
            yield _make_paragraph(genre, sentences)
            sentences = []
        genre = f"{treebank}/{_find_genre(document)}"
        sentences.append(sentence)
    if sentences:
        yield _make_paragraph(genre, sentences)


def _make_paragraph(genre: str, sentences: list[str]) -> Paragraph:
    text, starts = "", set()
    for sentence in sentences:
        starts.add(len(text))
        text += sentence
    return Paragraph(genre=genre, text=text.rstrip(), starts=frozenset(starts - {0}))


def _iter_sentences(path: Path) -> Iterator[tuple[str, bool, str]]:
    """Yield document, whether a paragraph begins, and the sentence with the space after it."""
    document, is_first, words, until = "", True, [], 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("# newdoc"):
                document, is_first = line.partition("=")[2].strip(), True
            elif line.startswith("# newpar"):
                is_first = True
            elif line[0].isdigit():
                number, form, *_, misc = line.rstrip("\n").split("\t")
                first, _, last = number.partition("-")
                # "1-2 don't" is what was printed of "1 do" and "2 n't"; "8.1" was not printed.
                if "." not in number and (last or int(first) > until):
                    until = int(last or first)
                    words.append(form if "SpaceAfter=No" in misc else f"{form} ")
            elif not line.strip() and words:
                yield document, is_first, "".join(words)
                is_first, words, until = False, [], 0


def _find_genre(document: str) -> str:
    """Return ``news`` of ``GUM_news_asylum``, ``weblog`` of ``weblog-blogspot.com_...``."""
    return document.removeprefix("GUM_").replace("-", "_").partition("_")[0]


def _show(paragraph: Paragraph, at: int) -> str:
    before = paragraph.text[max(0, at - CONTEXT_CHARS) : at]
    return f"{before}|{paragraph.text[at : at + CONTEXT_CHARS]}"


if __name__ == "__main__":
    sys.exit(main())
