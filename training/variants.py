"""Pairs of words and of names, made of Wikidata's Latin spellings of one native word (CC0).

A pair of words is two spellings of one word, or one spelling beside a look-alike of another word.
A pair of names is composed of such words: of one invented person, or of one and the most alike of
others, or of one and somebody who shares all words but one. Words that stand in the pairs which
measure the result are left out.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from variorum.languages.folding import fold_plain, fold_skeleton, fold_word

LANGUAGES = ("arabic", "hebrew", "russian")
"""The Chinese and Korean lists mix translations and bynames with spellings."""

LEAST_ALIKE = 0.47
"""Jaro-Winkler similarity below which two spellings of a word are held to be Wikidata's noise
(``abba|finta``)."""
N_SEEN = 500
N_LOOKALIKES = 3
"""A look-alike is one of the 3 most alike of 500 spellings."""
MEASURES: tuple[tuple[Callable[[str], str], Callable[..., float], int], ...] = (
    (fold_plain, JaroWinkler.normalized_similarity, 12),
    (fold_plain, OSA.normalized_similarity, 5),
    (fold_skeleton, OSA.normalized_similarity, 3),
)
"""In which form and by what look-alikes are alike, and how often: one measure alone can be learned
for what it is, and says nothing of other look-alikes."""

N_VOCABULARY = 40
N_PEOPLE = 30
"""How many words a circle of people shares in their names; the fewer, the more names share one."""
NAME_LENGTHS = {2: 50, 3: 35, 4: 15}
KEPT = 0.6
"""How often a second version of a name keeps the spelling of a word."""
DROPPED, TURNED, SHORTENED, MISSPELT, JOINED = 0.25, 0.15, 0.08, 0.2, 0.06
"""How often it lacks a word, has another order, a first name's initial, a slip of one letter, two
words written as one."""
EXCHANGED, MISTAKEN = 0.25, 0.35
"""How many of the names of another are the first with one word exchanged, for any or the most alike
of some others."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Word(NamedTuple):
    """A word as it is written natively, and its spellings in Latin letters."""

    native: str
    spellings: tuple[str, ...]


class Pair(NamedTuple):
    """Two words or two names, and whether they are one."""

    left: str
    right: str
    is_same: bool


def load_words(path: Path, measured: frozenset[str]) -> list[Word]:
    """Return the words of a file that have two spellings and no spelling in ``measured``."""
    words = []
    for line in path.read_text(encoding="utf-8").splitlines():
        native, _, rest = line.partition("\t")
        found = rest.split("|")
        spellings = tuple(spelling for spelling in found if len(fold_plain(spelling)) > 1)
        is_measured = any(spelling.casefold() in measured for spelling in found)
        if len(spellings) > 1 and not is_measured:
            words.append(Word(native, spellings))
    return words


def load_measured(path: Path) -> frozenset[str]:
    """Return all names of the labelled pairs; what is fitted may not have seen them."""
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return frozenset(row[side].casefold() for row in rows for side in ("left", "right"))


def load_lists(data: Path) -> list[list[Word]]:
    """Return the words of each language."""
    measured = load_measured(data / "names/pairs-dev.tsv")
    return [load_words(data / f"names/variants-{name}.tsv", measured) for name in LANGUAGES]


def respell(spelling: str, word: Word, rng: random.Random, least: float = LEAST_ALIKE) -> str:
    """Return another spelling of a word, or the same if no other is like it."""
    plain = fold_plain(spelling)
    others = [
        other
        for other in word.spellings
        if fold_plain(other) != plain and JaroWinkler.similarity(plain, fold_plain(other)) >= least
    ]
    return rng.choice(others) if others else spelling


