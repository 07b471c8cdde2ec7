"""Long lists cut up for queries: databases limit how many parameters one may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_CHUNK = 900
"""How many things one query is asked about: SQLite's limit was 999 for long, and some stand beside them."""


def chunks(things: Iterable[T], size: int = _CHUNK) -> Iterator[list[T]]:
    """Things in portions that one query can take."""
    left = list(things)
    for at in range(0, len(left), size):
        yield left[at : at + size]
