"""Roles told of a person, brought to a form in which they can be compared.

"Russian foreign minister", "foreign minister of Russia" and "head of the Russian Foreign
Ministry" are one role: head *minister*, country *Russia*, field *foreign*.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from variorum.languages.names import DEMONYMS, PLACES, TITLE_HEADS, split_words
from variorum.languages.tables import load_table

_TABLE = load_table("roles")
_CLASSES: dict[str, frozenset[str]] = {
    head: frozenset(members) for head, members in _TABLE["classes"].items()
}
_INSTITUTIONS: dict[str, str] = dict(_TABLE["institutions"])
_SHORT: dict[str, str] = dict(_TABLE["short"])
_EMPTY = frozenset(_TABLE["empty"])
_BODIES = frozenset((*_TABLE["organisation"], *_TABLE["own_head"], *_TABLE["any_body"]))
# A role without one of these is another role: nobody calls the vice-president "the president".
FIELDS = frozenset(_TABLE["fields"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role taken apart.

    Attributes:
        head: Lower case: ``"minister"``.
        fields: What it is of, of a closed list: ``{"foreign"}``.
        places: Countries and other places named with it, by their usual names.
        rest: Every other word.
    """

    head: str
    fields: frozenset[str]
    places: frozenset[str]
    rest: frozenset[str]


@lru_cache(maxsize=50_000)
def parse_role(text: str) -> Role:
    """Return a role taken apart, whatever the order of its words."""
    words = [word.lower().replace(".", "") for word in split_words(text)]
    words = [part for word in words for part in _SHORT.get(word, word).split()]
    at = _find_head(words)
    head = words[at] if words else ""
    others = words[:at] + words[at + 1 :]
    if head in ("head", "chief", "boss", "leader"):
        for word in others:
            if word in _INSTITUTIONS:
                head, others = _INSTITUTIONS[word], [one for one in others if one != word]
                break
    places, rest = _take_places(others)
    fields = frozenset(word for word in rest if word in FIELDS)
    return Role(
        head=head,
        fields=fields,
        places=places,
        rest=frozenset(word for word in rest if word not in _EMPTY) - fields,
    )


def _find_head(words: list[str]) -> int:
    """Return the index of the head: the last title before "of"."""
    stop = len(words)
    for at, word in enumerate(words):
        if at and word in ("of", "for", "at", "to", "in"):
            stop = at
            break
    for at in range(stop - 1, -1, -1):
        if words[at] in TITLE_HEADS:
            return at
    return max(stop - 1, 0)


def _take_places(words: list[str]) -> tuple[frozenset[str], list[str]]:
    places: set[str] = set()
    rest: list[str] = []
    at = 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        for width, text in ((2, pair), (1, words[at])):
            place = DEMONYMS.get(text) or PLACES.get(text)
            if place and (width == 1 or at + 1 < len(words)):
                places.add(PLACES.get(place.lower(), place))
                at += width
                break
        else:
            rest.append(words[at])
            at += 1
    return frozenset(places), rest


def fits_role(description: Role, role: Role) -> bool:
    """Whether somebody with ``role`` may be called by ``description``."""
    if description.places and role.places and not description.places & role.places:
        return False
    if "former" in role.fields and "former" not in description.fields:
        role_fields = role.fields - {"former"}
    else:
        role_fields = role.fields
    if description.head == role.head:
        if not description.fields <= role.fields:
            return False
        # "the president" is not the vice president, but "the minister" is the foreign minister.
        return bool(description.fields) or not role_fields & {"vice", "deputy", "assistant"}
    if description.places and not role.places:
        # "the Larkish leader" is not just any president, but one told to be of Larkia.
        return False
    if description.rest & _BODIES and not description.rest & role.rest:
        # "the head of the hospital trust" is neither a union's leader nor a prime minister.
        return False
    members = _CLASSES.get(description.head, frozenset())
    phrases = {role.head, *(f"{field} {role.head}" for field in role.fields)}
    phrases |= {f"{role.head} of {word}" for word in role.rest}
    return bool(members & phrases) and not description.fields - role.fields


def is_same_role(left: Role, right: Role) -> bool:
    """Whether two roles are held by one person, as far as the words tell."""
    return (
        left.head == right.head
        and left.fields == right.fields
        and bool(left.places & right.places or not (left.places and right.places))
    )
