"""The edition in a terminal.

Words of articles are printed as ``Text``, never as ``str``: rich would read ``[b]`` and ``:bus:``.
What a terminal would obey in them is printed as a picture of it by a console with a
:class:`Harmless` hook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import (
    Console,
    ConsoleOptions,
    ConsoleRenderable,
    Group,
    RenderableType,
    RenderHook,
    RenderResult,
)
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from variorum.compare.differences import CAVEAT
from variorum.model.annotation import Quotation
from variorum.model.article import Article
from variorum.model.entity import Entity
from variorum.model.judgement import Judgement
from variorum.model.story import Account, FigureGroup, Statement
from variorum.present.citations import make_citation, make_citation_tail
from variorum.present.controls import LAYOUT
from variorum.present.index import EditionIndex
from variorum.present.readings import DOUBTFUL, render_statement, write_words
from variorum.present.views.links import StoryIndex
from variorum.present.views.statements import describe_quotation

MAX_CLASHES = 2
"""Figures that a story shows in the overview."""

MAX_SPEAKERS = 5

MAX_STATEMENTS = 3
"""Statements a story shows in the overview; ``show`` has them all."""

MAX_WORDS_CHARS = 400


class Harmless(RenderHook):
    """Lets nothing of what a console prints command the terminal but the console itself."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Wrap what is to be printed."""
        return [_Shielded(renderable) for renderable in renderables]


@dataclass(frozen=True, slots=True)
class _Shielded:
    inner: ConsoleRenderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self.inner, options):
            if segment.control:
                yield segment
            else:
                yield Segment(segment.text.translate(LAYOUT), segment.style)


def print_overview(console: Console, index: EditionIndex) -> None:
    """Print each story with its outlets and its most telling differences."""
    titles = {line.id: line for line in index.edition.storylines}
    for number, account in enumerate(index.accounts, start=1):
        console.print(_heading(index, account, number))
        for line_id in account.story.storylines:
            if len(titles[line_id].stories) > 1:
                console.print(Text(f"   storyline: {titles[line_id].title}", "dim"))
        shared = list(index.iter_shared(account))[:MAX_STATEMENTS]
        _print_statements(console, StoryIndex(index, account), shared, is_brief=True)
        _print_clashes(console, index, account)
        if not shared:
            console.print(Padding(_summarise(index, account), (0, 0, 0, 3), expand=False))
        console.print()


def _print_clashes(console: Console, index: EditionIndex, account: Account) -> None:
    """Print the figures that were not the same in all accounts, conflicts first."""
    told = [g for g in index.edition.figure_groups if account.story.id in g.stories]
    clashes = [g for g in told if g.relation != "agree"]
    clashes.sort(key=lambda g: (g.relation != "conflict", -len(g.members), g.id))
    for group in clashes[:MAX_CLASHES]:
        line = Text.assemble(("# ", "yellow"), (f"{group.relation}: ", "bold"), group.says)
        console.print(Padding(line, (1, 0, 0, 3), expand=False))


def _summarise(index: EditionIndex, account: Account) -> Text:
    """Return who is quoted in a story of which no statement is told twice."""
    speakers = Counter(index.speaker_of(statement) for statement in account.statements)
    if not speakers:
        return Text("nobody is quoted", "dim")
    ranked = sorted(speakers.items(), key=lambda pair: (-pair[1], pair[0]))
    named = [f"{speaker} ({count})" for speaker, count in ranked[:MAX_SPEAKERS]]
    more = [f"{len(ranked) - MAX_SPEAKERS} more"] if len(ranked) > MAX_SPEAKERS else []
    alone = "" if len(account.story.articles) == 1 else ", each in one article"
    return Text(f"quoted{alone}: {', '.join([*named, *more])}", "dim")


