"""What the terminal shows of an edition made by hand, line by line."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from records import make_small_edition
from rich.console import Console

from variorum.model.edition import Edition
from variorum.model.span import Span
from variorum.model.story import Account, Story, Storyline
from variorum.present import terminal
from variorum.present.index import EditionIndex
from variorum.present.readings import MAX_DIFFERENCES

SMALL = EditionIndex(make_small_edition())
(ACCOUNT,) = SMALL.edition.accounts

WHOLE: tuple[Callable[[Console, EditionIndex], object], ...] = (
    terminal.print_overview,
    terminal.print_stories,
    terminal.print_names,
    terminal.print_figures,
    terminal.print_copies,
    lambda console, index: terminal.print_quotations(
        console, index, by=None, about=None, cite=False
    ),
)
"""Everything that shows a whole edition."""


def shown(show: Callable[[Console, EditionIndex], object], index: EditionIndex = SMALL) -> str:
    """Return what is printed, its lines without the space at their ends."""
    console = Console(file=io.StringIO(), record=True, width=160)
    show(console, index)
    return "\n".join(line.rstrip() for line in console.export_text().splitlines())


def show_account(account: Account) -> str:
    index = EditionIndex(replace(SMALL.edition, accounts=(account,)))
    return shown(lambda console, index: terminal.print_account(console, index, account), index)


def quotations(*, by: str | None = None, about: str | None = None, cite: bool = False) -> str:
    return shown(
        lambda console, index: terminal.print_quotations(
            console, index, by=by, about=about, cite=cite
        )
    )


def make_bracketed(title: str) -> EditionIndex:
    """Return the small edition with square brackets wherever a stranger can put them."""
    edition = SMALL.edition
    (entity,), (line,), (group,) = edition.entities, edition.storylines, edition.figure_groups
    articles = tuple(
        replace(article, outlet=f"{article.outlet} {title}") for article in edition.articles
    )
    story = replace(ACCOUNT.story, title=title)
    return EditionIndex(
        replace(
            edition,
            articles=articles,
            entities=(replace(entity, name=title),),
            accounts=(replace(ACCOUNT, story=story),),
            storylines=(replace(line, title=title, stories=(story.id, "t-other")),),
            figure_groups=(replace(group, what=title, says=title),),
        )
    )


def test_overview() -> None:
    """A story shows days, outlets, who said what in which words, and how the accounts differ."""
    lines = shown(terminal.print_overview).splitlines()

    assert lines == [
        "1. The ferry Orla sinks",
        "   2 articles, 2031-05-04 – 2031-05-06: The Courier, The Lantern",
        "",
        "   Ana Reyes  2 outlets, 2 origins",
        "     The Courier  “Twelve people were killed”",
        "     The Lantern  At least 14 people were killed off Karsa",
        "     ≠ number: The Courier has twelve, The Lantern at least 14.",
        "     not found: The Meridian",
        "",
        "   # conflict: 12 or at least 14 people killed.",
    ]


def test_overview_of_a_lonely_story() -> None:
    """A story that shares nothing says who is quoted in it; alone it is counted as one article."""
    story = Story(id="t", title="Cat found", articles=("a-lantern",))
    alone = tuple(s for s in ACCOUNT.statements if len(s.readings) == 1)
    quoted = EditionIndex(
        replace(SMALL.edition, accounts=(Account(story=story, statements=alone),))
    )
    silent = EditionIndex(replace(SMALL.edition, accounts=(Account(story=story),)))

    assert "1 article: The Lantern" in shown(terminal.print_overview, quoted)
    assert "quoted: speaker not told (1)" in shown(terminal.print_overview, quoted)
    assert "nobody is quoted" in shown(terminal.print_overview, silent)


def test_overview_names_the_storyline() -> None:
    """A storyline is named where it has another story, and only there."""
    line = Storyline(id="l-orla", title="After the Orla", stories=("t-orla", "t-other"))
    with_another = EditionIndex(replace(SMALL.edition, storylines=(line,)))

    assert "storyline: After the Orla" in shown(terminal.print_overview, with_another)
    assert "storyline" not in shown(terminal.print_overview)


def test_overview_leaves_out_the_rest() -> None:
    """Of many statements and differences it shows the most telling, and ``show`` has them all."""
    said = ACCOUNT.statements[0]
    kinds = [
        replace(
            said.differences[0],
            left_spans=(Span(n, n + 1),),
            weight=n / 10,
            says=f"Weight {n}.",
        )
        for n in range(8)
    ]
    wording = replace(kinds[7], kind="verbatim", says="Worded otherwise.")
    many = tuple(
        replace(said, id=f"s-{n}", differences=(*kinds[:7], wording), not_found=(f"Outlet {n}",))
        for n in range(9)
    )
    index = EditionIndex(replace(SMALL.edition, accounts=(replace(ACCOUNT, statements=many),)))

    overview = shown(terminal.print_overview, index)
    whole = show_account(index.edition.accounts[0])

    assert overview.count("not found: Outlet") == terminal.MAX_STATEMENTS
    assert overview.count("≠") == terminal.MAX_STATEMENTS * MAX_DIFFERENCES
    assert "Weight 6." in overview
    assert "Worded otherwise." not in overview
    assert whole.count("not found: Outlet") == 9
    assert whole.count("≠") == 9 * 8


def test_stories() -> None:
    """A story is one line: number, days, title, outlets, articles, shared statements."""
    header, line = shown(terminal.print_stories).splitlines()

    assert header.split() == ["#", "days", "story", "outlets", "articles", "shared"]
    assert line.split() == "1 2031-05-04 – 2031-05-06 The ferry Orla sinks 2 2 1".split()


def test_account_has_every_part() -> None:
    """A story shown whole has its parts in order, each with what stands in the records."""
    text = show_account(ACCOUNT)
    parts = [
        "The ferry Orla sinks",
        "In brief",
        "“Twelve people were killed,” Transport Minister Ana Reyes admitted.  The Courier",
        "Told by several",
        "Told by one",
        "speaker not told",
        "The Lantern  She blamed reckless owners",
        "Figures",
        "people killed: conflict",
        "12 or at least 14 people killed.",
        "At least 14 people  The Lantern",
        "Copies",
        "The Courier → The Lantern: 12% of the latter, 1 passages (credits it; later by a day)",
        "Not found",
        "The Courier: Not found: that the owners are to blame.",
        "Timeline",
        "2031-05-04  The ferry Orla sank off Karsa on Sunday.  The Courier",
    ]

    places = [text.find(part) for part in parts]

    assert -1 not in places, parts[places.index(-1)]
    assert all(left < right for left, right in pairwise(places))


def test_account_without_parts() -> None:
    """A part of which there is nothing is not headed."""
    story = replace(ACCOUNT.story, id="t-bare", articles=("a-lantern",))

    text = show_account(Account(story=story))

    assert "The ferry Orla sinks" in text
    for part in ("In brief", "Told by", "Figures", "Copies", "Not found", "Timeline"):
        assert part not in text


def test_undirected_copy() -> None:
    """Where the direction of copying can't be told, no arrow claims one."""
    (copy,) = ACCOUNT.copies
    open_copy = replace(copy, directed=False, evidence=())

    text = show_account(replace(ACCOUNT, copies=(open_copy,)))

    assert "The Courier – The Lantern: 12% of the latter, 1 passages\n" in text
    assert "→" not in text


