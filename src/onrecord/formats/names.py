"""File names from article keys: safe on every system, inside their folder, no two alike."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(r"[^\w.,()@+-]+")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))})
_LONGEST = 120
"""Bytes: file systems take 255, and endings, numbers and a user's own folder come on top."""


class FileNames:
    """Hands out names without an ending, each once, letter case ignored (some file systems do)."""

    def __init__(self) -> None:
        self._taken: set[str] = {"annotation"}  # brat's annotation.conf
        self._next: dict[str, int] = {}

    def take(self, key: str) -> str:
        """A name for this key: the key itself where it is safe and free, otherwise made safe and numbered.

        >>> names = FileNames()
        >>> names.take("../a b"), names.take("a b"), names.take("")
        ('a-b', 'a-b-2', 'article')
        """
        base = _safe(key)
        name, number = base, self._next.get(base.casefold(), 2)
        while name.casefold() in self._taken:
            name, number = f"{base}-{number}", number + 1
        self._next[base.casefold()] = number
        self._taken.add(name.casefold())
        return name


def _safe(key: str) -> str:
    """No separators, no leading dot or dash, no trailing dot, no device name, never empty, never long."""
    name = _UNSAFE.sub("-", unicodedata.normalize("NFC", key))
    name = name.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").strip(".-")
    if not name:
        return "article"
    return f"{name}-" if name.split(".")[0].casefold() in _RESERVED else name
