"""What every command shares: where it prints, how an error ends it, how a store is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Never

import typer
from rich.console import Console
from rich.text import Text

from variorum.errors import StoreError, UsageError, VariorumError
from variorum.model.edition import Edition
from variorum.present.controls import make_harmless
from variorum.present.terminal import Harmless

if TYPE_CHECKING:
    # Loaded where they are used: --help must not wait for the language pipeline.
    from variorum.present.index import EditionIndex
    from variorum.store.sqlite import SQLiteStore

EXIT_NOTHING_READ = 1
EXIT_WRONG_USAGE = 2
EXIT_INTERRUPTED = 130

out = Console(highlight=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)
for _console in (out, err):
    _console.push_render_hook(Harmless())

StoreOption = Annotated[
    Path, typer.Option("--store", metavar="FILE", help="The store to look into.", dir_okay=False)
]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")]


@contextmanager
def clear_errors(*, debug: bool, store: Path | None = None) -> Iterator[None]:
    """Turn an error into one line and an exit code, unless it is to be traced."""
    try:
        yield
    except typer.Exit:
        raise
    except KeyboardInterrupt:
        _fail("interrupted" + say_kept(store), EXIT_INTERRUPTED)
    except BrokenPipeError:
        out.on_broken_pipe()  # whoever read the output has enough of it
    except Exception as error:
        if debug:
            raise
        code = EXIT_WRONG_USAGE if isinstance(error, UsageError) else EXIT_NOTHING_READ
        _fail(_explain(error), code)


def _explain(error: Exception) -> str:
    """Return the line that says what went wrong and what to do."""
    if isinstance(error, VariorumError):
        return str(error)
    if isinstance(error, OSError):
        where = error.filename or "standard output"
        return f"{where}: can't be opened or written ({error.strerror or error})"
    where = "".join(f", {note}" for note in getattr(error, "__notes__", ()))
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"a fault in Variorum{where} ({said}); run it again with --debug and report what it says"


def _fail(message: str, code: int) -> Never:
    err.print(Text.assemble(("error: ", "bold red"), make_harmless(message)))
    raise typer.Exit(code)


@contextmanager
def open_known_store(path: Path) -> Iterator[SQLiteStore]:
    """Open a store that is there, and close it."""
    from variorum.api import open_store

    if not path.exists():
        raise StoreError(f"{path}: there is no such store; make it with variorum read --store")
    with open_store(path) as store:
        yield store


@contextmanager
def open_edition(path: Path) -> Iterator[EditionIndex]:
    """Open a store for its edition, made anew where it is out of date."""
    from variorum.present.index import EditionIndex

    with open_known_store(path) as store:
        yield EditionIndex(load_edition(path, store))


def load_edition(path: Path, store: SQLiteStore) -> Edition:
    """Return the edition of a store, made anew where it is out of date."""
    from variorum.api import make_store_edition

    edition = store.load_edition() or make_store_edition(store)
    if not edition.articles:
        raise StoreError(f"{path}: nothing was read into it yet")
    return edition


def count_things(number: int, noun: str, verb: str = "", *, plural: str | None = None) -> str:
    """Return a number with its noun: ``"1 story"``, ``"2 articles read"``."""
    words = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {words} {verb}".rstrip()


def say_kept(store: Path | None) -> str:
    """Return what an interrupted run tells of a store; nothing where there is none."""
    return f"; it is kept in {store}, and the same command goes on from there" if store else ""
