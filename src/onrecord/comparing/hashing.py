"""Hashes that are the same on every machine and in every run."""

from __future__ import annotations

import hashlib
from functools import lru_cache


@lru_cache(maxsize=200_000)
def mark_of(text: str) -> int:
    """A text as a signed number of 64 bits, as databases take them (BLAKE2b)."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
