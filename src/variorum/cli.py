"""The command line: arguments in, tables and files out, errors as one clear line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Never

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.text import Text

from variorum import __version__
from variorum.errors import StoreError, UsageError, VariorumError
from variorum.model.edition import Edition

if TYPE_CHECKING:
    # Loaded where they are used: --help must not wait for the language pipeline.
    from variorum.ingest import IngestOptions
    from variorum.model.article import Page
    from variorum.present.index import EditionIndex

EXIT_NOTHING_READ = 1
EXIT_WRONG_USAGE = 2
EXIT_INTERRUPTED = 130

MAX_FAILURES_SHOWN = 20

app = typer.Typer(
    name="variorum",
    help="An edition of the news: what many outlets report of the same events, side by side.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

out = Console(highlight=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)

StoreOption = Annotated[
    Path, typer.Option("--store", metavar="FILE", help="The store to look into.", dir_okay=False)
]


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        out.print(f"variorum {__version__}")
        raise typer.Exit


@app.command()
def read(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files and folders; - reads standard input."),
    ],
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the edition as JSON.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the edition as one page.")
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Add to this store; the edition is of all it holds."),
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Date of articles that have none.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Outlet of articles that name none.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes to read with.")] = 1,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="NAME=COLUMN", help="A table's own name for a column."),
    ] = None,
    language_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="A spaCy pipeline in place of ours.")
    ] = None,
    debug: Annotated[bool, typer.Option(help="Show where an error comes from.")] = False,
) -> None:
    """Read articles and lay their accounts side by side."""
    with _clear_errors(debug=debug):
        from variorum.api import make_store_edition, open_store, read_inputs

        _check_writable(json, html, store)
        options = _make_options(published, outlet, map_)
        items = [_read_standard_input(options) if item == "-" else item for item in inputs]
        with open_store(store) as opened, _progress() as progress:
            task = progress.add_task("reading", total=None)

            def tick(where: str) -> None:
                progress.update(task, advance=1, description=f"reading {_short(where)}")

            count = read_inputs(
                items, opened, options=options, workers=workers, model=language_model, tick=tick
            )
            if count.has_read or (store is not None and not count.failures):
                edition = make_store_edition(
                    opened,
                    report=lambda step: progress.update(task, description=f"{step} ..."),
                )
            else:
                edition = Edition(failures=count.failures)
        _print_failures([(f.input, f.reason) for f in count.failures])
        _write(edition, json, html)
        if count.has_read:
            from variorum.present.index import EditionIndex
            from variorum.present.terminal import print_overview

            print_overview(out, EditionIndex(edition))
        _print_summary(edition, count.n_new, count.n_known, store, [json, html])
        if count.was_interrupted:
            err.print("interrupted; what was read so far is above" + _kept_in(store))
            raise typer.Exit(EXIT_INTERRUPTED)
        if not count.has_read:
            raise typer.Exit(EXIT_NOTHING_READ)


@app.command()
def stories(store: StoreOption) -> None:
    """List the stories of a store."""
    from variorum.present import terminal

    with _clear_errors(), _open_edition(store) as index:
        terminal.print_stories(out, index)


@app.command()
def show(
    story: Annotated[str, typer.Argument(help="Its number, its id, or words of its title.")],
    store: StoreOption,
    cite: Annotated[bool, typer.Option(help="Print its readings as citations.")] = False,
) -> None:
    """Show one story whole."""
    from variorum.present import terminal

    with _clear_errors(), _open_edition(store) as index:
        account = index.find_account(story)
        if cite:
            terminal.print_citations(out, index, account)
        else:
            terminal.print_account(out, index, account)


@app.command()
def quotes(
    store: StoreOption,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Only this speaker's.")] = None,
    about: Annotated[str | None, typer.Option(metavar="TEXT", help="Only with this in it.")] = None,
    cite: Annotated[bool, typer.Option(help="Print them as citations.")] = False,
) -> None:
    """List quotations: who said what, as told by whom."""
    from variorum.present import terminal

    with _clear_errors(), _open_edition(store) as index:
        if not terminal.print_quotations(out, index, by=by, about=about, cite=cite):
            err.print("no quotation fits")


@app.command()
def names(
    store: Annotated[
        Path | None, typer.Option("--store", metavar="FILE", help="The store to look into.")
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Score pairs of names (columns left, right) instead."),
    ] = None,
) -> None:
    """List names with all their spellings, or score pairs of names."""
    with _clear_errors():
        if pairs is not None:
            from variorum.present.pairs import print_scored_pairs

            print_scored_pairs(pairs, sys.stdout)
            return
        if store is None:
            raise UsageError("names needs --store FILE or --pairs FILE")
        from variorum.present import terminal

        with _open_edition(store) as index:
            terminal.print_names(out, index)


@app.command()
def figures(store: StoreOption) -> None:
    """List figures: which agree, were updated or conflict."""
    from variorum.present import terminal

    with _clear_errors(), _open_edition(store) as index:
        terminal.print_figures(out, index)


@app.command()
def copies(store: StoreOption) -> None:
    """List who has whose words."""
    from variorum.present import terminal

    with _clear_errors(), _open_edition(store) as index:
        terminal.print_copies(out, index)


def main() -> None:
    """Run the command line and exit."""
    app()


@contextmanager
def _clear_errors(*, debug: bool = False) -> Iterator[None]:
    """Turn an error that was raised on purpose into one line and an exit code."""
    try:
        yield
    except VariorumError as error:
        if debug:
            raise
        code = EXIT_WRONG_USAGE if isinstance(error, UsageError) else EXIT_NOTHING_READ
        _fail(str(error), code)
    except KeyboardInterrupt:
        _fail("interrupted", EXIT_INTERRUPTED)


def _fail(message: str, code: int) -> Never:
    err.print(Text.assemble(("error: ", "bold red"), message))
    raise typer.Exit(code)


@contextmanager
def _open_edition(path: Path) -> Iterator[EditionIndex]:
    from variorum.api import make_store_edition, open_store
    from variorum.present.index import EditionIndex

    if not path.exists():
        raise StoreError(f"{path}: there is no such store; make it with variorum read --store")
    with open_store(path) as store:
        edition = store.load_edition() or make_store_edition(store)
        if not edition.articles:
            raise StoreError(f"{path}: nothing was read into it yet")
        yield EditionIndex(edition)


def _check_writable(*paths: Path | None) -> None:
    """Find out before the work, not after it, that a result could not be written."""
    for path in paths:
        if path is None:
            continue
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file in it")
        if not path.resolve().parent.is_dir():
            raise UsageError(f"{path}: there is no folder {path.parent}; make it first")


def _make_options(
    published: str | None, outlet: str | None, map_: list[str] | None
) -> IngestOptions:
    from variorum.ingest import IngestOptions

    columns: dict[str, str] = {}
    for pair in map_ or ():
        name, equals, column = pair.partition("=")
        if not (name and equals and column):
            raise UsageError(f"--map {pair}: expected NAME=COLUMN, for instance text=body")
        columns[name.strip()] = column.strip()
    return IngestOptions(outlet=outlet, published=published, column_map=columns)


def _read_standard_input(options: IngestOptions) -> Page:
    from variorum.ingest import MAX_BYTES, make_page_from_bytes

    # One byte more than the bound tells an article of that size from a longer one.
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    return make_page_from_bytes(data, where="standard input", options=options)


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield progress


def _print_failures(failures: list[tuple[str, str]]) -> None:
    for where, reason in failures[:MAX_FAILURES_SHOWN]:
        err.print(
            Text.assemble(("not read: ", "bold yellow"), f"{where}: {reason}"), soft_wrap=True
        )
    if (more := len(failures) - MAX_FAILURES_SHOWN) > 0:
        err.print(f"... and {more} more, all listed under failures in the JSON and the page")


def _write(edition: Edition, json: Path | None, html: Path | None) -> None:
    from variorum.present.export import encode_json, make_edition_json
    from variorum.present.index import EditionIndex
    from variorum.present.page import render_page

    try:
        if json is not None:
            json.write_bytes(encode_json(make_edition_json(edition)))
        if html is not None:
            html.write_text(render_page(EditionIndex(edition)), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{error.filename}: can't be written ({error.strerror})") from error


def _print_summary(
    edition: Edition, n_new: int, n_known: int, store: Path | None, written: list[Path | None]
) -> None:
    parts = [
        _count(n_new, "article", "read"),
        *([_count(n_known, "article", "known already")] if n_known else []),
        _count(len(edition.accounts), "story", "", plural="stories"),
        _count(len(edition.entities), "name"),
        *([_count(len(edition.failures), "input", "not read")] if edition.failures else []),
    ]
    out.print(Text(", ".join(parts), "bold"))
    for path in [store, *written]:
        if path is not None:
            out.print(f"  {path}", markup=False)


def _count(number: int, noun: str, verb: str = "", *, plural: str | None = None) -> str:
    words = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {words} {verb}".rstrip()


def _kept_in(store: Path | None) -> str:
    return f" and kept in {store}; the same command goes on from there" if store else ""


def _short(where: str, *, max_chars: int = 40) -> str:
    return where if len(where) <= max_chars else f"...{where[-max_chars:]}"
