"""A mention before it is known whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.languages.names import (
    Gender,
)
from variorum.model.annotation import EntityKind, Form
from variorum.model.span import Span

GrammaticalRole = Literal["subject", "object", "oblique", "possessor", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A mention before it is known whose it is.

    Attributes:
        head: Head noun of a description or the pronoun, lower case; empty for a name.
        modifiers: The other words of a description, lower case.
        roles: Titles told with a name, lower case: ``("russian foreign minister",)``.
        of_name: The name that a title or an apposition belongs to; None for all else.
        is_thing: Whether it is a noun phrase that names or describes no participant.
        sentence: Number of its sentence in the article.
        role: Subject, object, oblique or possessor, by the tree or else the words around it;
            "other" where neither tells.
        governor: Where the word that it hangs on begins; None without a tree.
        clue: What a pronoun stands between, in tags: ``"VBD it is JJ"``.
    """

    span: Span
    kind: EntityKind
    form: Form
    text: str
    head: str = ""
    modifiers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    of_name: Span | None = None
    gender: Gender | None = None
    is_definite: bool = True
    is_plural: bool = False
    is_possessor: bool = False
    is_thing: bool = False
    sentence: int = 0
    paragraph: int = 0
    role: GrammaticalRole = "other"
    governor: int | None = None
    clue: str = ""
