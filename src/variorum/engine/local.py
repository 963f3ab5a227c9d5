"""Engines on one machine: in the process, or over a pool of processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

from variorum.model.ports import Engine

In = TypeVar("In")
Out = TypeVar("Out")


class InProcess:
    """Runs in the calling process, one item after the other."""

    def map(self, function: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
        """Yield ``function(item)`` of each item, lazily and in order."""
        return map(function, items)


class Pool:
    """Runs over worker processes; results come in the order of the items.

    At most ``2 * workers`` items are in flight, so an endless input needs no endless memory.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def map(self, function: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
        """Yield ``function(item)`` of each item, in order; ``function`` must be picklable."""
        # Spawned, not forked: a forked child of a process with threads may hang.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self._workers, mp_context=context) as pool:
            waiting = iter(items)
            running: list[Future[Out]] = [
                pool.submit(function, item) for item in islice(waiting, 2 * self._workers)
            ]
            try:
                while running:
                    done = running.pop(0)
                    yield done.result()
                    running.extend(pool.submit(function, item) for item in islice(waiting, 1))
            finally:
                for future in running:
                    future.cancel()


def make_engine(workers: int) -> Engine:
    """Return the engine for this many workers; one worker means no other process."""
    return InProcess() if workers <= 1 else Pool(workers)
