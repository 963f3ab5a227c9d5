"""Names taken apart: titles, given names, particles, surname; heads and distinctive words.

One notion of a name for the stages that need it: within an article and over all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from variorum.languages.folding import fold_plain, fold_word
from variorum.languages.tables import load_table

Gender = Literal["male", "female"]

MAX_NAME_CHARS = 300
MAX_NAME_WORDS = 24

_TITLES = load_table("titles")
_GIVEN = load_table("given_names")
_PARTICLES = load_table("particles")
_ORGANISATIONS = load_table("organisations")
_COUNTRIES = load_table("countries")
_DEMONYMS = load_table("demonyms")

MALE_HONORIFICS = frozenset(_TITLES["honorifics"]["male"])
FEMALE_HONORIFICS = frozenset(_TITLES["honorifics"]["female"])
HONORIFICS = MALE_HONORIFICS | FEMALE_HONORIFICS | frozenset(_TITLES["honorifics"]["any"])
POLITE = frozenset(_TITLES["honorifics"]["polite"])
TITLE_HEADS = frozenset(_TITLES["offices"]["heads"])
TITLE_TAILS = frozenset(_TITLES["offices"]["tails"])
TITLE_MODIFIERS = frozenset(_TITLES["offices"]["modifiers"])
MALE_ROLES = frozenset(_TITLES["offices"]["male_heads"])
FEMALE_ROLES = frozenset(_TITLES["offices"]["female_heads"])
SURNAME_PARTICLES = frozenset(_PARTICLES["surname"])
ARTICLES = frozenset(_PARTICLES["article"])
SUFFIXES = frozenset(_PARTICLES["suffixes"])
FOREIGN_HEADS = {
    fold_word(foreign): english
    for english, forms in _PARTICLES["heads"].items()
    for foreign in forms
}
LEGAL_FORMS = frozenset(_ORGANISATIONS["legal"])
GENERIC_WORDS = frozenset(_ORGANISATIONS["generic"])
ORGANISATION_HEADS = frozenset(_ORGANISATIONS["organisation"])
GROUP_HEADS = frozenset(_ORGANISATIONS["group"])
PLACE_HEADS = frozenset(_ORGANISATIONS["place"])
COMPASS = frozenset(_ORGANISATIONS["compass"])
NO_NAMES = frozenset(_ORGANISATIONS["stop"])

_MALE = {fold_word(name) for name in _GIVEN["male"].split()}
_FEMALE = {fold_word(name) for name in _GIVEN["female"].split()}
MALE_NAMES = frozenset(_MALE - _FEMALE)
FEMALE_NAMES = frozenset(_FEMALE - _MALE)
_SAME_GIVEN: dict[str, frozenset[int]] = {}
for _index, _forms in enumerate(_GIVEN["same"]["forms"]):
    for _form in _forms.split():
        _key = fold_word(_form)
        _SAME_GIVEN[_key] = _SAME_GIVEN.get(_key, frozenset()) | {_index}
GIVEN_NAMES = frozenset(_MALE | _FEMALE | set(_SAME_GIVEN))

PLACES: dict[str, str] = {
    name.lower(): name for name in _COUNTRIES["plain"]["names"].strip().split("|")
}
for _place, _aliases in _COUNTRIES["names"].items():
    PLACES[_place.lower()] = _place
    PLACES.update(dict.fromkeys(_aliases, _place))
DEMONYMS: dict[str, str] = {
    word: PLACES.get(place.lower(), place)
    for place, words in _DEMONYMS["of"].items()
    for word in words
}
PEOPLES = frozenset(_DEMONYMS["peoples"]["names"]) | frozenset(DEMONYMS)
PLACE_KEYS = frozenset(fold_word(place.replace(" ", "")) for place in PLACES.values())
ACRONYMS: dict[str, str] = dict(load_table("acronyms")["expands"])

_WORD = re.compile(r"[^\W_]+(?:['’`.\-][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLE_PREFIX = re.compile(r"^([^\W\d_]{1,3})[-‐‑–]\s?(?=[^\W\d_]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name taken apart; every word but ``text`` is folded to lower-case Latin letters.

    Attributes:
        titles: Honorifics and offices before it: ``("foreign", "minister")``.
        given: Given names and initials: ``("sergei", "v")``.
        particles: Small words of the surname: ``("de", "la")``.
        surname: The last name; for what is no person, empty.
        words: All words but titles, particles and suffixes, in order.
        core: The words that tell it from others, foreign heads and generic words left out.
    """

    text: str
    titles: tuple[str, ...]
    given: tuple[str, ...]
    particles: tuple[str, ...]
    surname: str
    words: tuple[str, ...]
    core: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether it has a given name and a surname."""
        return bool(self.given and self.surname)


def split_words(text: str) -> list[str]:
    """Return the words of a name, possessive endings off, Arabic articles on their own."""
    words: list[str] = []
    for match in _WORD.finditer(text[:MAX_NAME_CHARS]):
        word = _POSSESSIVE.sub("", match.group())
        article = _ARTICLE_PREFIX.match(word)
        if article and article.group(1).lower() in ARTICLES:
            words += [article.group(1).lower(), word[article.end() :]]
        elif word:
            words.append(word)
        if len(words) >= MAX_NAME_WORDS:
            break
    return words


@lru_cache(maxsize=100_000)
def parse_person(text: str) -> Name:
    """Return a person's name taken apart."""
    words = split_words(text.split(",", maxsplit=1)[0] or text)
    titles, rest = _take_titles(words)
    while len(rest) > 1 and fold_plain(rest[-1]) in SUFFIXES:
        rest = rest[:-1]
    at = _find_surname(rest)
    given = tuple(
        fold_word(word) for word in rest[:at] if fold_plain(word) not in SURNAME_PARTICLES
    )
    tail = rest[at:]
    particles = tuple(fold_plain(word) for word in tail[:-1])
    surname = fold_word(tail[-1]) if tail else ""
    kept = (*given, surname) if surname else given
    return Name(
        text=text,
        titles=titles,
        given=given,
        particles=particles,
        surname=surname,
        words=kept,
        core=kept,
    )


