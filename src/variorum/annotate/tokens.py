"""Words of news as it is: spaCy's English rules, and what newspapers run together taken apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.tokens import Doc

from variorum.languages.tables import DEFAULT_LANGUAGE

INFIXES = (
    r"\.\.\.+",
    "…",
    r"(?<=[^\s\d])[–—―](?=\S)",
    r"[<>\[\](){}]",
    r"(?<=[a-z])[,;:](?=[A-Za-z])",
)
"""Borders inside a word, beside spaCy's own."""


def make_blank(language: str = DEFAULT_LANGUAGE) -> Any:
    """Return a spaCy pipeline that has a tokenizer and nothing else."""
    import spacy

    nlp = spacy.blank(language)
    infixes = spacy.util.compile_infix_regex([*nlp.Defaults.infixes, *INFIXES])
    nlp.tokenizer.infix_finditer = infixes.finditer
    return nlp


@dataclass(frozen=True, slots=True)
class Tokens:
    """A line cut into tokens and sentences; spaCy's own views of a document are slow.

    Attributes:
        doc: The document, its sentences marked.
        starts: Where each token begins.
        words: The tokens that are no white space.
        places: The numbers of these among all tokens.
        sentences: The number of the sentence of each word.
        sentence_starts: Where each sentence begins.
    """

    doc: Doc
    starts: tuple[int, ...]
    words: tuple[str, ...]
    places: tuple[int, ...]
    sentences: tuple[int, ...]
    sentence_starts: tuple[int, ...]


def mark_sentences(doc: Doc, begins: Iterable[int]) -> Tokens:
    """Return the tokens of ``doc`` with its sentences marked.

    A sentence begins with a word: white space at its border is the end of the one before.

    Args:
        begins: Where sentences begin, in characters, as ``iter_starts`` finds them.
    """
    begins = frozenset(begins)
    starts: list[int] = []
    words: list[str] = []
    places: list[int] = []
    sentences: list[int] = []
    sentence_starts: list[int] = []
    marks = np.full((len(doc), 1), -1, np.int64)
    is_due = True
    for place, token in enumerate(doc):
        word, start = token.text, token.idx
        starts.append(start)
        is_due = is_due or start in begins
        if word.isspace():
            continue
        if is_due:
            marks[place] = 1
            sentence_starts.append(start)
            is_due = False
        words.append(word)
        places.append(place)
        sentences.append(len(sentence_starts))
    if len(doc):
        doc.from_array([SENT_START], marks.view(np.uint64))
    return Tokens(
        doc=doc,
        starts=tuple(starts),
        words=tuple(words),
        places=tuple(places),
        sentences=tuple(sentences),
        sentence_starts=tuple(sentence_starts),
    )
