"""What people say of names: ``variorum judge``, and the review of doubtful names."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from variorum.errors import UsageError
from variorum.present.controls import make_harmless
from variorum.shell import (
    DebugOption,
    StoreOption,
    clear_errors,
    count_things,
    err,
    load_edition,
    open_known_store,
    out,
)

if TYPE_CHECKING:
    from variorum.model.judgement import Verdict

judge = typer.Typer(
    help="Say of names what the machine can't know: it wins, and survives every rebuild.",
    no_args_is_help=True,
)

NameArgument = Annotated[
    str,
    typer.Argument(metavar="NAME", help="As articles spell it; NAME@ARTICLE for one alone."),
]


@judge.command("same")
def judge_same(
    left: NameArgument, right: NameArgument, store: StoreOption, debug: DebugOption = False
) -> None:
    """Say that two names are one entity's."""
    _judge("same", left, right, store, debug=debug)


@judge.command("different")
def judge_different(
    left: NameArgument, right: NameArgument, store: StoreOption, debug: DebugOption = False
) -> None:
    """Say that two names are not one entity's."""
    _judge("different", left, right, store, debug=debug)


@judge.command("list")
def judge_list(store: StoreOption, debug: DebugOption = False) -> None:
    """List what was judged, with what was undone."""
    from variorum.present import terminal

    with clear_errors(debug=debug), open_known_store(store) as opened:
        judgements = opened.load_judgements()
        if not judgements:
            err.print("nothing was judged yet")
        terminal.print_judgements(out, judgements)


@judge.command("undo")
def judge_undo(
    number: Annotated[int, typer.Argument(help="The judgement's number, as in judge list.")],
    store: StoreOption,
    debug: DebugOption = False,
) -> None:
    """Take a judgement back."""
    from variorum.api import VERDICTS, undo_judgement

    with clear_errors(debug=debug), open_known_store(store) as opened:
        one = undo_judgement(opened, number, made=_now())
        said = f"{one.left} and {one.right} are {VERDICTS[one.verdict]}"
        out.print(f"undone: judgement {number}, {said}", markup=False)


@judge.command("export")
def judge_export(
    file: Annotated[Path, typer.Argument(help="CSV to write.")],
    store: StoreOption,
    debug: DebugOption = False,
) -> None:
    """Write the judgements that stand as CSV."""
    from variorum.model.judgement import list_standing
    from variorum.present.judgements import write_judgements

    with clear_errors(debug=debug), open_known_store(store) as opened:
        if os.path.realpath(file) == os.path.realpath(store):
            raise UsageError(f"{file}: is the store; name another file")
        standing = list_standing(opened.load_judgements())
        with file.open("w", encoding="utf-8", newline="") as target:
            write_judgements(standing, target)
        out.print(f"{count_things(len(standing), 'judgement')} in {file}", markup=False)


@judge.command("import")
def judge_import(
    file: Annotated[Path, typer.Argument(help="CSV to read, as judge export writes it.")],
    store: StoreOption,
    debug: DebugOption = False,
) -> None:
    """Add the judgements of a CSV file."""
    from variorum.present.judgements import read_judgements

    with clear_errors(debug=debug), open_known_store(store) as opened:
        n_added, refused = read_judgements(file, opened, made=_now())
        for reason in refused:
            err.print(Text.assemble(("not added: ", "bold yellow"), make_harmless(reason)))
        out.print(f"{count_things(n_added, 'judgement', 'added')}", markup=False)


def _judge(verdict: Verdict, left: str, right: str, path: Path, *, debug: bool) -> None:
    from variorum.api import VERDICTS, add_judgement, parse_named

    with clear_errors(debug=debug), open_known_store(path) as store:
        ones = parse_named(left, store), parse_named(right, store)
        made = add_judgement(store, verdict, *ones, made=_now())
        said = f"{made.left} and {made.right} are {VERDICTS[verdict]}"
        out.print(f"judgement {made.number}: {said}", markup=False)


def review_store(path: Path) -> None:
    """Walk through the doubtful names of a store with a person."""
    from variorum.present.index import EditionIndex
    from variorum.present.review import review_names
    from variorum.resolve.review import find_doubtful

    with open_known_store(path) as store:
        index = EditionIndex(load_edition(path, store))
        edition = index.edition
        stories = [account.story for account in edition.accounts]
        judgements = store.load_judgements()
        pairs = find_doubtful(
            edition.articles, edition.annotations, stories, edition.links, judgements
        )
        if not pairs:
            err.print("no pair of names is in doubt")
            return

        def ask(question: str) -> str:
            return out.input(question, markup=False)

        n_made = review_names(out, pairs, index.articles, store, ask=ask, made=_now())
        out.print(f"{count_things(n_made, 'judgement')} kept; variorum judge list shows them")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