def test_quotations() -> None:
    """Each is shown with its speaker, its words, how they came, how sure that is, and its place."""
    assert quotations().splitlines() == [
        "Ana Reyes",
        "   “Twelve people were killed”",
        "   direct, “admitted”, via Orla, in an interview, 99% sure",
        "   The Courier, “Ferry sinks”, 2031-05-04, https://courier.example/orla",
        "",
        "Ana Reyes",
        "   At least 14 people were killed off Karsa",
        "   indirect, 50% sure",
        "   The Lantern",
    ]


def test_quotations_sure_enough() -> None:
    """Those less likely right than was asked for are left out."""
    text = shown(
        lambda console, index: terminal.print_quotations(
            console, index, by=None, about=None, least=0.6
        )
    )

    assert "Twelve people" in text
    assert "At least 14" not in text


def test_candidates() -> None:
    """Where the speaker can't be told, those who may be are named."""
    courier, lantern = SMALL.edition.annotations
    unknown = replace(
        courier.quotations[0], chain=None, speaker_name=None, candidates=("c-reyes-courier",)
    )
    notes = (replace(courier, quotations=(unknown,)), lantern)
    index = EditionIndex(replace(SMALL.edition, annotations=notes))

    text = shown(
        lambda console, index: terminal.print_quotations(console, index, by=None, about="Twelve"),
        index,
    )

    assert text.splitlines()[0] == "speaker not told  perhaps Ana Reyes"


@pytest.mark.parametrize(
    ("by", "about", "n_expected"),
    [
        (None, None, 2),
        ("REYES", None, 2),
        (None, "twelve", 1),
        ("reyes", "karsa", 1),
        ("holt", None, 0),
        (None, "zeppelin", 0),
        ("holt", "twelve", 0),
    ],
)
def test_quotations_asked_for(by: str | None, about: str | None, n_expected: int) -> None:
    """Speaker and words are sought in any case, both must fit, and the number shown is told."""
    counts: list[int] = []

    text = shown(
        lambda console, index: counts.append(
            terminal.print_quotations(console, index, by=by, about=about, cite=True)
        )
    )

    assert counts == [n_expected]
    assert len(text.splitlines()) == n_expected


def test_quotations_as_citations() -> None:
    """Cited, a quotation is one line that can be pasted, however narrow the terminal."""
    console = Console(file=io.StringIO(), record=True, width=30)

    terminal.print_quotations(console, SMALL, by=None, about="twelve", cite=True)

    assert console.export_text() == (
        "“Twelve people were killed” — The Courier, “Ferry sinks”, 2031-05-04, "
        "https://courier.example/orla\n"
    )


