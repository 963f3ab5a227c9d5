"""What a program calls: read inputs into a store, make the edition of a store.

::

    with open_store(None) as store:
        read_inputs(["articles/"], store)
        edition = make_store_edition(store)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from variorum.engine.local import make_engine
from variorum.ingest import IngestOptions, iter_pages
from variorum.languages.encoder import StaticEncoder
from variorum.languages.weights import FrozenWeights
from variorum.model.article import Failure, Page
from variorum.model.edition import Edition
from variorum.model.ports import Store
from variorum.pipeline import PageReader, Report, make_edition
from variorum.store.sqlite import SQLiteStore

Tick = Callable[[str], None]
"""Told the input's name whenever a page was dealt with."""


@dataclass(frozen=True, slots=True)
class ReadCount:
    """What a run of :func:`read_inputs` came to.

    Attributes:
        n_new: Articles that the store did not hold.
        n_known: Pages that it had read before.
        failures: Inputs that could not be read, in the order met.
        was_interrupted: Whether the run was stopped before its end; what was read is kept.
    """

    n_new: int
    n_known: int
    failures: tuple[Failure, ...]
    was_interrupted: bool = False

    @property
    def has_read(self) -> bool:
        """Whether at least one article of the inputs is now in the store."""
        return self.n_new + self.n_known > 0


def open_store(path: Path | None) -> SQLiteStore:
    """Return the store in the file ``path``, made if it is not there; None keeps it in memory.

    Raises:
        StoreError: If the file can't be used as a store.
    """
    return SQLiteStore(path if path is not None else Path(":memory:"))


def read_inputs(
    inputs: Sequence[str | Page],
    store: Store,
    *,
    options: IngestOptions | None = None,
    workers: int = 1,
    model: str | None = None,
    tick: Tick = lambda _: None,
) -> ReadCount:
    """Read files, folders and ready pages into ``store``, each page once.

    Args:
        inputs: Paths, addresses, or pages that the caller already has.
        workers: Number of processes that clean and annotate.
        model: A spaCy pipeline in place of the shipped one: a name or a folder.
    """
    failures: list[Failure] = []
    counts = {"new": 0, "known": 0}
    interrupted = False

    def fresh() -> Iterator[Page]:
        for item in _iter_items(inputs, options or IngestOptions()):
            if isinstance(item, Failure):
                store.save_failure(item)
                failures.append(item)
                tick(item.input)
            elif store.has_page(item):
                counts["known"] += 1
                tick(item.where)
            else:
                yield item

    try:
        for read in make_engine(workers).map(PageReader(model), fresh()):
            store.save_read(read.page, read.article, read.annotations, read.failure)
            counts["new"] += read.article is not None
            if read.failure is not None:
                failures.append(read.failure)
            tick(read.page.where)
    except KeyboardInterrupt:
        # Each page was saved as it was read; the caller decides what to make of them.
        interrupted = True
    return ReadCount(counts["new"], counts["known"], tuple(failures), interrupted)


def make_store_edition(store: Store, *, report: Report = lambda _: None) -> Edition:
    """Make the edition of all that ``store`` holds, and keep it there."""
    edition = make_edition(
        store.load_articles(),
        store.load_annotations(),
        store.load_failures(),
        encoder=StaticEncoder(),
        weights=FrozenWeights(),
        report=report,
    )
    store.save_edition(edition)
    return edition


def _iter_items(inputs: Sequence[str | Page], options: IngestOptions) -> Iterator[Page | Failure]:
    paths = [item for item in inputs if isinstance(item, str)]
    yield from (item for item in inputs if isinstance(item, Page))
    yield from iter_pages(paths, options)
