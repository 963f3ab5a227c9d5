"""Scores two names, whatever their script, spelling and order of parts, with reasons.

Two logistic sums over features, one for words, one for whole names, in the manner of Fellegi and
Sunter (1969). The weights were fitted by training/names.py on spellings that Wikidata gives of one
Arabic, Hebrew or Russian name, each beside look-alikes of another, and on names composed of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from variorum.languages.folding import fold_plain, fold_skeleton, fold_word
from variorum.languages.names import (
    ACRONYMS,
    ARTICLES,
    HONORIFICS,
    LEGAL_FORMS,
    MAX_NAME_CHARS,
    ORGANISATION_HEADS,
    SUFFIXES,
    SURNAME_PARTICLES,
    is_same_given,
    make_acronym,
    split_words,
)


class Score(NamedTuple):
    """How strongly two things are held to be one, 0.0 to 1.0, and why."""

    value: float
    reasons: tuple[str, ...]


class Words(NamedTuple):
    """A word in the forms in which it is compared."""

    plain: str
    folded: str
    skeleton: str


@dataclass(frozen=True, slots=True)
class WordFeature:
    """A measure of two words, 0.0 to 1.0; ``says`` is told where it is high."""

    measure: Callable[[Words, Words], float]
    weight: float
    says: str


def _vowels_of(word: str) -> str:
    return "".join(letter for letter in word if letter in "aeiou")


def _consonants_of(word: str) -> str:
    return "".join(letter for letter in word if letter not in "aeiou")


SHORT_FORM = 0.8
"""How likely two forms of one given name are one."""
WORD_BIAS = -4.87
# Fitted together on 32,672 pairs of words (training/names.py --write).
WORD_FEATURES = (
    WordFeature(lambda a, b: OSA.normalized_similarity(a.folded, b.folded), 2.88, "alike"),
    WordFeature(lambda a, b: float(a.skeleton == b.skeleton), 1.52, "same consonants by sound"),
    WordFeature(
        lambda a, b: Levenshtein.normalized_similarity(a.skeleton, b.skeleton),
        2.28,
        "consonants alike by sound",
    ),
    WordFeature(lambda a, b: float(a.folded[-1:] == b.folded[-1:]), 0.4, "same ending"),
    WordFeature(lambda a, b: min(max(len(a.folded), len(b.folded)), 10) / 10, 1.01, ""),
    WordFeature(lambda a, b: float(is_same_given(a.folded, b.folded)), 1.46, "forms of one name"),
    WordFeature(
        lambda a, b: float(_consonants_of(a.folded) == _consonants_of(b.folded)),
        0.58,
        "same consonants",
    ),
    WordFeature(
        lambda a, b: float(a.skeleton == b.skeleton and len(a.skeleton) >= 3),
        0.5,
        "same consonants by sound",
    ),
    WordFeature(
        lambda a, b: float(_vowels_of(a.folded) == _vowels_of(b.folded)), 0.51, "same vowels"
    ),
)


@lru_cache(maxsize=100_000)
def _make_forms(word: str) -> Words:
    return Words(fold_plain(word), fold_word(word), fold_skeleton(word))


@lru_cache(maxsize=200_000)
def score_words(left: str, right: str) -> float:
    """Return how likely two words are one name's spellings, 0.0 to 1.0."""
    one, other = _make_forms(left), _make_forms(right)
    if not one.plain or not other.plain:
        return 0.0
    if one.plain == other.plain:
        return 1.0
    if len(one.plain) == 1 or len(other.plain) == 1:
        return 0.6 if one.plain[0] == other.plain[0] else 0.0
    total = WORD_BIAS + sum(
        feature.weight * feature.measure(one, other) for feature in WORD_FEATURES
    )
    value = 1 / (1 + math.exp(-total))
    # "Bill" shares hardly a letter with "William"; a table knows what spelling does not.
    return max(value, SHORT_FORM) if is_same_given(one.folded, other.folded) else value


def measure_words(left: str, right: str) -> tuple[float, ...]:
    """Return what WORD_FEATURES measure of two words; their weights are fitted on it."""
    one, other = _make_forms(left), _make_forms(right)
    return tuple(feature.measure(one, other) for feature in WORD_FEATURES)