def test_citations_of_a_story() -> None:
    """Every reading of every statement of a story is cited, a line each."""
    text = shown(lambda console, index: terminal.print_citations(console, index, ACCOUNT))

    assert text.splitlines()[1:] == [
        "“At least 14 people were killed off Karsa” — The Lantern",
        "“She blamed … reckless owners” — The Lantern",
    ]


def test_names() -> None:
    """A name has its kind, its mentions, each spelling with its count, and its renaming."""
    _, line = shown(terminal.print_names).splitlines()

    assert " ".join(line.split()) == (
        "Ana Reyes person 3 Ana Reyes (1), Reyes (2); renamed: Ida Reyes → Ana Reyes"
    )


def test_most_mentioned_name_first() -> None:
    """Names come by how often they are mentioned, then by the alphabet."""
    (reyes,) = SMALL.edition.entities
    orla = replace(reyes, id="e-orla", name="Orla", variants=reyes.variants[:1], renamed=())
    holt = replace(orla, id="e-holt", name="Mira Holt")
    index = EditionIndex(replace(SMALL.edition, entities=(orla, holt, reyes)))

    lines = shown(terminal.print_names, index).splitlines()[1:]

    assert [line.split("  ")[0] for line in lines] == ["Ana Reyes", "Mira Holt", "Orla"]


def test_figures() -> None:
    """A group of figures says how they stand to each other and shows each in its own words."""
    assert shown(terminal.print_figures).splitlines() == [
        "people killed: conflict",
        "12 or at least 14 people killed.",
        "  Twelve people  The Courier",
        "  At least 14 people  The Lantern",
    ]


def test_copies() -> None:
    """Who has whose words is one line a pair."""
    assert shown(terminal.print_copies).startswith("The Courier → The Lantern: 12% of the latter")


@pytest.mark.parametrize("show", WHOLE)
def test_nothing_to_show(show: Callable[[Console, EditionIndex], object]) -> None:
    """An edition of nothing can be shown in every way and takes no more than a header."""
    assert len(shown(show, EditionIndex(Edition())).splitlines()) <= 1


@pytest.mark.parametrize("show", WHOLE)
@pytest.mark.parametrize("words", ["[bold]Strike[/bold]", "[/]", "[/red]", ":smile: [link=x]"])
def test_brackets_are_words(show: Callable[[Console, EditionIndex], object], words: str) -> None:
    """Square brackets in titles, names and outlets are shown as they are and break nothing."""
    assert words in shown(show, make_bracketed(words))


@pytest.mark.parametrize("words", ["[bold]Strike[/bold]", "[/]", ":smile:"])
def test_brackets_in_a_story(words: str) -> None:
    """The same holds for a story shown whole and for its citations."""
    index = make_bracketed(words)
    (account,) = index.edition.accounts

    whole = shown(lambda console, index: terminal.print_account(console, index, account), index)
    cited = shown(lambda console, index: terminal.print_citations(console, index, account), index)

    assert words in whole
    assert cited.count(words) == 3


@pytest.mark.parametrize(
    "command", ["\x1b[2J", "\x1b]0;title\x07", "\x9b2J", "\r", "\x7f", "\u202e", "\u2066"]
)
def test_commands_to_the_terminal(command: str) -> None:
    """What would clear a screen or turn about a line is shown and not obeyed."""
    index = make_bracketed(f"Orla {command} sinks")
    file = io.StringIO()
    console = Console(file=file, width=160)
    console.push_render_hook(terminal.Harmless())

    for show in WHOLE:
        show(console, index)

    printed = file.getvalue()
    assert "sinks" in printed
    assert not set(command) & set(printed) & {*"\x1b\x07\x9b\r\x7f\u202e\u2066"}


def test_colours_stay() -> None:
    """The console's own commands are not taken for a stranger's."""
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, color_system="standard", no_color=False)
    console.push_render_hook(terminal.Harmless())

    terminal.print_overview(console, SMALL)

    assert "\x1b[" in file.getvalue()


def test_long_words_are_cut() -> None:
    """A reading of many pages is cut in the overview of it, and the cut is marked."""
    courier, lantern = SMALL.edition.articles
    text = courier.text + "sank " * 400
    (spans,) = (ACCOUNT.statements[0].readings[0].spans,)
    reading = replace(
        ACCOUNT.statements[0].readings[0], spans=(replace(spans[0], start=0, end=len(text)),)
    )
    said = replace(ACCOUNT.statements[0], readings=(reading, ACCOUNT.statements[0].readings[1]))
    index = EditionIndex(
        replace(
            SMALL.edition,
            articles=(replace(courier, text=text), lantern),
            accounts=(replace(ACCOUNT, statements=(said,)),),
        )
    )

    overview = shown(terminal.print_overview, index)

    assert "…" in overview
    assert len(overview) < len(text)
