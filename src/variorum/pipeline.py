"""The way of the data: which stage follows which, and nothing else.

Pages become articles and annotations one by one, on any engine; the set of them becomes an
edition. Nothing here opens an input, reads a clock or keeps a thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from variorum.annotate.annotators import annotate_article
from variorum.annotate.language import MAX_ARTICLE_CHARS, iter_passages, load_language
from variorum.annotate.marks import MAX_MARKS, has_too_many
from variorum.clean import clean_page
from variorum.clean.boilerplate import mark_recurring
from variorum.collate.figures import group_figures
from variorum.collate.statements import collate_statements
from variorum.compare import compare_story
from variorum.errors import InputError
from variorum.group import group_articles
from variorum.group.copies import find_copies
from variorum.model.annotation import Annotations
from variorum.model.article import Article, Failure, Page
from variorum.model.edition import Edition
from variorum.model.judgement import Judgement, list_standing
from variorum.model.ports import Encoder, WordWeights
from variorum.model.span import Span
from variorum.resolve import resolve_chains

MADE_BY: Mapping[str, int] = {
    "ingest": 1,
    "clean": 1,
    "annotate": 6,
    "group": 1,
    "resolve": 3,
    "collate": 2,
    "compare": 1,
}
"""Version of each stage, from the first release on: one that finds other things in the same text
gets the next number."""

LANGUAGES = frozenset({"en"})
"""Languages that can be annotated; an article in another one is kept and said to be skipped."""

CUT_SHORT = (
    f"the article is kept whole, but only its first {MAX_ARTICLE_CHARS:,} characters are "
    "annotated; split it into its articles"
)

UNPAIRED = (
    f"the article is kept whole, but no quotations are found in its lines of more than "
    f"{MAX_MARKS:,} quotation marks; give its text as it was printed"
)

Report = Callable[[str], None]
"""Told the name of each step of :func:`make_edition` as it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """What became of one page.

    Attributes:
        article: None if there is no article in the page; ``failure`` then says why.
        annotations: Empty where the article was kept but could not be annotated.
    """

    page: Page
    article: Article | None
    annotations: Annotations | None
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class PageReader:
    """Cleans and annotates pages; picklable, loads the model once in each process.

    Attributes:
        model: Name or folder of a spaCy pipeline; None for the one that is shipped.
    """

    model: str | None = None

    def __call__(self, page: Page) -> ReadPage:
        """Return the page's article and annotations, or why there are none."""
        try:
            return self._read(page)
        except Exception as error:
            error.add_note(f"met in {page.where}")  # so that one can leave the input out
            raise

    def _read(self, page: Page) -> ReadPage:
        try:
            article = clean_page(page)
        except InputError as error:
            failure = Failure(input=page.where, stage="clean", reason=error.reason)
            return ReadPage(page=page, article=None, annotations=None, failure=failure)
        reason = "; ".join(_iter_shortcomings(article))
        return ReadPage(
            page=page,
            article=article,
            annotations=Annotator(self.model)(article),
            failure=Failure(input=page.where, stage="annotate", reason=reason) if reason else None,
        )


@dataclass(frozen=True, slots=True)
class Annotator:
    """Annotates articles; picklable, loads the model once in each process.

    Attributes:
        model: Name or folder of a spaCy pipeline; None for the one that is shipped.
    """

    model: str | None = None

    def __call__(self, article: Article) -> Annotations:
        """Return what is found in an article; nothing in one of a language that can't be read."""
        if _can_read(article):
            found = annotate_article(article, load_language(self.model))
        else:
            found = Annotations(article_id=article.id)
        return replace(found, version=MADE_BY["annotate"], model=self.model)


def _can_read(article: Article) -> bool:
    return article.language is None or article.language in LANGUAGES


def _iter_shortcomings(article: Article) -> Iterator[str]:
    """Yield why an article is not annotated, or not all of it."""
    if not _can_read(article):
        yield _other_language(article)
        return
    if len(article.text) > MAX_ARTICLE_CHARS:
        yield CUT_SHORT
    if any(has_too_many(passage) for passage in iter_passages(article)):
        yield UNPAIRED


def _other_language(article: Article) -> str:
    known = ", ".join(sorted(LANGUAGES))
    return (
        f"the article is kept but not annotated: its language is {article.language!r}, and only "
        f"{known} can be read so far"
    )


