"""Promises of the whole: what an edition may depend on, and what it may not."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EXAMPLES

from variorum.api import make_store_edition, open_store, read_inputs
from variorum.clean import clean_page
from variorum.languages.encoder import StaticEncoder
from variorum.languages.weights import FrozenWeights
from variorum.model.annotation import (
    Annotations,
    Chain,
    ContentSpan,
    Figure,
    Label,
    Mention,
    Quotation,
    Via,
)
from variorum.model.article import Article, Page
from variorum.model.edition import Edition
from variorum.model.span import Span
from variorum.pipeline import make_edition
from variorum.present.export import encode_json, make_edition_json


def read(paths: list[str], *, workers: int = 1) -> bytes:
    with open_store(None) as store:
        read_inputs(paths, store, workers=workers)
        return encode_json(make_edition_json(make_store_edition(store)))


@pytest.fixture(scope="module")
def files() -> list[str]:
    return sorted(str(path) for path in EXAMPLES.rglob("*") if path.suffix in {".txt", ".html"})


@pytest.fixture(scope="module")
def written(files: list[str]) -> bytes:
    return read(files)


def test_order_of_inputs(files: list[str], written: bytes) -> None:
    """The same articles in another order are the same edition, byte for byte."""
    shuffled = list(files)
    random.Random(7).shuffle(shuffled)
    assert shuffled != files
    assert read(shuffled) == written


def test_hash_seed(tmp_path: Path) -> None:
    """Sets of words are walked in another order in each process; what is found is the same."""
    article = tmp_path / "ferry.txt"
    # Its last line is as much an offer as a policy.
    article.write_text(
        "Ferry sinks off Karsa\n\nThe ferry sank at night, Ann Lane said.\n\n"
        "Sign up for BREAKING NEWS Emails privacy policy Thanks for subscribing!\n",
        encoding="utf-8",
    )
    written = set()
    for seed in ("1", "2", "3"):
        target = tmp_path / f"{seed}.json"
        command = [sys.executable, "-m", "variorum", "read", str(article), "--json", str(target)]
        settings = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, env=settings, capture_output=True, check=True)
        written.add(target.read_bytes())

    assert len(written) == 1


@pytest.mark.slow
def test_number_of_workers(files: list[str], written: bytes) -> None:
    """Four processes find what one finds, byte for byte."""
    assert read(files, workers=4) == written


def test_read_at_once_or_bit_by_bit(files: list[str], written: bytes, tmp_path: Path) -> None:
    """A store filled over days gives the edition of the same articles read at once."""
    path = tmp_path / "news.variorum"
    half = len(files) // 2
    for part in (files[half:], files[:half]):
        with open_store(path) as store:
            read_inputs(part, store)
            edition = make_store_edition(store)
    assert encode_json(make_edition_json(edition)) == written


def test_reading_again(files: list[str], tmp_path: Path) -> None:
    """Reading the same input again adds nothing."""
    path = tmp_path / "news.variorum"
    with open_store(path) as store:
        first = read_inputs(files[:4], store)
        again = read_inputs(files[:4], store)
        assert (first.n_new, first.n_known) == (4, 0)
        assert (again.n_new, again.n_known) == (0, 4)
        assert len(store.load_articles()) == 4


def test_plain_text_is_untouched(edition: Edition) -> None:
    """For plain text the article's text is the file's, character for character, less its header."""
    article = next(a for a in edition.articles if (a.path or "").endswith("free-orvania.txt"))
    assert article.text == (EXAMPLES / "siege/free-orvania.txt").read_text(encoding="utf-8")


def test_sentences_and_mentions(edition: Edition) -> None:
    """Whatever an annotator finds lies in the text, in order, and is not blank."""
    for article, notes in zip(edition.articles, edition.annotations, strict=True):
        found = (
            [sentence.span for sentence in notes.sentences],
            [mention.span for mention in notes.mentions],
            [figure.span for figure in notes.figures],
            [date_ref.span for date_ref in notes.dates],
            [label.span for label in notes.labels],
            [segment.span for segment in article.segments],
        )
        for spans in found:
            assert spans == sorted(spans)
            assert all(span.of(article.text).strip() for span in spans)
        chains = {chain.id for chain in notes.chains}
        assert {mention.chain for mention in notes.mentions} <= chains
        assert {quotation.chain for quotation in notes.quotations} <= chains | {None}


def test_segments_cover_the_text(edition: Edition) -> None:
    """Nothing vanishes: every character that is not blank lies in exactly one segment."""
    for article in edition.articles:
        covered = [0] * len(article.text)
        for segment in article.segments:
            for at in range(segment.span.start, segment.span.end):
                covered[at] += 1
        assert all(
            count == 1
            for count, char in zip(covered, article.text, strict=True)
            if not char.isspace()
        )


def test_brief_is_verbatim(edition: Edition) -> None:
    """The brief invents nothing: each sentence stands in its article, character for character."""
    texts = {article.id: article.text for article in edition.articles}
    sentences = [sentence for account in edition.accounts for sentence in account.brief]
    assert sentences
    assert all(s.text == s.span.of(texts[s.article]) for s in sentences)


PLEA = "Follow Jane Roe for more, “a terrorist of the pen”."
TOPICS = ("ferry", "harvest", "school")


def make_told(topic: str, *, plea: str = PLEA) -> tuple[Article, Annotations]:
    """Return an article with a plea and what was found in both, two links across them included."""
    told = f"Ann Lee opened the {topic} of Karsa, and 12 guests came on Monday to see the {topic}."
    text = f"{told}\n\nThe {topic} is the talk of the town.\n\nNobody saw such a {topic}.\n\n{plea}"
    page = Page(where=topic, path=topic, media="text", content=text, outlet="Courier")
    article = clean_page(page)

    def span(words: str) -> Span:
        return Span(start := text.index(words), start + len(words))

    def mention(name: str, chain: str) -> Mention:
        return Mention(span=span(name), kind="person", form="name", chain=chain)

    def quotation(name: str, words: str, chain: str, via: str) -> Quotation:
        return Quotation(
            id=name,
            kind="direct",
            stance="statement",
            content=(ContentSpan(span=span(words), is_quoted=True),),
            cue=None,
            source=None,
            chain=chain,
            via=(Via(span=span("Karsa"), name="Karsa", chain=via),),
        )

    names = {"c-lee": "Ann Lee", "c-roe": "Jane Roe", "c-byline": "The Courier"}
    return article, Annotations(
        article_id=article.id,
        mentions=(mention("Ann Lee", "c-lee"), mention("Jane Roe", "c-roe")),
        chains=tuple(
            Chain(id=chain, kind="person", name=name, is_named=True)
            for chain, name in names.items()
        ),
        quotations=(
            quotation("q-kept", "Nobody saw such", "c-roe", "c-roe"),
            quotation("q-lee", "is the talk", "c-lee", "c-byline"),
            quotation("q-lost", "a terrorist of the pen", "c-roe", "c-lee"),
        ),
        figures=(
            Figure(
                id="f",
                span=span("12 guests"),
                low=12,
                high=12,
                modifier="exact",
                unit="person",
                what="guests",
                attributed_to="q-lost",
            ),
        ),
        labels=(
            Label(
                span=span("guests"),
                text="guests",
                chain="c-roe",
                is_scare_quoted=False,
                quotation="q-lost",
            ),
        ),
    )


def test_what_late_boilerplate_takes_with_it() -> None:
    """A chain that nothing mentions any more goes, and nothing points to what went."""
    told = [make_told(topic) for topic in TOPICS]
    edition = make_edition(
        [article for article, _ in told],
        [notes for _, notes in told],
        [],
        encoder=StaticEncoder(),
        weights=FrozenWeights(),
    )

    assert "Jane Roe" not in {entity.name for entity in edition.entities}
    for notes in edition.annotations:
        kept, lee = notes.quotations
        assert [chain.id for chain in notes.chains] == ["c-lee", "c-byline"]
        assert (kept.id, kept.chain, kept.via[0].chain) == ("q-kept", None, None)
        assert (lee.id, lee.chain, lee.via[0].chain) == ("q-lee", "c-lee", "c-byline")
        assert notes.figures[0].attributed_to is None
        assert (notes.labels[0].chain, notes.labels[0].quotation) == (None, None)
