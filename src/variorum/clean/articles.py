"""A page becomes an article: its text, its segments, who published it and when."""

from __future__ import annotations

from pathlib import PurePath

from variorum.clean.extract import Extract, extract_article, find_host
from variorum.clean.published import Published, parse_published
from variorum.clean.segments import Segmented, segment_text
from variorum.clean.tongues import find_language, score_translated
from variorum.errors import NoArticleError
from variorum.model.article import Article, Page, mend_page
from variorum.model.ids import make_id

UNKNOWN = "unknown"


def clean_page(page: Page) -> Article:
    """Return the article of a page, its text untouched if the page is plain text.

    Raises:
        NoArticleError: If there is no article in the page.
    """
    page = mend_page(page)
    found = extract_article(page.content, page.where) if page.media == "html" else None
    text = found.text if found else page.content
    given = page.title or (found.title if found else None)
    segmented = segment_text(text, given, found.captions if found else frozenset())
    if not any(segment.kind in {"headline", "body"} for segment in segmented.segments):
        raise NoArticleError(page.where, "holds nothing but clutter", "give the article's text")
    url = page.url or (found.url if found else None)
    outlet = _pick_outlet(page, found, url)
    published = parse_published(page.published or (found.published if found else None))
    published = published or _find_told_date(text, segmented)
    published = published or parse_published(page.default_published)
    version = make_id("v", text)
    return Article(
        id=make_article_id(page, outlet, url, version),
        outlet=outlet,
        text=text,
        version=version,
        segments=segmented.segments,
        input_id=page.input_id,
        path=page.path,
        url=url,
        title=given or segmented.headline,
        author=page.author or (found.author if found else None),
        published=published.text if published else None,
        published_precision=published.precision if published else None,
        language=find_language(text),
        translated=score_translated(text),
        page=page.content if found else None,
    )


def _find_told_date(text: str, segmented: Segmented) -> Published | None:
    """Return the day that a byline above the second paragraph tells: "13.10.2030 | 09:12"."""
    n_body = 0
    for segment in segmented.segments:
        n_body += segment.kind == "body"
        if n_body > 1:
            return None
        found = parse_published(segment.span.of(text)) if segment.kind == "byline" else None
        if found is not None and found.precision not in {"month", "year"}:
            return found
    return None


def make_article_id(page: Page, outlet: str, url: str | None, version: str) -> str:
    """Return the article's id: the same for the same article, wherever and whenever it is read.

    The address says which article it is, else the id that its row brought; only without both does
    the file's name count, and the row of the table; the folder never does: it depends on which one
    was named. Rows of one address that bring ids of their own stay apart.
    """
    name = PurePath(page.path).name if page.path is not None else None
    place = (None, None) if url or page.input_id else (name, page.row)
    return make_id("a", outlet, url, page.input_id, *place, version)


def _pick_outlet(page: Page, found: Extract | None, url: str | None) -> str:
    named = page.outlet or (found.outlet if found else None) or find_host(url)
    if named or page.default_outlet:
        return named or page.default_outlet or UNKNOWN
    return f"{UNKNOWN}: {_find_stem(page)}"


def _find_stem(page: Page) -> str:
    if page.path is None:
        return page.where
    path = PurePath(page.path)
    if path.suffix == ".gz":
        path = path.with_suffix("")
    return path.stem
