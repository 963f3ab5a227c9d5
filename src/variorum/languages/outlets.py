"""Names of outlets, so that a credit finds the outlet it names."""

from __future__ import annotations

import re

from variorum.languages.tables import load_table

GENERIC = frozenset(load_table("credits")["outlets"]["generic"])
"""Words that a newsroom adds to its name or leaves out: "Meridian", "Meridian News Agency"."""


def fold_outlet(name: str) -> str:
    """Return an outlet's name for comparison: lower case, no article, no generic endings."""
    words = re.findall(r"[^\W_]+", name.casefold())
    if words[:1] == ["the"]:
        words = words[1:]
    while len(words) > 1 and words[-1] in GENERIC:
        words.pop()
    return " ".join(words)
