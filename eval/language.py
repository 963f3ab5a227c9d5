"""Scores the shipped pipeline on texts it was not trained on: tags, trees, names.

    python eval/language.py [--data ../shared] [--model NAME]

From raw text, with the product's own words and sentences: a word that is cut otherwise than in the
gold counts as wrong. Under "given" with the gold's words and sentences, as parsers are mostly
compared. Tags: accuracy of Penn Treebank tags. UAS, LAS: share of all the gold's words,
punctuation included, with the right head, and relation (without subtypes). Names: exact spans of
persons, organisations and places. PUD is Universal NER's (Mayhew et al. 2024), GUM the test part of
its open genres (Zeldes 2017). EWT's test part is left out: its sentences, not their trees, are
among those that names are learned from.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "training"))

import corpora  # noqa: E402
from spacy.tokens import Doc, Span  # noqa: E402

from variorum.annotate.language import Language, load_language  # noqa: E402
from variorum.annotate.tokens import Tokens, mark_sentences  # noqa: E402

NAMES = {"PERSON": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}
NEWS = ("GUM_news", "GUM_interview")


def main() -> None:
    """Print the figures, a name and numbers a line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--model", help="an installed spaCy pipeline instead of the shipped one")
    options = parser.parse_args()
    language = load_language(options.model)
    data = options.data / "data"
    pud = data / "ner/uner-pud-test.iob2.gz"
    print_names("pud", language, iter_pud(language, pud))
    print_trees("gum-open", language, data / "treebanks/gum-open-test.conllu.gz")


def iter_pud(language: Language, path: Path) -> Iterator[Doc]:
    """Yield PUD's sentences as they were printed, with their names."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        told = (line.partition("=") for line in lines if line.startswith("# text ="))
        texts = [text.strip() for _, _, text in told]
    docs = corpora.iter_columns(language.vocab, path, word=1, tag=2, sep="\t")
    for text, doc in zip(texts, docs, strict=True):
        yield _respace(doc, text)


def _respace(doc: Doc, text: str) -> Doc:
    """Return ``doc`` with the spaces of ``text``."""
    spaces, at = [], 0
    for token in doc:
        at = text.index(token.text, at) + len(token.text)
        spaces.append(text[at : at + 1] == " ")
    spaced = Doc(doc.vocab, words=[token.text for token in doc], spaces=spaces)
    spaced.set_ents([Span(spaced, name.start, name.end, name.label_) for name in doc.ents])
    return spaced


def print_names(title: str, language: Language, docs: Iterable[Doc]) -> None:
    """Print precision, recall and F1 of the names, of all kinds together and of each."""
    gold: set[tuple[int, int, int, str]] = set()
    found: set[tuple[int, int, int, str]] = set()
    for number, doc in enumerate(docs):
        gold |= {(number, name.start_char, name.end_char, name.label_) for name in doc.ents}
        mine = language.read(doc.text).ents
        found |= {
            (number, name.start_char, name.end_char, NAMES[name.label_])
            for name in mine
            if name.label_ in NAMES
        }
    for kind in ("", *sorted(set(NAMES.values()))):
        wanted = {name for name in gold if not kind or name[3] == kind}
        got = {name for name in found if not kind or name[3] == kind}
        both = len(wanted & got)
        p, r = 100 * both / max(1, len(got)), 100 * both / max(1, len(wanted))
        f1 = 200 * both / max(1, len(wanted) + len(got))
        print(f"{title}.{kind.lower() or 'names'}.p/r/f1 {p:.1f} {r:.1f} {f1:.1f}")


@dataclass(frozen=True, slots=True)
class GoldWord:
    """A word of a treebank in its paragraph's text; ``head`` is where its head stands."""

    span: tuple[int, int]
    tag: str
    head: tuple[int, int]
    dep: str


def print_trees(title: str, language: Language, path: Path) -> None:
    """Print tags, UAS and LAS; of GUM also those of news and interviews alone."""
    counts: Counter[tuple[str, str]] = Counter()
    for genre, sentences in iter_paragraphs(path):
        text, words = lay_out(sentences)
        given = cut_as_given(language, sentences)
        groups = [title, f"{title}.news"] if genre.startswith(NEWS) else [title]
        for line, suffix in ((text, ""), (given, ".given")):
            found = compare(language.read(line), words)
            for group in groups:
                counts.update({(f"{group}{suffix}", key): n for key, n in found.items()})
    for group in sorted({group for group, _ in counts}):
        shares = (counts[group, key] / counts[group, "words"] for key in ("tags", "uas", "las"))
        print(f"{group}.tags/uas/las " + " ".join(f"{100 * share:.1f}" for share in shares))


def compare(doc: Doc, words: Iterable[GoldWord]) -> Counter[str]:
    """Return how many words there are, and how many have the right tag, head, and relation."""
    counts: Counter[str] = Counter()
    mine = {(token.idx, token.idx + len(token)): token for token in doc}
    for word in words:
        token = mine.get(word.span)
        counts["words"] += 1
        if token is None:
            continue
        is_head = (token.head.idx, token.head.idx + len(token.head)) == word.head
        counts["tags"] += token.tag_ == word.tag
        counts["uas"] += is_head
        counts["las"] += is_head and token.dep_ == word.dep
    return counts


def cut_as_given(language: Language, sentences: Iterable[corpora.TreebankSentence]) -> Tokens:
    """Return a paragraph in the gold's words and sentences."""
    words: list[str] = []
    spaces: list[bool] = []
    firsts: list[int] = []
    for sentence in sentences:
        firsts.append(len(words))
        words += sentence.words
        spaces += [*sentence.spaces[:-1], True]
    doc = Doc(language.vocab, words=words, spaces=spaces)
    return mark_sentences(doc, [doc[first].idx for first in firsts])


def iter_paragraphs(path: Path) -> Iterator[tuple[str, list[corpora.TreebankSentence]]]:
    """Yield a treebank's paragraphs, each with its document's name."""
    paragraph: list[corpora.TreebankSentence] = []
    for sentence in corpora.iter_treebank(path):
        if paragraph and sentence.is_first:
            yield paragraph[0].document, paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph[0].document, paragraph


def lay_out(sentences: Iterable[corpora.TreebankSentence]) -> tuple[str, list[GoldWord]]:
    """Return a paragraph's text, and where its words stand there."""
    text = ""
    words: list[GoldWord] = []
    for sentence in sentences:
        spans = []
        for word, has_space in zip(sentence.words, [*sentence.spaces[:-1], True], strict=True):
            spans.append((len(text), len(text) + len(word)))
            text += word + " " * has_space
        words += (
            GoldWord(span, tag, spans[head], dep)
            for span, tag, head, dep in zip(
                spans, sentence.tags, sentence.heads, sentence.deps, strict=True
            )
        )
    return text.rstrip(), words


if __name__ == "__main__":
    main()
