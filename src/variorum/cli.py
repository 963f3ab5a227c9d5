"""The command line: arguments in, tables and files out, errors as one clear line."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.text import Text

from variorum import __version__
from variorum.errors import InputError, OutputError, UsageError
from variorum.judging import judge, review_store
from variorum.model.edition import Edition
from variorum.present.controls import make_harmless
from variorum.shell import (
    EXIT_INTERRUPTED,
    EXIT_NOTHING_READ,
    DebugOption,
    StoreOption,
    clear_errors,
    count_things,
    err,
    open_edition,
    out,
    say_kept,
)

if TYPE_CHECKING:
    # Loaded where they are used: --help must not wait for the language pipeline.
    from variorum.api import ReadCount
    from variorum.ingest import IngestOptions
    from variorum.model.article import Failure, Page

MAX_FAILURES_SHOWN = 20

MIN_WIDTH = 20
"""Some environments say that a terminal has no columns at all; then nothing would be printed."""

app = typer.Typer(
    name="variorum",
    help="An edition of the news: what many outlets report of the same events, side by side.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(judge, name="judge")


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    for console in (out, err):
        if console.width < MIN_WIDTH:
            console.width = MIN_WIDTH
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
    min_confidence: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            min=0,
            max=1,
            help="Lay side by side only what is this likely quoted rightly, 0 to 1.",
        ),
    ] = 0.0,
    debug: DebugOption = False,
) -> None:
    """Read articles and lay their accounts side by side."""
    with clear_errors(debug=debug, store=store):
        from variorum.api import make_store_edition, open_store, read_inputs

        _check_outputs(json, html, store, inputs)
        _check_model(language_model)
        options = _make_options(published, outlet, map_, _list_written(json, html, store))
        items: list[str | Page | Failure] = [item for item in inputs if item != "-"]
        if "-" in inputs:
            items.append(_read_standard_input(options))
        with open_store(store) as opened, _progress() as progress:
            task = progress.add_task("reading", total=None)

            def tick(where: str) -> None:
                progress.update(task, advance=1, description=f"reading {_short(where)}")

            count = read_inputs(
                items, opened, options=options, workers=workers, model=language_model, tick=tick
            )
            edition = make_store_edition(
                opened,
                min_confidence=min_confidence,
                report=lambda step: progress.update(task, description=f"{step} ..."),
            )
        _print_failures([(f.input, f.reason) for f in count.failures])
        _write(edition, json, html)
        if count.has_read:
            from variorum.present.index import EditionIndex
            from variorum.present.terminal import print_overview

            print_overview(out, EditionIndex(edition))
        _print_summary(edition, count, store, [json, html])
        if count.was_interrupted:
            err.print("interrupted; what was read so far is above" + say_kept(store), markup=False)
            raise typer.Exit(EXIT_INTERRUPTED)
        if not count.has_read:
            raise typer.Exit(EXIT_NOTHING_READ)


@app.command()
def stories(store: StoreOption, debug: DebugOption = False) -> None:
    """List the stories of a store."""
    from variorum.present import terminal

    with clear_errors(debug=debug), open_edition(store) as index:
        terminal.print_stories(out, index)


@app.command()
def show(
    story: Annotated[str, typer.Argument(help="Its number, its id, or words of its title.")],
    store: StoreOption,
    cite: Annotated[bool, typer.Option(help="Print its readings as citations.")] = False,
    debug: DebugOption = False,
) -> None:
    """Show one story whole."""
    from variorum.present import terminal

    with clear_errors(debug=debug), open_edition(store) as index:
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
    min_confidence: Annotated[
        float,
        typer.Option(
            metavar="SHARE", min=0, max=1, help="Only what is this likely quoted rightly, 0 to 1."
        ),
    ] = 0.0,
    cite: Annotated[bool, typer.Option(help="Print them as citations.")] = False,
    debug: DebugOption = False,
) -> None:
    """List quotations: who said what, as told by whom."""
    from variorum.present import terminal

    with clear_errors(debug=debug), open_edition(store) as index:
        if not terminal.print_quotations(
            out, index, by=by, about=about, least=min_confidence, cite=cite
        ):
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
    review: Annotated[
        bool, typer.Option("--review", help="Judge the least certain pairs, one by one.")
    ] = False,
    debug: DebugOption = False,
) -> None:
    """List names with all their spellings, judge the doubtful ones, or score pairs of names."""
    with clear_errors(debug=debug):
        if pairs is not None:
            from variorum.present.pairs import print_scored_pairs

            print_scored_pairs(pairs, sys.stdout)
            return
        if store is None:
            raise UsageError("names needs --store FILE or --pairs FILE")
        if review:
            review_store(store)
            return
        from variorum.present import terminal

        with open_edition(store) as index:
            terminal.print_names(out, index)


@app.command()
def figures(store: StoreOption, debug: DebugOption = False) -> None:
    """List figures: which agree, were updated or conflict."""
    from variorum.present import terminal

    with clear_errors(debug=debug), open_edition(store) as index:
        terminal.print_figures(out, index)


@app.command()
def copies(store: StoreOption, debug: DebugOption = False) -> None:
    """List who has whose words."""
    from variorum.present import terminal

    with clear_errors(debug=debug), open_edition(store) as index:
        terminal.print_copies(out, index)


def main() -> None:
    """Run the command line and exit."""
    # A polite kill is an interrupt: what was read is kept, and no worker is left behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # As on standard error: a terminal of few letters gets the others by their numbers.
        sys.stdout.reconfigure(errors="backslashreplace")
    app()


def _check_outputs(
    json: Path | None, html: Path | None, store: Path | None, inputs: list[str]
) -> None:
    """Find out before the work, not after it, that a result could not be written."""
    taken = {os.path.realpath(name): "an input" for name in inputs}
    for option, path in (("--json", json), ("--html", html), ("--store", store)):
        if path is None:
            continue
        real = os.path.realpath(path)
        # os.path and not Path: it answers, where Path raises, for a folder that may not be entered.
        if os.path.isdir(path):  # noqa: PTH112
            raise UsageError(f"{path}: is a folder; name a file in it")
        there = os.path.exists(path)  # noqa: PTH110
        if not (there or os.path.isdir(os.path.dirname(real))):  # noqa: PTH112, PTH120
            raise UsageError(f"{path}: there is no folder {path.parent}; make it first")
        if not os.access(path if there else os.path.dirname(real), os.W_OK):  # noqa: PTH120
            raise UsageError(f"{path}: may not be written; change its permissions or name another")
        if real in taken:
            raise UsageError(f"{option} {path}: is {taken[real]}, too; name another file")
        taken[real] = f"what {option} names"


def _list_written(*paths: Path | None) -> frozenset[Path]:
    """Return the files that the run writes, with those that SQLite keeps beside a store."""
    names = [os.path.realpath(path) for path in paths if path is not None]
    return frozenset(Path(name + end) for name in names for end in ("", "-wal", "-shm", "-journal"))


def _check_model(model: str | None) -> None:
    if model is None:
        return
    from spacy.util import is_package

    if not (Path(model).is_dir() or is_package(model)):
        advice = "install it, or give the folder of one"
        raise UsageError(f"--language-model {model}: there is no such spaCy pipeline; {advice}")


def _make_options(
    published: str | None, outlet: str | None, map_: list[str] | None, written: frozenset[Path]
) -> IngestOptions:
    from variorum.clean.published import parse_published
    from variorum.ingest import COLUMNS, IngestOptions

    if published is not None and parse_published(published) is None:
        raise UsageError(f"--published {published}: is no date; write it as 2031-05-04")
    columns: dict[str, str] = {}
    for pair in map_ or ():
        name, equals, column = pair.partition("=")
        if not (name and equals and column):
            raise UsageError(f"--map {pair}: expected NAME=COLUMN, for instance text=body")
        if name.strip() not in COLUMNS:
            raise UsageError(f"--map {pair}: NAME must be one of {', '.join(COLUMNS)}")
        columns[name.strip()] = column.strip()
    return IngestOptions(outlet=outlet, published=published, column_map=columns, written=written)


def _read_standard_input(options: IngestOptions) -> Page | Failure:
    from variorum.ingest import MAX_BYTES, make_failure, make_page_from_bytes

    if sys.stdin is not None and sys.stdin.isatty():
        err.print("paste the article, then press Ctrl-D on a line of its own")
    # One byte more than the bound tells an article of that size from a longer one.
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin is not None else b""
    try:
        return make_page_from_bytes(data, where="standard input", options=options)
    except InputError as error:
        return make_failure(error)


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield progress


def _print_failures(failures: list[tuple[str, str]]) -> None:
    for where, reason in failures[:MAX_FAILURES_SHOWN]:
        line = make_harmless(f"{where}: {reason}")
        err.print(Text.assemble(("not read: ", "bold yellow"), line), soft_wrap=True)
    if (more := len(failures) - MAX_FAILURES_SHOWN) > 0:
        err.print(f"... and {more} more, all listed under failures in the JSON and the page")


def _write(edition: Edition, json: Path | None, html: Path | None) -> None:
    from variorum.present.export import encode_json, make_edition_json
    from variorum.present.index import EditionIndex
    from variorum.present.page import render_page

    if json is not None:
        _write_file(json, encode_json(make_edition_json(edition)))
    if html is not None:
        _write_file(html, render_page(EditionIndex(edition)).encode("utf-8"))


def _write_file(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({error.strerror}); name another") from error


def _print_summary(
    edition: Edition, count: ReadCount, store: Path | None, written: list[Path | None]
) -> None:
    parts = [
        count_things(count.n_new, "article", "read"),
        *([count_things(count.n_known, "article", "known already")] if count.n_known else []),
        *([count_things(count.n_renewed, "article", "annotated anew")] if count.n_renewed else []),
        count_things(len(edition.accounts), "story", "", plural="stories"),
        count_things(len(edition.entities), "name"),
        *([count_things(len(edition.failures), "input", "not read")] if edition.failures else []),
    ]
    out.print(Text(", ".join(parts), "bold"))
    for path in [store, *written]:
        if path is not None:
            out.print(f"  {path}", markup=False)


def _short(where: str, *, max_chars: int = 40) -> str:
    where = make_harmless(where)
    return where if len(where) <= max_chars else f"...{where[-max_chars:]}"
