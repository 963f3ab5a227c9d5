"""What recurs in an outlet's unrelated articles is no part of any: a late layer over a corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.clean.clutter import score_clutter
from variorum.clean.headlines import MIN_HEADLINE_WORDS, fold_title, looks_like_headline
from variorum.clean.lines import WORD, make_line
from variorum.languages.weights import FrozenWeights
from variorum.model.article import Article, Segment

MIN_ARTICLES = 3
"""Twice may be a quotation or a correction; three unrelated articles share only furniture."""

MAX_SHARED = 0.5
"""Articles that share more of their paragraphs than this are versions or copies, not unrelated."""

MAX_SHARED_SAME_TITLE = 0.25
"""Two articles of one title are likelier versions; but a site's own line may pass for a title."""

RECURRENCE = 2.5
"""What recurring weighs against the look of news, on the scale of ``clutter.toml``.

Enough for a plea that reads like prose (-2.2), not for the background that outlets paste under
every report of a war (-2.6 and below: it says who counted): that is told to the reader as news.
"""

MIN_NAMED = 0.5
"""A headline that recurs is its articles' own, and no section of the site, if half of their bodies
tell this share of it, in weight of words. No headline recurs in the data sets that we have."""

MIN_NAMING_WORDS = 2
"""One word of "News from the islands" stands in whatever is filed under it."""

STEM_CHARS = 6
"""Words are compared by their beginnings: "Rescue goes on" heads what rescuers say."""


@dataclass(frozen=True, slots=True)
class _Holder:
    """An article as far as relatedness goes: its title and its paragraphs, folded."""

    title: str
    paragraphs: frozenset[str]

    def is_related(self, other: _Holder) -> bool:
        is_same = self.title != "" and self.title == other.title
        share = MAX_SHARED_SAME_TITLE if is_same else MAX_SHARED
        shorter = min(len(self.paragraphs), len(other.paragraphs))
        return len(self.paragraphs & other.paragraphs) > max(2, share * shorter)


def mark_recurring(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles, paragraphs that recur in unrelated ones of an outlet as boilerplate."""
    by_outlet: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_outlet[article.outlet].append(article)
    recurring = {
        outlet: _find_recurring(group)
        for outlet, group in by_outlet.items()
        if len(group) >= MIN_ARTICLES
    }
    return tuple(_mark(article, recurring.get(article.outlet, {})) for article in articles)


def _find_recurring(articles: Sequence[Article]) -> dict[str, int]:
    """Return the paragraphs that recur, with the number of articles they stand in."""
    holders: dict[str, list[_Holder]] = defaultdict(list)
    for article in articles:
        paragraphs = frozenset(_iter_paragraphs(article))
        holder = _Holder(fold_title(article.title or ""), paragraphs)
        for paragraph in paragraphs:
            holders[paragraph].append(holder)
    recurring = {
        paragraph: len(found)
        for paragraph, found in holders.items()
        if len(found) >= MIN_ARTICLES and _has_unrelated(found)
    }
    named = Counter(
        headline for article in articles for headline in _iter_named(article, recurring)
    )
    return {
        paragraph: count
        for paragraph, count in recurring.items()
        if named[paragraph] < MIN_NAMED * count
    }


def _iter_named(article: Article, recurring: Mapping[str, int]) -> Iterator[str]:
    """Yield the recurring headlines of an article that name what it tells."""
    headlines = {_fold(article, segment) for segment in article.iter_segments("headline")}
    for headline in sorted(headlines & recurring.keys()):
        bodies = (_fold(article, segment) for segment in article.iter_segments("body"))
        own = " ".join(body for body in bodies if body not in recurring)
        if _is_named(headline, own):
            yield headline


def _is_named(headline: str, body: str) -> bool:
    """Return whether a body has enough of a headline's telling words; both are folded."""
    words = WORD.findall(headline)
    if len(words) < MIN_HEADLINE_WORDS:  # "Middle East" is a section, whatever is told under it
        return False
    weights = FrozenWeights()
    telling = {word[:STEM_CHARS]: weight for word in words if (weight := weights.weight_of(word))}
    told = telling.keys() & {word[:STEM_CHARS] for word in WORD.findall(body)}
    share = sum(telling[word] for word in told) / max(sum(telling.values()), 1.0)
    return len(told) >= MIN_NAMING_WORDS and share >= MIN_NAMED


def _has_unrelated(holders: Sequence[_Holder]) -> bool:
    """Return whether enough of the articles share little with one another."""
    counted: list[_Holder] = []
    for holder in sorted(set(holders), key=lambda h: (h.title, sorted(h.paragraphs))):
        if not any(holder.is_related(other) for other in counted):
            counted.append(holder)
            if len(counted) >= MIN_ARTICLES:
                return True
    return False


def _iter_paragraphs(article: Article) -> Iterator[str]:
    for segment in article.iter_segments("headline", "body", "caption"):
        yield _fold(article, segment)


def _fold(article: Article, segment: Segment) -> str:
    return " ".join(segment.span.of(article.text).split()).casefold()


def _mark(article: Article, recurring: Mapping[str, int]) -> Article:
    if not recurring:
        return article
    segments = tuple(_judge(article, segment, recurring) for segment in article.segments)
    if segments == article.segments:
        return article
    marked = replace(article, segments=segments)
    lost = [old for old, new in zip(article.segments, segments, strict=True) if old != new]
    return _promote(marked, next((part for part in lost if part.kind == "headline"), None))


def _judge(article: Article, segment: Segment, recurring: Mapping[str, int]) -> Segment:
    if segment.kind not in {"headline", "body", "caption"}:
        return segment
    count = recurring.get(_fold(article, segment))
    if count is None:
        return segment
    line = make_line(segment.span.of(article.text), segment.span.start)
    if score_clutter(line).value + RECURRENCE <= 0:
        return segment
    reason = f"stands in {count} articles of {article.outlet}"
    return replace(segment, kind="boilerplate", reason=reason)


def _promote(article: Article, lost: Segment | None) -> Article:
    """Give an article whose headline was the site's own line the headline after it."""
    if lost is None or article.title != lost.span.of(article.text):
        return article
    bodies = article.iter_segments("body")
    lines = [make_line(part.span.of(article.text), part.span.start) for part in bodies[:8]]
    if not lines or not looks_like_headline(lines[0], lines[1:]):
        return replace(article, title=None)
    headline = replace(bodies[0], kind="headline", reason="is the first line of the article's own")
    segments = tuple(headline if part == bodies[0] else part for part in article.segments)
    return replace(article, segments=segments, title=lines[0].text)