def _print_statements(
    console: Console, told: StoryIndex, statements: Sequence[Statement], *, is_brief: bool
) -> None:
    for statement in statements:
        rendered = render_statement(told, statement, is_brief=is_brief)
        console.print(Padding(rendered, (1, 0, 0, 3), expand=False))
    if any(difference.caveat for s in statements for difference in s.differences):
        note = Text(f"{DOUBTFUL} {CAVEAT}", "dim")
        console.print(Padding(note, (1, 0, 0, 3), expand=False))


def print_stories(console: Console, index: EditionIndex) -> None:
    """Print a line a story: number, days, title, how many outlets, articles and statements."""
    table = _table("#", "days", "story", "outlets", "articles", "shared")
    for number, account in enumerate(index.accounts, start=1):
        table.add_row(
            str(number),
            _days(account),
            Text(account.story.title),
            str(len(index.outlets_of(account))),
            str(len(account.story.articles)),
            str(sum(1 for _ in index.iter_shared(account))),
        )
    console.print(table)


def print_account(console: Console, index: EditionIndex, account: Account) -> None:
    """Print a story whole: brief, statements, figures, copies, what was not found, timeline."""
    console.print(_heading(index, account, None))
    _print_part(console, "In brief", (_brief(index, account)))
    shared = list(index.iter_shared(account))
    alone = [s for s in account.statements if s not in shared]
    told = StoryIndex(index, account)
    for title, statements in (("Told by several", shared), ("Told by one", alone)):
        if statements:
            console.print(Text(f"\n{title}", "bold underline"))
            _print_statements(console, told, statements, is_brief=False)
    groups = (g for g in index.edition.figure_groups if account.story.id in g.stories)
    _print_part(console, "Figures", (_figure_group(index, group) for group in groups))
    _print_part(console, "Copies", _copies(index, account))
    absences = (f"{a.outlet}: {a.says}" for a in account.not_found)
    _print_part(console, "Not found", (Text(line) for line in absences))
    _print_part(console, "Timeline", _timeline(index, account))


def print_quotations(
    console: Console,
    index: EditionIndex,
    *,
    by: str | None,
    about: str | None,
    least: float = 0.0,
    cite: bool = False,
) -> int:
    """Print quotations, those of a speaker or with certain words; return how many there were.

    Args:
        least: The confidence from which a quotation is shown.
    """
    n_shown = 0
    for article, quotation in index.quotations.values():
        speaker = index.name_of_quoted(quotation)
        words = " … ".join(run.span.of(article.text) for run in quotation.content)
        fits = _fits(by, speaker, quotation.speaker_name) and _fits(about, words)
        if not fits or quotation.confidence < least:
            continue
        n_shown += 1
        if cite:
            console.print(Text(make_citation(words, article)), soft_wrap=True)
        else:
            console.print(_quotation(index, article, quotation, speaker))
    return n_shown


def _quotation(
    index: EditionIndex, article: Article, quotation: Quotation, speaker: str
) -> RenderableType:
    """Return a quotation as an editor would: who, the words, how they came, where they stand."""
    head = Text(speaker, "bold cyan")
    if candidates := index.names_of_candidates(quotation):
        head.append(f"  perhaps {' or '.join(candidates)}", "not bold dim")
    said = f"{describe_quotation(quotation, article.text)}, {quotation.confidence:.0%} sure"
    spans = [run.span for run in quotation.content]
    words = write_words(article.text, spans, {c.span for c in quotation.content if c.is_quoted})
    lines = [words, Text(said, "dim"), Text(make_citation_tail(article), "dim")]
    return Group(head, *(Padding(line, (0, 0, 0, 3)) for line in lines), Text())


def print_names(console: Console, index: EditionIndex) -> None:
    """Print each entity with all its spellings, the most mentioned first."""
    table = _table("name", "kind", "mentions", "spellings")
    for entity in sorted(index.edition.entities, key=lambda e: (-_n_mentions(e), e.name, e.id)):
        spellings = ", ".join(f"{v.text} ({v.count})" for v in entity.variants)
        renamed = "".join(f"; renamed: {r.old} → {r.new}" for r in entity.renamed)
        table.add_row(
            Text(entity.name), entity.kind, str(_n_mentions(entity)), Text(spellings + renamed)
        )
    console.print(table)