@lru_cache(maxsize=100_000)
def parse_organisation(text: str) -> Name:
    """Return the name of an organisation, a group or a place taken apart.

    Adjectives of countries become the country: "Russian" and "Russia's" are one word.
    """
    words = [word for word in split_words(text) if fold_plain(word) not in ("the", "a", "an")]
    words = [part for word in words for part in _expand_acronym(word)]
    folded: list[str] = []
    core: list[str] = []
    at = 0
    while at < len(words):
        width, place = _match_place(words, at)
        low = fold_plain(words[at])
        key = fold_word(place.replace(" ", "")) if place else fold_word(words[at].replace(".", ""))
        # An Arabic article adds nothing, but "An" or "As" may be all there is.
        if (
            low
            and key
            and not (low in ARTICLES and len(words) > 1 and words[at] != words[at].upper())
        ):
            folded.append(key)
            if low not in GENERIC_WORDS and low not in LEGAL_FORMS and key not in FOREIGN_HEADS:
                core.append(key)
        at += width
    return Name(
        text=text,
        titles=(),
        given=(),
        particles=(),
        surname="",
        words=tuple(folded),
        core=tuple(core or folded),
    )


def _match_place(words: list[str], at: int) -> tuple[int, str | None]:
    """Return how many words at ``at`` name a country or its people, and the country."""
    for width in (2, 1):
        if at + width > len(words):
            continue
        text = " ".join(words[at : at + width])
        place = expand_place(text) or DEMONYMS.get(text.lower())
        if place is not None:
            return width, PLACES.get(place.lower(), place)
    return 1, None


def _expand_acronym(word: str) -> list[str]:
    short = word.replace(".", "")
    if short.isupper() and short.lower() in ACRONYMS:
        return [part for part in ACRONYMS[short.lower()].split() if part[0].isupper()]
    return [word]


