"""What a program calls: read inputs into a store, make the edition of a store.

::

    with open_store(None) as store:
        read_inputs(["articles/"], store)
        edition = make_store_edition(store)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePath

from variorum.engine.local import make_engine
from variorum.errors import MAX_SHOWN, UnknownNameError, UsageError
from variorum.ingest import IngestOptions, iter_pages
from variorum.languages.encoder import StaticEncoder
from variorum.languages.weights import FrozenWeights
from variorum.model.article import Article, Failure, Page, mend_page
from variorum.model.edition import Edition
from variorum.model.judgement import (
    Judgement,
    NamedOne,
    Verdict,
    find_contradicted,
    list_standing,
    normalise_name,
)
from variorum.model.ports import Engine, Store
from variorum.pipeline import MADE_BY, Annotator, PageReader, Report, make_edition
from variorum.store.sqlite import SQLiteStore

Tick = Callable[[str], None]
"""Told the input's name whenever a page was dealt with."""

VERDICTS: Mapping[Verdict, str] = {"same": "one", "different": "two"}
"""What two names are held to be."""


@dataclass(frozen=True, slots=True)
class ReadCount:
    """What a run of :func:`read_inputs` came to.

    Attributes:
        n_new: Articles that the store did not hold.
        n_known: Pages whose article it held already.
        n_renewed: Articles of the store that an older version had annotated, annotated anew.
        failures: Inputs that could not be read, in the order met.
        was_interrupted: Whether the run was stopped before its end; what was read is kept.
    """

    n_new: int
    n_known: int
    n_renewed: int
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
    inputs: Sequence[str | Page | Failure],
    store: Store,
    *,
    options: IngestOptions | None = None,
    workers: int = 1,
    model: str | None = None,
    tick: Tick = lambda _: None,
) -> ReadCount:
    """Read files, folders and ready pages into ``store``, each page once.

    What an older version found in the store's articles is found anew, so that no edition is made of
    two versions' annotations. A failure that the store holds of one of these inputs, and that is
    none any longer, is dropped.

    Args:
        inputs: Paths, addresses, or what the caller already has: pages, and why there is none.
        workers: Number of processes that clean and annotate.
        model: A spaCy pipeline in place of the shipped one: a name or a folder.

    Raises:
        UsageError: If the store's articles were annotated with another pipeline.
    """
    _check_model(model, store)
    failures: list[Failure] = []
    counts = {"new": 0, "known": 0, "renewed": 0}
    engine = make_engine(workers)
    interrupted = False

    def fresh() -> Iterator[Page]:
        for item in _iter_items(inputs, options or IngestOptions()):
            if isinstance(item, Failure):
                store.save_failure(item)
                failures.append(item)
                tick(item.input)
            elif (outcome := store.find_outcome(item)) is None:
                yield item
            else:
                counts["known"] += outcome.has_article
                if outcome.failure is not None:
                    store.save_failure(outcome.failure)
                    failures.append(outcome.failure)
                tick(item.where)

    try:
        for article in _renew(store, engine, Annotator(model)):
            counts["renewed"] += 1
            tick(article.outlet)
        for read in engine.map(PageReader(model), fresh()):
            is_new = store.save_read(read.page, read.article, read.annotations, read.failure)
            counts["new"] += is_new
            counts["known"] += read.article is not None and not is_new
            if read.failure is not None:
                failures.append(read.failure)
            tick(read.page.where)
        _drop_settled(inputs, failures, store)
    except KeyboardInterrupt:
        # Each page was saved as it was read; the caller decides what to make of them.
        interrupted = True
    return ReadCount(
        counts["new"], counts["known"], counts["renewed"], tuple(failures), interrupted
    )


def _renew(store: Store, engine: Engine, annotator: Annotator) -> Iterator[Article]:
    """Annotate anew what an older version annotated; yield each article when it is saved."""
    outdated = store.load_outdated(MADE_BY["annotate"])
    for article, found in zip(outdated, engine.map(annotator, outdated), strict=True):
        store.save_annotations(article, found)
        yield article


def _check_model(model: str | None, store: Store) -> None:
    """See that one pipeline annotates all of a store: what two found can't be compared."""
    for other in store.load_models() - {model}:
        advice = f"give --language-model {other}" if other else "leave --language-model out"
        raise UsageError(
            f"the store's articles were annotated with {other or 'the shipped pipeline'}, not with "
            f"{model or 'the shipped one'}; {advice}, or take another store"
        )


