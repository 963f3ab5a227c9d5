"""What fills in tags, trees and names: the shipped network, or any installed spaCy pipeline.

Whatever it was, annotators see Penn Treebank tags and Universal Dependencies relations without
subtypes, with ``ROOT`` for the root; a pipeline with other relations (ClearNLP's, as in spaCy's own
English ones) is translated by the table ``dependencies.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, TAG
from spacy.tokens import Doc

from variorum.annotate.network import Line, Network, Read
from variorum.annotate.tokens import Tokens, make_blank
from variorum.languages.tables import load_table

_TABLE = load_table("dependencies")
RELATIONS: dict[str, str] = _TABLE["relations"]
SWAPPED = frozenset(_TABLE["swapped"])
OBJECTS_OF_SWAPPED = frozenset(_TABLE["objects_of_swapped"])
RELATIONS_OF_CLAUSES = frozenset(_TABLE["clauses_of_swapped"])
VERB_TAGS = ("VB", "MD")
IOB = {"I": 1, "O": 2, "B": 3}
"""spaCy's numbers."""


class Tagger(Protocol):
    """Turns text into tokens, and tokens with their sentences marked into analysed ones."""

    vocab: Any

    def tokenize(self, text: str) -> Doc:
        """Return the tokens of ``text``."""

    def tag(self, lines: Sequence[Tokens], needs_tree: Sequence[bool]) -> list[Doc]:
        """Return the documents with tags and names, and with trees where these are needed.

        ``tensor`` of a document has the shipped network's states, one row for each of its words.
        """


class NetworkTagger:
    """The shipped network with spaCy's tokenizer; see :mod:`variorum.annotate.network`."""

    def __init__(self, folder: Path) -> None:
        self._nlp = make_blank()
        self.vocab = self._nlp.vocab
        self._network = Network(folder)
        self.relations = self._network.deps
        strings = self.vocab.strings
        self._tags = np.array([strings.add(tag) for tag in self._network.tags], np.uint64)
        self._deps = np.array([strings.add(dep) for dep in self._network.deps], np.uint64)
        names = self._network.names
        self._iob = np.array([IOB[tag[0]] for tag in names.tags], np.uint64)
        self._kinds = np.array([strings.add(kind) for kind in names.kinds], np.uint64)
        self._space = np.uint64(strings.add("_SP"))
        # Without a relation spaCy would take white space for a sentence of its own.
        self._dep = np.uint64(strings.add("dep"))

    def tokenize(self, text: str) -> Doc:
        """Return the tokens of ``text``."""
        doc: Doc = self._nlp.make_doc(text)
        return doc

    def tag(self, lines: Sequence[Tokens], needs_tree: Sequence[bool]) -> list[Doc]:
        """Return the documents with tags and names, and with trees where these are needed."""
        chosen = [n for n, line in enumerate(lines) if line.words]
        found = self._network.read(
            [Line(lines[n].words, lines[n].sentences, needs_tree[n]) for n in chosen]
        )
        for n, read in zip(chosen, found, strict=True):
            self._fill(lines[n].doc, lines[n].places, read)
        return [line.doc for line in lines]

    def _fill(self, doc: Doc, kept: Sequence[int], read: Read) -> None:
        places = np.asarray(kept)
        attributes = [TAG, ENT_IOB, ENT_TYPE]
        iob = _spread(self._iob[read.names], places, len(doc), np.uint64(IOB["O"]))
        kinds = _spread(self._kinds[read.names], places, len(doc), np.uint64(0))
        is_space = np.ones(len(doc), bool)
        is_space[places] = False
        for place in np.flatnonzero(is_space)[::-1].tolist():
            # White space inside a name is of the name: "New  York".
            if place + 1 < len(doc) and iob[place + 1] == IOB["I"]:
                iob[place], kinds[place] = iob[place + 1], kinds[place + 1]
        columns = [_spread(self._tags[read.tags], places, len(doc), self._space), iob, kinds]
        if read.heads is not None and read.deps is not None:
            # White space hangs on the word before it, the first on the first word.
            owner = np.clip(np.searchsorted(places, np.arange(len(doc)), "right") - 1, 0, None)
            heads = places[owner]
            heads[places] = places[read.heads]
            attributes += [HEAD, DEP]
            columns.append((heads - np.arange(len(doc))).astype(np.int64).view(np.uint64))
            columns.append(_spread(self._deps[read.deps], places, len(doc), self._dep))
        doc.from_array(attributes, np.stack(columns, axis=1))
        doc.tensor = read.states


