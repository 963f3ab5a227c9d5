"""Promises of the whole: what an edition may depend on, and what it may not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from conftest import EXAMPLES

from variorum.api import make_store_edition, open_store, read_inputs
from variorum.model.edition import Edition
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
