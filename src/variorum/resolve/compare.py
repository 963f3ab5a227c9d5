"""How strongly two chains of different articles are held to be one participant, and why.

Each test gives a weight and a reason, in the manner of a Fellegi-Sunter sum over features; a
constraint (two given names, two genders) makes an end of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from variorum.languages.folding import fold_skeleton, fold_word
from variorum.languages.names import (
    GIVEN_NAMES,
    ORGANISATION_HEADS,
    PLACE_KEYS,
    TITLE_MODIFIERS,
    Name,
    is_initial,
    is_modifier,
    is_same_given,
    make_acronym,
    parse_organisation,
    parse_person,
)
from variorum.languages.roles import is_same_role
from variorum.resolve.participants import Participant
from variorum.resolve.score import Score

LEAST_SCORE = 0.7
"""Chains that score less stay apart."""
LEAST_LIKENESS = 0.88
"""Jaro-Winkler of two folded words that one word's spellings reach."""
_BLAND = frozenset(
    fold_word(word)
    for word in ORGANISATION_HEADS | TITLE_MODIFIERS | frozenset({"supreme", "central", "united"})
)
Test = Callable[[Participant, Participant], str | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A test of two participants; it returns a reason, or None if it is silent."""

    test: Test
    weight: float


def share_story(left: Participant, right: Participant) -> str | None:
    """They are told of in one story."""
    return "told of in the same story" if left.stories & right.stories else None


def share_storyline(left: Participant, right: Participant) -> str | None:
    """They are told of in one storyline, but not in one story."""
    if left.stories & right.stories or not left.storylines & right.storylines:
        return None
    return "told of in the same storyline"


def share_role(left: Participant, right: Participant) -> str | None:
    """They have the same role."""
    for one in left.roles:
        for other in right.roles:
            if is_same_role(one, other) and one.head:
                return f"both are called {' '.join((*sorted(one.fields), one.head))}"
    return None


def share_office(left: Participant, right: Participant) -> str | None:
    """They have the same role of the same country, field or body: not two sergeants."""
    for one in left.roles:
        for other in right.roles:
            same = one.fields & other.fields | one.places & other.places | one.rest & other.rest
            if same and is_same_role(one, other):
                return f"of the same {', '.join(sorted(same))}"
    return None


def share_context(left: Participant, right: Participant) -> str | None:
    """Two or more others are named beside both."""
    if left.stories & right.stories:
        return None
    shared = (left.context & right.context) - set(left.chain.keys) - set(right.chain.keys)
    return f"{len(shared)} other names stand beside both" if len(shared) >= 2 else None


# Tuned on the development events, incidents and NewsWCL50; change them only together.
CONTEXT = (
    Evidence(share_story, weight=0.25),
    Evidence(share_storyline, weight=0.12),
    Evidence(share_role, weight=0.1),
    Evidence(share_office, weight=0.1),
    Evidence(share_context, weight=0.1),
)
STANDS_APART = -0.25
"""Weight where no evidence but the name brings two together."""


def compare(left: Participant, right: Participant) -> Score:
    """Return the score of two chains, strongest reason first; 0.0 where they clash."""
    if left.kind == "person" and right.kind == "person":
        name = _compare_persons(left, right)
    elif "person" in (left.kind, right.kind):
        name = _compare_surname(left, right)
    else:
        name = _compare_bodies(left, right)
    if name.value <= 0:
        return name
    found = [
        (evidence.weight, reason)
        for evidence in CONTEXT
        if (reason := evidence.test(left, right)) is not None
    ]
    if not found:
        found.append((STANDS_APART, "nothing but the name is shared"))
    found += [(name.value, reason) for reason in name.reasons]
    total = sum(weight for weight, _ in found)
    found.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
    value = round(min(max(total, 0.0), 1.0), 4)
    return Score(value, tuple(reason for _, reason in found))


NOTHING = Score(0.0, ())


def clash_given(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two sets of first given names cannot be one person's."""
    return any(not _may_be_one_given(one, other) for one in left for other in right)


def _may_be_one_given(left: str, right: str) -> bool:
    if is_same_given(left, right):
        return True
    if left[0] == right[0] and JaroWinkler.similarity(left, right) >= LEAST_LIKENESS:
        return True
    return fold_skeleton(left) == fold_skeleton(right) and len(fold_skeleton(left)) > 1


def _compare_persons(left: Participant, right: Participant) -> Score:
    if left.gender and right.gender and left.gender != right.gender:
        return NOTHING
    best = NOTHING
    for one in left.names:
        for other in right.names:
            score = compare_persons(one.text, other.text)
            if score.value > best.value:
                best = score
    return best


@lru_cache(maxsize=200_000)
def compare_persons(left: str, right: str) -> Score:
    """Return how far two names of persons agree, 0.0 to 0.9."""
    return compare_person_names(parse_person(left), parse_person(right))


@lru_cache(maxsize=200_000)
def compare_bodies(left: str, right: str, *, is_place: bool) -> Score:
    """Return how far two names of no persons agree, 0.0 to 0.95."""
    return compare_body_names(
        parse_organisation(left), parse_organisation(right), is_place=is_place
    )


def compare_person_names(left: Name, right: Name) -> Score:
    """Return how far two names of persons agree, 0.0 to 0.9."""
    likeness = _surname_likeness(left, right)
    if likeness == 0:
        return NOTHING
    surname = left.surname if likeness == 1 else f"{left.surname} and {right.surname}"
    if left.given and right.given:
        is_inner = left.given[0] in right.given or right.given[0] in left.given
        if clash_given(left.given[:1], right.given[:1]) and not is_inner:
            return NOTHING
        is_short = is_initial(left.given[0]) or is_initial(right.given[0])
        value = (0.7 if is_short else 0.9) * likeness
        return Score(round(value, 4), (f"same given name and surname {surname}",))
    return Score(round(0.5 * likeness, 4), (f"same surname {surname}",))


def _surname_likeness(left: Name, right: Name) -> float:
    if left.surname == right.surname:
        return 1.0
    # "Solis" is "Solis Rivera"; "Kim" is "Kim Jong Un".
    for short, full in ((left, right), (right, left)):
        if not short.given and len(full.words) > 1 and _is_inner_word(short.surname, full):
            return 0.95
    same_given = left.given and right.given and left.given[0] == right.given[0]
    if same_given and (left.surname in right.words or right.surname in left.words):
        return 0.95
    if is_near_word(left.surname, right.surname):
        return 0.9
    return 0.0


def _is_inner_word(word: str, full: Name) -> bool:
    # A given name alone tells nobody; but in "Kim Jong Un" the surname comes first.
    return word in full.words[1:] or (word == full.words[0] and word not in GIVEN_NAMES)


def is_near_word(left: str, right: str) -> bool:
    """Whether two folded words are likely one word in two spellings."""
    if left == right:
        return True
    if min(len(left), len(right)) < 4 or left[0] != right[0]:
        return False
    if JaroWinkler.similarity(left, right) < LEAST_LIKENESS:
        return False
    first, second = fold_skeleton(left), fold_skeleton(right)
    return first == second or (
        min(len(first), len(second)) >= 4 and Levenshtein.distance(first, second) <= 1
    )


def _compare_surname(left: Participant, right: Participant) -> Score:
    """Compare a person with a word of unknown kind that may be the surname."""
    person, other = (left, right) if left.kind == "person" else (right, left)
    near = left.stories & right.stories or left.storylines & right.storylines
    if not other.may_be_person or not near:
        return NOTHING
    for name in other.names:
        for known in person.names:
            if len(name.words) == 1 and name.words[0] == known.surname:
                return Score(0.5, (f"same surname {known.surname}",))
            if known.is_full and name.words == known.words:
                return Score(0.8, (f"same name {known.text}",))
    return NOTHING


def _compare_bodies(left: Participant, right: Participant) -> Score:
    is_firm = left.kind == right.kind or "other" in (left.kind, right.kind)
    is_firm = is_firm or {left.kind, right.kind} == {"organisation", "group"}
    if {left.kind, right.kind} == {"group", "place"}:
        return NOTHING
    is_place = "place" in (left.kind, right.kind)
    best = NOTHING
    for one in left.names:
        for other in right.names:
            score = compare_bodies(one.text, other.text, is_place=is_place)
            if score.value > best.value:
                best = score
    if not is_firm and best.value < 0.9:
        return NOTHING
    if best.value < 0.9 and not (
        left.stories & right.stories or left.storylines & right.storylines
    ):
        return NOTHING
    return best


def compare_body_names(left: Name, right: Name, *, is_place: bool) -> Score:
    """Return how far two names of organisations, groups or places agree, 0.0 to 0.95."""
    first, second = set(left.core), set(right.core)
    if first == second:
        # "Foreign Ministry" here and there may be two countries'; "League", two leagues.
        value = 0.6 if all(word in _BLAND for word in first) else 0.95
        return Score(value, (f"both are {_say(left, right)}",))
    if _is_acronym(left, right) or _is_acronym(right, left):
        return Score(0.6, (f"{left.text} and {right.text}: one abbreviates the other",))
    if len(left.core) == len(right.core) and _match_all(left.core, right.core):
        return Score(0.65, (f"{left.text} and {right.text} are spellings of one name",))
    if is_place:
        return NOTHING
    for short, full in ((left, right), (right, left)):
        if set(short.core) < set(full.core) and not is_modifier(short.text):
            bland = all(word in _BLAND for word in short.core)
            return Score(0.45 if bland else 0.5, (f"{short.text} is short for {full.text}",))
    return NOTHING


def is_bland(text: str) -> bool:
    """Whether nothing in a name tells it from others of its sort: "Foreign Ministry"."""
    return all(word in _BLAND for word in parse_organisation(text).core)


def clash_places(left: Iterable[Sequence[str]], right: Iterable[Sequence[str]]) -> bool:
    """Whether two sets of names are of bodies of different countries."""
    one = {word for core in left for word in core if word in PLACE_KEYS}
    other = {word for core in right for word in core if word in PLACE_KEYS}
    return bool(one and other and not one & other)


def _say(left: Name, right: Name) -> str:
    return left.text if left.text == right.text else f"{left.text}, {right.text}"


def _match_all(left: Sequence[str], right: Sequence[str]) -> bool:
    return all(is_near_word(one, other) for one, other in zip(left, right, strict=True))


def _is_acronym(short: Name, full: Name) -> bool:
    letters = short.text.replace(".", "")
    return letters.isupper() and len(letters) >= 3 and make_acronym(full.text) == letters