def _spread(values: Any, places: Any, length: int, fill: np.uint64) -> Any:
    column = np.full(length, fill, np.uint64)
    column[places] = values
    return column


class SpacyTagger:
    """An installed spaCy pipeline; its sentences are ours, its relations are translated.

    Args:
        folder: The shipped network, whose states no other pipeline has.
    """

    def __init__(self, nlp: Any, folder: Path) -> None:
        self._nlp = nlp
        self._network = Network(folder)
        self.vocab = nlp.vocab
        self._tree_pipes = [name for name in nlp.pipe_names if name == "parser"]
        for _, pipe in nlp.pipeline:
            # thinc's BLIS has no fast path for some processors; numpy's OpenBLAS takes half the
            # time on an AMD EPYC.
            for node in pipe.model.walk() if hasattr(pipe, "model") else ():
                if hasattr(node.ops, "use_blis"):
                    node.ops.use_blis = False

    def tokenize(self, text: str) -> Doc:
        """Return the tokens of ``text``."""
        doc: Doc = self._nlp.make_doc(text)
        return doc

    def tag(self, lines: Sequence[Tokens], needs_tree: Sequence[bool]) -> list[Doc]:
        """Return the documents with tags and names, and with trees where these are needed."""
        result = [line.doc for line in lines]
        for is_tree in (True, False):
            chosen = [n for n, wanted in enumerate(needs_tree) if wanted is is_tree]
            disabled = [] if is_tree else self._tree_pipes
            found = self._nlp.pipe([lines[n].doc for n in chosen], disable=disabled, batch_size=64)
            for number, doc in zip(chosen, found, strict=True):
                result[number] = translate(doc) if is_tree else doc
        self._add_states(lines, result)
        return result

    def _add_states(self, lines: Sequence[Tokens], docs: Sequence[Doc]) -> None:
        chosen = [n for n, line in enumerate(lines) if line.words]
        plain = [Line(lines[n].words, lines[n].sentences, needs_tree=False) for n in chosen]
        found = self._network.read(plain)
        for n, read in zip(chosen, found, strict=True):
            docs[n].tensor = read.states


def translate(doc: Doc) -> Doc:
    """Return a parsed document with its relations as ours.

    Beside other names, ClearNLP hangs "in" on the verb and "London" on "in"; Universal
    Dependencies hang "London" on the verb and "in" on it.
    """
    if not doc.has_annotation("DEP"):
        return doc
    heads = [token.head.i for token in doc]
    deps = [RELATIONS.get(token.dep_.split(":")[0], token.dep_.split(":")[0]) for token in doc]
    for token in doc:
        if token.dep_ not in OBJECTS_OF_SWAPPED or token.head.dep_ not in SWAPPED:
            continue
        case = token.head
        heads[token.i], heads[case.i] = heads[case.i], token.i
        if token.dep_ in RELATIONS_OF_CLAUSES:
            deps[token.i], deps[case.i] = RELATIONS[token.dep_], "mark"
            continue
        governor = doc[heads[token.i]]
        deps[token.i] = "obl" if governor.tag_.startswith(VERB_TAGS) else "nmod"
        deps[case.i] = "case"
    for token in doc:
        if deps[token.i].lower() == "root" or heads[token.i] == token.i:
            deps[token.i] = "ROOT"
    array = np.stack(
        [
            (np.asarray(heads) - np.arange(len(doc))).astype(np.int64).view(np.uint64),
            np.array([doc.vocab.strings.add(dep) for dep in deps], np.uint64),
        ],
        axis=1,
    )
    doc.from_array([HEAD, DEP], array)
    return doc
