"""Names as they are compared: their telling words, what is small, what must not differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from variorum.languages.folding import fold_plain, fold_word
from variorum.languages.names import (
    ARTICLES,
    FOREIGN_HEADS,
    GIVEN_NAMES,
    GROUP_HEADS,
    HONORIFICS,
    LEGAL_FORMS,
    MAX_NAME_CHARS,
    ORGANISATION_HEADS,
    SUFFIXES,
    SURNAME_PARTICLES,
    TITLE_HEADS,
    TITLE_MODIFIERS,
    iter_places,
    split_words,
)
from variorum.languages.tables import load_table

_PARTICLES = load_table("particles")
SERVANT_OF = frozenset(_PARTICLES["servant_of"])
OF_FAITH = frozenset(_PARTICLES["of_faith"])
RESPECT = frozenset(_PARTICLES["respect"])
FATHER = frozenset(_PARTICLES["father"])

_ORGANISATIONS = load_table("organisations")
_STANDS_FOR: dict[str, str] = {
    short: full for full, shorts in _ORGANISATIONS["stands_for"].items() for short in shorts
}
_FORM_OF: dict[str, str] = {
    form: kind for kind, forms in _ORGANISATIONS["forms"].items() for form in forms
}
_FORM_PHRASES: dict[str, list[list[str]]] = {}
for _phrase in sorted((form for form in _FORM_OF if " " in form), key=lambda form: -len(form)):
    _FORM_PHRASES.setdefault(_phrase.split()[0], []).append(_phrase.split())
_NUMBER_WORDS: dict[str, int] = load_table("numbers")["words"]
_ORDINALS: dict[str, int] = load_table("numbers")["ordinals"]
_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12}

_SMALL_OF_BODIES = frozenset({"the", "of", "and", "for", "in", "de", "e"})
_LOGOGRAPH = re.compile(r"[㐀-䶿一-鿿豈-﫿가-힯]")
"""Characters that each are a syllable or a word: Chinese, and Korean's."""
_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)?")
_HYPHENS = re.compile(r"[-‐‑–]")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a name, in the forms in which it is compared.

    Attributes:
        text: As it is written.
        plain: In lower-case Latin letters and digits.
        folded: As its transliterations share it.
        is_initial: Whether nothing but its first letter is told.
        is_logograph: Whether it is one character that stands for a syllable or a word.
        is_given: Whether many people have it for a given name.
    """

    text: str
    plain: str
    folded: str
    is_initial: bool
    is_logograph: bool
    is_given: bool


@lru_cache(maxsize=100_000)
def make_part(text: str, plain: str) -> Part:
    """Return a word of a name; ``plain`` may stand for other letters than are written."""
    folded = fold_word(plain)
    return Part(
        text=text,
        plain=plain,
        folded=folded,
        is_initial=len(plain) == 1,
        is_logograph=len(text) == 1 and _LOGOGRAPH.match(text) is not None,
        is_given=folded in GIVEN_NAMES,
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart.

    Attributes:
        text: As it is written.
        parts: The words that tell it from others, in order.
        has_father: Whether "bin" or its like tells whose child it is.
        is_body: Whether it is no person's.
        form: The sort of its legal form, None where it has none that tells.
        numbers: What numbers a body has.
        places: Which countries it has.
    """

    text: str
    parts: tuple[Part, ...]
    has_father: bool
    is_body: bool
    form: str | None
    numbers: tuple[int, ...]
    places: frozenset[str]


@lru_cache(maxsize=100_000)
def take_apart(text: str) -> Parts:
    """Return a name as it is compared; it has no parts where it has no letters."""
    words = [word for word in _split(_turn(text)) if fold_plain(word)]
    form, words = _take_form(words)
    lows = [fold_plain(word) for word in words]
    is_body = (
        form is not None
        or "of" in lows
        or any(low in LEGAL_FORMS or low in ORGANISATION_HEADS for low in lows[1:])
        or not GROUP_HEADS.isdisjoint(lows)
        or (len(words) > 1 and fold_word(words[0]) in FOREIGN_HEADS)
    )
    numbers: list[int] = []
    if is_body or any(low[0].isdigit() or low in _NUMBER_WORDS for low in lows):
        words, numbers = _take_numbers(words)
        parts = _list_body_parts(words)
    else:
        parts = _list_person_parts(words)
    return Parts(
        text=text,
        parts=tuple(parts) or tuple(make_part(word, fold_plain(word)) for word in words),
        has_father=any(low in FATHER for low in lows[1:]),
        is_body=is_body,
        form=form,
        numbers=tuple(numbers),
        places=frozenset(iter_places([word.lower() for word in words])) if is_body else frozenset(),
    )


