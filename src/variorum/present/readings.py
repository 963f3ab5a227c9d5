"""A statement in a terminal: who says it, each reading under the other, and how they differ."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from variorum.model.span import Span
from variorum.model.story import Reading, Statement
from variorum.present.views.differences import DifferenceView, make_differences
from variorum.present.views.links import StoryIndex

MAX_READINGS = 4
"""Readings that a statement shows in the overview."""

MAX_DIFFERENCES = 3
"""Differences that it shows there, other than that it is worded otherwise."""

MAX_OUTLET_CHARS = 24
MAX_WORDS_CHARS = 400

DOUBTFUL = "†"
"""Marks a difference that may be the translators' doing."""

STYLES = {"left": "bold green", "right": "bold magenta"}

Marks = dict[int, list[tuple[Span, str]]]


def render_statement(told: StoryIndex, statement: Statement, *, is_brief: bool) -> RenderableType:
    """Return the statement; in brief its most telling readings and differences."""
    every, _ = make_differences(statement, told)
    differences = [d for d in every if not (is_brief and d.kind == "verbatim")]
    differences = differences[: MAX_DIFFERENCES if is_brief else None]
    order = _order_readings(statement)
    lines: list[RenderableType] = [_head(told, statement)]
    lines.append(_render_readings(told, statement, order[: MAX_READINGS if is_brief else None]))
    if is_brief and (more := len(order) - MAX_READINGS) > 0:
        lines.append(Text(f"  … and {more} more", "dim"))
    lines += [Padding(_render_difference(d), (0, 0, 0, 2), expand=False) for d in differences]
    if statement.not_found:
        missing = Text(f"not found: {', '.join(statement.not_found)}", "dim")
        lines.append(Padding(missing, (0, 0, 0, 2), expand=False))
    return Group(*lines)


def _head(told: StoryIndex, statement: Statement) -> Text:
    head = Text(told.index.speaker_of(statement), "bold cyan")
    outlets = {told.outlet_of(reading.article) for reading in statement.readings}
    if statement.origins and len(statement.readings) > 1:
        counts = _count(len(outlets), "outlet"), _count(len(statement.origins), "origin")
        head.append(f"  {', '.join(counts)}", "not bold dim")
    return head


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _order_readings(statement: Statement) -> list[int]:
    """Return the readings: the base, then those that differ, the gravest first, then the rest.

    In the text's order where nothing is said of their differences.
    """
    weight = dict.fromkeys(range(len(statement.readings)), 0.0)
    for difference in statement.differences:
        for side in (difference.left, difference.right):
            weight[side] = max(weight[side], difference.weight)
    return sorted(weight, key=lambda n: (n != statement.gist, -weight[n], n))


def _render_readings(told: StoryIndex, statement: Statement, order: Sequence[int]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(max_width=MAX_OUTLET_CHARS, overflow="fold", style="dim")
    table.add_column(overflow="fold")
    marks = _find_marks(statement)
    rows: dict[str, tuple[list[str], Text]] = {}
    for number in order:
        reading = statement.readings[number]
        words = _write_reading(told, reading, marks.get(number, ()))
        outlets, _ = rows.setdefault(words.plain, ([], words))
        outlet = told.outlet_of(reading.article)
        if outlet not in outlets:
            outlets.append(outlet)
    for outlets, words in rows.values():
        table.add_row(Text(", ".join(outlets)), words)
    return _indented(table)


def _indented(table: Table) -> Table:
    outer = Table.grid()
    outer.add_column(width=2)
    outer.add_column()
    outer.add_row("", table)
    return outer


def _find_marks(statement: Statement) -> Marks:
    marks: Marks = {}
    for difference in statement.differences:
        if difference.kind == "verbatim":
            continue
        for span in difference.left_spans:
            marks.setdefault(difference.left, []).append((span, STYLES["left"]))
        for span in difference.right_spans:
            marks.setdefault(difference.right, []).append((span, STYLES["right"]))
    return marks


def _write_reading(told: StoryIndex, reading: Reading, marks: Iterable[tuple[Span, str]]) -> Text:
    text = told.index.articles[reading.article].text
    return write_words(text, reading.spans, _find_quoted(told, reading), marks)


def write_words(
    text: str,
    spans: Sequence[Span],
    quoted: Container[Span],
    marks: Iterable[tuple[Span, str]] = (),
) -> Text:
    """Return the words, those that stand in quotation marks in quotation marks."""
    words = Text()
    for number, span in enumerate(spans):
        is_quoted = span in quoted
        if number:
            # Words in marks are cut where the tag stood; what is told around them runs on.
            is_cut = is_quoted and spans[number - 1] in quoted
            words.append(" … " if is_cut else " ")
        words.append("“" if is_quoted else "")
        words.append_text(_highlight(text, span, marks))
        words.append("”" if is_quoted else "")
    if len(words) > MAX_WORDS_CHARS:
        words.truncate(MAX_WORDS_CHARS, overflow="ellipsis")
    return words


def _find_quoted(told: StoryIndex, reading: Reading) -> frozenset[Span]:
    if reading.quotation is None:
        return frozenset()
    _, quotation = told.index.quotations[reading.quotation]
    return frozenset(run.span for run in quotation.content if run.is_quoted)


def _highlight(text: str, span: Span, marks: Iterable[tuple[Span, str]]) -> Text:
    words = Text(span.of(text).replace("\n", " "))
    for inner, style in marks:
        if inner.overlaps(span):
            words.stylize(style, max(0, inner.start - span.start), inner.end - span.start)
    return words


def _render_difference(difference: DifferenceView) -> Text:
    line = Text.assemble(("≠ ", "yellow"), (f"{difference.kind}: ", "bold"), difference.says)
    if difference.likewise:
        line.append(f" Likewise {', '.join(difference.likewise)}.")
    if difference.may_be_translation:
        line.append(f" {DOUBTFUL}", "bold")
    return line
