"""Descriptions and pronouns: words that stand for a participant without naming it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.annotate.words import Word
from variorum.languages.names import (
    DEMONYMS,
    FEMALE_ROLES,
    MALE_ROLES,
    TITLE_HEADS,
    TITLE_TAILS,
    Gender,
)
from variorum.languages.tables import load_table
from variorum.model.annotation import EntityKind

_ROLES = load_table("roles")
_PRONOUNS = load_table("pronouns")

PERSON_NOUNS = (frozenset(_ROLES["person"]) | TITLE_HEADS) - {
    "general",
    "major",
    "private",
    "model",
}
PEOPLE_NOUNS = frozenset(_ROLES["people"])
GROUP_NOUNS = frozenset(_ROLES["group"])
ORGANISATION_NOUNS = frozenset(_ROLES["organisation"])
PLACE_NOUNS = frozenset(_ROLES["place"])
DOCUMENT_NOUNS = frozenset(_ROLES["document"])
OWN_HEAD_NOUNS = frozenset(_ROLES["own_head"])
ROLE_NOUNS = PERSON_NOUNS | PEOPLE_NOUNS | GROUP_NOUNS | ORGANISATION_NOUNS | PLACE_NOUNS

MALE_WORDS = frozenset({"man", "boy", "policeman", "nephew", "grandson", "stepfather"}) | MALE_ROLES
FEMALE_WORDS = (
    frozenset({"woman", "girl", "policewoman", "niece", "granddaughter", "stepmother"})
    | FEMALE_ROLES
)

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
INDEFINITE = frozenset(
    {"a", "an", "one", "another", "some", "several", "many", "two", "three", "four", "five", "six"}
    | {"most", "other", "both", "few", "any", "all", "no", "dozens", "hundreds", "more"}
)
POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my", "your"})
BARE_HEADS = frozenset({"police", "officials", "authorities", "opposition"}) | PEOPLE_NOUNS
MAX_MODIFIERS = 6
MODIFIER_TAGS = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "CD", "RB", "HYPH")
_COMPLEMENT_TAGS = ("JJ", "NN", "NNS", "NNP", "NNPS")
_HEAD_TAGS = ("NN", "NNS", "NNP", "NNPS", "JJ", "")

MALE_PRONOUNS = frozenset(_PRONOUNS["male"])
FEMALE_PRONOUNS = frozenset(_PRONOUNS["female"])
NEUTER_PRONOUNS = frozenset(_PRONOUNS["neuter"])
PLURAL_PRONOUNS = frozenset(_PRONOUNS["plural"])
FIRST_PRONOUNS = frozenset(_PRONOUNS["first"])
FIRST_PLURAL_PRONOUNS = frozenset(_PRONOUNS["first_plural"])
PRONOUNS = (
    MALE_PRONOUNS
    | FEMALE_PRONOUNS
    | NEUTER_PRONOUNS
    | PLURAL_PRONOUNS
    | FIRST_PRONOUNS
    | FIRST_PLURAL_PRONOUNS
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A noun phrase among the words of a paragraph: ``words[first:end]``; its head is last.

    Attributes:
        at: The head's place.
        end: After the head or, where a complement belongs to it, after that.
        head: Lower case: ``"minister"``.
        modifiers: Lower case, without determiner: ``("russian", "foreign")``; the words of the
            complement come after those before the head.
        is_definite: ``"the minister"``, ``"his lawyer"``, ``"Moscow's envoy"``.
    """

    first: int
    at: int
    end: int
    head: str
    modifiers: tuple[str, ...]
    kind: EntityKind
    gender: Gender | None
    is_definite: bool
    is_plural: bool
    is_possessed: bool


def find_descriptions(words: Sequence[Word], taken: Sequence[bool]) -> tuple[Description, ...]:
    """Return the descriptions of a line; no head lies in a name, which ``taken`` marks."""
    found: list[Description] = []
    for at, word in enumerate(words):
        if not (word.low in ROLE_NOUNS or is_age(word)) or taken[at] or not _is_head(words, at):
            continue
        if (description := _read_description(words, at, taken)) is not None:
            found.append(description)
    return tuple(found)


def is_age(word: Word) -> bool:
    """Whether it is "21-year-old"."""
    return word.low.endswith("-year-old") and word.low[0].isdigit()


