"""What a learned model is told about a piece of text: one row of numbers for each, made with few passes over the text.

Counts of characters come from sums over character classes, counts of words from one scan; what stands around a piece
(how much prose, how far away) from sums over pieces. Everything is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.cleaning.breaks import Break
from onrecord.cleaning.codes import CharacterTable, codes_of, stacked
from onrecord.cleaning.network import WordOdds
from onrecord.offsets import Span

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Column = npt.NDArray[Any]

_WORD = re.compile(r"([^\W_]+(?:['’.-][^\W_]+)*|[©|»›•@#▼▲→✕×])")
_TABLE = 0x3000
_STOPS = np.array([ord(c) for c in ".!?…。！？؟।"], dtype=np.uint32)
UPPER, LOWER, DIGIT, SPACE, QUOTE, POINT, SIGN, OTHER = range(8)


def folded(text: str) -> str:
    """The text in lower case, every digit a nought: what the table of words is asked for. As long as the text."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(_small(c) for c in text)
    for digit in "123456789":  # nine looks for one character are many times quicker than one table for all
        small = small.replace(digit, "0")
    return small


def word_scan(text: str) -> Iterator[tuple[str, int]]:
    """Each word of a folded text, and telling signs, with their places."""
    return ((match.group(), match.start()) for match in _WORD.finditer(text))


def _small(char: str) -> str:
    small = char.lower()
    return small if len(small) == 1 else char


def _class(char: str) -> int:
    """The class of a character; far up in the table of all of them most are letters of scripts without capitals."""
    if ord(char) >= _TABLE:
        return LOWER
    kind = unicodedata.category(char)
    if char.isspace():
        return SPACE
    if kind in ("Lu", "Lt"):
        return UPPER
    if kind.startswith(("L", "M")):
        return LOWER
    if kind == "Nd":
        return DIGIT
    if char in "\"'“”‘’«»„‚‹›":
        return QUOTE
    if char in ".,;:!?…-–—()":
        return POINT
    return SIGN if kind[0] in "PSN" else OTHER


_kinds = CharacterTable(_class)


def unit_features(
    text: str, pieces: Sequence[Span], breaks: Sequence[Break], chances: Floats, words: WordOdds
) -> Floats:
    """One row for each piece. ``breaks`` stand between pieces; ``chances`` are the joint model's, a row a break.

    ``words`` tells what stands more often in furniture than in articles.
    """
    starts = np.array([p.start for p in pieces], dtype=np.int64)
    ends = np.array([p.end for p in pieces], dtype=np.int64)
    size = (ends - starts).astype(np.float32)
    shape, stop = _shape(text, starts, ends, size)
    told, function, ids, owner, capital = _told(text, starts, ends, words)
    prose = size * ((function > 0.2) & (size > 50) & (stop | (size > 120)))
    columns = [
        *shape, *told, *_cohesion(prose, ids, owner, capital), *_segments(size, prose, told),
        *_joints(breaks, chances, len(pieces)), *_around(starts, ends, size, prose),
        *_core(size, prose, ids, owner), *_repeats(text, pieces), *_whole(size, prose, breaks),
    ]  # fmt: skip
    return stacked(columns, len(pieces))


def _shape(text: str, starts: Ints, ends: Ints, size: Floats) -> tuple[list[Column], npt.NDArray[np.bool_]]:
    """What the characters of each piece are like, and whether it ends with a stop."""
    codes = codes_of(text)
    kinds = _kinds(codes)
    lengths = np.diff(np.stack([starts, ends], axis=1).ravel(), prepend=0)
    stretch = np.repeat(np.arange(len(lengths)), lengths)  # even: between pieces, odd: in a piece
    found = np.bincount(stretch * 8 + kinds[: len(stretch)], minlength=8 * len(lengths))
    counts = found.reshape(-1, 8)[1::2].T.astype(np.float32)
    gaps = counts[SPACE] + 1
    initial = (kinds == UPPER) & np.concatenate(([True], kinds[:-1] > DIGIT))
    capitals = np.bincount(stretch[initial[: len(stretch)]], minlength=len(lengths))[1::2]
    last, first = codes[ends - 1], kinds[starts]
    closing = (kinds[ends - 1] == QUOTE) | (last == ord(")")) | (last == ord("]"))
    final = np.where(closing & (ends - starts > 1), codes[np.maximum(ends - 2, 0)], last)
    stop = np.isin(final, _STOPS)
    rows = [
        np.log1p(size), np.log1p(gaps), size / gaps / 8, *(counts[k] / size for k in range(8)),
        capitals / gaps, stop, last == ord(":"), last == ord(","), closing,
        *(first == k for k in range(8)), np.log1p(counts[QUOTE]), np.log1p(counts[DIGIT]),
        size < 25, size > 80, size > 160, counts[UPPER] > 3 * counts[LOWER],
    ]  # fmt: skip
    return rows, stop


