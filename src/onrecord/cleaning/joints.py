"""What a learned model is told about a joint: a line end, or a place where a blank may have been lost.

:func:`joint_features` gives one row a joint; the rows of a text are judged together by the network of ``joints.npz``.
Columns are made for all joints at once: a table of characters answers for each kind of character once, a word's own
properties are worked out once a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.cleaning.breaks import Break, Joint, is_address, is_loose
from onrecord.cleaning.codes import CharacterTable, Codes, Told, WordTable, codes_of, stacked
from onrecord.cleaning.stops import first_word, last_token
from onrecord.words.abbreviations import abbreviations
from onrecord.words.lists import word_list

Rows = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Column = npt.NDArray[Any]

_NAME = re.compile(r"[a-z,] ([A-Z][\w’'-]+)")
_LEFT = ("a", "A", "0", ".", "!?", ",", ":", ";", "\"”“’'", ")]", "-–—", "")
_RIGHT = ("a", "Aa", "AA", "A ", "0", "\"“‘'„«", "([", ")]”’", "-–—•*·", "")
_NEAR = 1500
_PART = 20_000
_QUOTED = 400
WIDTH = 91
"""Numbers in a row."""
ASKED = (Joint.LINE, Joint.STOP, Joint.WORD)
_UPPER, _LOWER, _LETTER, _DIGIT, _STOP, _MARK, _END = (1 << k for k in range(7))
"""What a character is: the four of ``str``; ``.!?``; a mark that stands behind words; one that closes sentences."""
_SIGNS = frozenset("@#/_")


def asked(breaks: Sequence[Break]) -> list[int]:
    """The indices of the breaks that the model is asked about."""
    return [k for k, b in enumerate(breaks) if b.joint in ASKED]


def joint_rows(text: str, breaks: Sequence[Break], wanted: Sequence[int] | Ints) -> Iterator[Rows]:
    """The rows of all wanted breaks, in parts that do not fill the memory."""
    if not len(wanted):
        return
    page = _Page(text, breaks)
    for start in range(0, len(wanted), _PART):
        yield page.rows(np.array(wanted[start : start + _PART], dtype=np.int64))


def joint_features(text: str, breaks: Sequence[Break], wanted: Sequence[int]) -> Rows:
    """One row of numbers for each wanted break."""
    return np.concatenate([np.zeros((0, WIDTH), dtype=np.float32), *joint_rows(text, breaks, wanted)])


class _Page:
    """What is known of the whole text, and the rows made from it."""

    def __init__(self, text: str, breaks: Sequence[Break]) -> None:
        self.text = text
        codes = codes_of(text)
        self.codes = np.append(codes, np.uint32(0))  # what stands outside the text is no character
        self.end, self.start, joint, stop, level, sure = (
            np.fromiter(column, dtype=np.int64, count=len(breaks)) for column in zip(*breaks, strict=True)
        )
        self.joint, self.level, self.stop, self.sure = joint, level, stop > 0, sure > 0
        self.plain = (self.at(self.end - 1) == ord(".")) & (self.at(self.end - 2) != ord("."))
        self.names = set(_NAME.findall(text))
        line = joint == Joint.LINE
        self.blanks = self.end[(joint == Joint.BLANK) & self.plain]
        self.stopped = self.end[line & self.stop & self.plain]
        self.loose = self.end[line & ~self.stop]
        self.glued = self.end[(joint == Joint.STOP) & self.sure]
        edges = [0], [len(text)]
        self.lines = np.concatenate((edges[0], self.start[line | (joint == Joint.EMPTY_LINE)], edges[1]))
        self.strong = np.concatenate((edges[0], self.start[self.stop | (joint != Joint.WORD)], edges[1]))
        self.seen = Counter(map("".join, zip(*self.tokens(np.flatnonzero(joint == Joint.WORD)), strict=True)))
        self.straight, self.opened, self.closed = (
            np.concatenate(([0], np.cumsum(codes == ord(mark)))) for mark in '"“”'
        )
        size = max(1.0, len(text) / 1000)
        blanks, stopped, loose, glued = (len(found) for found in (self.blanks, self.stopped, self.loose, self.glued))
        self.whole = [
            np.log1p(blanks), np.log1p(stopped), np.log1p(loose), np.log1p(glued), glued / size,
            len(self.lines) / size, (stopped + 1) / (blanks + stopped + 2), np.log(size + 1),
        ]  # fmt: skip

    def at(self, places: Ints) -> npt.NDArray[np.uint32]:
        """The characters there; 0 outside the text."""
        return self.codes[np.where(places < 0, len(self.codes) - 1, np.minimum(places, len(self.codes) - 1))]

    def tokens(self, k: Ints) -> tuple[list[str], list[str]]:
        """The tokens before these breaks, and the words behind them."""
        lefts = [last_token(self.text, end) for end in self.end[k].tolist()]
        return lefts, [first_word(self.text, start) for start in self.start[k].tolist()]

    def rows(self, k: Ints) -> Rows:
        """The numbers that tell of the breaks of these indices."""
        columns = [
            *self._kind(k), *self._sides(k), *self._words(k), *self._lengths(k), *self._near(k),
            *self.whole,
        ]  # fmt: skip
        return stacked(columns, len(k))

    def _kind(self, k: Ints) -> list[Column]:
        joint, level = self.joint[k], self.level[k]
        return [
            joint == Joint.LINE, joint == Joint.STOP, joint == Joint.WORD, self.stop[k], self.sure[k],
            level == 1, level == 3, self.plain[k],
        ]  # fmt: skip

    def _sides(self, k: Ints) -> list[Column]:
        end, start, text = self.end[k], self.start[k], self.text
        left = _left_class(self.at(end - 1))
        right, before = _right_class(self.at(start), self.at(start + 1)), _flags(self.at(end - 2))
        return [
            *(left == c for c in range(len(_LEFT))), *(right == c for c in range(len(_RIGHT))),
            before & _UPPER > 0, before & _DIGIT > 0, before & _STOP > 0,
            np.array([text[s : s + 3].isupper() for s in start.tolist()], dtype=bool),
        ]  # fmt: skip

    def _words(self, k: Ints) -> list[Column]:
        lefts, rights = self.tokens(k)
        a, b = _about_left(lefts).T, _about_right(rights).T
        named = [np.array([word in self.names for word in words]) for words in (lefts, rights)]
        glued = np.where(self.joint[k] == Joint.WORD, [self.seen[x + y] for x, y in zip(lefts, rights, strict=True)], 0)
        return [
            *a[:10], b[0], named[1], named[0], *b[1:4], a[10], a[11], np.maximum(a[12], b[4]), np.maximum(a[13], b[5]),
            b[6], np.log1p(glued),
        ]  # fmt: skip

    def _lengths(self, k: Ints) -> list[Column]:
        end, start, size = self.end[k], self.start[k], len(self.text)
        s = np.searchsorted(self.strong, start, side="left")
        begin = self.lines[np.searchsorted(self.lines, end - 1, side="right") - 1]
        after = np.searchsorted(self.lines, start, side="right")
        stop = np.append(self.lines, size)[after]
        count = len(self.end)
        first, last = k == 0, k == count - 1
        before, later = np.maximum(k - 1, 0), np.minimum(k + 1, count - 1)
        ahead, head, behind, above = (_flags(self.at(p)) for p in (stop, begin, stop - 2, begin - 2))
        reach = end - np.minimum(end - begin, _QUOTED)
        return [
            np.log1p(end - self.strong[np.maximum(s - 1, 0)]),
            np.log1p(self.strong[np.minimum(s + 1, len(self.strong) - 1)] - start),
            np.log1p(end - begin), np.log1p(stop - start), (stop - start > 60) & (end - begin > 60),
            end - np.where(first, 0, self.start[before]) < 25, np.where(last, size, self.end[later]) - start < 25,
            ~first & self.stop[before], ~last & self.stop[later],
            ~first & (self.joint[before] == Joint.LINE), ~last & (self.joint[later] == Joint.LINE),
            ~first & (self.joint[before] == Joint.WORD), ~last & (self.joint[later] == Joint.WORD),
            ahead & _LOWER > 0, ahead & _MARK > 0, behind & _END > 0,
            above & _END > 0, head & _MARK > 0, head & _LOWER > 0, (self.straight[end] - self.straight[reach]) % 2,
            self.opened[end] - self.opened[reach] > self.closed[end] - self.closed[reach],
        ]  # fmt: skip

    def _near(self, k: Ints) -> list[Column]:
        low, high = self.end[k] - _NEAR, self.end[k] + _NEAR
        blanks, stopped, loose, glued = (
            np.searchsorted(x, high, side="right") - np.searchsorted(x, low, side="left")
            for x in (self.blanks, self.stopped, self.loose, self.glued)
        )
        return [
            np.log1p(blanks), np.log1p(stopped), np.log1p(loose), np.log1p(glued),
            (stopped + 0.5) / (blanks + stopped + 1), (loose + 0.5) / (blanks + stopped + loose + 1),
        ]  # fmt: skip


def _tell_flags(char: str) -> int:
    return (
        _UPPER * char.isupper() | _LOWER * char.islower() | _LETTER * char.isalpha() | _DIGIT * char.isdigit()
        | _STOP * (char in ".!?") | _MARK * (char in ",.;:)]'’%") | _END * (char in '.!?:”"…')
    )  # fmt: skip


def _tell_left(char: str) -> int:
    if char.isalpha():
        return 1 if char.isupper() else 0
    if char.isdigit():
        return 2
    return next((k for k, chars in enumerate(_LEFT) if k > 2 and char in chars), len(_LEFT) - 1)


def _tell_right(char: str) -> int:
    if char.isalpha():
        return 1 if char.isupper() else 0
    if char.isdigit():
        return 4
    return next((k for k, chars in enumerate(_RIGHT) if k > 4 and char in chars), len(_RIGHT) - 1)


_flags, _left_class, _right_sign = (CharacterTable(tell) for tell in (_tell_flags, _tell_left, _tell_right))


def _right_class(codes: Codes, after: Codes) -> Told:
    """The class of what stands behind a joint: where it begins with a capital, also by the next character."""
    found, flags = _right_sign(codes), _flags(after)
    capital = np.where(flags & _UPPER > 0, 2, np.where(flags & _LETTER > 0, 1, 3)).astype(np.uint8)
    return np.where(found == 1, capital, found)


def _of_left(word: str) -> tuple[float, ...]:
    """What is true of the word before a joint, whatever the text."""
    known, small = abbreviations(), word.rstrip(".").lower()
    return (
        is_loose(word), word[:1].isupper(), word.isupper(), word.islower(), len(word) / 8, "." in word,
        small in known.before, small in known.either, small in known.dates, is_address(word),
        small.endswith("s"), small.endswith("ed"), not _SIGNS.isdisjoint(word), any(map(str.isdigit, word)),
    )  # fmt: skip


def _of_right(word: str) -> tuple[float, ...]:
    """What is true of the word behind a joint, whatever the text."""
    large = word.lower()
    return (
        large in abbreviations().openers, len(word) / 8, word.isupper(), large.endswith(("'s", "’s")),
        not _SIGNS.isdisjoint(word), any(map(str.isdigit, word)), large in word_list("starters"),
    )  # fmt: skip


_about_left, _about_right = WordTable(_of_left), WordTable(_of_right)
