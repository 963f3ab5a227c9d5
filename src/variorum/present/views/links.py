"""Links from what the page says to the words in an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from variorum.model.article import Article
from variorum.model.span import Span
from variorum.model.story import Absence, Account
from variorum.present.index import EditionIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead to their place in an article.

    Attributes:
        target: Fragment of the address: ``"a-3f2b:120-180"``, or an article's id.
        note: What else a reader should know of it, in a few words.
    """

    text: str
    target: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksRow:
    """A row of links by outlet: what a figure or a label is in each.

    Attributes:
        badge: One word about the row, of a closed set: a relation, a kind.
        missing: By outlet, searches where it was looked for and not found.
    """

    head: str
    badge: str = ""
    says: str = ""
    cells: tuple[tuple[Link, ...], ...]
    missing: tuple[tuple[Link, ...], ...] = ()


@dataclass(frozen=True)
class StoryIndex:
    """One story with the look-ups that all its parts need."""

    index: EditionIndex
    account: Account

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """Columns: what has most of the shared statements stands first, then what came first."""
        shared = Counter(
            outlet
            for statement in self.index.iter_shared(self.account)
            for outlet in {self.outlet_of(reading.article) for reading in statement.readings}
        )
        return tuple(sorted(self.index.outlets_of(self.account), key=lambda o: -shared[o]))

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Articles of the story, in its order."""
        return tuple(self.index.articles[a] for a in self.account.story.articles)

    @cached_property
    def absences(self) -> dict[tuple[str, str], tuple[Absence, ...]]:
        """What at least half of the outlets have, by its id and the outlet that lacks it."""
        found: dict[tuple[str, str], tuple[Absence, ...]] = {}
        for absence in self.account.not_found:
            key = (absence.target, absence.outlet)
            found[key] = (*found.get(key, ()), absence)
        return found

    def outlet_of(self, article_id: str) -> str:
        """Return the name of an article's outlet."""
        return self.index.articles[article_id].outlet

    def link(self, article_id: str, span: Span, note: str = "") -> Link:
        """Return a passage as a link to itself."""
        words = " ".join(span.of(self.index.articles[article_id].text).split())
        return Link(text=words, target=make_target(article_id, span), note=note)

    def by_outlet(self, links: Iterable[tuple[str, Link]]) -> tuple[tuple[Link, ...], ...]:
        """Return links, each given with its outlet, as one cell for each outlet of the story."""
        found = defaultdict(list)
        for outlet, link in links:
            found[outlet].append(link)
        return tuple(tuple(found.get(outlet, ())) for outlet in self.outlets)

    def iter_searches(self, outlet: str, words: str, why: str = "") -> Iterator[Link]:
        """Yield a search for ``words`` in each of an outlet's articles."""
        titles = [a.title or a.outlet for a in self.articles if a.outlet == outlet]
        ids = [a.id for a in self.articles if a.outlet == outlet]
        for article_id, title in zip(ids, titles, strict=True):
            where = f"in “{title}”" if len(ids) > 1 else ""
            yield Link(text=words, target=article_id, note=" ".join(filter(None, [where, why])))


def make_target(article_id: str, span: Span) -> str:
    """Return the address of a passage within the page: ``"a-3f2b:120-180"``."""
    return f"{article_id}:{span.start}-{span.end}"


def iter_once(links: Iterable[tuple[str, Link]]) -> Iterator[tuple[str, Link]]:
    """Yield the first place of each wording in an outlet, saying how often it recurs."""
    listed = list(links)
    counts = Counter((outlet, link.text, link.note) for outlet, link in listed)
    seen: set[tuple[str, str, str]] = set()
    for outlet, link in listed:
        key = (outlet, link.text, link.note)
        if key in seen:
            continue
        seen.add(key)
        times = f"×{counts[key]}" if counts[key] > 1 else ""
        yield outlet, replace(link, note=", ".join(filter(None, [link.note, times])))


def count(number: int, noun: str, plural: str = "") -> str:
    """Return ``"1 outlet"``, ``"1,200 outlets"``, ``"2 stories"``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
