"""An edition with the look-ups that every way of showing it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from variorum.errors import AmbiguousNameError, UnknownNameError
from variorum.model.annotation import Annotations, Figure, Quotation
from variorum.model.article import Article
from variorum.model.edition import Edition
from variorum.model.entity import ChainLink, Entity
from variorum.model.story import Account, Reading, Statement

UNKNOWN_SPEAKER = "speaker not told"


@dataclass(frozen=True)
class EditionIndex:
    """Finds the records that others point to by id."""

    edition: Edition

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Articles by id."""
        return {article.id: article for article in self.edition.articles}

    @cached_property
    def annotations(self) -> dict[str, Annotations]:
        """What was found in each article, by the article's id."""
        return {notes.article_id: notes for notes in self.edition.annotations}

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.edition.entities}

    @cached_property
    def quotations(self) -> dict[str, tuple[Article, Quotation]]:
        """Quotations by id, each with its article."""
        pairs = zip(self.edition.articles, self.edition.annotations, strict=True)
        return {
            quotation.id: (article, quotation)
            for article, notes in pairs
            for quotation in notes.quotations
        }

    @cached_property
    def figures(self) -> dict[str, tuple[Article, Figure]]:
        """Figures by id, each with its article."""
        pairs = zip(self.edition.articles, self.edition.annotations, strict=True)
        return {
            figure.id: (article, figure) for article, notes in pairs for figure in notes.figures
        }

    @cached_property
    def link_of_chain(self) -> dict[str, ChainLink]:
        """Which entity a chain is held to be and why, by the chain's id."""
        return {link.chain: link for link in self.edition.links}

    @cached_property
    def entity_of_chain(self) -> dict[str, str]:
        """Entity ids by chain id."""
        return {link.chain: link.entity for link in self.edition.links}

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """Accounts of the stories, those that most outlets tell, and tell alike, first."""

        def rank(account: Account) -> tuple[int, int, int, str, str]:
            n_shared = sum(1 for _ in self.iter_shared(account))
            story = account.story
            return (
                -len(self.outlets_of(account)), -n_shared, -len(story.articles), story.title,
                story.id,
            )  # fmt: skip

        return tuple(sorted(self.edition.accounts, key=rank))

    def find_account(self, story: str) -> Account:
        """Return the account of a story, named by its number, its id, a former id or its title.

        Raises:
            UnknownNameError: If there is none.
            AmbiguousNameError: If the words fit several titles.
        """
        accounts = self.accounts
        if story.isdecimal() and 1 <= int(story) <= len(accounts):
            return accounts[int(story) - 1]
        exact = [a for a in accounts if story == a.story.id or story in a.story.aliases]
        near = [a for a in accounts if story.casefold() in a.story.title.casefold()]
        if len(found := exact or near) == 1:
            return found[0]
        if found:
            titles = {n: a.story.title for n, a in enumerate(accounts, 1) if a in found}
            raise AmbiguousNameError("story", story, titles)
        raise UnknownNameError("story", story, [account.story.title for account in accounts])

    def iter_annotated(self, account: Account) -> Iterator[tuple[Article, Annotations]]:
        """Yield the articles of a story, in its order, with what was found in them."""
        for article_id in account.story.articles:
            yield self.articles[article_id], self.annotations[article_id]

    def outlets_of(self, account: Account) -> tuple[str, ...]:
        """Return the outlets of a story, in the order of its articles."""
        return tuple(dict.fromkeys(self.articles[a].outlet for a in account.story.articles))

    def words_of(self, reading: Reading) -> str:
        """Return a reading's words, its runs joined by an ellipsis."""
        text = self.articles[reading.article].text
        return " … ".join(" ".join(span.of(text).split()) for span in reading.spans)

    def speaker_of(self, statement: Statement) -> str:
        """Return who is said to have said it."""
        if statement.speaker is not None:
            return self.entities[statement.speaker].name
        for reading in statement.readings:
            if reading.quotation is not None:
                name = self.quotations[reading.quotation][1].speaker_name
                if name is not None:
                    return name
        return UNKNOWN_SPEAKER

    def name_of_quoted(self, quotation: Quotation) -> str:
        """Return who is quoted: the entity's name, else the article's words."""
        entity = self.entity_of_chain.get(quotation.chain or "")
        if entity is not None:
            return self.entities[entity].name
        return quotation.speaker_name or UNKNOWN_SPEAKER

    def names_of_candidates(self, quotation: Quotation) -> tuple[str, ...]:
        """Return who may be quoted where it can't be told."""
        entities = (self.entity_of_chain.get(chain) for chain in quotation.candidates)
        return tuple(dict.fromkeys(self.entities[one].name for one in entities if one is not None))

    def iter_shared(self, account: Account) -> Iterator[Statement]:
        """Yield the statements that more than one article has, the most telling first."""
        shared = [s for s in account.statements if len({r.article for r in s.readings}) > 1]
        yield from sorted(shared, key=self._rank)

    def _rank(self, statement: Statement) -> tuple[float, int, str]:
        weight = max((d.weight for d in statement.differences), default=0.0)
        n_outlets = len({self.articles[r.article].outlet for r in statement.readings})
        return (-weight, -n_outlets, statement.id)