class Parts(NamedTuple):
    """A name as it is compared: its telling words, in order."""

    words: tuple[str, ...]
    small: tuple[str, ...]
    is_body: bool
    text: str


@lru_cache(maxsize=100_000)
def _take_apart(text: str) -> Parts:
    raw = [word for word in split_words(text[:MAX_NAME_CHARS]) if fold_plain(word)]
    lows = [fold_plain(word) for word in raw]
    is_body = any(low in LEGAL_FORMS or low in ORGANISATION_HEADS for low in lows[1:])
    drop = (
        LEGAL_FORMS | frozenset({"the", "of", "and", "for"})
        if is_body
        else (HONORIFICS | SURNAME_PARTICLES | ARTICLES | SUFFIXES)
    )
    kept = tuple(word for word, low in zip(raw, lows, strict=True) if low not in drop)
    small = tuple(low for low in lows if low in drop)
    return Parts(kept or tuple(raw), small, is_body, text)


class Match(NamedTuple):
    """What was found when the words of two names were laid side by side."""

    pairs: tuple[tuple[float, int, int], ...]
    left: Parts
    right: Parts


def _match_words(left: Parts, right: Parts) -> Match:
    """Pair the words, the most alike first, each once."""
    scored = sorted(
        (-score_words(one, other), abs(i - k), i, k)
        for i, one in enumerate(left.words)
        for k, other in enumerate(right.words)
    )
    pairs: list[tuple[float, int, int]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for cost, _, i, k in scored:
        if i in used_left or k in used_right:
            continue
        used_left.add(i)
        used_right.add(k)
        pairs.append((-cost, i, k))
    return Match(tuple(pairs), left, right)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _mean_matched(match: Match) -> float:
    return _mean([value for value, _, _ in match.pairs])


def _least_matched(match: Match) -> float:
    return min((value for value, _, _ in match.pairs), default=0.0)


def _share_matched(match: Match) -> float:
    longer = max(len(match.left.words), len(match.right.words))
    return sum(value for value, _, _ in match.pairs) / longer if longer else 0.0


def _joined(match: Match) -> float:
    one = "".join(_make_forms(word).folded for word in match.left.words)
    other = "".join(_make_forms(word).folded for word in match.right.words)
    return float(OSA.normalized_similarity(one, other))


def _joined_sorted(match: Match) -> float:
    one = " ".join(sorted(_make_forms(word).folded for word in match.left.words))
    other = " ".join(sorted(_make_forms(word).folded for word in match.right.words))
    return float(JaroWinkler.similarity(one, other))


def _last_word(match: Match) -> float:
    return score_words(match.left.words[-1], match.right.words[-1])


def _first_word(match: Match) -> float:
    return score_words(match.left.words[0], match.right.words[0])


def _one_is_short(match: Match) -> float:
    return float(min(len(match.left.words), len(match.right.words)) == 1)


def _rest_unmatched(match: Match) -> float:
    return min(abs(len(match.left.words) - len(match.right.words)), 4) / 4


def _is_same_set(match: Match) -> float:
    one = sorted(_make_forms(word).folded for word in match.left.words)
    return float(one == sorted(_make_forms(word).folded for word in match.right.words))


def _weak_words(match: Match) -> float:
    return min(sum(value < 0.5 for value, _, _ in match.pairs), 3) / 3


def _has_clash(match: Match) -> float:
    """Whether words that must answer each other do not: "Robert" and "Maria"."""
    return float(any(value < CLASH for value, _, _ in match.pairs))


def _is_acronym(match: Match) -> float:
    for short, full in ((match.left, match.right), (match.right, match.left)):
        letters = "".join(short.words).replace(".", "")
        if len(short.words) == 1 and len(full.words) > 1 and letters.isupper():
            if letters in (make_acronym(full.text), make_acronym(" ".join(full.words))):
                return 1.0
            if ACRONYMS.get(letters.lower(), "").lower() == full.text.lower():
                return 1.0
    return 0.0


@dataclass(frozen=True, slots=True)
class NameFeature:
    """A measure of two names, 0.0 to 1.0; ``says`` is the reason where it counts."""

    measure: Callable[[Match], float]
    weight: float
    says: str


CLASH = 0.3
NAME_BIAS = -1.97
# Fitted together on 20,008 pairs of names (training/names.py --write). F1 at 0.5 on pairs-dev 84.7,
# its people 91.4, on name_bench 83.2 (best 85.1, 92.3, 84.0). The script's settings were chosen
# by these two sets, so the figures are somewhat too good.
# The acronym is set by hand: the lists have none.
NAME_FEATURES = (
    NameFeature(_mean_matched, 0.71, "their words are alike"),
    NameFeature(_least_matched, 1.43, "even the least alike words are alike"),
    NameFeature(_share_matched, 1.13, "hardly a word is left over"),
    NameFeature(_joined, 0.77, "written together they are alike"),
    NameFeature(_joined_sorted, 0.59, "in whatever order they are alike"),
    NameFeature(_last_word, 0.48, "the last words are alike"),
    NameFeature(_first_word, 0.48, "the first words are alike"),
    NameFeature(_one_is_short, -0.05, "one is a single word"),
    NameFeature(_rest_unmatched, -0.5, "one has more words"),
    NameFeature(_is_same_set, 0.41, "the same words"),
    NameFeature(_weak_words, -0.53, "some words differ"),
    NameFeature(_has_clash, -1.77, "a word is another"),
    NameFeature(_is_acronym, 5.0, "one abbreviates the other"),
)
LEAST_TOLD = 0.3
"""Contribution from which a feature is told as a reason."""
HIGH = 0.6
"""Measure from which what a feature says of two names is true."""


def measure_names(left: str, right: str) -> tuple[float, ...]:
    """Return what NAME_FEATURES measure of two names; their weights are fitted on it.

    Raises:
        ValueError: If a name has no letters, so that there is nothing to measure.
    """
    one, other = _take_apart(left), _take_apart(right)
    if not one.words or not other.words:
        raise ValueError(f"expected names with letters, got {left!r} and {right!r}")
    match = _match_words(one, other)
    return tuple(feature.measure(match) for feature in NAME_FEATURES)


def score_names(left: str, right: str) -> Score:
    """Return how likely two names are of one participant; reasons come strongest first."""
    one, other = _take_apart(left), _take_apart(right)
    if not one.words or not other.words:
        same = bool(left.strip()) and left.strip() == right.strip()
        return Score(float(same), ("the same text",) if same else ("no letters to compare",))
    if left.casefold().strip() == right.casefold().strip():
        return Score(1.0, ("the same text",))
    if len(one.words) == 1 and len(other.words) == 1:
        return _score_single(one.words[0], other.words[0])
    match = _match_words(one, other)
    measured = [(feature, feature.measure(match)) for feature in NAME_FEATURES]
    total = NAME_BIAS + sum(feature.weight * measure for feature, measure in measured)
    told = [
        (abs(feature.weight) * measure, feature.says)
        for feature, measure in measured
        if measure >= HIGH and abs(feature.weight) * measure >= LEAST_TOLD
    ]
    told.sort(key=lambda pair: (-pair[0], pair[1]))
    reasons = (*_say_pairs(match), *(says for _, says in told))
    return Score(round(1 / (1 + math.exp(-total)), 4), reasons or ("the words differ",))


def _score_single(left: str, right: str) -> Score:
    value = round(score_words(left, right), 4)
    one, other = _make_forms(left), _make_forms(right)
    told = [
        (feature.weight, feature.says)
        for feature in WORD_FEATURES
        if feature.says and feature.measure(one, other) >= HIGH
    ]
    told.sort(reverse=True)
    reasons = tuple(dict.fromkeys(says for _, says in told))
    return Score(value, reasons or ("the words differ",))


def _say_pairs(match: Match) -> tuple[str, ...]:
    """Return the words that are not spelt alike but held to be one, or held to differ."""
    told = []
    for value, i, k in match.pairs:
        left, right = match.left.words[i], match.right.words[k]
        if left.casefold() == right.casefold():
            continue
        told.append(f"{left} may be {right}" if value >= 0.5 else f"{left} is not {right}")
    return tuple(told[:4])
