"""One article taken apart: what every annotator reads.

Each line of body text is parsed on its own, so that no sentence runs over a paragraph's end and
a long article costs no more a word than a short one. Token offsets are those of the line;
``Paragraph.at`` takes them to the article.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from variorum.annotate.attribution_network import Attribution
from variorum.annotate.marks import Region
from variorum.model.annotation import Sentence
from variorum.model.article import Article, SegmentKind
from variorum.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of an article with its tokens, tags, entities and, where parsed, its tree.

    Attributes:
        span: Where the line stands in the article; no white space at its ends.
        kind: The kind of the segment it lies in: headline, body, caption ...
        text: ``span.of(article.text)``; spaCy's ``doc.text`` is made anew at every use.
        doc: spaCy's analysis of ``text``, character for character.
        starts: Where each token begins in ``text``.
        sentences: In article offsets; every token is in one.
        is_parsed: Whether ``doc`` has heads and dependency labels.
        regions: What stands between quotation marks, in article offsets.
        attributions: Who says what in it, in tokens of ``doc``; none where it is not parsed.
    """

    span: Span
    kind: SegmentKind
    text: str
    doc: Doc
    starts: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    is_parsed: bool
    regions: tuple[Region, ...] = ()
    attributions: tuple[Attribution, ...] = ()

    def at(self, tokens: Token | TokenSpan) -> Span:
        """Return where a token or a run of tokens stands in the article."""
        if isinstance(tokens, Token):
            start = self.span.start + tokens.idx
            return Span(start, start + len(tokens.text))
        return Span(self.span.start + tokens.start_char, self.span.start + tokens.end_char)

    def tokens_in(self, span: Span) -> TokenSpan:
        """Return the tokens that share a code point with ``span``, as a run of ``doc``."""
        start, end = span.start - self.span.start, span.end - self.span.start
        last = bisect_left(self.starts, end)
        first = max(0, bisect_right(self.starts, start) - 1)
        if first < last and self.starts[first] + len(self.doc[first].text) <= start:
            first += 1
        return self.doc[first : max(first, last)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """An article with its paragraphs, in text order; boilerplate is left out."""

    article: Article
    paragraphs: tuple[Paragraph, ...]

    def iter_sentences(self) -> Iterator[tuple[Paragraph, Sentence]]:
        """Yield every sentence with the paragraph it stands in."""
        for paragraph in self.paragraphs:
            for sentence in paragraph.sentences:
                yield paragraph, sentence
