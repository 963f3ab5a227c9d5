"""Engines on one machine: in the process, or over a pool of processes."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from variorum.errors import EngineError
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
        """Yield ``function(item)`` of each item, in order; ``function`` must be picklable.

        Raises:
            EngineError: If a worker was killed, most often by a system short of memory.
        """
        # Spawned, not forked: a forked child of a process with threads may hang.
        context = multiprocessing.get_context("spawn")
        # Ctrl-C reaches every process of a terminal; only this one is to answer it.
        ignore = (signal.SIGINT, signal.SIG_IGN)
        with ProcessPoolExecutor(
            self._workers, mp_context=context, initializer=signal.signal, initargs=ignore
        ) as pool:
            waiting = iter(items)
            running: list[Future[Out]] = []
            try:
                for item in islice(waiting, 2 * self._workers):
                    running.append(pool.submit(function, item))  # noqa: PERF401
                while running:
                    done = running.pop(0)
                    yield done.result()
                    running.extend(pool.submit(function, item) for item in islice(waiting, 1))
            except BrokenProcessPool as error:
                what = f"one of the {self._workers} workers was killed, perhaps for want of memory"
                raise EngineError(f"{what}; give fewer --workers") from error
            finally:
                for future in running:
                    future.cancel()


def make_engine(workers: int) -> Engine:
    """Return the engine for this many workers; one worker means no other process."""
    return InProcess() if workers <= 1 else Pool(workers)
