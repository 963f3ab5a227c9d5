"""Articles as the reader beside the page shows them: whole, with every place that is linked."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.model.article import Article
from variorum.present.citations import make_citation_tail
from variorum.present.index import EditionIndex
from variorum.present.pieces import Mark, Piece, cut_pieces
from variorum.present.views.days import write_published
from variorum.present.views.stories import StoryView


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """A passage of an article."""

    kind: str
    reason: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article, whole.

    Attributes:
        address: A web address that may be a link; None where there is none that may.
        place: The address or file, to be read only.
        cite: What follows the words in a citation.
    """

    id: str
    outlet: str
    title: str
    dated: str
    author: str
    address: str | None
    place: str
    translated: str
    cite: str
    segments: tuple[SegmentView, ...]


def make_articles(index: EditionIndex, stories: Iterable[StoryView]) -> tuple[ArticleView, ...]:
    """Return the articles, cut wherever a link of the page leads to."""
    targets = defaultdict(set)
    for story in stories:
        for target in _iter_targets(story):
            targets[target.partition(":")[0]].add(target)
    return tuple(
        _make_article(index, article, targets[article.id]) for article in index.edition.articles
    )


def _iter_targets(story: StoryView) -> Iterable[str]:
    for row in story.shared:
        yield from (reading.target for cell in row.cells for reading in cell.readings)
    for _, statements in story.alone:
        yield from (reading.target for alone in statements for reading in alone.readings)
    for rows in (story.shared_figures, story.single_figures, story.labels):
        yield from (link.target for row in rows for cell in row.cells for link in cell)
    for name in story.names:
        yield from (link.target for spelling in name.spellings for link in spelling.places)
        yield from (link.target for link in name.renamed)
    for voice in story.voices:
        yield from (link.target for _, links in voice.outlets for link in links)
    for line in (*story.brief, *(line for _, lines in story.timeline for line in lines)):
        yield line.link.target
    for copy in story.copies:
        yield from (link.target for pair in copy.passages for link in pair)


def _make_article(index: EditionIndex, article: Article, targets: Iterable[str]) -> ArticleView:
    marks = [
        Mark(span=run.span, css="said", title=f"{index.name_of_quoted(q)} ({q.kind})")
        for q in index.annotations[article.id].quotations
        for run in q.content
    ]
    places = defaultdict(list)
    for target in sorted(targets):
        start, _, _ = target.partition(":")[2].partition("-")
        if start:
            places[int(start)].append(target)
    is_translated = article.is_translated
    return ArticleView(
        id=article.id,
        outlet=article.outlet,
        title=article.title or article.outlet,
        dated=write_published(article),
        author=article.author or "",
        address=article.url if _is_web_address(article.url) else None,
        place=article.url or article.path or "",
        translated=f"reads like a translation ({article.translated:.0%})" if is_translated else "",
        cite=make_citation_tail(article),
        segments=tuple(
            SegmentView(
                kind=segment.kind,
                reason=segment.reason,
                pieces=_with_places(cut_pieces(article.text, segment.span, marks), places),
            )
            for segment in article.segments
            if len(segment.span)
        ),
    )


def _with_places(pieces: Iterable[Piece], places: Mapping[int, Sequence[str]]) -> tuple[Piece, ...]:
    """Return the pieces cut again, so that every place begins a piece and is its anchor."""
    starts = sorted(places)
    cut: list[Piece] = []
    for piece in pieces:
        end = piece.start + len(piece.text)
        inside = starts[bisect_left(starts, piece.start) : bisect_left(starts, end)]
        for left, right in itertools.pairwise(sorted({piece.start, *inside, end})):
            words = piece.text[left - piece.start : right - piece.start]
            anchors = tuple(places.get(left, ()))
            cut.append(replace(piece, start=left, text=words, anchors=anchors))
    return tuple(cut)


def _is_web_address(url: str | None) -> bool:
    """Return whether ``url`` may be a link: a stranger's ``javascript:`` must not run."""
    return url is not None and url.lower().startswith(("http://", "https://"))