def kind_of_head(head: str) -> EntityKind:
    """Return the kind that a description's head tells."""
    if head in PEOPLE_NOUNS:
        return "group"
    if head in PERSON_NOUNS or head.endswith("-year-old"):
        return "person"
    if head in GROUP_NOUNS:
        return "group"
    return "place" if head in PLACE_NOUNS else "organisation"


def gender_of_head(head: str) -> Gender | None:
    """Return the gender that a description's head tells."""
    if head in MALE_WORDS:
        return "male"
    return "female" if head in FEMALE_WORDS else None


def _is_head(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.tag and word.tag not in _HEAD_TAGS and not is_age(word):
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or following.gap != " " or word.is_possessor:
        return True
    # "the police officer": the head is the last noun of the phrase.
    return not (following.tag in ("NN", "NNS") and following.low not in DEFINITE)


def _read_description(words: Sequence[Word], at: int, taken: Sequence[bool]) -> Description | None:
    first = at
    while first > 0 and at - first < MAX_MODIFIERS and words[first].gap == " ":
        before = words[first - 1]
        if before.is_possessor or before.low in DEFINITE | INDEFINITE | POSSESSIVES:
            break
        if taken[first - 1] and before.low not in DEMONYMS and not before.is_capital:
            break
        if before.tag not in MODIFIER_TAGS:
            break
        first -= 1
    modifiers = tuple(word.low for word in words[first:at])
    determiner = words[first - 1] if first > 0 and words[first].gap == " " else None
    is_possessed = determiner is not None and (
        determiner.is_possessor or determiner.low in POSSESSIVES
    )
    is_definite = is_possessed or (determiner is not None and determiner.low in DEFINITE)
    has_determiner = is_definite or (determiner is not None and determiner.low in INDEFINITE)
    head = words[at].low
    if not has_determiner and head not in BARE_HEADS and words[at].tag != "NNS":
        return None
    if has_determiner:
        first -= 1
        if is_possessed and words[first].is_possessor:
            first, modifiers = _take_possessor(words, first, modifiers, taken)
    end, complement = _read_complement(words, at)
    return Description(
        first=first,
        at=at,
        end=end,
        head=head,
        modifiers=modifiers + complement,
        kind=kind_of_head(head),
        gender=gender_of_head(head),
        is_definite=is_definite,
        is_plural=head in PEOPLE_NOUNS or words[at].tag in ("NNS", "NNPS"),
        is_possessed=is_possessed,
    )


def _take_possessor(
    words: Sequence[Word], at: int, modifiers: tuple[str, ...], taken: Sequence[bool]
) -> tuple[int, tuple[str, ...]]:
    """Take "Russia's" of "Russia's top diplomat" in, with the words of the name it ends."""
    first = at
    while first > 0 and taken[first - 1] and taken[at] and words[first].gap == " ":
        first -= 1
    if first > 0 and words[first].gap == " " and words[first - 1].low in DEFINITE:
        first -= 1
    own = tuple(word.low for word in words[first : at + 1] if word.low not in DEFINITE)
    return first, own + modifiers


def _read_complement(words: Sequence[Word], at: int) -> tuple[int, tuple[str, ...]]:
    """Return where "of the Foreign Ministry" after the head ends, and its words."""
    for width in (2, 1):
        tail = " ".join(word.low for word in words[at + 1 : at + 1 + width])
        if tail in TITLE_TAILS:
            return at + 1 + width, tuple(tail.split())
    if at + 2 >= len(words) or words[at + 1].low not in ("of", "for") or words[at].is_possessor:
        return at + 1, ()
    start = at + 2
    while start < len(words) and words[start].low in DEFINITE | {"a", "an"} | POSSESSIVES:
        start += 1
    if any(word.gap != " " for word in words[at + 1 : start + 1]):
        return at + 1, ()
    end = start
    while end < len(words) and end - start < MAX_MODIFIERS and _is_complement(words, start, end):
        end += 1
    if end == start:
        return at + 1, ()
    return end, tuple(word.low for word in words[start:end])


def _is_complement(words: Sequence[Word], start: int, at: int) -> bool:
    word = words[at]
    if at > start and word.gap != " ":
        return False
    return word.is_capital or word.tag in _COMPLEMENT_TAGS


def iter_pronouns(words: Sequence[Word]) -> Iterator[int]:
    """Yield where the pronouns of a line stand."""
    for at, word in enumerate(words):
        if word.low in PRONOUNS and word.text != "US":
            yield at
