"""Reads the openly licensed training sets into spaCy's documents, names in one scheme.

The sets (../shared/data/README.md says where each comes from and under which licence):

- UD English-EWT and the open genres of GUM: CoNLL-U (https://universaldependencies.org);
  GUM's ``Entity=`` brackets as described in https://gucorpling.org/gum/
- wikigold (Balasuriya et al. 2009), WNUT17 (Derczynski et al. 2017): CoNLL columns
- Universal NER's English-EWT and PUD (Mayhew et al. 2024): CoNLL-like with offsets in column one
- re3d (Dstl, 2017): JSON with offsets

Names: PERSON, ORG, LOC, WORK, and OTHER for what a set marks without saying which of the further
kinds it is (wikigold's MISC, WNUT17's products); ``samples.py`` says which kinds each set marks.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

SCHEME = {
    "PER": "PERSON", "PERSON": "PERSON", "person": "PERSON", "Person": "PERSON",
    "ORG": "ORG", "organization": "ORG", "corporation": "ORG", "group": "ORG",
    "Organisation": "ORG",
    "LOC": "LOC", "location": "LOC", "place": "LOC", "Location": "LOC",
    "creative-work": "WORK", "MISC": "OTHER", "product": "OTHER",
}  # fmt: skip

TITLE_WORDS = """
admiral ambassador baron brigadier captain chancellor col colonel congressman congresswoman dame dr
emperor foreign former gen general gov governor hon judge king lady lieutenant lord lt major marshal
mayor minister miss mr mrs ms officer pope president prime prince princess prof professor queen rep
rev secretary sen senator sergeant sgt sheikh sir spokesman spokeswoman sultan vice
"""
TITLES = frozenset(TITLE_WORDS.split())
"""No part of a person's name; a title alone is none."""

INSIDE_NAMES = frozenset(["of", "for", "the", "and", "de", "la", "von", "van", "bin", "al"])
PRONOUNS = frozenset(["i", "we", "he", "she", "they", "you", "it", "who"])
MAX_NAME_TOKENS = 8

BRACKET = re.compile(r"\(([^()]+)|([^()]*)\)")
ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")

Cell = tuple[str, str]


@dataclass(frozen=True)
class TreebankSentence:
    """One sentence of a treebank; ``heads`` are indices into it, the root points to itself.

    ``is_first`` says that a paragraph begins; ``document`` is what the treebank calls its text.
    """

    words: list[str]
    spaces: list[bool]
    pos: list[str]
    tags: list[str]
    heads: list[int]
    deps: list[str]
    misc: list[str]
    is_first: bool
    document: str


def iter_treebank(path: Path) -> Iterator[TreebankSentence]:
    """Yield the sentences of a CoNLL-U file; multi-word tokens and empty nodes are left out."""
    is_first, document, rows = False, "", []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith(("# newdoc", "# newpar")):
                is_first = True
                if line.startswith("# newdoc"):
                    document = line.partition("=")[2].strip()
            elif line[0].isdigit():
                rows.append(line.rstrip("\n").split("\t"))
            elif not line.strip() and rows:
                yield _make_sentence(rows, is_first, document)
                is_first, rows = False, []
    if rows:
        yield _make_sentence(rows, is_first, document)