def make_edition(
    articles: Iterable[Article],
    annotations: Iterable[Annotations],
    failures: Iterable[Failure],
    judgements: Iterable[Judgement] = (),
    *,
    encoder: Encoder,
    weights: WordWeights,
    min_confidence: float = 0.0,
    report: Report = lambda _: None,
) -> Edition:
    """Return the edition of these articles and judgements, the same whatever their order.

    Args:
        min_confidence: Of quotations that are laid side by side; the others stay in the edition.
    """
    report("clean")
    found = {note.article_id: note for note in annotations}
    marked = mark_recurring(sorted(articles, key=lambda article: article.id))
    notes = tuple(_without_boilerplate(article, found[article.id]) for article in marked)
    report("group")
    grouping = group_articles(marked, notes, encoder=encoder, weights=weights)
    copies = find_copies(marked, notes)
    report("resolve")
    standing = tuple(list_standing(judgements))
    entities, links = resolve_chains(marked, notes, grouping.stories, standing)
    report("collate")
    article_of = {article.id: article for article in marked}
    note_of = {note.article_id: note for note in notes}
    entity_of = {link.chain: link.entity for link in links}
    figure_groups = group_figures(grouping.stories, article_of, note_of, encoder=encoder)
    told = [
        (
            story,
            collate_statements(
                story,
                article_of,
                note_of,
                entity_of,
                encoder=encoder,
                weights=weights,
                min_confidence=min_confidence,
            ),
        )
        for story in grouping.stories
    ]
    report("compare")
    accounts = tuple(
        compare_story(
            story,
            statements,
            tuple(c for c in copies if {c.earlier, c.later} <= set(story.articles)),
            tuple(group for group in figure_groups if story.id in group.stories),
            article_of,
            note_of,
            entity_of,
            encoder=encoder,
            weights=weights,
        )
        for story, statements in told
    )
    return Edition(
        articles=marked,
        annotations=notes,
        entities=entities,
        links=links,
        accounts=accounts,
        storylines=grouping.storylines,
        figure_groups=figure_groups,
        failures=tuple(sorted(failures, key=lambda f: (f.input, f.stage, f.reason))),
        judgements=standing,
        made_by=MADE_BY,
    )


Spanned = TypeVar("Spanned")


def _without_boilerplate(article: Article, annotations: Annotations) -> Annotations:
    """Drop what was found in passages that only the whole corpus shows to be boilerplate.

    With it go the chains that nothing else mentions, and what points to a thing that went.
    """
    recurring = tuple(segment.span for segment in article.iter_segments("boilerplate"))
    if not recurring:
        return annotations

    def outside(
        items: tuple[Spanned, ...], span_of: Callable[[Spanned], Span]
    ) -> tuple[Spanned, ...]:
        return tuple(
            item for item in items if not any(part.overlaps(span_of(item)) for part in recurring)
        )

    mentions = outside(annotations.mentions, lambda item: item.span)
    quotations = outside(annotations.quotations, lambda item: item.content[0].span)
    # A chain that never had a mention loses none, and stays.
    lost = {m.chain for m in annotations.mentions} - {m.chain for m in mentions}
    chains = tuple(chain for chain in annotations.chains if chain.id not in lost)
    kept = {chain.id for chain in chains} | {quotation.id for quotation in quotations}

    def still(target: str | None) -> str | None:
        return target if target in kept else None

    return replace(
        annotations,
        sentences=outside(annotations.sentences, lambda item: item.span),
        mentions=mentions,
        chains=chains,
        quotations=tuple(
            replace(
                quotation,
                chain=still(quotation.chain),
                candidates=tuple(chain for chain in quotation.candidates if chain in kept),
                via=tuple(replace(via, chain=still(via.chain)) for via in quotation.via),
            )
            for quotation in quotations
        ),
        figures=tuple(
            replace(figure, attributed_to=still(figure.attributed_to))
            for figure in outside(annotations.figures, lambda item: item.span)
        ),
        dates=outside(annotations.dates, lambda item: item.span),
        labels=tuple(
            replace(label, chain=still(label.chain), quotation=still(label.quotation))
            for label in outside(annotations.labels, lambda item: item.span)
        ),
        credits=outside(annotations.credits, lambda item: item.span),
    )