def make_word_pairs(
    words: Sequence[Word], n_pairs: int, rng: random.Random, least: float = LEAST_ALIKE
) -> Iterator[Pair]:
    """Yield pairs of spellings, of one word and of look-alikes by turns."""
    owners: defaultdict[str, set[int]] = defaultdict(set)
    for number, word in enumerate(words):
        for spelling in word.spellings:
            owners[fold_word(spelling)].add(number)
    spellings = [(text, number) for number, word in enumerate(words) for text in word.spellings]
    forms = {form: [form(text) for text, _ in spellings] for form, _, _ in MEASURES}
    order: list[int] = []
    for _ in range(n_pairs // 2):
        order = order or rng.sample(range(len(words)), len(words))
        word = words[order.pop()]
        left = rng.choice(word.spellings)
        right = respell(left, word, rng, least)
        if right == left:
            continue
        yield Pair(left, right, is_same=True)
        # "Leonid" stands in the list twice; neither is a look-alike of the other.
        kin = set().union(*(owners[fold_word(spelling)] for spelling in word.spellings))
        seen = rng.sample(range(len(spellings)), min(N_SEEN, len(spellings)))
        strangers = [at for at in seen if spellings[at][1] not in kin]
        form, scorer, _ = rng.choices(MEASURES, [share for _, _, share in MEASURES])[0]
        among = [forms[form][at] for at in strangers]
        alike = process.extract(form(left), among, scorer=scorer, limit=N_LOOKALIKES)
        if alike:
            yield Pair(left, spellings[strangers[rng.choice(alike)[2]]][0], is_same=False)


def make_name_pairs(words: Sequence[Word], n_pairs: int, rng: random.Random) -> Iterator[Pair]:
    """Yield pairs of names of invented people, of one and of two by turns."""
    lengths, shares = zip(*NAME_LENGTHS.items(), strict=True)
    n_made = 0
    while n_made < n_pairs:
        vocabulary = rng.sample(words, min(N_VOCABULARY, len(words)))
        people = [rng.sample(vocabulary, rng.choices(lengths, shares)[0]) for _ in range(N_PEOPLE)]
        names = [[rng.choice(word.spellings) for word in person] for person in people]
        for person, name in rng.sample(list(zip(people, names, strict=True)), N_PEOPLE // 3):
            left = " ".join(name)
            right = " ".join(vary(respell_all(name, person, rng), rng))
            if left == right:
                continue
            yield Pair(left, right, is_same=True)
            turn = rng.random()
            if turn < EXCHANGED + MISTAKEN:
                others = [word for word in vocabulary if word not in person]
                if turn >= EXCHANGED:
                    others = rng.sample(words, min(N_SEEN, len(words)))
                changed = exchange(name, person, others, rng, is_mistaken=turn >= EXCHANGED)
                yield Pair(left, changed, is_same=False)
            else:
                others = [
                    " ".join(words_of)
                    for other, words_of in zip(people, names, strict=True)
                    if set(other) != set(person)
                ]
                nearest = process.extractOne(left, others, scorer=fuzz.token_sort_ratio)
                yield Pair(left, nearest[0], is_same=False)
            n_made += 2


def respell_all(name: Sequence[str], person: Sequence[Word], rng: random.Random) -> list[str]:
    """Return a name with some of its words spelt otherwise."""
    return [
        spelling if rng.random() < KEPT else respell(spelling, word, rng)
        for spelling, word in zip(name, person, strict=True)
    ]


def vary(name: list[str], rng: random.Random) -> list[str]:
    """Return a name as another list may have it: shorter, in another order, with a slip."""
    if len(name) > 2 and rng.random() < DROPPED:
        name.pop(rng.randrange(len(name)))
    if rng.random() < MISSPELT:
        at = rng.randrange(len(name))
        name[at] = slip(name[at], rng)
    if rng.random() < SHORTENED:
        name[0] = f"{name[0][0]}."
    elif rng.random() < JOINED:
        at = rng.randrange(len(name) - 1)
        name[at : at + 2] = [name[at] + name[at + 1]]
    return name[1:] + name[:1] if rng.random() < TURNED else name


def slip(word: str, rng: random.Random) -> str:
    """Return a word with one letter doubled, left out, exchanged or in its neighbour's place."""
    at = rng.randrange(1, max(2, len(word)))
    letter, rest = word[at : at + 1], word[at + 1 :]
    slips = (letter * 2 + rest, rest, rng.choice(LETTERS) + rest, rest[:1] + letter + rest[1:])
    return word[:at] + rng.choice(slips)


def exchange(
    name: Sequence[str],
    person: Sequence[Word],
    others: Sequence[Word],
    rng: random.Random,
    *,
    is_mistaken: bool,
) -> str:
    """Return the name of somebody who shares all words but one: a brother, a namesake.

    Args:
        others: The words of which one takes the place of one of the name.
        is_mistaken: Whether that is the most alike of them.
    """
    other = respell_all(name, person, rng)
    at = rng.randrange(len(other))
    spellings = [rng.choice(word.spellings) for word in others if word not in person]
    if is_mistaken:
        kin = {fold_word(spelling) for word in person for spelling in word.spellings}
        strangers = [spelling for spelling in spellings if fold_word(spelling) not in kin]
        scorer = JaroWinkler.normalized_similarity
        # One letter apart, nobody could tell the name of another from a slip.
        strangers = [one for one in strangers if OSA.distance(one, name[at]) > 1]
        other[at] = process.extractOne(name[at], strangers, scorer=scorer)[0]
    else:
        other[at] = rng.choice(spellings)
    return " ".join(other)
