"""Reads GUM's documents with their coreference: the text as it stood, tokens and mentions.

GUM (Zeldes 2017, "The GUM Corpus", https://gucorpling.org/gum/) marks in MISC ``Entity=`` every
phrase that stands for something, in brackets over the whole document. The fields of an opening
bracket are group (the entity), type, information status, salience, centering, minspan (the numbers
of the head's tokens inside the phrase), link and identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from corpora import TreebankSentence, iter_phrases, iter_treebank

THIRD_PERSON = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they",
}  # fmt: skip
PRONOMINAL_TAGS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT", "DT", "EX"})


@dataclass(frozen=True, slots=True)
class GumMention:
    """A phrase of a document, in tokens ``[first, end)``.

    Attributes:
        heads: The tokens of its head; several for a name of several words.
        group: The entity it stands for; the same in the whole document.
        link: ``ana`` for a pronoun with an antecedent, ``coref``, ``appos``, ``sgl``, ``cata`` ...
    """

    first: int
    end: int
    heads: tuple[int, ...]
    group: str
    kind: str
    link: str


@dataclass(frozen=True, slots=True)
class GumDocument:
    """One document; ``spans`` are its tokens' places in ``text``, ``parents`` their heads.

    Attributes:
        genre: From its id: ``news`` of ``GUM_news_iodine``.
    """

    id: str
    genre: str
    text: str
    words: tuple[str, ...]
    tags: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    parents: tuple[int, ...]
    mentions: tuple[GumMention, ...]

    def is_pronoun(self, mention: GumMention) -> bool:
        """Whether the phrase is a pronoun, a demonstrative alone too."""
        return self.tags[mention.heads[0]] in PRONOMINAL_TAGS

    def pronoun_class(self, mention: GumMention) -> str | None:
        """Return he, she, it or they for a pronoun of the third person."""
        if mention.end - mention.first > 1 or not self.tags[mention.first].startswith("PRP"):
            return None
        return THIRD_PERSON.get(self.words[mention.first].lower())

    def find_head(self, start: int, end: int) -> int | None:
        """Return the token by which the characters ``[start, end)`` hang on the rest."""
        inside = [n for n, span in enumerate(self.spans) if span[0] < end and start < span[1]]
        own = set(inside)
        return next((n for n in inside if self.parents[n] not in own or self.parents[n] == n), None)

    def align(self, start: int, end: int) -> GumMention | None:
        """Return the phrase with the head of the words at ``[start, end)``, the likest in width."""
        head = self.find_head(start, end)
        found = [one for one in self.mentions if head in one.heads]
        if not found:
            return None
        return min(found, key=lambda one: self._differ(one, start, end))

    def _differ(self, mention: GumMention, start: int, end: int) -> int:
        first, last = self.spans[mention.first][0], self.spans[mention.end - 1][1]
        return abs(first - start) + abs(last - end)


def iter_gum(path: Path) -> Iterator[GumDocument]:
    """Yield the documents of a CoNLL-U file of GUM."""
    for name, sentences in groupby(iter_treebank(path), key=lambda one: one.document):
        yield _make_document(name, sentences)


def _make_document(name: str, sentences: Iterable[TreebankSentence]) -> GumDocument:
    text = ""
    words: list[str] = []
    tags: list[str] = []
    spans: list[tuple[int, int]] = []
    parents: list[int] = []
    misc: list[str] = []
    for sentence in sentences:
        if text:
            text = text.rstrip() + ("\n\n" if sentence.is_first else " ")
        parents += [len(words) + head for head in sentence.heads]
        for word, has_space in zip(sentence.words, sentence.spaces, strict=True):
            spans.append((len(text), len(text) + len(word)))
            text += word + " " * has_space
        words += sentence.words
        tags += sentence.tags
        misc += sentence.misc
    return GumDocument(
        id=name,
        genre="".join(name.split("_")[1:2]),
        text=text.rstrip(),
        words=tuple(words),
        tags=tuple(tags),
        spans=tuple(spans),
        parents=tuple(parents),
        mentions=tuple(sorted(_read_mentions(misc), key=lambda one: (one.first, -one.end))),
    )


def _read_mentions(misc: Sequence[str]) -> Iterator[GumMention]:
    for first, end, fields in iter_phrases(misc):
        # One document has no salience, which stands before the centering, "cf1*".
        at = 5 if fields[4].startswith("cf") else 4
        heads = tuple(first + int(token) - 1 for token in fields[at].split(","))
        yield GumMention(first, end, heads, fields[0], fields[1], fields[at + 1])
