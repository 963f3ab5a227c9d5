from __future__ import annotations

from pathlib import Path

import corpora
import spacy
import swaps


def test_swapped_names(data: Path) -> None:
    """The words around a name stay, its kind stays, and a seed always draws the same names."""
    nlp = spacy.blank("en")
    docs = list(corpora.iter_gum_names(nlp.vocab, data / "treebanks/gum-open-train.conllu.gz"))
    lists = swaps.load_lists(data / "names", docs)

    first, again = (list(swaps.iter_swapped(docs, lists, seed=7)) for _ in range(2))

    assert [doc.text for doc in first] == [doc.text for doc in again]
    assert len({doc.text for doc in first}) > len(docs) / 2
    assert all(" told the " in doc.text for doc in first)
    assert all(doc.text.endswith(" she'd leave. ") for doc in first)
    assert all([span.label_ for span in doc.ents] == ["PERSON", "ORG"] for doc in first)


def test_sentences_without_names(data: Path) -> None:
    """A sentence with nothing to swap is not repeated."""
    nlp = spacy.blank("en")
    lists = swaps.load_lists(data / "names", [])

    assert not list(swaps.iter_swapped([nlp("It rained.")], lists, seed=7))
