"""What numpy is told of characters and words: each asked once, the answer kept from one text to the next.

A page has thousands of characters and questions; asked one by one in Python they take longer than everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Told = npt.NDArray[np.uint8]
_CHARACTERS = 0x110000
_UNKNOWN = 0xFF
_WORDS = 1 << 17
"""Words kept: some ten megabytes."""


def codes_of(text: str) -> Codes:
    """One number a character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


class CharacterTable:
    """What ``tell`` says of characters, a number below 255 each."""

    def __init__(self, tell: Callable[[str], int]) -> None:
        self._tell, self._told = tell, np.full(_CHARACTERS, _UNKNOWN, dtype=np.uint8)

    def __call__(self, codes: npt.NDArray[np.integer]) -> Told:
        """The answer for each character."""
        found: Told = self._told[codes]
        missing = found == _UNKNOWN
        if missing.any():
            for code in np.unique(codes[missing]).tolist():
                self._told[code] = self._tell(chr(code))
            found = self._told[codes]
        return found


class WordTable(dict[str, int]):
    """What ``tell`` says of words, some numbers each; a word's value in this dictionary is its row."""

    def __init__(self, tell: Callable[[str], tuple[float, ...]]) -> None:
        super().__init__()
        self._tell, self._lock = tell, Lock()
        self._rows = np.zeros((1024, len(tell(""))), dtype=np.float32)

    def __call__(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row for each word."""
        with self._lock:
            if len(self) > _WORDS:
                self.clear()
            rows = np.fromiter(map(self.__getitem__, words), dtype=np.int64, count=len(words))
            return self._rows[rows]

    def __missing__(self, word: str) -> int:
        number = len(self)
        if number == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[number] = self._tell(word)
        self[word] = number
        return number


def stacked(columns: Sequence[npt.NDArray[np.generic] | float], count: int) -> npt.NDArray[np.float32]:
    """Columns of ``count`` numbers as rows; a lone number stands for all of its column."""
    rows = np.empty((len(columns), count), dtype=np.float32)
    for row, column in zip(rows, columns, strict=True):
        row[:] = column
    return rows.T
