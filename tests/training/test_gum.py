from __future__ import annotations

from pathlib import Path

from gum import iter_gum


def test_documents(data: Path) -> None:
    """A document is its sentences in one text, each token with its place."""
    first, second = iter_gum(data / "treebanks/gum-open-train.conllu.gz")

    assert (first.id, second.id) == ("first", "second")
    assert first.text.startswith("Tamsin Okoro told the Lorn Gazette she'd leave. Tamsin")
    assert [first.text[slice(*span)] for span in first.spans] == list(first.words)


def test_entities(data: Path) -> None:
    """A phrase has its head from the minspan; a pronoun is of the entity that it stands for."""
    document = next(iter_gum(data / "treebanks/gum-open-train.conllu.gz"))
    name, paper, place, she = document.mentions[:4]

    assert [one.group for one in (name, paper, place, she)] == ["1", "2", "3", "1"]
    assert document.words[paper.heads[0]] == "Gazette"
    assert document.pronoun_class(she) == "she"
    assert document.pronoun_class(name) is None


def test_words_find_the_phrase_with_their_head(data: Path) -> None:
    """A name without its article is the phrase with it."""
    document = next(iter_gum(data / "treebanks/gum-open-train.conllu.gz"))
    start = document.text.index("Lorn Gazette")
    found = document.align(start, start + len("Lorn Gazette"))

    assert found is not None
    assert found.group == "2"
