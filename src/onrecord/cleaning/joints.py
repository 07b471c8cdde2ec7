"""What a learned model is told about a joint: a line end, or a place where a blank may have been lost.

:func:`joint_features` gives one row a joint; the rows of a text are judged together by the network of ``joints.npz``.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from onrecord.cleaning.breaks import Break, Joint, is_address, is_loose
from onrecord.cleaning.stops import first_word, last_token
from onrecord.words.abbreviations import abbreviations
from onrecord.words.lists import word_list

Rows = npt.NDArray[np.float32]

_NAME = re.compile(r"[a-z,] ([A-Z][\w’'-]+)")
_LEFT = ("a", "A", "0", ".", "!?", ",", ":", ";", "\"”“’'", ")]", "-–—", "")
_RIGHT = ("a", "Aa", "AA", "A ", "0", "\"“‘'„«", "([", ")]”’", "-–—•*·", "")
_NEAR = 1500
_PART = 20_000
WIDTH = 91
"""Numbers in a row."""
ASKED = (Joint.LINE, Joint.STOP, Joint.WORD)


def asked(breaks: Sequence[Break]) -> list[int]:
    """The indices of the breaks that the model is asked about."""
    return [k for k, b in enumerate(breaks) if b.joint in ASKED]


def joint_rows(text: str, breaks: Sequence[Break], wanted: Sequence[int]) -> Iterator[Rows]:
    """The rows of all wanted breaks, in parts that do not fill the memory."""
    page = _Page(text, breaks)
    for start in range(0, len(wanted), _PART):
        part = wanted[start : start + _PART]
        yield np.array([page.row(k) for k in part], dtype=np.float32).reshape(len(part), WIDTH)


def joint_features(text: str, breaks: Sequence[Break], wanted: Sequence[int]) -> Rows:
    """One row of numbers for each wanted break."""
    return np.concatenate([np.zeros((0, WIDTH), dtype=np.float32), *joint_rows(text, breaks, wanted)])


class _Page:
    """What is known of the whole text, and the rows made from it."""

    def __init__(self, text: str, breaks: Sequence[Break]) -> None:
        self.text, self.breaks = text, breaks
        self.names = set(_NAME.findall(text))
        self.blanks = [b.end for b in breaks if b.joint == Joint.BLANK and _plain(text, b)]
        self.stopped = [b.end for b in breaks if b.joint == Joint.LINE and b.stop and _plain(text, b)]
        self.loose = [b.end for b in breaks if b.joint == Joint.LINE and not b.stop]
        self.glued = [b.end for b in breaks if b.joint == Joint.STOP and b.sure]
        self.lines = [0] + [b.start for b in breaks if b.joint in (Joint.LINE, Joint.EMPTY_LINE)] + [len(text)]
        self.strong = [0] + [b.start for b in breaks if b.stop or b.joint != Joint.WORD] + [len(text)]
        self.seen = Counter(
            last_token(text, b.end) + first_word(text, b.start) for b in breaks if b.joint == Joint.WORD
        )
        size = max(1.0, len(text) / 1000)
        self.whole = [
            math.log1p(len(self.blanks)), math.log1p(len(self.stopped)), math.log1p(len(self.loose)),
            math.log1p(len(self.glued)), len(self.glued) / size, len(self.lines) / size,
            (len(self.stopped) + 1) / (len(self.blanks) + len(self.stopped) + 2), math.log(size + 1),
        ]  # fmt: skip

    def row(self, k: int) -> list[float]:
        """The numbers that tell of break ``k``."""
        b, text = self.breaks[k], self.text
        left, right = last_token(text, b.end), first_word(text, b.start)
        return [
            *self._kind(b), *self._sides(b), *self._words(b, left, right), *self._lengths(k), *self._near(b),
            *self.whole
        ]  # fmt: skip

    def _kind(self, b: Break) -> list[float]:
        return [
            b.joint == Joint.LINE, b.joint == Joint.STOP, b.joint == Joint.WORD, b.stop, b.sure,
            b.level == 1, b.level == 3, _plain(self.text, b),
        ]  # fmt: skip

    def _sides(self, b: Break) -> list[float]:
        left, right = _left_class(self.text, b.end), _right_class(self.text, b.start)
        before = self.text[b.end - 2 : b.end - 1]
        return [
            *(float(left == k) for k in range(len(_LEFT))), *(float(right == k) for k in range(len(_RIGHT))),
            before.isupper(), before.isdigit(), before in (".", "!", "?"), self.text[b.start : b.start + 3].isupper(),
        ]  # fmt: skip

    def _words(self, b: Break, left: str, right: str) -> list[float]:
        known, small, large = abbreviations(), left.rstrip(".").lower(), right.lower()
        whole = left + right
        return [
            is_loose(left), left[:1].isupper(), left.isupper(), left.islower(), len(left) / 8, "." in left,
            small in known.before, small in known.either, small in known.dates, is_address(left),
            large in known.openers, right in self.names, left in self.names, len(right) / 8, right.isupper(),
            large.endswith("'s") or large.endswith("’s"), small.endswith("s"), small.endswith("ed"),
            any(c in whole for c in "@#/_"), any(c.isdigit() for c in whole), large in word_list("starters"),
            math.log1p(self.seen[whole]) if b.joint == Joint.WORD else 0.0,
        ]  # fmt: skip

    def _lengths(self, k: int) -> list[float]:
        b, text = self.breaks[k], self.text
        s = bisect_left(self.strong, b.start)
        line = bisect_right(self.lines, b.end - 1)
        after = bisect_right(self.lines, b.start)
        end = self.lines[after] if after < len(self.lines) else len(text)
        before = self.breaks[k - 1] if k else None
        later = self.breaks[k + 1] if k + 1 < len(self.breaks) else None
        begin = self.lines[line - 1]
        ahead = text[end : end + 1]
        return [
            math.log1p(b.end - self.strong[max(0, s - 1)]),
            math.log1p(self.strong[min(s + 1, len(self.strong) - 1)] - b.start),
            math.log1p(b.end - begin), math.log1p(end - b.start), end - b.start > 60 and b.end - begin > 60,
            b.end - (before.start if before else 0) < 25, (later.end if later else len(text)) - b.start < 25,
            before is not None and before.stop, later is not None and later.stop,
            before is not None and before.joint == Joint.LINE, later is not None and later.joint == Joint.LINE,
            before is not None and before.joint == Joint.WORD, later is not None and later.joint == Joint.WORD,
            ahead.islower(), ahead in _PUNCTUATION, text[end - 2 : end - 1] in _ENDS,
            text[max(0, begin - 2) : begin - 1] in _ENDS, text[begin : begin + 1] in _PUNCTUATION,
            text[begin : begin + 1].islower(), text.count('"', b.end - min(b.end - begin, 400), b.end) % 2,
            text.count("“", b.end - min(b.end - begin, 400), b.end)
            > text.count("”", b.end - min(b.end - begin, 400), b.end),
        ]  # fmt: skip

    def _near(self, b: Break) -> list[float]:
        low, high = b.end - _NEAR, b.end + _NEAR
        counts = [
            bisect_right(x, high) - bisect_left(x, low) for x in (self.blanks, self.stopped, self.loose, self.glued)
        ]
        blanks, stopped, loose, glued = counts
        return [
            math.log1p(blanks), math.log1p(stopped), math.log1p(loose), math.log1p(glued),
            (stopped + 0.5) / (blanks + stopped + 1), (loose + 0.5) / (blanks + stopped + loose + 1),
        ]  # fmt: skip


_PUNCTUATION = frozenset(",.;:)]'’%")
_ENDS = frozenset('.!?:”"…')


def _plain(text: str, b: Break) -> bool:
    """True behind a full stop with no mark behind it: the kind of end that some sources break lines at."""
    return text[b.end - 1] == "." and text[b.end - 2 : b.end - 1] != "."


def _left_class(text: str, end: int) -> int:
    char = text[end - 1]
    if char.isalpha():
        return 1 if char.isupper() else 0
    if char.isdigit():
        return 2
    return next((k for k, chars in enumerate(_LEFT) if k > 2 and char in chars), len(_LEFT) - 1)


def _right_class(text: str, start: int) -> int:
    char, after = text[start], text[start + 1 : start + 2]
    if char.isalpha():
        if not char.isupper():
            return 0
        return 2 if after.isupper() else 3 if not after.isalpha() else 1
    if char.isdigit():
        return 4
    return next((k for k, chars in enumerate(_RIGHT) if k > 4 and char in chars), len(_RIGHT) - 1)
