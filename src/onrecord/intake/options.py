"""What bounds the intake: one frozen value, handed down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MIB = 1024 * 1024

Resolver = Callable[[str, int], list[str]]
"""Host name and port -> the addresses it stands for, as text. Handed in so that tests need no name server."""


@dataclass(frozen=True, slots=True)
class Options:
    """Limits and permissions. The defaults suit a laptop reading strangers' files."""

    max_bytes: int = 64 * MIB
    """Of one file, one row, one record or one response body, as it arrived."""
    max_text: int = 64 * MIB
    """Characters of one article's raw text."""
    max_markup: int = 16 * MIB
    """Bytes of one HTML page: a tree takes many times its source in memory."""
    timeout: float = 15.0
    """Seconds for each connection and each wait for bytes."""
    total_timeout: float = 60.0
    """Seconds for one URL, redirects and body included."""
    max_redirects: int = 5
    max_unpacked: int = 64 * MIB
    """Bytes of one response body or record after decompression."""
    max_ratio: int = 200
    """Unpacked bytes for one packed byte, beyond the first mebibyte: more is a bomb."""
    allow_private: bool = False
    """Go to private, loopback and link-local addresses too."""
    resolver: Resolver | None = None
    """How names are resolved; None: the system's way."""
    user_agent: str = "onrecord"
