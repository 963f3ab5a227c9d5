"""Pairs worth comparing: those that share a folded key, so that time does not grow with pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from variorum.languages.folding import fold_skeleton
from variorum.languages.names import make_acronym
from variorum.resolve.participants import Participant

MAX_BLOCK = 100
"""In a larger block only neighbours are compared, by name and by story: time stays linear."""
N_NEIGHBOURS = 6


def iter_pairs(participants: Sequence[Participant]) -> Iterator[tuple[int, int]]:
    """Yield each candidate pair once, as indices, the smaller first."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, participant in enumerate(participants):
        for key in make_keys(participant):
            blocks[key].append(at)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        for pair in _iter_block(participants, blocks[key]):
            if pair not in seen:
                seen.add(pair)
                yield pair


def make_keys(participant: Participant) -> frozenset[str]:
    """Return the keys under which a participant meets its like."""
    keys: set[str] = set()
    for name in participant.names:
        if participant.kind == "person":
            keys.add(f"p {fold_skeleton(name.surname)[:5]}")
            if not name.given or len(name.words) > 2:
                keys.update(f"p {fold_skeleton(word)[:5]}" for word in name.words)
            continue
        keys.update(f"b {fold_skeleton(word)}" for word in name.core)
        letters = name.text.replace(".", "")
        if letters.isupper():
            keys.add(f"a {letters}")
        else:
            keys.add(f"a {make_acronym(name.text)}")
        if participant.may_be_person and len(name.words) <= 2:
            keys.add(f"p {fold_skeleton(name.words[-1])[:5]}" if name.words else "")
    return frozenset(key for key in keys if len(key) > 3)


def _iter_block(participants: Sequence[Participant], block: list[int]) -> Iterator[tuple[int, int]]:
    if len(block) <= MAX_BLOCK:
        for place, left in enumerate(block):
            for right in block[place + 1 :]:
                yield (left, right)
        return
    names = {at: min(name.words[::-1] for name in participants[at].names) for at in block}
    stories = {at: min(participants[at].stories) for at in block}
    for order in (
        sorted(block, key=lambda at: (names[at], stories[at], at)),
        sorted(block, key=lambda at: (stories[at], names[at], at)),
    ):
        for place, left in enumerate(order):
            for right in order[place + 1 : place + 1 + N_NEIGHBOURS]:
                yield (min(left, right), max(left, right))
