"""Scores two names, whatever their script, spelling and order of parts, with reasons.

Words are compared by a network over their letters (``languages/spellings.py``); what their match
says of the whole names goes into one logistic sum over features, in the manner of Fellegi and
Sunter (1969). training/names.py fitted its weights on names composed of Wikidata's spellings; where
0.5 lies was set on the aliases of two public lists, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from variorum.languages.folding import fold_skeleton, fold_word
from variorum.languages.names import ACRONYMS, is_same_given, make_acronym
from variorum.languages.spellings import load_spellings
from variorum.resolve.matching import Match, Matcher
from variorum.resolve.parts import Part

CLASH = 0.3
"""Words that answer each other and score less are two words."""
ALIKE = 0.5
MIN_ACRONYM = 3
"""Letters that abbreviate a name that no word tells to be a body's."""
MAX_ODDS = 7.0
"""Log-odds beyond which words are as likely or unlikely as can be."""
PREPARED = 2_000
"""Pairs whose words are scored together."""


class Score(NamedTuple):
    """How strongly two things are held to be one, 0.0 to 1.0, and why."""

    value: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameFeature:
    """A measure of two names, 0.0 to 1.0; ``says`` is the reason where it counts.

    Attributes:
        is_fitted: Whether the weight was fitted, not set by hand.
    """

    measure: Callable[[Match], float]
    weight: float
    says: str
    is_fitted: bool = True


def _least_answered(match: Match) -> float:
    return min((answer.value for answer in match.answers), default=0.0)


def _least_odds(match: Match) -> float:
    return min((_find_odds(answer.value) for answer in match.answers), default=0.0)


def _find_odds(value: float) -> float:
    """Return log-odds brought to 0.0 to 1.0: of unlikely words, some are less so."""
    least = 1 / (1 + math.exp(MAX_ODDS))
    bound = min(max(value, least), 1 - least)
    return (math.log(bound / (1 - bound)) + MAX_ODDS) / (2 * MAX_ODDS)


def _is_slip(match: Match) -> float:
    """Whether but for one letter of one word all words are the same; "Rami" and "Sami" are two."""
    if len(match.ours) != len(match.theirs) or len(match.ours) < 2:
        return 0.0
    pairs = [(match.ours[one.left], match.theirs[one.right]) for one in match.answers]
    differ = [(left, right) for left, right in pairs if left.plain != right.plain]
    if len(differ) != 1 or all(part.is_given for part in differ[0]):
        return 0.0
    return float(OSA.distance(differ[0][0].plain, differ[0][1].plain) == 1)


def _share_answered(match: Match) -> float:
    longer = max(len(match.ours), len(match.theirs))
    return sum(answer.value for answer in match.answers) / longer if longer else 0.0


def _joined(match: Match) -> float:
    one = "".join(part.folded for part in match.ours)
    other = "".join(part.folded for part in match.theirs)
    return float(OSA.normalized_similarity(one, other))


def _joined_sorted(match: Match) -> float:
    one = " ".join(sorted(part.folded for part in match.ours))
    other = " ".join(sorted(part.folded for part in match.theirs))
    return float(JaroWinkler.similarity(one, other))


def _words_left_over(match: Match) -> float:
    return min(abs(len(match.ours) - len(match.theirs)), 4) / 4


def _are_same_words(match: Match) -> float:
    one, other = (sorted(part.plain for part in side) for side in (match.ours, match.theirs))
    return float(one == other)


def _words_differ(match: Match) -> float:
    return min(sum(answer.value < ALIKE for answer in match.answers), 3) / 3


def _has_clash(match: Match) -> float:
    """Whether words that must answer each other do not: "Robert" and "Maria"."""
    return float(any(answer.value < CLASH for answer in match.answers))


def _is_single(match: Match) -> float:
    """Whether one is a single word: a surname or a given name alone tells nobody."""
    lengths = {len(match.ours), len(match.theirs)}
    return float(1 in lengths and len(lengths) == 2)


def _is_turned(match: Match) -> float:
    """Whether father and child change places: "Salman bin Omar", "Omar bin Salman"."""
    if not (match.left.has_father and match.right.has_father):
        return 0.0
    order = [answer.right for answer in sorted(match.answers, key=lambda answer: answer.left)]
    return float(order != sorted(order))


def _has_other_character(match: Match) -> float:
    pairs = [(match.ours[one.left], match.theirs[one.right]) for one in match.answers]
    return float(
        any(
            left.is_logograph and right.is_logograph and left.text != right.text
            for left, right in pairs
        )
    )


def _has_other_number(match: Match) -> float:
    return float(match.left.numbers != match.right.numbers)


def _has_other_place(match: Match) -> float:
    is_body = match.left.is_body and match.right.is_body
    return float(is_body and match.left.places != match.right.places)


def _has_other_form(match: Match) -> float:
    forms = {match.left.form, match.right.form}
    return float(None not in forms and len(forms) == 2)


def _is_acronym(match: Match) -> float:
    for short, full in ((match.left, match.right), (match.right, match.left)):
        letters = "".join(part.text for part in short.parts).replace(".", "")
        is_long = len(letters) >= MIN_ACRONYM or full.is_body
        if len(short.parts) == 1 and len(full.parts) > 1 and is_long and letters.isupper():
            own = "".join(part.plain[:1] for part in full.parts).upper()
            if letters in (make_acronym(full.text), own):
                return 1.0
            if ACRONYMS.get(letters.lower(), "").lower() == full.text.lower():
                return 1.0
    return 0.0


