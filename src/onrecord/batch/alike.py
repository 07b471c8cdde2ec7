"""Which documents say the same: MinHash signatures, bands, and one kept of each group.

A signature holds, for each of 128 hash functions, the least value over a text's five-word shingles; two signatures
agree in as large a share of places as the texts share shingles (Broder, "On the resemblance and containment of
documents", 1997). Cut into bands, only texts that agree in a whole band are compared (Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", ch. 3). Memory stays at some 40 bytes a document: signatures lie in a file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PLACES = 128
_BANDS = 16
_ROWS = PLACES // _BANDS
"""16 bands of 8: a pair as alike as 0.9 is compared with a chance of 0.9999, one of 0.5 with 0.06."""
SHINGLE = 5
_MASK = np.uint64((1 << 32) - 1)
_WORD = re.compile(r"\w+")
_MOST_WORDS = 20_000
"""Words of one text that are looked at: enough to know it by."""

Signature = NDArray[np.uint32]
IntArray = NDArray[np.int64]


def _functions() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Odd multipliers and shifts of the hash functions: fixed, so that signatures of any two runs compare."""
    chance = np.random.default_rng(1997)
    numbers = chance.integers(0, 1 << 64, (2, PLACES, 1), dtype=np.uint64)
    return numbers[0] | np.uint64(1), numbers[1]


_FACTORS, _SHIFTS = _functions()


def signature(text: str) -> Signature:
    """The signature of a text, (128,) numbers; of a text without words, the greatest number everywhere."""
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(text.lower())[:_MOST_WORDS]]
    if not words:
        return np.full(PLACES, np.iinfo(np.uint32).max, dtype=np.uint32)
    hashes = np.array(words, dtype=np.uint64)
    shingles = np.zeros(max(1, len(words) - SHINGLE + 1), dtype=np.uint64)
    for step in range(min(SHINGLE, len(words))):
        shingles = (shingles * np.uint64(1_000_003) ^ hashes[step : step + len(shingles)]) & _MASK
    mixed = np.unique(shingles)
    least = np.full(PLACES, _MASK, dtype=np.uint64)
    for at in range(0, len(mixed), 2048):
        # the upper half of a x + b modulo 2 to the 64: multiply-shift hashing (Dietzfelbinger et al., 1997)
        values = (_FACTORS * mixed[at : at + 2048] + _SHIFTS) >> np.uint64(32)
        least = np.minimum(least, values.min(1))
    return least.astype(np.uint32)


def originals(signatures: NDArray[np.uint32], ranks: Sequence[int] | IntArray, least: float) -> IntArray:
    """For every document the one that stands for it: itself, or the first by rank of those it is alike to.

    ``signatures`` is (N, 128) and may lie in a file; ``ranks`` are different numbers, the smallest kept; ``least`` is
    the share of places in which two that are alike agree. The order of the documents changes nothing.
    """
    order = np.argsort(np.asarray(ranks), kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    groups = _Groups(len(order))
    for band in range(_BANDS):
        keys = _band_keys(signatures, band)[order]  # in order of rank from here on
        by_key = np.argsort(keys, kind="stable")
        same = np.flatnonzero(keys[by_key][1:] == keys[by_key][:-1]) + 1
        _join_band(by_key, same, order, signatures, groups, least)
    roots = np.array([groups.root(at) for at in range(len(order))], dtype=np.int64)
    found = np.empty(len(order), dtype=np.int64)
    found[order] = order[roots] if len(order) else roots
    return found


def _band_keys(signatures: NDArray[np.uint32], band: int) -> NDArray[np.uint64]:
    """One number for each document's band, read some thousands of documents at a time."""
    keys = np.zeros(len(signatures), dtype=np.uint64)
    for at in range(0, len(signatures), 8192):
        rows = np.asarray(signatures[at : at + 8192, band * _ROWS : (band + 1) * _ROWS], dtype=np.uint64)
        key = np.zeros(len(rows), dtype=np.uint64)
        for column in rows.T:
            key = (key ^ column) * np.uint64(0x9E3779B97F4A7C15)
        keys[at : at + 8192] = key
    return keys


def _join_band(
    by_key: IntArray, same: IntArray, order: IntArray, signatures: NDArray[np.uint32], groups: _Groups, least: float
) -> None:
    """Joins, in each run of equal keys, every document to the run's first that it is alike to.

    Compared are only the first few of a run, so that a run of thousands stays linear.
    """
    heads: list[int] = []
    before = -2
    for at in same.tolist():
        if at != before + 1:
            heads = [int(by_key[at - 1])]
        before = at
        one = int(by_key[at])
        for head in heads:
            if groups.root(head) == groups.root(one) or _alike(signatures, order[head], order[one]) >= least:
                groups.join(head, one)
                break
        else:
            if len(heads) < _HEADS:
                heads.append(one)


_HEADS = 16


def _alike(signatures: NDArray[np.uint32], a: int, b: int) -> float:
    return float(np.mean(np.asarray(signatures[a]) == np.asarray(signatures[b])))


class _Groups:
    """Disjoint sets of numbers, each known by its smallest."""

    def __init__(self, count: int) -> None:
        self._up = list(range(count))

    def root(self, at: int) -> int:
        """The smallest of the set that a number is in."""
        up = self._up
        while up[at] != at:
            up[at] = up[up[at]]
            at = up[at]
        return at

    def join(self, a: int, b: int) -> None:
        """Makes two sets one."""
        a, b = self.root(a), self.root(b)
        self._up[max(a, b)] = min(a, b)
