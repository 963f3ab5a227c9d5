"""What the words of a name, and those beside it, say that it is."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.annotate.titles import (
    SPACES,
)
from variorum.annotate.words import Word
from variorum.languages.folding import fold_word
from variorum.languages.names import (
    COMPASS,
    FOREIGN_HEADS,
    GIVEN_NAMES,
    GROUP_HEADS,
    HONORIFICS,
    ORGANISATION_HEADS,
    PLACE_HEADS,
    expand_place,
)
from variorum.languages.tables import load_table
from variorum.model.annotation import EntityKind

GROUP_NOUNS = frozenset(load_table("roles")["militants"])


CRAFT = frozenset(load_table("organisations")["craft"])
CRAFT_GAPS = SPACES | {" “", ' "', " ‘"}


GROUP_ADJECTIVES = frozenset(load_table("roles")["militant"])


def kind_beside(words: Sequence[Word], first: int, end: int) -> EntityKind | None:
    """Return what the words beside a name say: "the town of X", "the X militant group"."""
    if first and words[first - 1].low in CRAFT and words[first].gap in CRAFT_GAPS:
        return "other"
    is_of = first >= 2 and words[first - 1].low == "of" and words[first].gap in SPACES
    if is_of and words[first - 2].low in PLACE_HEADS:
        return "place"
    at = end
    while at < len(words) and at - end <= 2 and words[at].gap in SPACES:
        low = words[at].low
        if low in PLACE_HEADS and words[at].tag in ("", "NN", "NNS"):
            return "place"
        if low in GROUP_NOUNS:
            return "group" if words[end - 1].low not in ORGANISATION_HEADS else None
        if low not in GROUP_ADJECTIVES:
            break
        at += 1
    return None


def guess_kind(words: Sequence[Word], first: int, end: int) -> EntityKind | None:
    """Return what the words of a name say it is; None if they say nothing."""
    lows = [word.low.rstrip(".") for word in words[first:end]]
    text = " ".join(word.text for word in words[first:end])
    if expand_place(text):
        return "place"
    if lows[0] in HONORIFICS and len(lows) > 1:
        return "person"
    if len(lows) == 1 and words[first].is_people:
        return "group"
    if lows[0] in COMPASS and len(lows) == 2 and lows[-1] not in ORGANISATION_HEADS | GROUP_HEADS:
        return "place"
    before_of = lows[: lows.index("of")] if "of" in lows[1:] else lows
    head = before_of[-1]
    if fold_word(lows[0]) in FOREIGN_HEADS or (len(lows) > 1 and head in GROUP_HEADS):
        return "group"
    if len(lows) > 1 and (head in ORGANISATION_HEADS or lows[-1] in ORGANISATION_HEADS):
        return "organisation"
    if fold_word(lows[0]) in GIVEN_NAMES and 1 < len(lows) <= 5 and "of" not in lows:
        return "person"
    if len(lows) > 1 and (head in PLACE_HEADS or lows[0] in ("mount", "lake", "cape", "port")):
        return "place"
    return None
