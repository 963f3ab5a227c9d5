"""What in an article would command a terminal or turn a line about, and harmless signs for it.

Each becomes one other character, so that offsets stay as they are.
"""

from __future__ import annotations

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], REPLACEMENT)
"""Marks that turn about how all that follows is read: a line could say what it does not say
(Unicode Standard Annex 9, explicit formatting; Boucher and Anderson 2021, "Trojan Source")."""

CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20)},  # as a picture: ␛
    **dict.fromkeys([0x7F, *range(0x80, 0xA0)], REPLACEMENT),
    **TURNING,
}
LAYOUT = {code: shown for code, shown in CONTROLS.items() if chr(code) not in "\n\t"}


def make_harmless(line: str) -> str:
    """Return what stands on one line, with nothing in it that a terminal would obey."""
    return line.translate(CONTROLS)
