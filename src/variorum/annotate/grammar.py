"""What a phrase is in its clause, by the tree or else by the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.annotate.candidates import GrammaticalRole
from variorum.annotate.words import Word

_INNER_RELATIONS = frozenset({"", "flat", "compound", "amod", "det", "punct"})
_FORMS_OF_BE = frozenset({"is", "was", "be"})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ROLES_OF: Mapping[str, GrammaticalRole] = {
    "nsubj": "subject",
    "csubj": "subject",
    "obj": "object",
    "iobj": "object",
    "obl": "oblique",
    "nmod": "oblique",
}


def pick_head(own: Sequence[Word]) -> Word:
    """Return the word of a name by which it hangs on the rest, whatever stands inside it."""
    return next((word for word in own if word.relation not in _INNER_RELATIONS), own[-1])


def find_pronoun_role(words: Sequence[Word], at: int) -> GrammaticalRole:
    """Return what a pronoun is in its clause."""
    word = words[at]
    if word.low in ("he", "she", "they") or word.tail:
        return "subject"
    if word.tag == "PRP$" or word.low in ("his", "its", "their"):
        return "possessor"
    return find_role(words, at, at + 1, word)


def find_clue(words: Sequence[Word], at: int) -> str:
    """Return what an "it" stands between: "it is clear that" and "to make it happen" tell."""
    if words[at].low != "it":
        return words[at].low
    before = words[at - 1].tag if at and words[at].gap == " " else "-"
    following = [word for word in words[at + 1 : at + 3] if word.gap == " "]
    after = [word.tag for word in following]
    if words[at].tail:
        after = ["is", *after]
    elif following and following[0].low in _FORMS_OF_BE:
        after[0] = "is"
    return " ".join((before[:2], "it", *(tag[:2] for tag in after[:2])))


def find_role(words: Sequence[Word], first: int, end: int, head: Word) -> GrammaticalRole:
    """Return what the phrase ``words[first:end]`` is in its clause."""
    if head.is_possessor or words[end - 1].is_possessor:
        return "possessor"
    if head.relation in _ROLES_OF:
        return _ROLES_OF[head.relation]
    if end < len(words) and words[end].gap == " " and words[end].tag in _FINITE_TAGS:
        return "subject"
    before = words[first - 1] if first and words[first].gap == " " else None
    if before is None:
        return "other"
    if before.tag in ("IN", "TO"):
        return "oblique"
    return "object" if before.tag.startswith("VB") else "other"
