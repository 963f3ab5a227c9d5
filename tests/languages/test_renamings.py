from __future__ import annotations

import pytest

from variorum.languages.renamings import find_renamings
from variorum.model.span import Span

OLD, NEW = "Qamar Front", "Bahr Movement"


@pytest.mark.parametrize(
    "text",
    [
        f"The {OLD}, which changed its name to {NEW}, left.",
        f"The {OLD} renamed itself {NEW} in May.",
        f"The {OLD}, now known as the “{NEW}”, left.",
        f"The {NEW}, formerly known as the {OLD}, left.",
        f"The {NEW} (previously called {OLD}) left.",
    ],
)
def test_stated_renamings_are_found(text: str) -> None:
    """Old and new name are told by the words between them, whichever comes first."""
    names = sorted(Span(text.index(name), text.index(name) + len(name)) for name in (OLD, NEW))
    (renaming,) = find_renamings(text, names)

    assert (renaming.old.of(text), renaming.new.of(text)) == (OLD, NEW)
    assert renaming.span.contains(renaming.old)
    assert renaming.span.contains(renaming.new)


def test_another_sentence_is_no_renaming() -> None:
    """A name of the sentence before is not renamed."""
    text = f"They met the {OLD}. It is now known as the {NEW}."
    names = sorted(Span(text.index(name), text.index(name) + len(name)) for name in (OLD, NEW))

    assert find_renamings(text, names) == ()
