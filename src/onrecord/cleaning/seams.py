"""Places between two characters that seldom meet inside a word, found with numpy: one look at every character.

A regular expression for them spends more time than the rest of cleaning; here each character gets its class once and
neighbours are compared as whole arrays.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from onrecord.cleaning.codes import codes_of

_TABLE = 0x3001
_UPPER, _LOWER, _DIGIT, _WORD, _NO_LEFT, _OPEN, _COMMA, _BEFORE_OPEN = (1 << k for k in range(8))
_SMALL = 1 << 8
_NEVER_BEFORE = "-–—/\\'’&@#$£€*+=~|<^([{“‘„«\"_."
"""Marks that stand before a capital in good text."""


@cache
def _classes() -> npt.NDArray[np.uint16]:
    table = np.zeros(_TABLE + 1, dtype=np.uint16)
    for code in range(_TABLE):
        char = chr(code)
        flags = _WORD if char.isalnum() else 0
        flags |= _NO_LEFT if char.isspace() or char in _NEVER_BEFORE else 0
        flags |= _OPEN if char in "“„«" else 0
        flags |= _BEFORE_OPEN if char in ":)]" else 0
        table[code] = flags
    for code in (*range(0x41, 0x5B), *range(0xC0, 0xD7), *range(0xD8, 0xDF)):
        table[code] |= _UPPER | _NO_LEFT
    for code in (*range(0x61, 0x7B), *range(0xDF, 0xF7), *range(0xF8, 0x100)):
        table[code] |= _SMALL
    table[0x61:0x7B] |= _LOWER
    table[0x30:0x3A] |= _DIGIT
    table[ord(",")] |= _COMMA
    table[_TABLE] = _WORD
    return table


def word_seams(text: str) -> list[int]:
    """Where a blank or a paragraph end may be lost: ``aB``, ``)B``, ``3B``, ``ABCDef``, ``a“``, ``a,bc``, ``abc1``.

    >>> word_seams("one,two threeFour 5Six")
    [4, 13, 19]
    """
    if len(text) < 2:
        return []
    codes = codes_of(text)
    flags = np.zeros(len(codes) + 5, dtype=np.uint16)
    np.take(_classes(), np.minimum(codes, _TABLE), out=flags[3:-2])

    def at(step: int, flag: int) -> npt.NDArray[np.bool_]:
        held: npt.NDArray[np.bool_] = (flags[3 + step : 3 + step + len(codes)] & flag) != 0
        return held

    upper = at(0, _UPPER)
    found = ~at(-1, _NO_LEFT) & upper
    found |= at(-2, _UPPER) & at(-1, _UPPER) & upper & at(1, _SMALL) & at(2, _SMALL)
    found |= at(-1, _WORD | _BEFORE_OPEN) & at(0, _OPEN)
    found |= at(-2, _LOWER) & at(-1, _COMMA) & at(0, _LOWER) & at(1, _LOWER)
    found |= at(-3, _LOWER) & at(-2, _LOWER) & at(-1, _LOWER) & at(0, _DIGIT)
    found[0] = False
    places: list[int] = np.flatnonzero(found).tolist()
    return places
