"""A reading as a citation that can be pasted: the words, the outlet, the address, the date."""

from __future__ import annotations

from variorum.model.article import Article


def make_citation(words: str, article: Article) -> str:
    """Return one line: ``“words” — Outlet, “Title”, 2016-02-12, https://...``."""
    return f"“{' '.join(words.split())}” — {make_citation_tail(article)}"


def make_citation_tail(article: Article) -> str:
    """Return what follows the words in a citation: outlet, title, date, address.

    What is not known is left out; without an address the file's name stands in its place.
    """
    parts = [article.outlet]
    if article.title:
        parts.append(f"“{article.title}”")
    if article.published:
        parts.append(article.published)
    if place := article.url or article.path:
        parts.append(place)
    return ", ".join(parts)
