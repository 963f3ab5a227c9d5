from __future__ import annotations

from importlib import resources

import pytest

from variorum.errors import UnknownNameError
from variorum.languages.tables import load_table

NAMES = sorted(
    file.name.removesuffix(".toml")
    for file in (resources.files("variorum.languages") / "en").iterdir()
    if file.name.endswith(".toml")
)


@pytest.mark.parametrize("name", NAMES)
def test_tables_of_english(name: str) -> None:
    """Every table that ships can be read and says something."""
    assert load_table(name)


def test_table_is_read_once() -> None:
    """A table is shared, for some are long."""
    assert load_table("cues") is load_table("cues")


def test_unknown_table() -> None:
    """A table that is not there is told of, with the name that was perhaps meant."""
    with pytest.raises(UnknownNameError, match="no table named 'cue'; did you mean 'cues'"):
        load_table("cue")