def _take_titles(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    titles: list[str] = []
    rest = list(words)
    while len(rest) > 1:
        low = fold_plain(rest[0])
        if low not in HONORIFICS and low not in TITLE_HEADS and low not in TITLE_MODIFIERS:
            break
        # "Grant Smith" and "Dean Jones" are given names where nothing but a surname follows.
        if low not in HONORIFICS and len(rest) == 2 and fold_word(rest[0]) in GIVEN_NAMES:
            break
        titles.append(low)
        rest = rest[1:]
    return tuple(titles), rest


def _find_surname(words: list[str]) -> int:
    """Return where the surname starts, particles included: 1 in ``["Ursula", "von", ...]``."""
    at = len(words) - 1
    while at > 0 and fold_plain(words[at - 1]) in SURNAME_PARTICLES and not words[at - 1].isupper():
        at -= 1
    return max(at, 0)


def gender_of_given(given: str) -> Gender | None:
    """Return the gender that a folded given name mostly tells; None if it tells nothing."""
    if given in MALE_NAMES:
        return "male"
    if given in FEMALE_NAMES:
        return "female"
    return None


def gender_of_titles(titles: tuple[str, ...]) -> Gender | None:
    """Return the gender that titles and roles tell; None if they tell nothing."""
    for words in titles:
        for word in words.split():
            if word in MALE_HONORIFICS or word in MALE_ROLES:
                return "male"
            if word in FEMALE_HONORIFICS or word in FEMALE_ROLES:
                return "female"
    return None


def strip_polite(text: str) -> str:
    """Return a name without "Mr." and its like; "Rabbi" and "Queen" stay."""
    words = text.split()
    while len(words) > 1 and fold_plain(words[0]) in POLITE:
        words = words[1:]
    return " ".join(words)


def is_initial(word: str) -> bool:
    """Whether a folded given name is only an initial."""
    return len(word) == 1


def is_same_given(left: str, right: str) -> bool:
    """Whether two folded given names may be one: equal, an initial, a short form."""
    if left == right:
        return True
    if is_initial(left) or is_initial(right):
        return left[0] == right[0]
    return bool(_SAME_GIVEN.get(left, frozenset()) & _SAME_GIVEN.get(right, frozenset()))


def is_other_given(left: str, right: str) -> bool:
    """Whether two folded given names are known for two: "hasan" and "husein"."""
    one, other = _SAME_GIVEN.get(left), _SAME_GIVEN.get(right)
    return one is not None and other is not None and one.isdisjoint(other)


def expand_place(text: str) -> str | None:
    """Return the usual name of a well-known place: ``"U.S."`` as ``"United States"``."""
    low = _POSSESSIVE.sub("", text.strip().lower().removeprefix("the "))
    # "us" is a pronoun unless it is written in capitals.
    if low == "us" and "US" not in text:
        return None
    return PLACES.get(low)


def iter_places(words: Sequence[str]) -> Iterator[str]:
    """Yield the usual names of the well-known places that lower-case words name, or their people's.

    "Saudi Arabian" is one of two words.
    """
    for width in (2, 1):
        for at in range(len(words) - width + 1):
            text = " ".join(words[at : at + width])
            place = DEMONYMS.get(text) or PLACES.get(text.removesuffix("’s").removesuffix("'s"))
            if place:
                yield PLACES.get(place.lower(), place)


MAX_ACRONYM = 6
"""Letters; longer words in capitals are shouted."""

_EXPANDED = frozenset(name.lower() for name in ACRONYMS.values())


def is_modifier(text: str) -> bool:
    """Whether a name is what longer names of others begin with: a place, a people, an acronym."""
    low = text.lower().removeprefix("the ")
    return low.replace(".", "") in ACRONYMS or low in _EXPANDED or is_place_word(text)


def is_place_word(text: str) -> bool:
    """Whether a name is a well-known place's or its people's: ``"Russian"``."""
    return text.lower().removeprefix("the ") in DEMONYMS or expand_place(text) is not None


def is_half(text: str) -> bool:
    """Whether a name is a point of the compass: ``"the North"``, of whatever was named before."""
    return text.lower().removeprefix("the ") in COMPASS


def is_acronym(text: str) -> bool:
    """Whether a name is initials: ``"FHF"``, ``"U.N."``."""
    letters = text.replace(".", "")
    return " " not in letters and letters.isupper() and 2 <= len(letters) <= MAX_ACRONYM


def make_acronym(text: str) -> str:
    """Return the initials of the capitalised words: ``"Free Harbour Front"`` as ``"FHF"``."""
    return "".join(word[0] for word in split_words(text) if word[0].isupper())
