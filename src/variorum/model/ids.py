"""Ids made from what a thing is, so that the same thing has the same id in every run."""

from __future__ import annotations

import hashlib

N_HEX = 16
"""64 bits: among ten million articles a collision has a chance of one in 370,000."""


def make_id(prefix: str, *parts: str | int | None) -> str:
    """Return ``prefix`` and a hash of ``parts``: ``"a-3f2b..."``; None and ``""`` differ."""
    digest = hashlib.blake2b(digest_size=N_HEX // 2)
    for part in parts:
        data = b"\x00" if part is None else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return f"{prefix}-{digest.hexdigest()}"
