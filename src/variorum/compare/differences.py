"""Where the readings of a statement part, and what kind of difference it is.

Each reading is compared with one, the base, as an apparatus compares witnesses with a base text:
the fullest that is quoted and no translation.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.compare.alignment import WORD, Alignment, Gap, Named, Word, align, find_words
from variorum.languages.tables import load_table
from variorum.model.annotation import Quotation
from variorum.model.article import Article
from variorum.model.ports import Encoder, WordWeights
from variorum.model.span import Span, make_cover
from variorum.model.story import Difference, DifferenceKind, Reading, Statement

_TABLE: dict[str, Any] = load_table("differences")
KINDS: tuple[DifferenceKind, ...] = ("negation", "hedge", "condition", "scope", "tense")
TELLING: tuple[tuple[DifferenceKind, float, frozenset[str]], ...] = tuple(
    (kind, _TABLE[kind]["weight"], frozenset(_TABLE[kind]["words"].split())) for kind in KINDS
)
COLOURED_CUES = frozenset(_TABLE["cues"]["coloured"].split())
CUE_WEIGHT: float = _TABLE["cues"]["weight"]
NUMBER_WEIGHT, NAME_WEIGHT, VERBATIM_WEIGHT = 0.9, 0.6, 0.3

MIN_SENTENCE_WORDS = 4
REPLACED_FACTOR = 0.8
"""Words that stand for others mostly mean something like them; words lost mean nothing."""

WHOLE_FACTOR = 0.6
"""What is left of the weight of words that are sentences of their own."""

NUMBER_WORDS = frozenset(load_table("numbers")["words"]) | frozenset(
    load_table("numbers")["scales"]
)

FULL_WEIGHT = 20.0
"""Weighed words (about five telling ones) whose loss is as grave as plain loss can be."""

MAX_PLAIN_WEIGHT = 0.7
MIN_WEIGHT = 0.05
MIN_SHARE = 0.2
"""Readings that match in fewer words are told in other words; only telling ones are compared."""

SAME_TEXT_SHARE = 0.8
"""Two quotations of one language that match in fewer words are two wordings ..."""

SAME_TEXT_RUN = 7
"""... unless so many words in a row are the same: then they are two excerpts of one."""

CAVEAT = "Between two translations: it may be the translators' doing."

SENTENCE_END = re.compile(r"[.!?]")
MAX_SHOWN_WORDS = 14
MAX_DIFFERENCES = 12
"""A reading told wholly in other words has no end of differences; the gravest are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """What one article has of a statement: all its readings of it.

    Attributes:
        index: Of the reading that stands for them: the longest.
        named: The article's mentions by name.
    """

    index: int
    readings: tuple[tuple[int, Reading], ...]
    article: Article
    quotation: Quotation | None
    named: Named

    @property
    def words(self) -> tuple[Word, ...]:
        return find_words(self.article.text, self.spans, self.named)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The runs of all readings, in text order; those that overlap are one."""
        runs: list[Span] = []
        for span in sorted({span for _, reading in self.readings for span in reading.spans}):
            if runs and span.overlaps(runs[-1]):
                runs[-1] = make_cover((runs[-1], span))
            else:
                runs.append(span)
        return tuple(runs)

    def find_index(self, spans: Sequence[Span]) -> int:
        """Return the index of the reading in which a difference lies."""
        for index, reading in self.readings:
            if spans and any(span.contains(spans[0]) for span in reading.spans):
                return index
        return self.index

    @property
    def is_quoted(self) -> bool:
        quotation = self.quotation
        return quotation is not None and quotation.kind == "direct"


def find_differences(
    statement: Statement,
    articles: Mapping[str, Article],
    quotations: Mapping[str, Quotation],
    named: Mapping[str, Named],
    *,
    encoder: Encoder,
    weights: WordWeights,
) -> tuple[Difference, ...]:
    """Return the differences of a statement's readings from the base, by reading and place.

    Args:
        named: Mentions by name of each article.
    """
    gist = statement.readings[statement.gist]
    sides = {
        article: _make_side(statement, article, articles, quotations, named)
        for article in dict.fromkeys(reading.article for reading in statement.readings)
    }
    base = sides.pop(gist.article)
    found: list[Difference] = []
    for side in sides.values():
        pair = sorted(_compare(base, side, encoder, weights), key=lambda d: -d.weight)
        found += sorted(pair[:MAX_DIFFERENCES], key=_place)
    return tuple(found)


def _make_side(
    statement: Statement,
    article: str,
    articles: Mapping[str, Article],
    quotations: Mapping[str, Quotation],
    named: Mapping[str, Named],
) -> _Side:
    own = tuple((n, r) for n, r in enumerate(statement.readings) if r.article == article)
    chief, reading = max(own, key=lambda item: (sum(map(len, item[1].spans)), -item[0]))
    return _Side(
        index=chief,
        readings=own,
        article=articles[article],
        quotation=quotations.get(reading.quotation or ""),
        named=named.get(article, ()),
    )


def _place(difference: Difference) -> tuple[int, int, int, str]:
    left = difference.left_spans[0].start if difference.left_spans else 10**9
    right = difference.right_spans[0].start if difference.right_spans else 10**9
    return difference.right, left, right, difference.kind


def _compare(
    left: _Side, right: _Side, encoder: Encoder, weights: WordWeights
) -> Iterator[Difference]:
    words = [left.words, right.words]
    if [w.text for w in words[0]] == [w.text for w in words[1]]:
        cue = _compare_cues(left, right)
        if cue is not None:
            yield cue
        return
    alignment = align(words[0], words[1], encoder, weights)
    caveat = _find_caveat(left, right, alignment)
    evened = _count_negations(words[0], left) == _count_negations(words[1], right)
    for gap in _iter_gaps(alignment, left, right):
        difference = _judge_gap(
            gap, left, right, alignment, encoder, weights, caveat, has_lost_negation=not evened
        )
        if difference is not None and difference.weight >= MIN_WEIGHT:
            yield difference
    cue = _compare_cues(left, right)
    if cue is not None:
        yield cue
    if caveat and left.is_quoted and right.is_quoted and alignment.share < SAME_TEXT_SHARE:
        yield _make(
            left, right, "verbatim", left.spans, right.spans, VERBATIM_WEIGHT,
            f"{left.article.outlet} and {right.article.outlet} quote different words.", caveat,
        )  # fmt: skip


def _find_caveat(left: _Side, right: _Side, alignment: Alignment) -> str:
    """Return what to bear in mind of all differences of a pair; empty if there is nothing."""
    translated = [s.article.outlet for s in (left, right) if s.article.is_translated]
    if translated:
        who = " and ".join(dict.fromkeys(translated))
        return f"{CAVEAT} ({who} reads like one.)"
    is_other = alignment.share < SAME_TEXT_SHARE and alignment.longest_run < SAME_TEXT_RUN
    if left.is_quoted and right.is_quoted and is_other:
        return CAVEAT
    return ""


def _judge_gap(
    gap: Gap,
    left: _Side,
    right: _Side,
    alignment: Alignment,
    encoder: Encoder,
    weights: WordWeights,
    caveat: str,
    *,
    has_lost_negation: bool,
) -> Difference | None:
    if _is_whole(gap.left, left) or _is_whole(gap.right, right):
        kind, weight = _find_plain_kind(gap, encoder, weights)
        weight = round(weight * WHOLE_FACTOR, 4)
    else:
        kind, weight = _find_kind(gap, encoder, weights, has_lost_negation=has_lost_negation)
    plain = kind in {"omission", "addition", "substitution", "tense", "name"}
    if plain and alignment.share < MIN_SHARE:
        return None
    says = _say(gap, left, right)
    return _make(
        left, right, kind, _spans(gap.left), _spans(gap.right), weight, says, caveat
    )  # fmt: skip


def _iter_gaps(alignment: Alignment, left: _Side, right: _Side) -> Iterator[Gap]:
    """Yield the gaps; one that runs over sentences' ends on one side comes in pieces.

    "... is aggression, well, probably. Stepping on those" against "... is aggression, so it is
    necessary to attack those": what ends the sentence has no counterpart.
    """
    for gap in alignment.gaps:
        rest = gap
        while True:
            at_left = _find_stop(rest.left, left.article.text)
            at_right = _find_stop(rest.right, right.article.text)
            if bool(at_left) == bool(at_right):
                break
            yield Gap(rest.left[:at_left], rest.right[:at_right])
            rest = Gap(rest.left[at_left:], rest.right[at_right:])
        yield rest


def _is_whole(words: Sequence[Word], side: _Side) -> bool:
    """Return whether words that the other side lacks are sentences of their own.

    What an excerpt leaves out at its ends says less than a word lost in its middle.
    """
    if not words:
        return False
    text, first, last = side.article.text, words[0].span.start, words[-1].span.end
    begins = any(
        span.start <= first and not WORD.search(text, span.start, first) for span in side.spans
    ) or _ends_before(text, first)
    ends = (
        any(last <= span.end and not WORD.search(text, last, span.end) for span in side.spans)
        or SENTENCE_END.match(text, last) is not None
    )
    return begins and ends and len(words) >= MIN_SENTENCE_WORDS


def _ends_before(text: str, start: int) -> bool:
    """Return whether a sentence ends right before ``start``."""
    return SENTENCE_END.search(text[max(0, start - 4) : start]) is not None


def _find_stop(words: Sequence[Word], text: str) -> int:
    """Return how many words stand before the end of a sentence among them; 0 if there is none."""
    for number, (one, other) in enumerate(itertools.pairwise(words), start=1):
        if SENTENCE_END.search(text, one.span.end, other.span.start):
            return number
    return 0


def _count_negations(words: Sequence[Word], side: _Side) -> int:
    """Return how often a side denies: "not anything" and "denied that" once each."""
    _, _, negations = next(row for row in TELLING if row[0] == "negation")
    cue = side.quotation.cue if side.quotation is not None else None
    every = (*words, *(find_words(side.article.text, (cue,)) if cue is not None else ()))
    return sum(word.folded in negations or bool(_negated((word,), negations)) for word in every)


def _find_kind(
    gap: Gap, encoder: Encoder, weights: WordWeights, *, has_lost_negation: bool
) -> tuple[DifferenceKind, float]:
    numbers = [_numbers(side) for side in (gap.left, gap.right)]
    if numbers[0] != numbers[1] and (all(numbers) or not (gap.left and gap.right)):
        return "number", NUMBER_WEIGHT if all(numbers) else NUMBER_WEIGHT / 2
    for kind, weight, words in TELLING:
        if kind == "negation" and not has_lost_negation:
            continue
        sides = [{w.folded for w in side} & words for side in (gap.left, gap.right)]
        sides = [
            found | _negated(side, words)
            for found, side in zip(sides, (gap.left, gap.right), strict=True)
        ]
        is_telling = bool(sides[0]) != bool(sides[1])
        if is_telling and kind != "tense":
            return kind, weight
        if kind == "tense" and sides[0] != sides[1] and all(sides) and _is_short(gap):
            return kind, weight
    names = [
        {w.folded for w in side if w.text[0].isupper() and len(w.text) > 1}
        for side in (gap.left, gap.right)
    ]
    if all(names) and not names[0] & names[1] and _is_short(gap):
        return "name", NAME_WEIGHT
    return _find_plain_kind(gap, encoder, weights)


def _find_plain_kind(
    gap: Gap, encoder: Encoder, weights: WordWeights
) -> tuple[DifferenceKind, float]:
    """Return omission, addition or substitution, weighed by what the words tell."""
    heavier = max(
        sum(weights.weight_of(word.folded) for word in side) for side in (gap.left, gap.right)
    )
    plain = round(min(MAX_PLAIN_WEIGHT, heavier / FULL_WEIGHT), 4)
    if not gap.right:
        return "omission", plain
    if not gap.left:
        return "addition", plain
    return "substitution", round(REPLACED_FACTOR * plain * (1 - _likeness(gap, encoder)), 4)


def _likeness(gap: Gap, encoder: Encoder) -> float:
    """Return how alike both sides mean, 0.0 to 1.0."""
    sides = [" ".join(word.folded for word in words) for words in (gap.left, gap.right)]
    left, right = encoder.encode(sides)
    return max(0.0, round(float(left @ right), 4))


def _negated(words: Sequence[Word], negations: frozenset[str]) -> set[str]:
    """Return contractions that hold a negation: "don't"."""
    if "n't" not in negations:
        return set()
    return {word.folded for word in words if word.folded.endswith("n't")}


def _numbers(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(
        word.folded
        for word in words
        if word.text[0].isdigit() or word.folded in NUMBER_WORDS - {"one"}
    )


def _is_short(gap: Gap) -> bool:
    return len(gap.left) <= 5 and len(gap.right) <= 5


def _spans(words: Sequence[Word]) -> tuple[Span, ...]:
    """Return the words as runs; a run breaks where the reading's own spans do."""
    runs: list[list[Span]] = []
    for word in words:
        if runs and word.span.start - runs[-1][-1].end <= 3:
            runs[-1].append(word.span)
        else:
            runs.append([word.span])
    return tuple(make_cover(run) for run in runs)


