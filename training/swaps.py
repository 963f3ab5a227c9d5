"""Gives training sentences other names, so that the network learns how names stand, not which.

A few hundred names make up most of what the open sets mark; news is about other people every day.
Each sentence with names is seen again with names drawn from lists ("mention replacement", Dai and
Adel 2020): Wikidata's Latin spellings of Arabic, Chinese, Hebrew, Korean and Russian name words
(CC0), the project's own given names, places of GeoNames (CC BY 4.0), organisations of a few common
builds, and the names of the other sentences.
"""

from __future__ import annotations

import random
import re
import string
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span, Token

PLACES = Path(__file__).parent / "places.tsv"
GIVEN_NAMES = Path(__file__).parent.parent / "src/variorum/languages/en/given_names.toml"
NAME_LISTS = ("arabic", "chinese", "hebrew", "korean", "russian")
NAME_WORD = re.compile(r"[A-Z][\w'’-]{2,}")
PARTICLE_SHARE = 0.1
"""Of persons drawn, how many get an "al-" before the last word, as Arabic names have."""

LISTED_SHARE = 0.5
"""Of the words of persons and of the places, how many come from lists and not from the sets."""

BUILT_SHARE = 0.3
ACRONYM_SHARE = 0.1
"""Of organisations drawn, how many are built or are bare capitals."""

BUILDS = (
    "University of {place}", "{place} University", "{person} University", "{place} City Council",
    "Bank of {place}", "{place} Times", "{place} Herald", "{place} Daily News", "Radio {place}",
    "{place} FC", "{place} United", "{place} Police Department", "{place} Airlines",
    "{place} Ministry of Defence", "Ministry of Health", "Ministry of Foreign Affairs",
    "Department of Justice", "Supreme Court of {place}", "{place} Parliament", "{place} Army",
    "{place} Human Rights Network", "National Council of {place}", "{person} Foundation",
    "{person} Institute", "{person} & {person}", "{person} Inc.", "{person} Group", "{person} TV",
    "{place} Liberation Front", "People's Party of {place}", "{person} Movement",
    "{person} Brigades", "{place} Red Crescent", "{place} Chamber of Commerce", "{person} Energy",
)  # fmt: skip

Word = tuple[str, bool]
"""A word, and whether a space follows it."""


@dataclass(frozen=True)
class Lists:
    """What names are drawn from.

    Attributes:
        words: Words of persons' names.
        given: Given names.
        places: Names of places, each as often as it is to be drawn.
        names: By label, the names of the training sets.
    """

    words: Sequence[str]
    given: Sequence[str]
    places: Sequence[str]
    names: Mapping[str, Sequence[tuple[Word, ...]]]


def load_lists(folder: Path, docs: Iterable[Doc]) -> Lists:
    """Return the name lists, and the names that ``docs`` hold."""
    given = tomllib.loads(GIVEN_NAMES.read_text(encoding="utf-8"))
    names: dict[str, set[tuple[Word, ...]]] = defaultdict(set)
    for doc in docs:
        for span in doc.ents:
            if all(token.text[:1].isupper() for token in (span[0], span[-1])):
                names[span.label_].add(tuple(_iter_words(span)))
    return Lists(
        words=sorted({word for word in _iter_name_words(folder) if NAME_WORD.fullmatch(word)}),
        given=sorted({*given["male"].split(), *given["female"].split()}),
        places=list(_iter_places()),
        names={label: sorted(found) for label, found in names.items()},
    )


def _iter_name_words(folder: Path) -> Iterator[str]:
    for name in NAME_LISTS:
        for line in (folder / f"variants-{name}.tsv").read_text(encoding="utf-8").splitlines():
            yield from (word.title() for word in line.split("\t")[1].split("|"))


def _iter_places() -> Iterator[str]:
    for line in PLACES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, weight = line.split("\t")
            yield from [name] * round(10 * float(weight))


def iter_swapped(docs: Iterable[Doc], lists: Lists, seed: int) -> Iterator[Doc]:
    """Yield each document that has names again with others in their place."""
    draw = random.Random(seed)
    for doc in docs:
        if doc.ents:
            yield _swap(doc, lists, draw)


def _iter_words(tokens: Iterable[Token]) -> Iterator[Word]:
    for token in tokens:
        yield token.text, bool(token.whitespace_)


def _swap(doc: Doc, lists: Lists, draw: random.Random) -> Doc:
    words: list[Word] = []
    names: list[tuple[int, int, str]] = []
    done = 0
    for span in doc.ents:
        words += _iter_words(doc[done : span.start])
        name = _draw_name(span, lists, draw)
        names.append((len(words), len(words) + len(name), span.label_))
        words += [*name[:-1], (name[-1][0], bool(span[-1].whitespace_))]
        done = span.end
    words += _iter_words(doc[done:])
    texts, spaces = zip(*words, strict=True)
    swapped = Doc(doc.vocab, words=texts, spaces=spaces)
    swapped.set_ents([Span(swapped, start, end, label=label) for start, end, label in names])
    return swapped


def _draw_name(span: Span, lists: Lists, draw: random.Random) -> Sequence[Word]:
    if span.label_ == "PERSON":
        return _draw_person(span, lists, draw)
    share = draw.random()
    if span.label_ == "LOC" and share < LISTED_SHARE:
        return _cut(draw.choice(lists.places))
    if span.label_ == "ORG" and share < BUILT_SHARE:
        build = draw.choice(BUILDS)
        person, place = draw.choice(lists.words), draw.choice(lists.places)
        return _cut(build.format(person=person, place=place))
    if span.label_ == "ORG" and share < BUILT_SHARE + ACRONYM_SHARE:
        return ((("".join(draw.choices(string.ascii_uppercase, k=draw.randint(3, 5)))), True),)
    return draw.choice(lists.names[span.label_])


def _draw_person(span: Span, lists: Lists, draw: random.Random) -> Sequence[Word]:
    if not all(NAME_WORD.fullmatch(token.text) for token in span):
        return tuple(_iter_words(span))
    if draw.random() > LISTED_SHARE:
        same_length = [name for name in lists.names["PERSON"] if len(name) == len(span)]
        return draw.choice(same_length)
    name = [(draw.choice(lists.words), True) for _ in span]
    if len(name) > 1 and draw.random() < LISTED_SHARE:
        name[0] = (draw.choice(lists.given), True)
    if draw.random() < PARTICLE_SHARE:
        name[-1:] = [(draw.choice(("al", "Al", "el")), False), ("-", False), name[-1]]
    return name


def _cut(name: str) -> Sequence[Word]:
    return tuple((word, True) for word in name.split())
