"""What the stages are given: an engine, a store, an encoder, weights of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from variorum.model.annotation import Annotations
from variorum.model.article import Article, Failure, Page
from variorum.model.edition import Edition
from variorum.model.entity import Entity
from variorum.model.judgement import Judgement, NamedOne, Verdict

In = TypeVar("In")
Out = TypeVar("Out")

Vectors = npt.NDArray[np.float32]


class Engine(Protocol):
    """Runs a function over items; yields the results in the order of the items."""

    def map(self, function: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
        """Yield ``function(item)`` of each item, in order."""
        ...


class Encoder(Protocol):
    """Turns sentences into vectors whose dot product is their likeness."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors.

        Shape: ``(len(texts), n)``, float32; an empty text has a zero vector.
        """
        ...


class WordWeights(Protocol):
    """Says how much a word tells, from a frozen table of the language."""

    def weight_of(self, word: str) -> float:
        """Return the inverse document frequency of a lower-case word; 0.0 for a stop word."""
        ...


class Outcome(NamedTuple):
    """What came of a page that was read before; both where an article could not be annotated."""

    has_article: bool
    failure: Failure | None


class Store(Protocol):
    """Keeps pages read, articles, annotations, failures, judgements and the edition of them."""

    def find_outcome(self, page: Page) -> Outcome | None:
        """Return what came of this very page; None if it was not read before."""
        ...

    def save_read(
        self,
        page: Page,
        article: Article | None,
        annotations: Annotations | None,
        failure: Failure | None,
    ) -> bool:
        """Keep what became of one page, all of it or nothing; return whether its article is new.

        Of two records of one article that differ, the same one is kept in whatever order they come.
        """
        ...

    def save_failure(self, failure: Failure) -> None:
        """Keep an input that could not be read; the same failure is kept once."""
        ...

    def drop_failure(self, failure: Failure) -> None:
        """Forget a failure: its input can be read by now."""
        ...

    def load_articles(self) -> tuple[Article, ...]:
        """Return all articles, by id."""
        ...

    def load_annotations(self) -> tuple[Annotations, ...]:
        """Return all annotations, by article id."""
        ...

    def load_outdated(self, version: int) -> tuple[Article, ...]:
        """Return the articles that an older ``annotate`` than ``version`` read, by id."""
        ...

    def load_models(self) -> frozenset[str | None]:
        """Return the pipelines that annotated the store's articles; None for the shipped one."""
        ...

    def save_annotations(self, article: Article, annotations: Annotations) -> None:
        """Keep what was found in an article in place of what was found before."""
        ...

    def save_judgement(
        self, verdict: Verdict, left: NamedOne, right: NamedOne, *, made: str
    ) -> Judgement:
        """Keep what a person said of two names; the edition is then made anew."""
        ...

    def undo_judgement(self, number: int, *, made: str) -> None:
        """Keep that a judgement is taken back; it stays in the list."""
        ...

    def load_judgements(self) -> tuple[Judgement, ...]:
        """Return all judgements, the undone ones too, by number."""
        ...

    def load_failures(self) -> tuple[Failure, ...]:
        """Return all failures, sorted."""
        ...

    def save_edition(self, edition: Edition) -> None:
        """Keep the edition in place of the one before, unless something came in meanwhile."""
        ...

    def load_entities(self) -> tuple[Entity, ...]:
        """Return the entities of the last edition, which may lack the last judgements; by id."""
        ...

    def load_edition(self) -> Edition | None:
        """Return the last edition; None if none was made."""
        ...