def print_judgements(console: Console, judgements: Iterable[Judgement]) -> None:
    """Print what people said of names, the undone too."""
    table = _table("number", "verdict", "left", "right", "made", "undone")
    for one in judgements:
        names = Text(str(one.left)), Text(str(one.right))
        table.add_row(str(one.number), one.verdict, *names, one.made, one.undone or "")
    console.print(table)


def print_figures(console: Console, index: EditionIndex) -> None:
    """Print each figure group with its relation and who gives what."""
    for group in index.edition.figure_groups:
        console.print(Padding(_figure_group(index, group), (0, 0, 1, 0)))


def print_copies(console: Console, index: EditionIndex) -> None:
    """Print who has whose words."""
    for account in index.accounts:
        for line in _copies(index, account):
            console.print(line)


def print_citations(console: Console, index: EditionIndex, account: Account) -> None:
    """Print every reading of a story as a citation, a line each."""
    for statement in account.statements:
        for reading in statement.readings:
            article = index.articles[reading.article]
            citation = make_citation(index.words_of(reading), article)
            console.print(Text(citation), soft_wrap=True)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print_part(console: Console, title: str, items: Iterable[RenderableType]) -> None:
    rendered = list(items)
    if not rendered:
        return
    console.print(Text(f"\n{title}", "bold underline"))
    for item in rendered:
        console.print(Padding(item, (0, 0, 1, 2)))


def _heading(index: EditionIndex, account: Account, number: int | None) -> Group:
    n_articles = len(account.story.articles)
    told = f"{n_articles} articles" if n_articles > 1 else "1 article"
    days = f", {_days(account)}" if account.story.started else ""
    who = Text(f"{told}{days}: {', '.join(index.outlets_of(account))}", "dim")
    title = Text(f"{number}. " if number else "", "bold").append(account.story.title)
    return Group(title, Padding(who, (0, 0, 0, 3), expand=False))


def _days(account: Account) -> str:
    started, ended = account.story.started, account.story.ended
    if started is None:
        return ""
    return started if ended in {None, started} else f"{started} – {ended}"


def _figure_group(index: EditionIndex, group: FigureGroup) -> Group:
    lines: list[RenderableType] = [Text(f"{group.what}: {group.relation}", "bold")]
    lines.append(Text(group.says))
    for member in group.members:
        article, figure = index.figures[member]
        lines.append(Text(f"  {figure.span.of(article.text)}  {article.outlet}", "dim"))
    return Group(*lines)


def _copies(index: EditionIndex, account: Account) -> Iterable[Text]:
    for copy in account.copies:
        earlier, later = index.articles[copy.earlier], index.articles[copy.later]
        arrow = "→" if copy.directed else "–"
        evidence = f" ({'; '.join(copy.evidence)})" if copy.evidence else ""
        yield Text(
            f"{earlier.outlet} {arrow} {later.outlet}: "
            f"{copy.share:.0%} of the latter, {len(copy.passages)} passages{evidence}"
        )


def _brief(index: EditionIndex, account: Account) -> Iterable[Text]:
    for sentence in account.brief:
        outlet = index.articles[sentence.article].outlet
        yield Text.assemble(" ".join(sentence.text.split()), (f"  {outlet}", "dim"))


def _timeline(index: EditionIndex, account: Account) -> Iterable[Text]:
    for entry in account.timeline:
        article = index.articles[entry.article]
        words = _shorten(entry.span.of(article.text))
        yield Text.assemble((f"{entry.date}  ", "bold"), words, (f"  {article.outlet}", "dim"))


def _fits(wanted: str | None, *texts: str | None) -> bool:
    if wanted is None:
        return True
    return any(wanted.casefold() in text.casefold() for text in texts if text)


def _shorten(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= MAX_WORDS_CHARS else f"{words[:MAX_WORDS_CHARS]}…"


def _n_mentions(entity: Entity) -> int:
    return sum(variant.count for variant in entity.variants)