def _told(
    text: str, starts: Ints, ends: Ints, table: WordOdds
) -> tuple[list[Column], Floats, Ints, Ints, npt.NDArray[np.bool_]]:
    """What the words of each piece tell; also the share of function words, and each long word's number and piece.

    Last, for each word, whether it begins with a capital. What is true of a word is asked once a text.
    """
    parts = _WORD.split(folded(text))  # words, and between them what is none
    words = parts[1::2]
    where = np.cumsum(np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)))[:-1:2]
    count, numbers = len(starts), _numbered(words)
    owner = np.searchsorted(starts, where, side="right") - 1
    inside = (owner >= 0) & (where < ends[np.maximum(owner, 0)])
    about = table.about(numbers.kinds)
    two = _pair_values(words, about[numbers.of], owner, table)[inside]
    owner, kind = owner[inside], numbers.of[inside]
    one = about[kind, 0]
    ids = np.where(about[kind, 3] > 0, kind, -1)
    total = np.bincount(owner, minlength=count).astype(np.float32)
    total1 = np.maximum(total, 1)
    function = np.bincount(owner, about[kind, 1], count) / total1
    rows = [
        np.log1p(total), function, np.log1p(function * total),
        np.bincount(owner, about[kind, 2], count) / total1,
        np.bincount(owner, one, count) / total1, np.bincount(owner, two, count) / total1,
        np.clip(np.bincount(owner, one + two, count), -20, 20) / 5,
        *_extremes(owner, one, count), *_extremes(owner, two, count),
        np.bincount(owner, np.abs(one) > 0, count) / total1,
    ]  # fmt: skip
    capital = _kinds(codes_of(text)[where[inside]]) == UPPER
    return rows, function.astype(np.float32), ids, owner, capital


class _Numbers(NamedTuple):
    """The words of a text, each kind once, and for each word the number of its kind."""

    kinds: list[str]
    of: Ints


def _numbered(words: Sequence[str]) -> _Numbers:
    kinds = list(dict.fromkeys(words))
    number = dict(zip(kinds, range(len(kinds)), strict=True))
    return _Numbers(kinds, np.fromiter(map(number.__getitem__, words), dtype=np.int64, count=len(words)))


def _pair_values(words: Sequence[str], about: Floats, owner: Ints, table: WordOdds) -> Floats:
    """What the table tells of each word with the one before it in its piece; the first stands behind nothing."""
    values = np.zeros(len(words), dtype=np.float32)
    if not words:
        return values
    begins = np.concatenate(([True], owner[1:] != owner[:-1]))
    values[begins] = [table.odds.get(" " + words[k], 0.0) for k in np.flatnonzero(begins).tolist()]
    left, right = about[:, 4] > 0, about[:, 5] > 0
    for k in (np.flatnonzero(left[:-1] & right[1:] & ~begins[1:]) + 1).tolist():
        values[k] = table.odds.get(words[k - 1] + " " + words[k], 0.0)
    return values


def _cohesion(prose: Floats, ids: Ints, owner: Ints, capital: npt.NDArray[np.bool_]) -> list[Column]:
    """Which share of a piece's telling words, and of its names, stand in other prose too, before it and behind it."""
    count = len(prose)
    telling = ids >= 0
    ids, owner, capital = ids[telling], owner[telling], capital[telling]
    kinds = int(ids.max()) + 1 if len(ids) else 1
    known = prose[owner] > 0
    first, last = np.full(kinds, count), np.full(kinds, -1)
    np.minimum.at(first, ids[known], owner[known])
    np.maximum.at(last, ids[known], owner[known])
    total = np.bincount(ids[known], minlength=kinds)
    _, back, own = np.unique(owner * kinds + ids, return_inverse=True, return_counts=True)
    elsewhere = total[ids] - np.where(known, own[back], 0)
    number = np.maximum(np.bincount(owner, minlength=count), 1)
    names = np.bincount(owner, capital, count)
    rows = [
        np.bincount(owner, part, count) / number
        for part in (elsewhere > 0, elsewhere > 2, first[ids] < owner, last[ids] > owner)
    ]
    rows += [np.bincount(owner, capital & (elsewhere > 0), count) / np.maximum(names, 1), np.log1p(names)]
    return [*rows, rows[0] * np.log1p(number)]


def _segments(size: Floats, prose: Floats, told: Sequence[Column]) -> list[Column]:
    """How much prose stands between the nearest telltale short pieces on both sides, and how far away they are."""
    count, index = len(size), np.arange(len(size))
    cue = (size < 60) & (np.asarray(told[4]) + np.asarray(told[5]) > 2.0)
    before = np.maximum.accumulate(np.where(cue, index, -1))
    after = np.minimum.accumulate(np.where(cue, index, count)[::-1])[::-1]
    sums = np.concatenate(([0.0], np.cumsum(prose)))
    between = sums[np.maximum(after, before + 1)] - sums[before + 1]
    chars = np.concatenate(([0.0], np.cumsum(size)))
    cues = np.concatenate(([0], np.cumsum(cue)))
    return [
        cue, np.log1p(between), between / max(1.0, float(between.max(initial=0.0))),
        np.log1p(np.maximum(chars[index] - chars[before + 1], 0)),
        np.log1p(np.maximum(chars[after] - chars[index], 0)),
        cues[index] / max(1, int(cues[-1])), np.log1p(cues[index]),
    ]  # fmt: skip


