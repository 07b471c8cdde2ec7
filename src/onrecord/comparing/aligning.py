"""A quotation's words laid beside an article's: where they stand there, and what was changed, cut or put in.

A semi-global alignment (the quotation whole, the article's ends free; Needleman and Wunsch 1970 with the affine gaps of
Gotoh 1982): a word in another's place costs 1, a word that the article does not have 1, a run of the article's words
left out little more than 1 however long it is, for cutting is one act; where the quotation has an ellipsis it costs
next to nothing. What stands in brackets was put in by whoever quotes and may stand for anything. Rows are arrays, so
the work is one pass of numpy over the article for each word of the quotation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.comparing.wording import Wording

_SUB, _DROP = 0.99, 1.0
_SUB_INSERTED, _DROP_INSERTED = 0.3, 0.05
_OPEN, _EXTEND = 0.9, 0.02
_OPEN_CUT, _EXTEND_CUT = 0.1, 0.004
_LONGEST_CUT = 1_500
"""Words of an article that one cut may pass over; what lies further apart is not one quotation."""
_AT_ONCE, _OVERLAP = 20_000, 2_000
"""Words of an article laid out at once: a long transcript goes in portions that overlap."""

Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A run of quotation words ``quoted`` (first, last) beside a run of article words ``kept``; either may be empty."""

    same: bool
    quoted: tuple[int, int]
    kept: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs in order, from the first word that agrees to the last; ``matched`` words agree."""

    pairs: tuple[Pair, ...]
    matched: int
    longest: int
    """Words of the longest run that agrees."""
    cost: float

    @property
    def start(self) -> int:
        """The article's first word that belongs to it."""
        return self.pairs[0].kept[0]

    @property
    def end(self) -> int:
        """Behind the article's last word that belongs to it."""
        return self.pairs[-1].kept[1]


def align(quoted: Wording, kept: Wording) -> Alignment | None:
    """The best place for a quotation in an article, or None where no word agrees. Linear in the article's length."""
    best: Alignment | None = None
    for first in range(0, max(1, len(kept)), _AT_ONCE - _OVERLAP):
        found = _align(quoted, kept, first, min(len(kept), first + _AT_ONCE))
        if found is not None and (best is None or found.cost < best.cost):
            best = found
        if first + _AT_ONCE >= len(kept):
            break
    return best


def _align(quoted: Wording, kept: Wording, first: int, last: int) -> Alignment | None:
    known: dict[str, int] = {}
    ids = np.array([known.setdefault(form, len(known)) for form in quoted.forms], dtype=np.int32)
    words = np.array([known.get(form, -1) for form in kept.forms[first:last]], dtype=np.int32)
    if not len(ids) or not (words >= 0).any():
        return None
    steps, ends = _fill(quoted, ids, words)
    path = _trace(steps, int(np.argmin(ends)))
    return _pairs(path, ids, words, first, float(ends.min()))


def _fill(quoted: Wording, ids: Any, words: Any) -> tuple[list[tuple[Any, Any]], Floats]:
    """For each word of the quotation: how its cell was reached (1 beside, 0 dropped), and where a cut before it began.

    Column ``j`` means: the article's first ``j`` words are behind us.
    """
    places = np.arange(len(words) + 1, dtype=np.float32)
    before = np.zeros(len(words) + 1, dtype=np.float32)
    steps = []
    for number, word in enumerate(ids):
        origin = np.arange(len(words) + 1, dtype=np.int32)
        if number:  # a cut may come first: from an earlier column, in the same row
            opening, extend = (_OPEN_CUT, _EXTEND_CUT) if quoted.cut[number] else (_OPEN, _EXTEND)
            slanted = before - extend * places
            lowest = np.minimum.accumulate(slanted)
            began = np.maximum.accumulate(np.where(slanted <= lowest, origin, 0))
            jumped = lowest + extend * places + opening
            better = (jumped < before) & (origin - began <= _LONGEST_CUT)
            before, origin = np.where(better, jumped, before), np.where(better, began, origin)
        free = quoted.inserted[number]
        beside = np.full_like(before, np.inf)
        beside[1:] = before[:-1] + np.where(words == word, 0.0, _SUB_INSERTED if free else _SUB)
        dropped = before + (_DROP_INSERTED if free else _DROP)
        step = beside <= dropped
        steps.append((step, origin))
        before = np.where(step, beside, dropped).astype(np.float32)
    return steps, before


def _trace(steps: list[tuple[Any, Any]], column: int) -> list[int | None]:
    """For each word of the quotation the article's word beside it, or None."""
    path: list[int | None] = []
    for step, origin in reversed(steps):
        beside = bool(step[column])
        column -= beside
        path.append(column if beside else None)
        column = int(origin[column])
    return path[::-1]


def _pairs(path: list[int | None], ids: Any, words: Any, first: int, cost: float) -> Alignment | None:
    agree = [n for n, at in enumerate(path) if at is not None and words[at] == ids[n]]
    if not agree:
        return None
    blocks: list[list[int]] = []  # first word quoted, first word kept, length
    for number in agree:
        at = path[number]
        assert at is not None
        if blocks and number == blocks[-1][0] + blocks[-1][2] and at == blocks[-1][1] + blocks[-1][2]:
            blocks[-1][2] += 1
        else:
            blocks.append([number, at, 1])
    return Alignment(tuple(_between(blocks, path, first)), len(agree), max(b[2] for b in blocks), cost)


def _between(blocks: list[list[int]], path: list[int | None], first: int) -> list[Pair]:
    """The runs that agree and, between and around them, those that do not."""
    pairs: list[Pair] = []
    head = [at for at in path[: blocks[0][0]] if at is not None]
    done = (0, head[0] if head else blocks[0][1])
    for quoted, kept, length in blocks:
        if quoted > done[0] or kept > done[1]:
            pairs.append(Pair(False, (done[0], quoted), (first + done[1], first + kept)))
        done = (quoted + length, kept + length)
        pairs.append(Pair(True, (quoted, done[0]), (first + kept, first + done[1])))
    tail = [at for at in path[done[0] :] if at is not None]
    if len(path) > done[0]:
        pairs.append(Pair(False, (done[0], len(path)), (first + done[1], first + (tail[-1] + 1 if tail else done[1]))))
    return pairs
