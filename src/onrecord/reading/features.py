"""What an uncased word piece does not say: its letter case, the quotation it stands in, the break before it.

The tokenizer lowers its input and throws spaces away, yet "May" and "may", a mark that opens and a mark that closes,
or a paragraph that begins here decide who speaks. `piece_features` gives the tagger these three channels as small
integers, one row a piece. Training and run time both call it, so what the model learned on is what it sees. Everything
is read off per-character arrays: the time is linear in the text, whatever the number of pieces.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.words.marks import QuoteState, quote_states

IntArray = NDArray[np.int64]

_BMP = 0x10000
_NEWLINE = ord("\n")


class Case(IntEnum):
    """The letter case of the word that a piece belongs to."""

    LOWER = 0
    TITLE = 1
    CAPS = 2
    MIXED = 3
    CAPITAL = 4  # a word of one capital letter: "I", an initial
    DIGIT = 5
    PUNCTUATION = 6
    OTHER = 7


class Break(IntEnum):
    """What stands between a piece and the piece before it."""

    GLUED = 0
    SPACE = 1
    NEWLINE = 2
    PARAGRAPH = 3  # a blank line, or the start of the text


CHANNEL_SIZES = (len(Case), len(QuoteState), len(Break))


class _Kind(IntEnum):
    OTHER = 0
    UPPER = 1
    LOWER = 2
    LETTER = 3  # a letter without case, or a combining mark
    DIGIT = 4
    PUNCTUATION = 5
    SPACE = 6


_KIND_OF_CATEGORY = {"Lu": _Kind.UPPER, "Lt": _Kind.UPPER, "Ll": _Kind.LOWER, "Lm": _Kind.LETTER, "Lo": _Kind.LETTER}
_KIND_OF_CLASS = {"M": _Kind.LETTER, "N": _Kind.DIGIT, "P": _Kind.PUNCTUATION, "S": _Kind.PUNCTUATION, "Z": _Kind.SPACE}


@cache
def _kind_table() -> NDArray[np.uint8]:
    """The kind of every character of the basic plane, and one last entry for all beyond it."""
    table = np.zeros(_BMP + 1, dtype=np.uint8)
    for code in range(_BMP):
        category = unicodedata.category(chr(code))
        table[code] = _KIND_OF_CATEGORY.get(category) or _KIND_OF_CLASS.get(category[0], _Kind.OTHER)
    for space in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85":
        table[ord(space)] = _Kind.SPACE
    return table


def piece_features(text: str, offsets: IntArray) -> IntArray:
    """Return an (N, 3) array of `Case`, `QuoteState` and `Break` for pieces given as (N, 2) character offsets.

    Pieces come in reading order; an empty list of pieces gives an empty array.
    """
    if not len(offsets):
        return np.zeros((0, len(CHANNEL_SIZES)), dtype=np.int64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kind_table()[np.minimum(codes, _BMP)]
    starts = offsets[:, 0]
    columns = (_cases(kinds)[starts], quote_states(text)[starts], _breaks(codes, kinds, offsets))
    return np.stack([column.astype(np.int64) for column in columns], axis=1)


def _cases(kinds: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The case of every character's word; a word is a run of letters and digits."""
    in_word = (kinds >= _Kind.UPPER) & (kinds <= _Kind.DIGIT)
    begins = in_word & ~np.concatenate(([False], in_word[:-1]))
    word = np.cumsum(begins) * in_word  # 0 outside words
    size = int(word.max()) + 1
    upper, lower, digit = (
        np.bincount(word, weights=kinds == kind, minlength=size) for kind in (_Kind.UPPER, _Kind.LOWER, _Kind.DIGIT)
    )
    starts_upper = np.zeros(size, dtype=bool)
    starts_upper[word[begins]] = kinds[begins] == _Kind.UPPER
    rules = [
        ((upper + lower == 0) & (digit > 0), Case.DIGIT),
        (upper + lower == 0, Case.OTHER),
        (upper == 0, Case.LOWER),
        ((upper == 1) & (lower == 0), Case.CAPITAL),
        (lower == 0, Case.CAPS),
        (starts_upper & (upper == 1), Case.TITLE),
    ]
    of_word = np.select([test for test, _ in rules], [case for _, case in rules], Case.MIXED)
    outside = np.where(kinds == _Kind.PUNCTUATION, Case.PUNCTUATION, Case.OTHER)
    return np.where(in_word, of_word[word], outside).astype(np.uint8)


def _breaks(codes: NDArray[np.uint32], kinds: NDArray[np.uint8], offsets: IntArray) -> IntArray:
    """The break before every piece, from the white space between it and the piece before."""
    spaces = np.concatenate(([0], np.cumsum(kinds == _Kind.SPACE)))
    lines = np.concatenate(([0], np.cumsum(codes == _NEWLINE)))
    before, after = offsets[:-1, 1], offsets[1:, 0]
    line_breaks = lines[after] - lines[before]
    gap = np.where(spaces[after] > spaces[before], Break.SPACE, Break.GLUED)
    gap = np.where(line_breaks == 1, Break.NEWLINE, gap)
    gap = np.where(line_breaks > 1, Break.PARAGRAPH, gap)
    return np.concatenate(([Break.PARAGRAPH], gap)).astype(np.int64)
