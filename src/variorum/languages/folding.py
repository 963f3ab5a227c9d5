"""Keys under which the spellings of one name, romanised this way or that, come together.

The rewrite rules are a table (``en/transliteration.toml``), in the manner of Daitch-Mokotoff and
of the Beider-Morse rules, but kept to what English-language news confuses.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from variorum.languages.tables import load_table

MAX_WORD_CHARS = 60
"""Nobody's name is one longer word; what is longer is cut before it is folded."""
CACHE_SIZE = 200_000

_NOT_LETTER = re.compile(r"[^a-z0-9]+")
_DOUBLED = re.compile(r"([a-z])\1+")
_VOWELS = re.compile(r"[aeiou]+")
_RULES: tuple[tuple[str, str], ...] = tuple(
    (old, new) for old, new in load_table("transliteration")["rules"]
)
# Consonants that transliterations exchange; each stands for its class in a skeleton.
_CLASSES = str.maketrans({"g": "k", "z": "s", "p": "b", "t": "d", "f": "v", "j": "y", "h": None})


@lru_cache(maxsize=CACHE_SIZE)
def fold_plain(word: str) -> str:
    """Return the word in lower-case Latin letters and digits: ``"Solís"`` as ``"solis"``."""
    return _NOT_LETTER.sub("", anyascii(word[:MAX_WORD_CHARS]).lower())


@lru_cache(maxsize=CACHE_SIZE)
def fold_word(word: str) -> str:
    """Return the word as its transliterations share it: ``"Sergey"`` as ``"sergei"``."""
    folded = fold_plain(word)
    for old, new in _RULES:
        folded = folded.replace(old, new)
    return _DOUBLED.sub(r"\1", folded)


@lru_cache(maxsize=CACHE_SIZE)
def fold_skeleton(word: str) -> str:
    """Return the consonants by class, for blocking: ``"Larowe"`` as ``"lrv"``.

    A vowel that starts the word is kept as ``a``; vowels elsewhere fall out.
    """
    folded = fold_word(word)
    first = "a" if folded[:1] in "aeiou" else ""
    consonants = _VOWELS.sub("", folded).translate(_CLASSES)
    return first + _DOUBLED.sub(r"\1", consonants)