def _turn(text: str) -> str:
    """Return ``"Branov, Sergei"`` in the order in which it is spoken; ``"Tilbeck, Inc."`` stays."""
    surname, comma, given = text[:MAX_NAME_CHARS].partition(",")
    is_tail = fold_plain(given) in SUFFIXES | LEGAL_FORMS or fold_plain(given) in _FORM_OF
    return text if not comma or "," in given or is_tail else f"{given.strip()} {surname}"


def _split(text: str) -> list[str]:
    words = []
    for word in split_words(text[:MAX_NAME_CHARS]):
        if _LOGOGRAPH.search(word):
            words += [char for char in word if char.isalnum()]
        else:
            words += [part for part in _HYPHENS.split(word) if part]
    return words


def _list_person_parts(words: list[str]) -> list[Part]:
    lows = [fold_plain(word) for word in words]
    first = 0
    while first < len(words) - 1 and _is_title(words[first], lows[first], len(words) - first):
        first += 1
    parts: list[Part] = []
    servant = ""
    for word, low in list(zip(words, lows, strict=True))[first:]:
        if low in SERVANT_OF:
            servant = word
            continue
        if parts and low in OF_FAITH:
            # "Jamal al-Din", "Jamal Eddine", "Jamaluddin".
            parts[-1] = make_part(f"{parts[-1].text} {word}", f"{parts[-1].plain}uddin")
            continue
        if low in HONORIFICS or low in SURNAME_PARTICLES or low in ARTICLES or low in SUFFIXES:
            continue
        # "Abd al-Majid", "Abdel Majid", "Abdulmajid".
        text, plain = (f"{servant} {word}", f"abdul{low}") if servant else (word, low)
        parts.append(make_part(text, plain))
        servant = ""
    if servant:
        parts.append(make_part(servant, "abdul"))
    return parts


def _is_title(word: str, low: str, n_left: int) -> bool:
    if low in HONORIFICS:
        return True
    if low not in TITLE_HEADS and low not in TITLE_MODIFIERS:
        return False
    # "Grant Smith" has a given name where nothing but a surname follows.
    return n_left > 2 or fold_word(word) not in GIVEN_NAMES


def _list_body_parts(words: list[str]) -> list[Part]:
    parts = []
    for word in words:
        low = fold_plain(word)
        if low in LEGAL_FORMS or low in _SMALL_OF_BODIES or low in ARTICLES:
            continue
        # "Jaish" is "Army".
        full = FOREIGN_HEADS.get(fold_word(word), _STANDS_FOR.get(low, low))
        parts += [make_part(word, one) for one in full.split()]
    return parts


def _take_form(words: list[str]) -> tuple[str | None, list[str]]:
    """Return the sort of a legal form, and the words without one of several words."""
    lows = [fold_plain(word) for word in words]
    for at, low in enumerate(lows):
        for phrase in _FORM_PHRASES.get(low, ()):
            end = at + len(phrase)
            if lows[at:end] == phrase and len(lows) > len(phrase):
                return _FORM_OF[" ".join(phrase)], words[:at] + words[end:]
    for at in (len(lows) - 1, 0):
        if len(lows) > 1 and lows[at] in _FORM_OF and (at > 0 or words[0].isupper()):
            return _FORM_OF[lows[at]], words[:at] + words[at + 1 :]
    return None, words


def _take_numbers(words: list[str]) -> tuple[list[str], list[int]]:
    rest: list[str] = []
    numbers: list[int] = []
    tens = 0
    for word in words:
        low = fold_plain(word)
        digits = _DIGITS.fullmatch(low)
        value = _ROMAN.get(word, _NUMBER_WORDS.get(low, _ORDINALS.get(low)))
        if digits is not None:
            value = int(digits.group(1)[:9])
        if value is None:
            rest.append(word)
        elif tens and value < 10:
            numbers[-1] += value
        else:
            numbers.append(value)
        tens = value if value is not None and value in range(20, 100, 10) and not digits else 0
    return rest, numbers
