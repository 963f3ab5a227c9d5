"""What happened on which day, in the articles' own sentences; and the story in brief."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from variorum.model.annotation import Annotations
from variorum.model.article import Article
from variorum.model.span import Span
from variorum.model.story import BriefSentence, Statement, Story, TimelineEntry

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MAX_A_DAY = 2
MAX_SENTENCE_CHARS = 400
BRIEF_SENTENCES = 5
MIN_BRIEF_WORDS = 8


def make_timeline(
    story: Story, articles: Mapping[str, Article], annotations: Mapping[str, Annotations]
) -> tuple[TimelineEntry, ...]:
    """Return the sentences that name a day, at most two a day, by day; earliest articles first."""
    by_day: dict[str, list[TimelineEntry]] = defaultdict(list)
    for article_id in story.articles:
        notes, article = annotations[article_id], articles[article_id]
        seen: set[tuple[str, Span]] = set()
        for date_ref in notes.dates:
            if date_ref.type not in {"DATE", "TIME"} or not DAY.match(date_ref.value):
                continue
            day = date_ref.value[:10]
            span = _find_sentence(notes, date_ref.span, article)
            if span is None or (day, span) in seen or len(by_day[day]) >= MAX_A_DAY:
                continue
            seen.add((day, span))
            by_day[day].append(TimelineEntry(date=day, article=article_id, span=span))
    return tuple(entry for day in sorted(by_day) for entry in by_day[day])


def make_brief(
    story: Story,
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    annotations: Mapping[str, Annotations],
) -> tuple[BriefSentence, ...]:
    """Return the lead of the story and its best-attested statements, each sentence verbatim."""
    found: list[BriefSentence] = []
    lead = _find_lead(story, articles, annotations)
    if lead is not None:
        found.append(lead)
    told = sorted(
        (s for s in statements if len({r.article for r in s.readings}) > 1),
        key=lambda s: (-len(s.origins), -len({r.article for r in s.readings}), s.id),
    )
    for statement in told:
        reading = statement.readings[statement.gist]
        article = articles[reading.article]
        span = _find_sentence(annotations[article.id], reading.spans[0], article)
        taken = any(b.article == article.id and span and b.span.overlaps(span) for b in found)
        if span is None or taken:
            continue
        found.append(_make_brief(article, span, max(1, len(statement.origins))))
        if len(found) == BRIEF_SENTENCES:
            break
    return tuple(found)


def _make_brief(article: Article, span: Span, n_origins: int) -> BriefSentence:
    return BriefSentence(
        text=span.of(article.text), article=article.id, span=span, n_origins=n_origins
    )


def _find_lead(
    story: Story, articles: Mapping[str, Article], annotations: Mapping[str, Annotations]
) -> BriefSentence | None:
    """Return the first sentence of the body of the story's least translated, earliest article."""
    order = sorted(
        story.articles, key=lambda a: (round(articles[a].translated), story.articles.index(a))
    )
    for article_id in order:
        article = articles[article_id]
        body = article.iter_segments("body")
        for sentence in annotations[article_id].sentences:
            inside = any(segment.span.contains(sentence.span) for segment in body)
            if inside and len(sentence.span.of(article.text).split()) >= MIN_BRIEF_WORDS:
                return _make_brief(article, sentence.span, 1)
    return None


def _find_sentence(notes: Annotations, place: Span, article: Article) -> Span | None:
    """Return the sentence that holds a place; a quotation's sentences are joined around its tag."""
    for sentence in notes.sentences:
        if sentence.span.overlaps(place) or sentence.span.contains(place):
            whole = len(sentence.span) <= MAX_SENTENCE_CHARS
            return sentence.span if whole and sentence.span.of(article.text).strip() else None
    return None
