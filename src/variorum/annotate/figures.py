"""Numbers that count or measure something, with what they count and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from variorum.annotate.analysis import Analysis, Paragraph
from variorum.annotate.numerals import (
    BETWEEN,
    CURRENCIES,
    NUMBER,
    SCALES,
    VAGUE,
    Amount,
    make_amount,
    parse_number,
)
from variorum.languages.tables import load_table
from variorum.model.annotation import DateRef, Figure, Quotation
from variorum.model.ids import make_id
from variorum.model.span import Span

_TABLE = load_table("numbers")
UNITS: dict[str, str] = _TABLE["units"]
CURRENCY_WORDS: dict[str, str] = _TABLE["currency_words"]
NOT_AFTER = frozenset(_TABLE["not_counted"]["words"].split())
NOT_BEFORE = frozenset(_TABLE["not_counted"]["before"].split())

MAX_WHAT_WORDS = 12
MAX_FIGURES = 500
"""In one paragraph; a line with more is a table."""

MONTHS = frozenset(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sept sep oct nov dec".split()
)
TIME_UNITS = frozenset(
    "second seconds minute minutes hour hours day days week weeks month months year years decade "
    "decades century centuries".split()
)


def find_figures(
    analysis: Analysis, quotations: Sequence[Quotation], dates: Sequence[DateRef] = ()
) -> tuple[Figure, ...]:
    """Return the figures of an article, in text order, none overlapping.

    Left out are dates, durations, clock times, ages, ordinals and numbers that are names.

    Args:
        dates: The article's dates; no figure lies in one.
    """
    found: list[Figure] = []
    for paragraph in analysis.paragraphs:
        if paragraph.kind in {"dateline", "byline"}:
            continue
        for span, amount, currency in _iter_amounts(paragraph):
            figure = _make_figure(analysis, paragraph, span, amount, currency, quotations, dates)
            if figure is not None:
                found.append(figure)
    return tuple(found)


def _iter_amounts(paragraph: Paragraph) -> Iterator[tuple[Span, Amount, str | None]]:
    text = paragraph.text
    taken: list[Span] = []
    for match in BETWEEN.finditer(text):
        low, high = parse_number(match["low"]), parse_number(match["high"])
        span = Span(match.start("low"), match.end())
        taken.append(span)
        yield span, Amount(low, high, "between"), None
    for number, match in enumerate(NUMBER.finditer(text)):
        if number >= MAX_FIGURES:
            return
        span = Span(match.start(), match.start() + len(match[0].rstrip()))
        if any(span.overlaps(other) for other in taken):
            continue
        if match["vague"]:
            least = VAGUE[" ".join(match["vague"].lower().split())]
            yield span, Amount(least, None, "dozens"), None
            continue
        low = parse_number(match["low"])
        high = parse_number(match["high"]) if match["high"] else None
        if low is None:
            continue
        if high is not None and high < low:
            low, high = _spread(match["low"], low, high)
        sign = match["currency"]
        unit = CURRENCIES[sign.upper()] if sign else "%" if match["percent"] else None
        yield span, make_amount(low, high, match["modifier"]), unit


def _spread(words: str, low: float, high: float) -> tuple[float, float | None]:
    """Read "5-7 million" as five million to seven million; a falling range is no range."""
    for scale in SCALES.values():
        if low * scale <= high and not re.search(r"[a-z]", words):
            return low * scale, high
    return low, None


def _make_figure(
    analysis: Analysis,
    paragraph: Paragraph,
    span: Span,
    amount: Amount,
    currency: str | None,
    quotations: Sequence[Quotation],
    dates: Sequence[DateRef],
) -> Figure | None:
    place = span.moved(paragraph.span.start)
    words = span.of(paragraph.text)
    if any(date.span.overlaps(place) for date in dates) or _is_no_figure(paragraph, span, words):
        return None
    head = _find_head(paragraph, span)
    unit = currency or _find_unit(paragraph.text[span.end :], head)
    if unit is None:
        return None
    holder = _find_quotation(place, quotations)
    return Figure(
        id=make_id("f", analysis.article.id, place.start, place.end),
        span=place,
        low=amount.low,
        high=amount.high,
        modifier=amount.modifier,
        unit=unit,
        what=_describe(paragraph, span, head),
        as_of=_find_as_of(paragraph, place, dates),
        attributed_to=holder.id if holder else None,
    )


def _is_no_figure(paragraph: Paragraph, span: Span, words: str) -> bool:
    """Return whether a number is a name, a date, an age or a pronoun."""
    text = paragraph.text
    before = re.findall(r"[\w.’'-]+", text[max(0, span.start - 30) : span.start])
    after = re.findall(r"[\w.’'-]+", text[span.end : span.end + 30])
    last = before[-1].lower().rstrip(".") if before else ""
    following = after[0].lower().rstrip(".,") if after else ""
    bare = words.lower().strip()
    is_counted = following in UNITS or following in COUNTABLE
    if bare in {"a", "zero"} or (bare == "one" and not is_counted):
        # "one" is a pronoun more often than a count, but "one person was killed" counts.
        return True
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", bare) and following not in UNITS:
        return True
    if last in NOT_BEFORE or following in NOT_AFTER or last in MONTHS or following in MONTHS:
        return True
    if text[span.end : span.end + 1] == "-" and "old" in text[span.end : span.end + 12]:
        return True
    is_age = text[span.end : span.end + 1] in {",", ")"} and text[: span.start].rstrip().endswith(
        (",", "(")
    )
    if is_age and re.fullmatch(r"\d{1,2}", bare) and before and before[-1][:1].isupper():
        return True
    return following in TIME_UNITS


COUNTABLE = frozenset(
    "person man woman child soldier officer civilian policeman worker other".split()
)


def _find_head(paragraph: Paragraph, span: Span) -> Token | None:
    """Return the noun that a number counts."""
    tokens = paragraph.tokens_in(span.moved(paragraph.span.start))
    if not len(tokens):
        return None
    doc = paragraph.doc
    if paragraph.is_parsed:
        for token in reversed(tokens):
            head = token.head
            if token.dep_ in {"nummod", "det", "amod", "compound"} and head.i >= tokens.end:
                return _find_last_noun(head)
    at = tokens.end
    if at < len(doc) and doc[at].lower_ == "of":
        at += 1
    last: Token | None = None
    while at < len(doc) and at - tokens.end < 6:
        token = doc[at]
        if token.tag_ in {"NN", "NNS", "NNP", "NNPS"}:
            last = token
        elif last is not None or token.tag_ not in {"JJ", "DT", "VBN", "VBG", "HYPH", "JJR"}:
            break
        at += 1
    return last


def _find_last_noun(head: Token) -> Token:
    """Return the noun at the end of a run that ``head`` begins: "girls" of "21 Chibok girls"."""
    last = head
    for token in head.doc[head.i + 1 : head.i + 5]:
        if last.tag_ == "NNS" or token.tag_ not in {"NN", "NNS", "NNP", "NNPS", "JJ"}:
            break
        if token.tag_ != "JJ":
            last = token
    return last


def _find_unit(rest: str, head: Token | None) -> str | None:
    """Return the unit: from the words after the number, else the noun counted; None for neither."""
    after = rest.lower().lstrip(" \u00a0-")
    for words, unit in (*UNITS.items(), *CURRENCY_WORDS.items()):
        if after.startswith(words) and not after[len(words) : len(words) + 1].isalpha():
            return unit
    if head is None:
        return ""
    return _singular(head)


def _singular(token: Token) -> str:
    word: str = token.lower_
    if word in UNITS:
        return UNITS[word]
    if token.tag_ not in {"NNS", "NNPS"}:
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word.removesuffix("s")


def _describe(paragraph: Paragraph, span: Span, head: Token | None) -> str:
    """Return what is counted and what became of it: ``people killed``."""
    doc = paragraph.doc
    tokens = paragraph.tokens_in(span.moved(paragraph.span.start))
    if head is None:
        verb = _find_verb(doc, tokens.end)
        return verb.lower_ if verb is not None else ""
    start = tokens.end
    if start < len(doc) and doc[start].lower_ == "of":
        start += 1
    nouns = doc[start : head.i + 1].text if start <= head.i else head.text
    verb = _find_governor(head)
    if verb is not None and verb.lower_ in EMPTY_VERBS:
        verb = _find_state(head)
    what = f"{nouns} {verb.lower_}" if verb is not None else nouns
    return " ".join(what.split()[:MAX_WHAT_WORDS]).lower()


def _find_state(head: Token) -> Token | None:
    """Return what is told of those counted after a verb that tells nothing: ``aboard``."""
    for token in head.doc[head.i + 1 : head.i + 8]:
        if token.is_punct:
            return None
        is_verb = token.tag_ in {"VBN", "VBD", "VBG"} and token.lower_ not in EMPTY_VERBS
        if is_verb or token.lower_ in STATES:
            return token
    return None


def _find_governor(head: Token) -> Token | None:
    """Return the verb that says what those counted did or what was done to them."""
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"}:
            return child
    up = head.head
    if up.i != head.i and up.tag_.startswith("VB"):
        return up
    if up.i != head.i and up.head.tag_.startswith("VB") and head.dep_ in {"nmod", "conj"}:
        return up.head
    return _find_verb(head.doc, head.i + 1)


EMPTY_VERBS = frozenset(_TABLE["empty_verbs"]["words"].split())
STATES = frozenset(_TABLE["empty_verbs"]["states"].split())


def _find_verb(doc: Doc, start: int) -> Token | None:
    """Return the next participle or verb within a few words: ``killed`` of "have been killed"."""
    for token in doc[start : start + 4]:
        if token.tag_ in {"VBN", "VBD", "VBG", "JJ"} and token.lower_ not in {
            "were",
            "was",
            "been",
        }:
            return token
        if token.is_punct:
            return None
    return None


def _find_quotation(place: Span, quotations: Sequence[Quotation]) -> Quotation | None:
    holders = [
        quotation
        for quotation in quotations
        if any(run.span.contains(place) for run in quotation.content)
    ]
    return min(holders, key=lambda q: (sum(len(run.span) for run in q.content), q.id), default=None)


def _find_as_of(paragraph: Paragraph, place: Span, dates: Sequence[DateRef]) -> str | None:
    """Return the nearest day, month or year named in the same sentence."""
    for sentence in paragraph.sentences:
        if sentence.span.contains(place):
            near = [
                (abs(date.span.start - place.start), date.value)
                for date in dates
                if date.type == "DATE"
                and sentence.span.contains(date.span)
                and date.value[:1].isdigit()
            ]
            return min(near)[1] if near else None
    return None
