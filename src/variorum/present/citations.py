"""A reading as a citation that can be pasted: the words, the outlet, the address, the date."""

from __future__ import annotations

from variorum.model.article import Article


def make_citation(words: str, article: Article) -> str:
    """Return one line: ``“words” — Outlet, “Title”, 12 Feb 2016, https://...``.

    What is not known is left out; without an address the file's name stands in its place.
    """
    quoted = f"“{' '.join(words.split())}”"
    parts = [article.outlet]
    if article.title:
        parts.append(f"“{article.title}”")
    if article.published:
        parts.append(article.published)
    if place := article.url or article.path:
        parts.append(place)
    return f"{quoted} — {', '.join(parts)}"
