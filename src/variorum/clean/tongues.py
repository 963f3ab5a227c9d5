"""Which language a text is in, and whether a machine brought it into that language."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from variorum.clean.lines import WORD
from variorum.languages.tables import DEFAULT_LANGUAGE, load_table

MIN_LANGUAGE_WORDS = 20
"""The language of fewer words is too often guessed wrong."""

SAMPLE_CHARS = 2_000
COMMON_SHARE = 0.18
"""Of PolNeAR's articles 90% have 23 to 37% of these words; languages other than Scots a few."""

NEAR_ENGLISH = frozenset({"pcm", "sco"})
"""Nigerian Pidgin and Scots, for which py3langid takes some plain English."""

TRANSLATION_CHARS = 8_000
MAX_FINDS = 3


class _Mark(NamedTuple):
    weight: float
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _load_common() -> frozenset[str]:
    return frozenset(load_table("translation")["common"])


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language; None if it is too short to tell.

    English is told by its commonest words, in a tenth of the time that py3langid (Lui and
    Baldwin 2012) takes; only what is not plainly English goes there.
    """
    sample = text[:SAMPLE_CHARS]
    words = WORD.findall(sample.lower())
    n_common = sum(word in _load_common() for word in words)
    if words and n_common >= COMMON_SHARE * len(words) and len(words) >= MIN_LANGUAGE_WORDS:
        return DEFAULT_LANGUAGE
    if len(words) < MIN_LANGUAGE_WORDS and "".join(words).isascii():
        return None
    import py3langid

    language = str(py3langid.classify(sample)[0])
    return DEFAULT_LANGUAGE if language in NEAR_ENGLISH else language


def score_translated(text: str) -> float:
    """Return how likely a machine translated the text, 0.0 to 1.0, by marks that it leaves.

    Of 4,123 articles by English-language outlets one has a mark, the weakest.
    """
    sample = text[:TRANSLATION_CHARS]
    unlikely = 1.0
    for mark in _load_marks():
        if any(need in sample for need in mark.needs):
            n_found = sum(1 for _ in islice(mark.pattern.finditer(sample), MAX_FINDS))
            unlikely *= (1.0 - mark.weight) ** n_found
    return round(1.0 - unlikely, 4)


@cache
def _load_marks() -> tuple[_Mark, ...]:
    rows = load_table("translation")["mark"]
    return tuple(
        _Mark(float(row["weight"]), tuple(row["needs"]), re.compile(row["pattern"])) for row in rows
    )