def make_store_edition(
    store: Store, *, min_confidence: float = 0.0, report: Report = lambda _: None
) -> Edition:
    """Make the edition of all that ``store`` holds, and keep it there.

    Args:
        min_confidence: Of quotations that are laid side by side; the others stay in the edition.
    """
    edition = make_edition(
        store.load_articles(),
        store.load_annotations(),
        store.load_failures(),
        store.load_judgements(),
        encoder=StaticEncoder(),
        weights=FrozenWeights(),
        min_confidence=min_confidence,
        report=report,
    )
    store.save_edition(edition)
    return edition


def parse_named(text: str, store: Store) -> NamedOne:
    """Return whom ``"NAME"`` or ``"NAME@ARTICLE"`` means; ARTICLE is an id, a path or an input id.

    Raises:
        UnknownNameError: If no article of the store, or not that one, has such a name.
        UsageError: If ARTICLE is several.
    """
    known: dict[str, set[str]] = defaultdict(set)
    spelt: dict[str, str] = {}
    for entity in store.load_entities() or make_store_edition(store).entities:
        for variant in entity.variants:
            if variant.is_name:
                known[normalise_name(variant.text)].update(variant.articles)
                spelt.setdefault(normalise_name(variant.text), variant.text)
    if normalise_name(text) in known:
        return NamedOne(text)
    name, _, where = text.rpartition("@")
    articles = known.get(normalise_name(name))
    if articles is None:
        raise UnknownNameError("name", text, spelt.values())
    article = _find_article(where, store)
    if article not in articles:
        raise UnknownNameError(f"article with the name {name!r}", where, articles)
    return NamedOne(name, article)


def _find_article(where: str, store: Store) -> str | None:
    articles = store.load_articles()
    found = sorted(one.id for one in articles if where in {one.id, one.path, one.input_id})
    if len(found) > 1:
        several = ", ".join(found[:MAX_SHOWN])
        raise UsageError(f"{where}: several articles come from there; give an id: {several}")
    return next(iter(found), None)


def add_judgement(
    store: Store, verdict: Verdict, left: NamedOne, right: NamedOne, *, made: str
) -> Judgement:
    """Keep what a person says of two names, and return it.

    Raises:
        UsageError: If it can't hold beside what was judged before, or says it once more.
    """
    if (normalise_name(left.name), left.article) == (normalise_name(right.name), right.article):
        advice = "name the article of each: NAME@ARTICLE"
        raise UsageError(f"{left} and {right} are one name; to tell two people apart, {advice}")
    standing = list_standing(store.load_judgements())
    for one in standing:
        if one.verdict == verdict and {one.left, one.right} == {left, right}:
            raise UsageError(f"judgement {one.number} says so already: {left}, {right}")
    against = find_contradicted(standing, verdict, left, right)
    if against is not None:
        raise UsageError(
            f"{left} and {right} can't be {VERDICTS[verdict]}: by judgement {against.number} "
            f"{against.left} and {against.right} are {VERDICTS[against.verdict]}; undo that first"
        )
    return store.save_judgement(verdict, left, right, made=made)


def undo_judgement(store: Store, number: int, *, made: str) -> Judgement:
    """Take a judgement back, and return it; it stays in the list.

    Raises:
        UsageError: If there is none of that number that stands.
    """
    found = next((one for one in store.load_judgements() if one.number == number), None)
    if found is None:
        raise UsageError(f"there is no judgement {number}; variorum judge list shows them")
    if found.undone is not None:
        raise UsageError(f"judgement {number} was undone before, on {found.undone}")
    store.undo_judgement(number, made=made)
    return found


def _iter_items(
    inputs: Sequence[str | Page | Failure], options: IngestOptions
) -> Iterator[Page | Failure]:
    paths = [item for item in inputs if isinstance(item, str)]
    given = (item for item in inputs if not isinstance(item, str))
    for item in chain(given, iter_pages(paths, options)):
        yield mend_page(item) if isinstance(item, Page) else item


def _drop_settled(
    inputs: Sequence[str | Page | Failure], failures: Sequence[Failure], store: Store
) -> None:
    """Forget what failed at or under these inputs before and did not fail now."""
    read = {_name(item) for item in inputs}
    failed = set(failures)
    for failure in store.load_failures():
        if failure not in failed and not read.isdisjoint(_iter_above(failure.input)):
            store.drop_failure(failure)


def _name(item: str | Page | Failure) -> str:
    if isinstance(item, str):
        return PurePath(item).as_posix()
    return item.where if isinstance(item, Page) else item.input


def _iter_above(where: str) -> Iterator[str]:
    """Yield what a failure may have come from: the row, its table, the folders that it lies in."""
    table, _, _ = where.rpartition(", row")
    for name in filter(None, (where, table)):
        yield PurePath(name).as_posix()
        yield from (above.as_posix() for above in PurePath(name).parents)
