"""Invented records, made by hand and by hypothesis, for tests of what keeps and shows them."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from variorum.model.annotation import (
    Annotations,
    Chain,
    ContentSpan,
    Credit,
    CreditKind,
    DateRef,
    DateType,
    EntityKind,
    Figure,
    Form,
    Label,
    Mention,
    Quotation,
    QuotationKind,
    Sentence,
    Stance,
    Via,
)
from variorum.model.article import Article, Failure, Page, Precision, Segment, SegmentKind
from variorum.model.edition import Edition
from variorum.model.entity import ChainLink, Entity, Renaming, Variant
from variorum.model.span import Span
from variorum.model.story import (
    Absence,
    Account,
    BriefSentence,
    CopiedPassage,
    Copy,
    Difference,
    FigureGroup,
    Origin,
    Reading,
    Statement,
    Story,
    Storyline,
    TimelineEntry,
)

COURIER = (
    "The ferry Orla sank off Karsa on Sunday.\n\n"
    "“Twelve people were killed,” Transport Minister Ana Reyes admitted.\n"
)
LANTERN = (
    "Ferry disaster\n\n"
    "At least 14 people were killed off Karsa, Reyes said. She blamed the reckless owners.\n"
)


def find(text: str, words: str) -> Span:
    """Return the only place of ``words`` in ``text``."""
    assert text.count(words) == 1, words
    start = text.index(words)
    return Span(start, start + len(words))


def make_page(content: str = COURIER, **told: object) -> Page:
    given = {"where": "one.txt", "path": "one.txt", "media": "text", "content": content} | told
    return Page(**given)  # type: ignore[arg-type]


def make_body(text: str) -> tuple[Segment, ...]:
    """Return each line of ``text`` as a segment of the body."""
    lines = [line for line in text.split("\n") if line]
    return tuple(Segment(span=find(text, line), kind="body", reason="test") for line in lines)


def make_courier() -> tuple[Article, Annotations]:
    """Return an article with one of everything, and nothing of it unknown."""
    article = Article(
        id="a-courier",
        outlet="The Courier",
        text=COURIER,
        version="v-courier",
        segments=make_body(COURIER),
        input_id="7",
        path="news/courier.txt",
        url="https://courier.example/orla",
        title="Ferry sinks",
        author="Ida Brandt",
        published="2031-05-04",
        published_precision="day",
        language="en",
        translated=0.25,
    )
    quotation = Quotation(
        id="q-courier",
        kind="direct",
        stance="statement",
        content=(ContentSpan(span=find(COURIER, "Twelve people were killed"), is_quoted=True),),
        cue=find(COURIER, "admitted"),
        source=find(COURIER, "Transport Minister Ana Reyes"),
        chain="c-reyes-courier",
        speaker_name="Ana Reyes",
        via=(Via(span=find(COURIER, "Orla"), name="Orla", chain="c-orla"),),
        medium="interview",
        confidence=0.987654,
    )
    annotations = Annotations(
        article_id=article.id,
        sentences=tuple(Sentence(span=segment.span) for segment in article.segments),
        mentions=(
            Mention(span=find(COURIER, "Karsa"), kind="place", form="name", chain="c-karsa"),
            Mention(
                span=find(COURIER, "Ana Reyes"), kind="person", form="name", chain="c-reyes-courier"
            ),
        ),
        chains=(
            Chain(id="c-karsa", kind="place", name="Karsa", is_named=True, keys=("karsa",)),
            Chain(
                id="c-reyes-courier",
                kind="person",
                name="Ana Reyes",
                is_named=True,
                keys=("reyes",),
                roles=("minister",),
            ),
        ),
        quotations=(quotation,),
        figures=(
            Figure(
                id="f-courier",
                span=find(COURIER, "Twelve people"),
                low=12.0,
                high=12.0,
                modifier="exact",
                unit="person",
                what="people killed",
                as_of="2031-05-04",
                attributed_to="q-courier",
            ),
        ),
        dates=(DateRef(span=find(COURIER, "Sunday"), type="DATE", value="2031-05-04"),),
        credits=(Credit(span=find(COURIER, "Orla"), outlet="Meridian", kind="wire"),),
    )
    return article, annotations


def make_lantern() -> tuple[Article, Annotations]:
    """Return an article of which next to nothing is known, with a rival figure and a label."""
    article = Article(
        id="a-lantern",
        outlet="The Lantern",
        text=LANTERN,
        version="v-lantern",
        segments=make_body(LANTERN),
    )
    quotation = Quotation(
        id="q-lantern",
        kind="indirect",
        stance="statement",
        content=(
            ContentSpan(
                span=find(LANTERN, "At least 14 people were killed off Karsa"), is_quoted=False
            ),
        ),
        cue=None,
        source=None,
        chain="c-reyes-lantern",
    )
    annotations = Annotations(
        article_id=article.id,
        mentions=(
            Mention(
                span=find(LANTERN, "Reyes"), kind="person", form="name", chain="c-reyes-lantern"
            ),
        ),
        chains=(
            Chain(
                id="c-reyes-lantern", kind="person", name="Reyes", is_named=True, keys=("reyes",)
            ),
        ),
        quotations=(quotation,),
        figures=(
            Figure(
                id="f-lantern",
                span=find(LANTERN, "At least 14 people"),
                low=14,
                high=None,
                modifier="at least",
                unit="person",
                what="people killed",
            ),
        ),
        labels=(
            Label(
                span=find(LANTERN, "reckless"),
                text="reckless",
                chain=None,
                is_scare_quoted=False,
                quotation=None,
            ),
        ),
    )
    return article, annotations


def make_small_edition() -> Edition:
    """Return two accounts of one sinking, with one record of every kind."""
    (courier, courier_notes), (lantern, lantern_notes) = make_courier(), make_lantern()
    said, told = courier_notes.quotations[0], lantern_notes.quotations[0]
    statement = Statement(
        id="s-killed",
        speaker="e-reyes",
        gist=0,
        readings=(
            Reading(article=courier.id, spans=(said.content[0].span,), quotation=said.id),
            Reading(article=lantern.id, spans=(told.content[0].span,), quotation=told.id, origin=1),
        ),
        differences=(
            Difference(
                left=0,
                right=1,
                kind="number",
                left_spans=(find(COURIER, "Twelve"),),
                right_spans=(find(LANTERN, "14"),),
                weight=0.912345,
                says="The Courier has twelve, The Lantern at least 14.",
            ),
        ),
        not_found=("The Meridian",),
        origins=(
            Origin(outlet="The Courier", articles=(courier.id,), evidence=("first", "no credit")),
            Origin(outlet="The Lantern", articles=(lantern.id,), evidence=()),
        ),
    )
    alone = Statement(
        id="s-owners",
        speaker=None,
        gist=0,
        readings=(
            Reading(
                article=lantern.id,
                spans=(find(LANTERN, "She blamed"), find(LANTERN, "reckless owners")),
                quotation=None,
            ),
        ),
    )
    story = Story(
        id="t-orla",
        title="The ferry Orla sinks",
        articles=(courier.id, lantern.id),
        started="2031-05-04",
        ended="2031-05-06",
        aliases=("t-former",),
        storylines=("l-orla",),
    )
    copy = Copy(
        earlier=courier.id,
        later=lantern.id,
        directed=True,
        share=0.123456,
        passages=(
            CopiedPassage(
                earlier=find(COURIER, "people were killed"),
                later=find(LANTERN, "people were killed"),
            ),
        ),
        confidence=0.75,
        evidence=("credits it", "later by a day"),
    )
    account = Account(
        story=story,
        statements=(statement, alone),
        copies=(copy,),
        not_found=(
            Absence(
                outlet=courier.outlet,
                article=courier.id,
                kind="statement",
                target=alone.id,
                since=None,
                says="Not found: that the owners are to blame.",
            ),
            Absence(
                outlet=lantern.outlet,
                article=lantern.id,
                kind="figure_group",
                target="g-killed",
                since="2031-05-04",
                says="Not found: how many were on board.",
            ),
        ),
        timeline=(
            TimelineEntry(
                date="2031-05-04", article=courier.id, span=courier_notes.sentences[0].span
            ),
        ),
        brief=(
            BriefSentence(
                text=courier_notes.sentences[1].span.of(COURIER),
                article=courier.id,
                span=courier_notes.sentences[1].span,
                n_origins=2,
            ),
        ),
    )
    reyes = Entity(
        id="e-reyes",
        name="Ana Reyes",
        kind="person",
        variants=(
            Variant(text="Ana Reyes", count=1, articles=(courier.id,)),
            Variant(text="Reyes", count=2, articles=(lantern.id,)),
        ),
        renamed=(
            Renaming(
                old="Ida Reyes", new="Ana Reyes", article=courier.id, span=find(COURIER, "Reyes")
            ),
        ),
    )
    return Edition(
        articles=(courier, lantern),
        annotations=(courier_notes, lantern_notes),
        entities=(reyes,),
        links=(
            ChainLink(article_id=courier.id, chain="c-reyes-courier", entity=reyes.id, score=1.0),
            ChainLink(
                article_id=lantern.id,
                chain="c-reyes-lantern",
                entity=reyes.id,
                score=0.9,
                reasons=("both are called Reyes",),
            ),
        ),
        accounts=(account,),
        storylines=(Storyline(id="l-orla", title="After the Orla", stories=(story.id,)),),
        figure_groups=(
            FigureGroup(
                id="g-killed",
                what="people killed",
                stories=(story.id,),
                members=("f-courier", "f-lantern"),
                relation="conflict",
                says="12 or at least 14 people killed.",
            ),
        ),
        failures=(Failure(input="three.pdf", stage="ingest", reason="is a PDF, not text"),),
        made_by={"ingest": 1, "annotate": 3},
    )


texts = st.text(max_size=40)
"""Any characters but lone surrogates, which no input can bring: decoding mends them."""

ids = st.text(min_size=1, max_size=12)

spans = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)).map(
    lambda ends: Span(min(ends), max(ends))
)
scores = st.floats(0.0, 1.0)
values = st.none() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)


def articles() -> st.SearchStrategy[Article]:
    """Articles with every field drawn."""
    segments = st.builds(
        Segment, span=spans, kind=st.sampled_from(get_args(SegmentKind)), reason=texts
    )
    return st.builds(
        Article,
        id=st.text("abcdef0123456789", min_size=1, max_size=4).map("a-{}".format),
        outlet=texts,
        text=texts,
        version=texts,
        segments=st.lists(segments, max_size=3).map(tuple),
        input_id=st.none() | texts,
        path=st.none() | texts,
        url=st.none() | texts,
        title=st.none() | texts,
        author=st.none() | texts,
        published=st.none() | texts,
        published_precision=st.sampled_from([None, *get_args(Precision)]),
        language=st.none() | texts,
        translated=scores,
        page=st.none() | texts,
    )


def annotations(article_id: str) -> st.SearchStrategy[Annotations]:
    """Annotations of an article with every field of every kind drawn, their ids unique."""

    def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
        return st.lists(strategy, max_size=2).map(tuple)

    kinds = st.sampled_from(get_args(EntityKind))
    words = st.none() | texts
    return st.builds(
        Annotations,
        article_id=st.just(article_id),
        sentences=some(st.builds(Sentence, span=spans)),
        mentions=some(
            st.builds(
                Mention,
                span=spans,
                kind=kinds,
                form=st.sampled_from(get_args(Form)),
                chain=ids,
            )
        ),
        chains=some(
            st.builds(
                Chain,
                id=ids,
                kind=kinds,
                name=texts,
                is_named=st.booleans(),
                keys=some(texts),
                roles=some(texts),
            )
        ),
        quotations=st.lists(
            st.builds(
                Quotation,
                id=ids,
                kind=st.sampled_from(get_args(QuotationKind)),
                stance=st.sampled_from(get_args(Stance)),
                content=st.lists(
                    st.builds(ContentSpan, span=spans, is_quoted=st.booleans()),
                    min_size=1,
                    max_size=2,
                ).map(tuple),
                cue=st.none() | spans,
                source=st.none() | spans,
                chain=st.none() | ids,
                speaker_name=words,
                via=some(st.builds(Via, span=spans, name=texts, chain=st.none() | ids)),
                medium=words,
                confidence=scores,
            ),
            max_size=2,
            unique_by=lambda quotation: quotation.id,
        ).map(tuple),
        figures=some(
            st.builds(
                Figure,
                id=ids,
                span=spans,
                low=values,
                high=values,
                modifier=texts,
                unit=texts,
                what=texts,
                as_of=words,
                attributed_to=st.none() | ids,
            )
        ),
        dates=some(
            st.builds(DateRef, span=spans, type=st.sampled_from(get_args(DateType)), value=ids)
        ),
        labels=some(
            st.builds(
                Label,
                span=spans,
                text=texts,
                chain=st.none() | ids,
                is_scare_quoted=st.booleans(),
                quotation=st.none() | ids,
            )
        ),
        credits=some(
            st.builds(Credit, span=spans, outlet=texts, kind=st.sampled_from(get_args(CreditKind)))
        ),
    )
