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


def test_treebank(data: Path) -> None:
    """Text, heads and the beginnings of paragraphs come out as they stand."""
    path = data / "treebanks/ewt-train.conllu.gz"

    sentences = list(corpora.iter_treebank(path))

    assert [n for n, sentence in enumerate(sentences) if sentence.is_first] == [0, 6]
    assert sentences[0].words[:3] == ["Tamsin", "Okoro", "told"]
    assert sentences[0].spaces[6:8] == [False, True]
    assert sentences[0].heads[:3] == [2, 0, 2]
    assert sentences[0].deps[2] == "ROOT"
    assert sentences[0].tags[0] == "NNP"


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
