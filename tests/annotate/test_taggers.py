from __future__ import annotations

import spacy
from spacy.tokens import Doc

from variorum.annotate.taggers import translate

# "Lane was told by police in Karsa", as ClearNLP draws it.
WORDS = ["Lane", "was", "told", "by", "police", "in", "Karsa", "."]
TAGS = ["NNP", "VBD", "VBN", "IN", "NNS", "IN", "NNP", "."]
HEADS = [2, 2, 2, 2, 3, 2, 5, 2]
DEPS = ["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "prep", "pobj", "punct"]


def make(heads: list[int], deps: list[str]) -> Doc:
    return Doc(spacy.blank("en").vocab, words=WORDS, tags=TAGS, heads=heads, deps=deps)


def test_other_schemes_are_translated() -> None:
    """Prepositions hang on their nouns, and relations have Universal Dependencies' names."""
    doc = translate(make(HEADS, DEPS))

    found = {token.text: (token.dep_, token.head.text) for token in doc}
    assert found["Lane"] == ("nsubj", "told")
    assert found["was"] == ("aux", "told")
    assert found["police"] == ("obl", "told")
    assert found["by"] == ("case", "police")
    assert found["Karsa"] == ("obl", "told")
    assert found["in"] == ("case", "Karsa")
    assert found["told"] == ("ROOT", "told")


def test_our_own_scheme_stays() -> None:
    """Subtypes go, nothing else changes."""
    heads = [2, 2, 2, 4, 2, 6, 2, 2]
    deps = ["nsubj:pass", "aux:pass", "root", "case", "obl:agent", "case", "obl", "punct"]

    doc = translate(make(heads, deps))

    assert [token.head.i for token in doc] == heads
    assert [token.dep_ for token in doc] == [
        "nsubj", "aux", "ROOT", "case", "obl", "case", "obl", "punct",
    ]  # fmt: skip
