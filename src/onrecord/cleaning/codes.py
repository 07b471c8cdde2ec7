"""The characters of a text as numbers, and what each is: one table for all that numpy asks of them.

A page has thousands of characters and questions; asked one by one in Python they take longer than everything else.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

UPPER, LOWER, LETTER, DIGIT, STOP, MARK, END = (1 << k for k in range(7))
"""What a character is: the four of ``str``; ``.!?``; a mark that stands behind words; one that closes sentences."""
_TABLE = 0x3000


def codes_of(text: str) -> Codes:
    """One number a character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def flags_of(codes: npt.NDArray[np.integer]) -> Flags:
    """What each character is, the flags above added up."""
    told = _table()[np.minimum(codes, _TABLE)]
    for place in np.flatnonzero(codes >= _TABLE).tolist():
        told[place] = _flags(chr(int(codes[place])))
    return told


def _flags(char: str) -> int:
    return (
        UPPER * char.isupper() | LOWER * char.islower() | LETTER * char.isalpha() | DIGIT * char.isdigit()
        | STOP * (char in ".!?") | MARK * (char in ",.;:)]'’%") | END * (char in '.!?:”"…')
    )  # fmt: skip


@cache
def _table() -> Flags:
    return np.array([*(_flags(chr(code)) for code in range(_TABLE)), 0], dtype=np.uint8)
