"""The article of a web page, by trafilatura (Barbaresi 2021), and what the page says of it.

trafilatura throws pictures away with their captions, and often the headline: both are given back,
since a caption attributes and counts as the article does, and a headline is compared first of all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from variorum.clean.headlines import fold_title, is_same_title
from variorum.errors import NoArticleError

MIN_WORDS = 25
"""Shorter finds are menus and notices."""

QUERY = re.compile(r"[?#].*", re.DOTALL)
MAX_TAGS = 50_000
"""Angle brackets that open. Extraction takes 0.4 ms for each (20,000: 8 seconds on one core); the
page of an article has a few thousand."""

MAX_TITLE_WORDS = 40
MAX_CAPTION_WORDS = 120
MAX_DEPTH = 6
"""How deep the data for search engines (JSON-LD) is searched for a date."""

# htmldate would else take today for the latest day there is, and a run of next year read otherwise.
DATE_PARAMETERS = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}

PUBLISHED_QUERY = """
    //meta[@property='article:published_time' or @name='article:published_time'
           or @itemprop='datePublished' or @name='pubdate' or @name='parsely-pub-date']/@content
    | //*[@itemprop='datePublished']/@datetime
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a page holds.

    Attributes:
        text: The headline, an empty line, then paragraphs with empty lines between.
        captions: Lines of ``text`` that stood under pictures.
    """

    text: str
    title: str | None
    author: str | None
    outlet: str | None
    url: str | None
    published: str | None
    captions: frozenset[str]


def extract_article(page: str, where: str) -> Extract:
    """Return the article of an HTML page.

    Raises:
        NoArticleError: If there is none in it.
    """
    if page.count("<") > MAX_TAGS:
        what = f"has more than {MAX_TAGS:,} tags, as no page of an article has"
        raise NoArticleError(where, what, "give the article's text")
    tree = trafilatura.load_html(page)
    if tree is None:
        raise NoArticleError(where, "is no HTML that can be read", "save the page anew")
    published, heading = _find_published(tree), _find_heading(tree)
    captions = _keep_captions(tree)
    found: Any = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        deduplicate=False,
        date_extraction_params=dict(DATE_PARAMETERS),
    )
    paragraphs = _split(found.text) if found is not None else []
    if sum(len(paragraph.split()) for paragraph in paragraphs) < MIN_WORDS:
        what = "has no article in it that could be told from the rest of the page"
        raise NoArticleError(where, what, "give the text itself")
    title = _pick_title(_fold(found.title), heading)
    if title and not any(_is_title(paragraph, title) for paragraph in paragraphs[:3]):
        paragraphs.insert(0, title)
    return Extract(
        text="\n\n".join(paragraphs),
        title=title,
        author=_fold(found.author),
        outlet=_fold(found.sitename),
        url=_fold(found.url),
        published=published or found.date,
        captions=captions & frozenset(paragraphs),
    )


def find_host(url: str | None) -> str | None:
    """Return the host of an address without ``www.``: what to call an outlet with no name.

    Of a page in a web archive, the address that it was kept from counts; an address that is only
    handed on in the query does not.
    """
    address = QUERY.sub("", url or "")
    inner = max(address.rfind("http://"), address.rfind("https://"))
    try:
        host = urlsplit(address[max(inner, 0) :]).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _split(text: str | None) -> list[str]:
    lines = (" ".join(line.split()) for line in (text or "").split("\n"))
    return [line for line in lines if line]


def _fold(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _is_title(paragraph: str, title: str) -> bool:
    return is_same_title(fold_title(paragraph), fold_title(title))


def _pick_title(title: str | None, heading: str | None) -> str | None:
    """Return the headline as the page prints it, which titles shorten or adorn."""
    if title and heading and is_same_title(fold_title(title), fold_title(heading)):
        return heading
    return title or heading


def _find_heading(tree: Any) -> str | None:
    headings = [_fold(node.text_content()) for node in tree.iter("h1")]
    fit = [text for text in headings if text and len(text.split()) <= MAX_TITLE_WORDS]
    return fit[0] if len(fit) == 1 else None


def _keep_captions(tree: Any) -> frozenset[str]:
    """Make paragraphs of captions, in place; return their texts."""
    texts = set()
    for caption in list(tree.iter("figcaption")):
        text = _fold(caption.text_content())
        if not text or len(text.split()) > MAX_CAPTION_WORDS:
            continue
        texts.add(text)
        for child in list(caption):
            caption.remove(child)
        caption.tag, caption.text = "p", text
        for above in caption.iterancestors("figure"):
            above.tag = "div"
            above.attrib.clear()
    return frozenset(texts)


def _find_published(tree: Any) -> str | None:
    """Return the time of publication, where trafilatura gives only the day."""
    found = [str(value).strip() for value in tree.xpath(PUBLISHED_QUERY)]
    found.extend(_iter_data_dates(tree))
    return next((value for value in found if value[:4].isdigit()), None)


def _iter_data_dates(tree: Any) -> Iterator[str]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        yield from _iter_dates(data, MAX_DEPTH)


def _iter_dates(data: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(data, dict):
        value = data.get("datePublished")
        if isinstance(value, str):
            yield value.strip()
        for inner in data.values():
            yield from _iter_dates(inner, depth - 1)
    elif isinstance(data, list):
        for inner in data:
            yield from _iter_dates(inner, depth - 1)