NAME_BIAS = 0.5
NAME_FEATURES = (
    NameFeature(_least_answered, 2.09, "even the least alike words are alike"),
    NameFeature(_least_odds, 1.34, "even the least likely words may be one"),
    NameFeature(_is_slip, 1.55, "but for a letter they are the same"),
    NameFeature(_share_answered, 0.32, "hardly a word is left over"),
    NameFeature(_joined, 0.6, "written together they are alike"),
    NameFeature(_joined_sorted, 0.49, "in whatever order they are alike"),
    NameFeature(_words_left_over, -0.12, "one has more words"),
    NameFeature(_are_same_words, 0.28, "the same words"),
    NameFeature(_words_differ, -1.13, "some words differ"),
    NameFeature(_has_clash, -1.85, "a word is another"),
    # The lists that the others were fitted on have none of these. 7 outweighs what speaks for one.
    NameFeature(_is_acronym, 6.0, "one abbreviates the other", is_fitted=False),
    NameFeature(_is_single, -3.5, "one is a single word", is_fitted=False),
    NameFeature(_is_turned, -7.0, "father and child change places", is_fitted=False),
    NameFeature(_has_other_character, -7.0, "a character is another", is_fitted=False),
    NameFeature(_has_other_number, -7.0, "they have other numbers", is_fitted=False),
    NameFeature(_has_other_place, -7.0, "they are of other countries", is_fitted=False),
    NameFeature(_has_other_form, -7.0, "their legal forms differ", is_fitted=False),
)
LEAST_TOLD = 0.3
"""Contribution from which a feature is told as a reason."""
MAX_TOLD = 4
"""Words of two names that are told as answering each other, or not."""
HIGH = 0.6
"""Measure from which what a feature says of two names is true."""


@cache
def load_matcher() -> Matcher:
    """Return what lays the words of names side by side."""
    return Matcher(load_spellings())


def measure_names(left: str, right: str) -> tuple[float, ...]:
    """Return what NAME_FEATURES measure of two names; their weights are fitted on it.

    Raises:
        ValueError: If a name has no letters, so that there is nothing to measure.
    """
    match = load_matcher().match(left, right)
    if not match.answers:
        raise ValueError(f"expected names with letters, got {left!r} and {right!r}")
    return tuple(feature.measure(match) for feature in NAME_FEATURES)


def iter_scores(pairs: Iterable[tuple[str, str]]) -> Iterator[Score]:
    """Yield the score of each pair in order, many times faster than one by one."""
    waiting = iter(pairs)
    while block := list(islice(waiting, PREPARED)):
        load_matcher().prepare(block)
        for left, right in block:
            yield score_names(left, right)


def score_names(left: str, right: str) -> Score:
    """Return how likely two names are of one participant; reasons come strongest first."""
    if left.strip() and left.casefold().strip() == right.casefold().strip():
        return Score(1.0, ("the same text",))
    match = load_matcher().match(left, right)
    if not match.answers:
        return _NOTHING
    if len(match.ours) == 1 and len(match.theirs) == 1 and not _has_more(match):
        return _score_single(match.ours[0], match.theirs[0])
    measured = [(feature, feature.measure(match)) for feature in NAME_FEATURES]
    total = NAME_BIAS + sum(feature.weight * measure for feature, measure in measured)
    told = [
        (abs(feature.weight) * measure, feature.says)
        for feature, measure in measured
        if measure >= HIGH and abs(feature.weight) * measure >= LEAST_TOLD
    ]
    told.sort(key=lambda pair: (-pair[0], pair[1]))
    reasons = (*_say_answers(match), *(says for _, says in told))
    return Score(round(1 / (1 + math.exp(-total)), 4), reasons or ("the words differ",))


_NOTHING = Score(0.0, ("no letters to compare",))


def _has_more(match: Match) -> bool:
    """Whether names of one telling word each have what else may differ."""
    return match.left.is_body or match.right.is_body


def _score_single(left: Part, right: Part) -> Score:
    value = round(load_matcher().score(left, right), 4)
    told = [says for is_true, says in SPELLING_FACTS if is_true(left.plain, right.plain)]
    if value < ALIKE:
        return Score(value, ("the words differ", *(f"though {says}" for says in told)))
    return Score(value, (f"{left.text} may be {right.text}", *told))


SPELLING_FACTS: tuple[tuple[Callable[[str, str], bool], str], ...] = (
    (lambda left, right: left == right, "the same letters"),
    (lambda left, right: is_same_given(fold_word(left), fold_word(right)), "forms of one name"),
    (lambda left, right: fold_word(left) == fold_word(right), "transliterated otherwise"),
    (lambda left, right: fold_skeleton(left) == fold_skeleton(right), "same consonants by sound"),
)
"""What is told of two words beside how alike they are."""


def _say_answers(match: Match) -> tuple[str, ...]:
    """Return the words that are not spelt alike but held to be one, or held to differ."""
    told = []
    for value, i, k in match.answers:
        left, right = match.ours[i].text, match.theirs[k].text
        if left.casefold() != right.casefold():
            told.append(f"{left} may be {right}" if value >= ALIKE else f"{left} is not {right}")
    return tuple(told[:MAX_TOLD])
