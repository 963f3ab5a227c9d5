"""What an article calls people and groups, where another outlet could have said otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.annotate.analysis import Analysis, Paragraph
from variorum.languages.tables import load_table
from variorum.model.annotation import Label, Mention, Quotation
from variorum.model.span import Span

_TABLE = load_table("labels")
HEADS = frozenset(" ".join(_TABLE["heads"].values()).split())
GROUPS = frozenset(_TABLE["groups"]["words"].split())
ADJECTIVES = frozenset(_TABLE["adjectives"]["words"].split())

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
SO_CALLED = re.compile(r"\bso-called\s+[“\"‘']?$", re.IGNORECASE)
MAX_GAP_CHARS = 3
"""Between a label and the name beside it: a space, a comma, a mark."""


def find_labels(
    analysis: Analysis, quotations: Sequence[Quotation], mentions: Sequence[Mention]
) -> tuple[Label, ...]:
    """Return the labels of an article, in text order, none overlapping."""
    text = analysis.article.text
    found: list[Label] = []
    for paragraph in analysis.paragraphs:
        if paragraph.kind in {"dateline", "byline"}:
            continue
        found += [
            Label(
                span=span,
                text=span.of(text),
                chain=_find_chain(span, mentions, text),
                is_scare_quoted=_is_scare_quoted(span, text, quotations),
                quotation=_find_voice(span, quotations),
            )
            for span in _iter_spans(paragraph)
        ]
    return tuple(found)


def _iter_spans(paragraph: Paragraph) -> Iterator[Span]:
    """Yield labels with the judging words before them: ``extremist group``."""
    words = list(WORD.finditer(paragraph.text))
    end = -1
    for number, match in enumerate(words):
        word = match[0].lower()
        if match.start() < end or (word not in HEADS and word not in GROUPS):
            continue
        start, first = match.start(), number
        while first > 0 and _follows(words[first - 1], words[first]):
            if words[first - 1][0].lower() not in ADJECTIVES | HEADS:
                break
            first -= 1
            start = words[first].start()
        is_head = word in HEADS and not _is_part_of_name(words, number)
        is_group = word in GROUPS and first < number
        after = words[number + 1] if number + 1 < len(words) else None
        is_label = is_head or is_group
        if is_label and after is not None and _follows(match, after) and after[0] in GROUPS | HEADS:
            continue  # "terrorist group": the head comes next.
        if is_label:
            end = match.end()
            yield Span(paragraph.span.start + start, paragraph.span.start + end)


def _follows(left: re.Match[str], right: re.Match[str]) -> bool:
    return right.start() - left.end() == 1 and left.string[left.end()] == " "


def _is_part_of_name(words: Sequence[re.Match[str]], number: int) -> bool:
    """Return whether a capitalised word stands inside a name: "Star", "the Youth Party"."""
    word = words[number]
    if not word[0][0].isupper():
        return False
    begins = word.start() == 0 or word.string[: word.start()].rstrip()[-1:] in {".", "!", "?", "“"}
    after = words[number + 1] if number + 1 < len(words) else None
    return not begins or (after is not None and after[0][0].isupper() and _follows(word, after))


def _find_chain(span: Span, mentions: Sequence[Mention], text: str) -> str | None:
    """Return the chain whose mention holds the label, or whose name stands right beside it."""
    holders = [
        mention
        for mention in mentions
        # A noun phrase that only a pronoun stands for is nobody to be labelled.
        if mention.span.overlaps(span) and (mention.kind, mention.form) != ("other", "description")
    ]
    if holders:
        return min(holders, key=lambda m: (len(m.span), m.span)).chain
    beside = [
        mention
        for mention in mentions
        if mention.form == "name"
        and mention.kind != "place"
        and _is_beside(mention.span, span, text)
    ]
    return (
        min(beside, key=lambda m: (abs(m.span.start - span.start), m.span)).chain
        if beside
        else None
    )


def _is_beside(name: Span, label: Span, text: str) -> bool:
    first, second = sorted((name, label))
    between = text[first.end : second.start]
    return len(between) <= MAX_GAP_CHARS and not re.search(r"[.;:]", between)


def _is_scare_quoted(span: Span, text: str, quotations: Sequence[Quotation]) -> bool:
    """Return whether the label stands in marks of its own, or after "so-called"."""
    before, after = text[max(0, span.start - 14) : span.start], text[span.end : span.end + 12]
    if SO_CALLED.search(before) or text[span.start : span.end].lower().startswith("so-called"):
        return True
    opens = re.search(r"[“\"‘'«][^“”\"‘’'»«]{0,10}$", before)
    closes = re.match(r"(?:\s\w+){0,1}[,.]?[”\"’'»]", after)
    if opens is None or closes is None:
        return False
    return not any(
        run.is_quoted and run.span.contains(span) and len(run.span) > 3 * len(span)
        for quotation in quotations
        for run in quotation.content
    )


def _find_voice(span: Span, quotations: Sequence[Quotation]) -> str | None:
    holders = [
        (len(run.span), quotation.id)
        for quotation in quotations
        for run in quotation.content
        if run.is_quoted and run.span.contains(span)
    ]
    return min(holders)[1] if holders else None
