"""What every engine promises, and what only a pool of processes has to."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterable, Iterator
from itertools import count, islice

import pytest
from work import echo_slowly, square_even

from variorum.clean import clean_page
from variorum.engine.local import InProcess, Pool, make_engine
from variorum.errors import EngineError, NoArticleError
from variorum.model.article import Page
from variorum.model.ports import Engine

ENGINES = {"in-process": 1, "pool": 2}
MAX_IN_FLIGHT = 4
"""Twice the workers of the larger engine."""


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return make_engine(ENGINES[request.param])


class Counted:
    """Items that count how many were taken."""

    def __init__(self, items: Iterable[int]) -> None:
        self.items = iter(items)
        self.n_taken = 0

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        item = next(self.items)
        self.n_taken += 1
        return item


def make_page(content: str) -> Page:
    return Page(where="one.txt", path="one.txt", media="text", content=content)


def test_order(engine: Engine) -> None:
    """Results come in the order of the items, though the first takes longest."""
    assert list(engine.map(echo_slowly, range(9))) == list(range(9))


def test_no_items(engine: Engine) -> None:
    """Of nothing there are no results."""
    assert list(engine.map(square_even, [])) == []


def test_endless_items(engine: Engine) -> None:
    """Results come while items are still being read, and few are read ahead."""
    items = Counted(count())

    assert list(islice(engine.map(echo_slowly, items), 3)) == [0, 1, 2]
    assert items.n_taken <= 3 + MAX_IN_FLIGHT


def test_failure(engine: Engine) -> None:
    """An error comes out in the place of its item, after the results of those before it."""
    results = iter(engine.map(square_even, [2, 4, 5, 6]))

    assert [next(results), next(results)] == [4, 16]
    with pytest.raises(ValueError, match="5 is odd"):
        next(results)


def test_failure_of_the_items(engine: Engine) -> None:
    """An error in reading the items comes out too."""

    def items() -> Iterator[int]:
        yield 2
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(engine.map(square_even, items()))


def test_errors_are_whole(engine: Engine) -> None:
    """An error of Variorum's keeps what it holds, on the way from another process too."""
    with pytest.raises(NoArticleError) as caught:
        list(engine.map(clean_page, [make_page("Share\nRead more\n")]))

    assert caught.value.where == "one.txt"
    assert caught.value.advice == "give the article's text"


def test_engines_agree() -> None:
    """One process and several make the same articles of the same pages."""
    pages = [
        make_page(f"Ferry sinks off Karsa\n\nThe ferry Orla sank {n} miles off Karsa, it was said.")
        for n in range(6)
    ]

    found = [list(make_engine(workers).map(clean_page, pages)) for workers in (1, 3)]

    assert found[0] == found[1] == [clean_page(page) for page in pages]


def test_interrupt(engine: Engine) -> None:
    """Ctrl-C ends the work: it goes through, nothing more is read, no process stays behind."""

    def interrupted() -> Iterator[int]:
        yield from range(5)
        raise KeyboardInterrupt

    items = Counted(interrupted())

    with pytest.raises(KeyboardInterrupt):
        list(engine.map(echo_slowly, items))
    assert items.n_taken == 5
    assert multiprocessing.active_children() == []


def test_workers_leave_ctrl_c_to_the_caller() -> None:
    """A terminal sends Ctrl-C to every process; the workers go on until they are told to end."""
    # In the background, where the shell has it ignored, the workers would inherit just that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert list(Pool(1).map(signal.raise_signal, [signal.SIGINT])) == [None]
    except KeyboardInterrupt:
        pytest.fail("a worker answered it")
    finally:
        signal.signal(signal.SIGINT, before)


def test_results_nobody_wants() -> None:
    """A pool whose results are given up ends its processes."""
    results = Pool(2).map(echo_slowly, count(1))
    assert next(results) == 1
    assert multiprocessing.active_children() != []

    results.close()  # type: ignore[attr-defined]

    assert multiprocessing.active_children() == []


def test_killed_worker() -> None:
    """A worker that the system kills ends the work with advice, not with a wait for ever."""
    with pytest.raises(EngineError, match="give fewer --workers"):
        list(Pool(1).map(os._exit, [1, 1, 1]))


def test_worker_killed_while_items_are_read() -> None:
    """The same where the worker is gone before the first items are all read."""

    def items() -> Iterator[int]:
        yield 1
        deadline = time.monotonic() + 20
        while multiprocessing.active_children() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.3)  # the pool marks itself as broken after the process is gone
        yield 1

    with pytest.raises(EngineError, match="give fewer --workers"):
        list(Pool(1).map(os._exit, items()))


@pytest.mark.parametrize(("workers", "kind"), [(0, InProcess), (1, InProcess), (2, Pool)])
def test_make_engine(workers: int, kind: type) -> None:
    """One worker means no other process."""
    assert type(make_engine(workers)) is kind
