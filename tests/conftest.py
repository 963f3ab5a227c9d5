"""Shared ground: the examples read once, and Variorum's data where it lies beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from variorum.api import make_store_edition, open_store, read_inputs
from variorum.model.edition import Edition
from variorum.present.index import EditionIndex

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SEEDS = ROOT.parent / "shared/seeds"

# How long an example takes says more of the machine than of the code.
settings.register_profile("variorum", deadline=None)
settings.load_profile("variorum")


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The edition of all examples."""
    with open_store(None) as store:
        read_inputs([str(EXAMPLES)], store)
        return make_store_edition(store)


@pytest.fixture(scope="session")
def index(edition: Edition) -> EditionIndex:
    """The edition of all examples, with its look-ups."""
    return EditionIndex(edition)


@pytest.fixture(scope="session")
def seeds() -> EditionIndex:
    """The edition of five real articles that are no part of this repository."""
    if not SEEDS.is_dir():
        pytest.skip("the five real articles lie beside the checkout, and are not there")
    with open_store(None) as store:
        read_inputs([str(SEEDS)], store)
        return EditionIndex(make_store_edition(store))
