from __future__ import annotations

from pathlib import Path

import corpora
import pytest
import spacy
from spacy.tokens import Doc


def names_of(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.ents]


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return spacy.blank("en")


def test_treebank(data: Path, nlp: spacy.language.Language) -> None:
    """Text, heads and sentence starts come out as they stand; documents are not run together."""
    path = data / "treebanks/ewt-train.conllu.gz"

    docs = list(corpora.make_tree_docs(nlp.vocab, corpora.iter_treebank(path)))

    assert [len(list(doc.sents)) for doc in docs] == [6, 6]
    assert next(docs[0].sents).text == "Tamsin Okoro told the Lorn Gazette she'd leave."
    assert docs[0][2].dep_ == "ROOT"
    assert docs[0][0].head == docs[0][2]
    assert docs[0][0].tag_ == "NNP"


def test_gum_names(data: Path, nlp: spacy.language.Language) -> None:
    """Of a phrase only its proper name counts, and a pronoun has none."""
    path = data / "treebanks/gum-open-train.conllu.gz"

    doc = next(corpora.iter_gum_names(nlp.vocab, path))

    assert names_of(doc) == [("Tamsin Okoro", "PERSON"), ("Lorn Gazette", "ORG")]


@pytest.mark.parametrize(
    ("file", "word", "tag", "sep"),
    [
        ("wikigold.conll.gz", 0, 1, " "),
        ("wnut17train.conll.gz", 0, 1, "\t"),
        ("uner-ewt-dev.iob2.gz", 1, 2, "\t"),
    ],
)
def test_columns(
    data: Path, nlp: spacy.language.Language, file: str, word: int, tag: int, sep: str
) -> None:
    """Every set's labels and way of marking become one scheme."""
    docs = list(corpora.iter_columns(nlp.vocab, data / "ner" / file, word=word, tag=tag, sep=sep))

    assert names_of(docs[-1]) == [("Aldo Finch", "PERSON"), ("Ruritania", "LOC")]
    assert docs[-1].text == "Aldo Finch left Ruritania. "


def test_re3d(data: Path, nlp: spacy.language.Language) -> None:
    """Titles, pronouns and phrases around a name are left out."""
    (doc,) = corpora.iter_re3d(nlp, data / "ner/re3d-open.jsonl.gz")

    assert names_of(doc) == [("Iva Brandt", "PERSON"), ("Ruritania", "LOC")]