def _extremes(owner: Ints, values: Floats, count: int) -> list[Column]:
    high, low = np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
    np.maximum.at(high, owner, values)
    np.minimum.at(low, owner, values)
    return [high, low]


def _joints(breaks: Sequence[Break], chances: Floats, count: int) -> list[Column]:
    """What stands on the left and on the right of each piece."""
    kinds = np.full(count + 1, 5)
    kinds[1:count] = np.fromiter((b.joint for b in breaks), dtype=np.int64, count=len(breaks))
    chance = np.zeros((count + 1, 4), dtype=np.float32)
    chance[1:count] = chances
    rows: list[Column] = []
    for side in (kinds[:-1], kinds[1:]):
        rows += [(side == k).astype(np.float32) for k in range(6)]
    for part in (chance[:-1], chance[1:]):
        rows += [part[:, k] for k in range(4)]
    return rows


def _around(starts: Ints, ends: Ints, size: Floats, prose: Floats) -> list[Column]:
    """How much prose stands before and behind each piece, near and far, and where the piece stands."""
    count, length = len(size), float(ends[-1]) if len(ends) else 1.0
    sums, all_sums = np.concatenate(([0.0], np.cumsum(prose))), np.concatenate(([0.0], np.cumsum(size)))
    whole = max(1.0, float(sums[-1]))
    index = np.arange(count)
    rows = [starts / length, np.log1p(starts), np.log1p(length - ends), sums[:-1] / whole, 1 - sums[1:] / whole]
    for reach in (1, 2, 4, 10, 25):
        low, high = np.maximum(index - reach, 0), np.minimum(index + 1 + reach, count)
        rows += [
            (sums[index] - sums[low]) / (all_sums[index] - all_sums[low] + 1),
            (sums[high] - sums[index + 1]) / (all_sums[high] - all_sums[index + 1] + 1),
            np.log1p((all_sums[index] - all_sums[low]) / reach),
            np.log1p((all_sums[high] - all_sums[index + 1]) / reach),
        ]  # fmt: skip
    for reach in (400, 1500, 4000):
        low, high = np.searchsorted(starts, starts - reach), np.searchsorted(ends, ends + reach)
        rows += [(sums[index] - sums[low]) / reach, (sums[np.minimum(high, count)] - sums[index + 1]) / reach]
    is_prose = prose > 0
    last = np.maximum.accumulate(np.where(is_prose, ends, -10_000))
    following = np.minimum.accumulate(np.where(is_prose, starts, int(length) + 10_000)[::-1])[::-1]
    rows += [np.log1p(np.clip(starts - last, 0, None)), np.log1p(np.clip(following - ends, 0, None)), is_prose]
    return rows


def _core(size: Floats, prose: Floats, ids: Ints, owner: Ints) -> list[Column]:
    """The stretch with most prose and least else, where each piece stands to it, and the words it shares with it."""
    gain = np.where(prose > 0, prose, -1.5 * np.minimum(size, 150) - 10)
    sums = np.concatenate(([0.0], np.cumsum(gain)))
    low = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - low))
    start = int(np.argmin(sums[: end + 1])) if end else 0
    index = np.arange(len(size))
    inside = (index >= start) & (index < end)
    known = np.zeros(int(ids.max()) + 2 if len(ids) else 1, dtype=np.int32)
    mine = inside[owner] & (ids >= 0)
    np.add.at(known, ids[mine], 1)
    shared = (known[ids] > inside[owner]) & (ids >= 0)
    longs = np.maximum(np.bincount(owner, ids >= 0, len(size)), 1)
    share = np.bincount(owner, shared, len(size)) / longs
    return [
        inside, np.log1p(np.maximum(start - index, 0)), np.log1p(np.maximum(index - end + 1, 0)), share,
        share * np.log1p(longs),
    ]  # fmt: skip


def _repeats(text: str, pieces: Sequence[Span]) -> list[Column]:
    """How often the same words stand elsewhere, and whether this is their first place."""
    seen: dict[str, int] = {}
    keys = []
    first = np.zeros(len(pieces), dtype=np.float32)
    for number, piece in enumerate(pieces):
        key = text[piece.start : piece.end].strip(" .:|»›").lower()
        keys.append(key)
        if key not in seen:
            first[number] = 1
            seen[key] = 0
        seen[key] += 1
    return [np.log(np.array([seen[k] for k in keys], dtype=np.float32)), first]


def _whole(size: Floats, prose: Floats, breaks: Sequence[Break]) -> list[Column]:
    """What the text as a whole is like, the same for each piece."""
    total = max(1.0, float(size.sum()))
    joints = np.fromiter((b.joint for b in breaks), dtype=np.int64, count=len(breaks))
    kinds = np.bincount(joints, minlength=5) / max(1, len(breaks))
    values = [
        float(prose.sum()) / total,
        float(np.log1p(total)),
        float(np.log1p(len(size))),
        float(size.mean()) / 50,
        *kinds,
    ]
    return [np.full(len(size), v, dtype=np.float32) for v in values]