def _make_sentence(rows: list[list[str]], is_first: bool, document: str) -> TreebankSentence:
    tokens = [row for row in rows if row[0].isdigit()]
    # "don't" is one word of the text and two of the tree: only its last part has the space.
    inner: dict[str, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = row[0].split("-")
            for number in range(int(first), int(last)):
                inner[str(number)] = False
            inner[last] = "SpaceAfter=No" not in row[9]
    return TreebankSentence(
        words=[row[1] for row in tokens],
        spaces=[inner.get(row[0], "SpaceAfter=No" not in row[9]) for row in tokens],
        pos=[row[3] for row in tokens],
        tags=[row[4] for row in tokens],
        heads=[int(row[6]) - 1 if row[6] != "0" else n for n, row in enumerate(tokens)],
        deps=["ROOT" if row[7] == "root" else row[7].split(":")[0] for row in tokens],
        misc=[row[9] for row in tokens],
        is_first=is_first,
        document=document,
    )


def iter_gum_names(vocab: Vocab, path: Path) -> Iterator[Doc]:
    """Yield GUM's sentences with the persons, organisations and places that have proper names."""
    for sentence, spans in iter_bracketed(path):
        yield make_gum_doc(vocab, sentence, spans)


def make_gum_doc(
    vocab: Vocab, sentence: TreebankSentence, spans: Iterable[tuple[int, int, str]]
) -> Doc:
    """Return a sentence with the proper names at the heads of its bracketed phrases."""
    doc = Doc(vocab, words=sentence.words, spaces=sentence.spaces)
    names = []
    for start, end, kind in spans:
        name = _find_name(sentence, start, end, kind)
        if name is not None and kind in SCHEME:
            names.append(Span(doc, *name, label=SCHEME[kind]))
    doc.set_ents(filter_spans(names))
    return doc


def iter_bracketed(path: Path) -> Iterator[tuple[TreebankSentence, list[tuple[int, int, str]]]]:
    """Yield GUM's sentences, each with its phrases of participants: first word, end, type."""
    for sentence in iter_treebank(path):
        phrases = iter_phrases(sentence.misc)
        yield sentence, [(first, end, "".join(fields[1:2])) for first, end, fields in phrases]


def iter_phrases(misc: Sequence[str]) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the phrases that ``Entity=`` brackets, in the order of their ends.

    First word, end, and the fields of the opening bracket: group, type, information status ...
    """
    opened: list[tuple[int, list[str]]] = []
    for number, field in enumerate(misc):
        entity = ENTITY.search(field)
        for opens, closes in BRACKET.findall(entity[1] if entity else ""):
            if opens:
                opened.append((number, opens.split("-")))
                continue
            # "(5-object-...)" opens and closes at once: the bracket that closes names nothing.
            wanted = [n for n, (_, fields) in enumerate(opened) if closes in ("", fields[0])]
            if wanted:
                first, fields = opened.pop(wanted[-1])
                yield first, number + 1, fields


def _find_name(
    sentence: TreebankSentence, start: int, end: int, kind: str
) -> tuple[int, int] | None:
    """Return the proper name at the head of a phrase: ``the late [John Doe], a painter``."""
    inside = range(start, end)
    heads = [n for n in inside if sentence.heads[n] not in inside or sentence.heads[n] == n]
    if not heads or sentence.pos[heads[0]] != "PROPN":
        return None
    # "Democrats" and "Easterners" are many, and no one's name.
    if kind == "person" and sentence.tags[heads[0]] == "NNPS":
        return None
    first, last = _widen(sentence, heads[0], inside)
    while kind == "person" and first < last and _is_title(sentence.words[first]):
        first += 1
    return (first, last + 1) if last + 1 - first <= MAX_NAME_TOKENS else None


def _widen(sentence: TreebankSentence, head: int, inside: range) -> tuple[int, int]:
    """Return the first and last word of the name around ``head``."""
    first = last = head
    while first > inside.start and _is_part(sentence, first - 1):
        first -= 1
    while last + 1 < inside.stop:
        step = 1
        while last + step < inside.stop and sentence.words[last + step].lower() in INSIDE_NAMES:
            step += 1
        if last + step >= inside.stop or not _is_part(sentence, last + step):
            break
        last += step
    return first, last


def _is_part(sentence: TreebankSentence, n: int) -> bool:
    if sentence.pos[n] == "PROPN":
        return True
    return sentence.words[n][:1].isupper() and sentence.pos[n] in {"ADJ", "NOUN", "NUM"}


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in TITLES


def iter_columns(
    vocab: Vocab, path: Path, *, word: int, tag: int, sep: str | None
) -> Iterator[Doc]:
    """Yield a column file's sentences with their names; IOB1, IOB2 and bare tags alike."""
    rows: list[Cell] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("# "):
                continue
            cells = line.strip().split(sep)
            if len(cells) > max(word, tag):
                rows.append((cells[word], cells[tag]))
            elif rows:
                yield _make_named(vocab, rows)
                rows = []
    if rows:
        yield _make_named(vocab, rows)


def _make_named(vocab: Vocab, rows: list[Cell]) -> Doc:
    words = [word for word, _ in rows]
    doc = Doc(vocab, words=words, spaces=_guess_spaces(words))
    spans: list[Span] = []
    start, kind = 0, ""
    for n, (_, tag) in enumerate([*rows, ("", "O")]):
        prefix, _, label = tag.partition("-")
        if kind and (prefix != "I" or label != kind):
            if kind in SCHEME:
                spans.append(Span(doc, start, n, label=SCHEME[kind]))
            kind = ""
        if label and not kind:
            start, kind = n, label
    doc.set_ents(spans)
    return doc


def _guess_spaces(words: list[str]) -> list[bool]:
    """Return where a column file's text most likely had spaces."""
    no_space_before = re.compile(r"[.,;:!?%)\]}]|['’](?:s|re|ve|ll|d|m|t)?|n['’]t|”|''")
    opening = {"(", "[", "{", "“", "``", "$", "£", "€"}
    spaces = []
    for left, right in zip(words, [*words[1:], ""], strict=True):
        spaces.append(left not in opening and not no_space_before.fullmatch(right))
    return spaces


def iter_re3d(nlp: Language, path: Path) -> Iterator[Doc]:
    """Yield re3d's documents with the names among its phrases."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            doc = nlp.make_doc(record["text"])
            spans = [_find_phrase(doc, phrase) for phrase in record["entities"]]
            doc.set_ents(_pick_innermost(span for span in spans if span is not None))
            yield doc


def _find_phrase(doc: Doc, phrase: dict[str, Any]) -> Span | None:
    label = SCHEME.get(phrase["type"])
    span = doc.char_span(phrase["start"], phrase["end"], label=label or "")
    if not label or span is None:
        return None
    start = span.start
    while label == "PERSON" and start + 1 < span.end and _is_title(doc[start].text):
        start += 1
    name = Span(doc, start, span.end, label=label)
    return name if _looks_like_name(name) else None


def _pick_innermost(spans: Iterable[Span]) -> list[Span]:
    """Of "the army of Ruritania" and "Ruritania" the shorter is the name."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (len(span), span.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return kept


def _looks_like_name(span: Span) -> bool:
    ends = (span[0].text, span[-1].text)
    return (
        len(span) <= MAX_NAME_TOKENS
        and all(word[:1].isupper() for word in ends)
        and span.text.lower() not in PRONOUNS | TITLES
    )
