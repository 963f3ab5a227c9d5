"""Errors that Variorum raises on purpose.

::

    VariorumError
    ├── UsageError            the call is wrong: change the arguments
    │   └── AmbiguousNameError    words that fit several stories
    ├── InputError            one input can't be read: it is stored as a failure, the run goes on
    │   ├── UnreadableError       missing, forbidden, binary, too large
    │   ├── BadRowError           a row or a column of a table
    │   └── NoArticleError        readable, but no article in it
    ├── StoreError            the store can't be used: another file, a newer version, a full disk
    ├── OutputError           a result can't be written
    ├── EngineError           a process that did the work is gone
    └── UnknownNameError      a story, entity or table that is not there

Each writes its own message: what, where, what was expected, what to do.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

MAX_SHOWN = 8
"""Of the things that a name fits: a common word may stand in hundreds of titles."""


class VariorumError(Exception):
    """Base of every error that Variorum raises on purpose."""


class UsageError(VariorumError):
    """The call itself is wrong; nothing was read."""


class AmbiguousNameError(UsageError):
    """A name that fits several things, where one was asked for.

    Attributes:
        found: What it fits, by the number under which each can be asked for.
    """

    def __init__(self, kind: str, name: str, found: Mapping[int, str]) -> None:
        self.kind = kind
        self.name = name
        self.found = dict(found)
        super().__init__(kind, name, self.found)

    def __str__(self) -> str:
        shown = [f"{number} {title!r}" for number, title in self.found.items()][:MAX_SHOWN]
        if (more := len(self.found) - len(shown)) > 0:
            shown.append(f"{more} more")
        fits = f"more than one {self.kind} fits {self.name!r}: {', '.join(shown)}"
        return f"{fits}; give a number or more of the words"


class InputError(VariorumError):
    """One input that can't be read.

    Attributes:
        where: The input as the user knows it: ``"news.csv, row 7"``.
        what: What is wrong with it.
        advice: What the user can do, or None where nothing can be done.
    """

    def __init__(self, where: str, what: str, advice: str | None = None) -> None:
        self.where = where
        self.what = what
        self.advice = advice
        super().__init__(where, what, advice)  # what pickle hands back to __init__

    @property
    def reason(self) -> str:
        """What is wrong and what to do, without the place."""
        return f"{self.what}; {self.advice}" if self.advice else self.what

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class UnreadableError(InputError):
    """Missing, forbidden, binary or too large."""


class BadRowError(InputError):
    """A table whose row or column is not as expected."""


class NoArticleError(InputError):
    """Readable, but there is no article in it."""


class StoreError(VariorumError):
    """A store that can't be opened or written."""


class OutputError(VariorumError):
    """A result that can't be written where it was asked for."""


class EngineError(VariorumError):
    """A process that did the work came to its end before the work did."""


class UnknownNameError(VariorumError, KeyError):
    """A registry, an edition or a table was asked for a name that it does not hold."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(sorted(known))
        super().__init__(kind, name, self.known)  # what pickle hands back to __init__

    def __str__(self) -> str:
        close = difflib.get_close_matches(self.name, self.known, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        return f"no {self.kind} named {self.name!r}{hint}"