def _make(
    left: _Side,
    right: _Side,
    kind: DifferenceKind,
    left_spans: Sequence[Span],
    right_spans: Sequence[Span],
    weight: float,
    says: str,
    caveat: str = "",
) -> Difference:
    return Difference(
        left=left.find_index(left_spans),
        right=right.find_index(right_spans),
        kind=kind,
        left_spans=tuple(left_spans),
        right_spans=tuple(right_spans),
        weight=round(weight, 4),
        says=says,
        caveat=caveat or None,
    )


def _say(gap: Gap, left: _Side, right: _Side) -> str:
    ours, theirs = _show(gap.left, left), _show(gap.right, right)
    first, second = left.article.outlet, right.article.outlet
    if not gap.right:
        return f"{first} has {ours}; {second} has not."
    if not gap.left:
        return f"{second} has {theirs}; {first} has not."
    return f"{first} has {ours}; {second} has {theirs}."


def _show(words: Sequence[Word], side: _Side) -> str:
    if not words:
        return ""
    shown = words[:MAX_SHOWN_WORDS]
    text = " ".join(Span(shown[0].span.start, shown[-1].span.end).of(side.article.text).split())
    return f"“{text}{' …' if len(words) > len(shown) else ''}”"


def _compare_cues(left: _Side, right: _Side) -> Difference | None:
    """Return a difference where one side's word of reporting colours what is said."""
    cues = [side.quotation.cue if side.quotation else None for side in (left, right)]
    if cues[0] is None or cues[1] is None:
        return None
    words = [
        cue.of(side.article.text).split()[-1].lower()
        for cue, side in zip(cues, (left, right), strict=True)
        if cue is not None
    ]
    coloured = [_is_coloured(word) for word in words]
    if words[0] == words[1] or not any(coloured) or all(coloured):
        return None
    first, second = left.article.outlet, right.article.outlet
    says = f"{first} reports it with “{words[0]}”, {second} with “{words[1]}”."
    return _make(left, right, "cue", (cues[0],), (cues[1],), CUE_WEIGHT, says)


def _is_coloured(word: str) -> bool:
    stems = {word, word.removesuffix("d"), word.removesuffix("ed"), word.removesuffix("s")}
    stems |= {word.removesuffix("ing"), f"{word.removesuffix('ing')}e", word.removesuffix("ted")}
    stems.add(f"{word.removesuffix('ied')}y")
    return bool(stems & COLOURED_CUES)
