from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from rich.console import Console

from variorum.errors import UnknownNameError
from variorum.present import terminal
from variorum.present.citations import make_citation
from variorum.present.index import EditionIndex


def printed(show: Callable[[Console], object]) -> str:
    console = Console(file=io.StringIO(), width=200, color_system=None)
    show(console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_overview(index: EditionIndex) -> None:
    """The overview has stories, readings by outlet, differences, who has not, how many origins."""
    text = printed(lambda console: terminal.print_overview(console, index))
    assert "At least nine dead as ferry sinks off Karsa" in text
    assert re.search(r"Daily Lantern +The crew ignored a warning *\n", text)
    assert "≠ hedge: The Courier has “may have”; Daily Lantern has not." in text
    assert "not found: Karsa Gazette" in text
    assert "outlets, " in text


def test_whole_story(index: EditionIndex) -> None:
    """A story shown whole has every part that it has something for."""
    account = index.find_account("ferry")
    text = printed(lambda console: terminal.print_account(console, index, account))
    for part in ("In brief", "Told by several", "Told by one", "Figures", "Copies", "Timeline"):
        assert part in text
    assert "Karsa Gazette credits Meridian News Agency" in text


def test_quotations_of_a_speaker(index: EditionIndex) -> None:
    """Quotations can be asked for by speaker and by words."""

    def show(console: Console) -> int:
        return terminal.print_quotations(console, index, by="quint", about="patients", cite=False)

    text = printed(show)
    assert "We did not walk out on patients" in text
    assert "Torvald" not in text


def test_names(index: EditionIndex) -> None:
    """A name is shown with its spellings, renamings included."""
    text = printed(lambda console: terminal.print_names(console, index))
    assert "Djund as-Safa" in text
    assert "dzhund EN-Safa" in text


def test_markup_of_strangers(index: EditionIndex) -> None:
    """Square brackets in an article are words, not colours."""
    account = index.edition.accounts[0]
    text = printed(lambda console: terminal.print_citations(console, index, account))
    assert "“" in text


def test_story_by_number_id_and_title(index: EditionIndex) -> None:
    """A story is found by its number, its id, or words of its title, and by nothing else."""
    first = index.accounts[0]
    assert index.find_account("1") is first
    assert index.find_account(first.story.id) is first
    with pytest.raises(UnknownNameError, match="no story named 'Atlantis'"):
        index.find_account("Atlantis")


def test_citation(index: EditionIndex) -> None:
    """A citation has the words, the outlet, the title, the date and the address, in one line."""
    article = next(a for a in index.edition.articles if a.outlet == "Radio Anselm")
    assert make_citation("My door\nwas never shut", article).startswith(
        "“My door was never shut” —"
    )
    assert article.url in make_citation("x", article)
    assert article.published in make_citation("x", article)
