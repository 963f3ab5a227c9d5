"""One quantity over all articles: who gives which number, and whether the numbers can all be right.

Figures are joined when they have one unit, count the same thing in the same state ("people killed")
and their values could be of one quantity. Numbers that differ are an update where they lie apart
in time or are lower bounds that only grow; a conflict needs both times.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from variorum.languages.names import DEMONYMS
from variorum.languages.tables import load_table
from variorum.model.annotation import Annotations, Figure
from variorum.model.article import Article
from variorum.model.ids import make_id
from variorum.model.ports import Encoder
from variorum.model.story import FigureGroup, Relation, Story
from variorum.model.times import Time, compare_times, find_instant, is_one_day, parse_time

_TABLE = load_table("figures")
SENSE_OF: dict[str, str] = {
    word: sense for sense, words in _TABLE["same"].items() for word in words.split()
}
SENSE_NAMES: dict[str, str] = _TABLE["names"]
"""What persons of a sense are called: "people killed"."""

_ROLES = load_table("roles")
PERSONS = (
    frozenset(_TABLE["persons"]["words"].split())
    | frozenset(_ROLES["person"])
    | frozenset(word.removesuffix("s") for word in _ROLES["people"])
    | frozenset(DEMONYMS)
)
"""Units that count human beings: "21 schoolgirls" and "21 captives" may be one figure."""

OPEN_MODIFIERS = frozenset({"at least", "more than", "dozens"})

NEAR_WORDS, FAR_WORDS = 8, 24
"""How far from a number the word is sought that says what became of those counted."""

CONTEXT_CHARS = 140
"""On each side of a number: the clause that says what is counted."""

# On the development gold (make eval, groups.b3): 0.5 and 0.4 here give F1 73.4, 0.3 and 0.2 73.3.
MIN_CONTEXT = 0.4
"""Cosine of the clauses around two numbers of equal sense."""

MIN_CONTEXT_EQUAL = 0.3
"""The same where the values agree: equal numbers of equal things need less."""

MIN_CONTEXT_SENSELESS = 0.66
"""The same for numbers whose clause has no word of the table."""

DISTINCT = 13
"""From here on two accounts of one event that give the same number mostly count the same thing."""

EQUAL_BONUS = 0.2
"""So that equal numbers find each other before those that differ."""

MAX_RATIO = 3.0
"""Numbers of one event and one sense that lie further apart are of different quantities."""

MAX_RATIO_LOOSE = 1.5
"""The same over the stories of a storyline and for numbers without a sense: less binds them."""

ABOUT = 0.1
"""How far "about" reaches on both sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A figure with what decides whether it is of one quantity with another.

    Attributes:
        time: Since when it is known to be told; None if that is not known.
    """

    figure: Figure
    article: Article
    time: Time | None
    story: str
    line: str
    unit: str
    sense: str | None
    context: str

    @property
    def low(self) -> float:
        return self.figure.low if self.figure.low is not None else 0.0

    @property
    def high(self) -> float:
        return self.figure.high if self.figure.high is not None else math.inf

    @property
    def value(self) -> float:
        return float(self.low if self.figure.low is not None else self.high)


def group_figures(
    stories: Sequence[Story],
    articles: Mapping[str, Article],
    annotations: Mapping[str, Annotations],
    *,
    encoder: Encoder,
) -> tuple[FigureGroup, ...]:
    """Return the quantities that at least two articles give, by id."""
    places = _find_places(stories, articles, annotations)
    vectors = encoder.encode([place.context for place in places])
    groups: list[list[int]] = []
    by_unit: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        by_unit[(place.line, place.unit)].append(number)
    for _, members in sorted(by_unit.items()):
        groups += _link(members, places, vectors)
    made = [_make_group([places[n] for n in group]) for group in groups]
    return tuple(sorted((group for group in made if group), key=lambda group: group.id))


def _find_places(
    stories: Sequence[Story],
    articles: Mapping[str, Article],
    annotations: Mapping[str, Annotations],
) -> list[_Place]:
    places = []
    for story in stories:
        for article_id in story.articles:
            article = articles[article_id]
            figures = annotations[article_id].figures
            places += [_make_place(figure, article, story) for figure in figures]
    places.sort(key=lambda p: (find_instant(p.article.published), p.article.id, p.figure.span))
    return places


def _make_place(figure: Figure, article: Article, story: Story) -> _Place:
    span = figure.span
    left = article.text[max(0, span.start - CONTEXT_CHARS) : span.start]
    right = article.text[span.end : span.end + CONTEXT_CHARS]
    # A clause does not reach over a full stop or a line's end.
    left = re.split(r"[.!?]\s|\n", left)[-1]
    right = re.split(r"[.!?;]\s|\n", right)[0]
    return _Place(
        figure=figure,
        article=article,
        time=parse_time(article.published or figure.as_of),
        story=story.id,
        line=story.storylines[0] if story.storylines else story.id,
        # A bare number ("21 were freed") mostly counts people.
        unit="person" if figure.unit in PERSONS or not figure.unit else figure.unit,
        sense=_find_sense(figure.what, left, right),
        context=f"{left} {right}".strip(),
    )


def _find_sense(what: str, left: str, right: str) -> str | None:
    """Return the state of those counted, by the word of the table nearest the number."""
    for word in re.findall(r"[a-z]+", what.lower()):
        if word in SENSE_OF:
            return SENSE_OF[word]
    # "The number of people killed when ... rose to 14" names them far before a bare number.
    reach = NEAR_WORDS if what else FAR_WORDS
    near = [
        (position, SENSE_OF[word])
        for words in (
            re.findall(r"[a-z]+", right.lower())[:NEAR_WORDS],
            re.findall(r"[a-z]+", left.lower())[::-1][:reach],
        )
        for position, word in enumerate(words)
        if word in SENSE_OF
    ]
    return min(near)[1] if near else None


def _link(members: Sequence[int], places: Sequence[_Place], vectors: object) -> list[list[int]]:
    """Join figures by pairs, strongest first, while all of a group could be of one quantity."""
    twins = _find_twins(members, places)
    group_of = {n: same for same in twins for n in same}
    scored = []
    for left, right in combinations((same[0] for same in twins), 2):
        score = _score(places[left], places[right], float(vectors[left] @ vectors[right]))  # type: ignore[index]
        if score > 0:
            scored.append((-score, left, right))
    for _, left, right in sorted(scored):
        first, second = group_of[left], group_of[right]
        if first is second or not _fit(first, second, places):
            continue
        first += second
        for n in second:
            group_of[n] = first
    unique = {id(group): group for group in group_of.values()}
    return [sorted(group) for group in unique.values()]


def _find_twins(members: Sequence[int], places: Sequence[_Place]) -> list[list[int]]:
    """Return the figures in sets of those that stand in the same words of one story.

    What fifty outlets printed of one wire is compared once, not fifty times fifty.
    """
    sets: dict[tuple[object, ...], list[int]] = {}
    told: Counter[tuple[object, ...]] = Counter()
    for n in members:
        place = places[n]
        words = (place.story, place.sense, place.context, place.low, place.high)
        told[words, place.article.id] += 1
        is_telling = bool(place.context) and place.value > 0
        sets.setdefault(
            (words, told[words, place.article.id] if is_telling else -n), []
        ).append(n)  # fmt: skip
    return list(sets.values())


def _score(left: _Place, right: _Place, cosine: float) -> float:
    """Return how strongly two figures are held to be of one quantity; 0.0 for not at all."""
    cosine = round(cosine, 4)
    if not _may_be_one(left, right):
        return 0.0
    is_equal = left.value == right.value and _agree(left, right)
    if is_equal and left.value >= DISTINCT and left.story == right.story:
        clash = left.sense and right.sense and left.sense != right.sense
        least = MIN_CONTEXT if clash else 0.0
    elif left.sense != right.sense:
        least = MIN_CONTEXT_SENSELESS
    elif left.sense is None:
        least = MIN_CONTEXT if is_equal else MIN_CONTEXT_SENSELESS
    else:
        least = MIN_CONTEXT_EQUAL if is_equal else MIN_CONTEXT
    return cosine + EQUAL_BONUS * is_equal if cosine >= least else 0.0


def _may_be_one(left: _Place, right: _Place, *, sense: str | None = None) -> bool:
    """Return whether two figures could be of one quantity.

    Args:
        sense: Of the group that both would be in; what a figure's own clause does not say.
    """
    values = sorted((left.value, right.value))
    senses = (left.sense or sense, right.sense or sense)
    is_bound = left.story == right.story and senses[0] is not None and senses[0] == senses[1]
    limit = MAX_RATIO if is_bound else MAX_RATIO_LOOSE
    if values[0] <= 0 or values[1] / values[0] > limit:
        return False
    if left.article.id != right.article.id or _agree(left, right):
        return True
    # One article gives one quantity twice only if the numbers agree, or two say what they count.
    sources = (left.figure.attributed_to, right.figure.attributed_to)
    return is_bound and all(sources) and sources[0] != sources[1]


def _fit(first: Sequence[int], second: Sequence[int], places: Sequence[_Place]) -> bool:
    sense = next((s for n in (*first, *second) if (s := places[n].sense) is not None), None)
    return all(_may_be_one(places[a], places[b], sense=sense) for a in first for b in second)


def _agree(left: _Place, right: _Place) -> bool:
    """Return whether two figures can both be right of one quantity at one time."""
    (a, b), (c, d) = _reach(left), _reach(right)
    return a <= d and c <= b


def _reach(place: _Place) -> tuple[float, float]:
    if place.figure.modifier == "about":
        return place.low * (1 - ABOUT), place.high * (1 + ABOUT)
    return place.low, place.high


def _make_group(places: Sequence[_Place]) -> FigureGroup | None:
    if len({place.article.id for place in places}) < 2:
        return None
    relation = _relate(places)
    what = _pick_what(places)
    return FigureGroup(
        id=make_id("g", *(place.figure.id for place in places)),
        what=what,
        stories=tuple(sorted({place.story for place in places})),
        members=tuple(place.figure.id for place in places),
        relation=relation,
        says=_say(places, what, relation),
    )


def _relate(places: Sequence[_Place]) -> Relation:
    # The relation of two depends on their values and times alone.
    told = list({(_reach(place), place.time): place for place in places}.values())
    values = {_reach(place): place for place in told}
    apart = [pair for pair in combinations(values.values(), 2) if not _agree(*pair)]
    if not apart:
        across = len({place.story for place in places}) > 1
        return "update" if across and _has_grown(told) else "agree"
    kinds = {_relate_values(left, right, told) for left, right in apart}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _has_grown(places: Sequence[_Place]) -> bool:
    """Return whether lower bounds differ and no time tells that a higher one is not the later.

    Two lower bounds given in two events are of one count that has grown.
    """
    bounds = [place for place in places if place.figure.modifier in OPEN_MODIFIERS]
    orders = {
        compare_times(less.time, more.time)
        for less, more in product(bounds, repeat=2)
        if less.low < more.low
    }
    return bool(orders) and orders <= {-1, None}


def _relate_values(left: _Place, right: _Place, places: Sequence[_Place]) -> Relation:
    """Return how two figures that differ relate.

    An update if every account of the one is older than every account of the other; a conflict if
    two that do not agree are of one day. It can't be told where a time is missing.
    """
    sides = [[place for place in places if _agree(place, side)] for side in (left, right)]
    pairs = list(product(*sides))
    orders = {compare_times(one.time, other.time) for one, other in pairs}
    if orders in ({-1}, {1}):
        return "update"
    share_a_day = any(
        is_one_day(one.time, other.time) and not _agree(one, other) for one, other in pairs
    )
    return "conflict" if share_a_day and None not in orders else "mixed"


def _pick_what(places: Sequence[_Place]) -> str:
    """Return what is counted: persons by what became of them, else the words used most."""
    senses = [place.sense for place in places if place.sense in SENSE_NAMES]
    if places[0].unit == "person" and senses:
        return SENSE_NAMES[min(senses, key=lambda sense: (-senses.count(sense), sense))]
    counts: dict[str, int] = defaultdict(int)
    for place in places:
        if place.figure.what:
            counts[place.figure.what] += 1
    if not counts:
        return places[0].unit or "number"
    return min(counts, key=lambda what: (-counts[what], abs(len(what.split()) - 2), what))


def _say(places: Sequence[_Place], what: str, relation: Relation) -> str:
    by_words: dict[str, tuple[str, list[str]]] = {}
    for place in places:
        words = " ".join(place.figure.span.of(place.article.text).split())
        _, outlets = by_words.setdefault(words.casefold(), (words, []))
        if place.article.outlet not in outlets:
            outlets.append(place.article.outlet)
    told = "; ".join(f"{words} ({', '.join(outlets)})" for words, outlets in by_words.values())
    verdict = {
        "agree": "The accounts agree",
        "update": "The number was updated",
        "conflict": "The accounts of one day differ",
        "scope": "The accounts count different things",
        "mixed": "The accounts differ, not only over time",
    }[relation]
    return f"{verdict} on {what}: {told}."
