from __future__ import annotations

from told import make_article

from variorum.annotate.annotators import annotate_article
from variorum.annotate.language import load_language
from variorum.model.annotation import Annotations, Label


def annotate(text: str) -> Annotations:
    return annotate_article(make_article(text), load_language())


def label_of(text: str, words: str) -> Label:
    (label,) = [label for label in annotate(text).labels if label.text == words]
    return label


def test_own_voice() -> None:
    """A label outside quotations is the outlet's own."""
    assert label_of("The terrorists left the town on Friday.", "terrorists").quotation is None


def test_voice_of_a_quotation() -> None:
    """A label inside a quotation is its speaker's."""
    text = "“The terrorists must leave the town now,” said Sergo Ladanov."
    assert label_of(text, "terrorists").quotation == annotate(text).quotations[0].id


def test_scare_quotes() -> None:
    """Marks around a label alone, or “so-called”, say that the outlet keeps its distance."""
    assert label_of("The “militants” used the building as a store.", "militants").is_scare_quoted
    assert label_of("The so-called rebels left the town.", "so-called rebels").is_scare_quoted
    assert not label_of("The rebels left the town.", "rebels").is_scare_quoted


def test_longest_words() -> None:
    """Adjective and noun are one label."""
    assert label_of("The armed extremist group left.", "armed extremist group")
