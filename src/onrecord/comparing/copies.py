"""Copies: one agency's text as several outlets print it, cut or with a line of their own.

Two texts are laid side by side by their shingles, runs of five words, of which a few smallest hashes stand for all
(MinHash, Broder 1997): equal ones are as frequent as shingles in common among those of both. Outlets cut from the end,
so what counts is the share of the shorter text that the longer holds (Broder's containment), which follows from it and
the two lengths. Which of them wrote it is not told by that: the agency is named where one of the texts says so.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.across import ArticleRow, Paired, Placed, Sketch
from onrecord.comparing.hashing import mark_of
from onrecord.comparing.memory import Memory
from onrecord.words.agencies import agency_of

_RUN = 5
"""Words of a shingle."""
_FEWEST = 30
"""Words of a text from which two can be copies: shorter ones are captions."""
_MOST = 3_000
"""Words that are looked at."""
_BANDS, _ROWS = 28, 2
"""Bands of hashes under which a text is found again: five of six are that have a quarter of all shingles in common."""
_HELD, _ALIKE = 0.6, 0.2
"""The share of the shorter one's shingles from which two texts are one, and that of all. Among ECB+ articles reports of
one event in other words seldom have a tenth in common; those above were all made from one text, as reading showed."""
_MOST_NEAR = 8
_WORD = re.compile(r"[^\W_]+")
_CHANCE = np.random.default_rng(1997)
_FACTORS = _CHANCE.integers(1, 2**63, _BANDS * _ROWS, dtype=np.uint64) | np.uint64(1)
_ADDED = _CHANCE.integers(0, 2**63, _BANDS * _ROWS, dtype=np.uint64)

_PACKED = 4 + 4 * _BANDS * _ROWS
Hashes = np.ndarray[Any, np.dtype[np.uint32]]


class Copies:
    """The pass. Copies of one text come into one cluster; the pair with the earliest says how alike, and the agency."""

    name = "copies"
    version = "1"
    of = "article"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Compares an article's text with those that share a band of hashes with it."""
        own = Shingles.of(article.text)
        if own is None:
            return
        hashes = own.hashes
        agency = agency_of(article.text, article.byline)
        marks = [mark_of(f"{n}:{hashes[n * _ROWS : (n + 1) * _ROWS].tobytes().hex()}") for n in range(_BANDS)]
        near = Counter(item for items in memory.find(marks).values() for item in items).most_common(_MOST_NEAR)
        found = [
            (held(own, Shingles.unpacked(kept.features)), kept)
            for kept in memory.kept([item for item, _ in near]).values()
        ]
        share, kept = max(found, key=lambda pair: (pair[0], -pair[1].item), default=(0.0, None))
        first: Mapping[str, Any] = {"num": article.num, "agency": agency}
        cluster = None
        if kept is not None and share >= _HELD:
            first, cluster = json.loads(kept.features[_PACKED:]), kept.cluster
            agency = agency or first["agency"]
            reason = f"about {share:.0%} of the shorter one's runs of {_RUN} words are in both"
            memory.place(Placed(article.num, article.num, cluster, "copy", round(share, 2), reason))
            memory.pair(Paired(first["num"], first["num"], article.num, article.num, "same", "copy", round(share, 2),
                               reason, {"agency": agency}))  # fmt: skip
        else:
            memory.place(Placed(article.num, article.num, None, "opened", 1.0, "nothing on record before is this text"))
        told = json.dumps({"num": first["num"], "agency": agency}).encode()
        memory.remember(Sketch(article.num, article.num, tuple(marks), own.packed() + told))


@dataclass(frozen=True, slots=True)
class Shingles:
    """A text's runs of words: how many there are, and the smallest hash of them under each of some functions."""

    count: int
    hashes: Hashes

    @classmethod
    def of(cls, text: str) -> Shingles | None:
        """Those of a text; None for one too short to compare."""
        words = [word.casefold() for word in _WORD.findall(text)[:_MOST]]
        if len(words) < _FEWEST:
            return None
        runs = {" ".join(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)}
        own = np.fromiter((zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs), dtype=np.uint64)
        mixed = (own[None, :] * _FACTORS[:, None] + _ADDED[:, None]) >> np.uint64(32)
        return cls(len(runs), mixed.min(axis=1).astype(np.uint32))

    def packed(self) -> bytes:
        """The count, then the hashes: always of one length."""
        return self.count.to_bytes(4, "little") + self.hashes.tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> Shingles:
        """What ``packed`` gave; what follows it is left alone."""
        return cls(int.from_bytes(data[:4], "little"), np.frombuffer(data[4:_PACKED], dtype=np.uint32))


def held(first: Shingles, second: Shingles) -> float:
    """About which share of the shorter text the longer one holds (0 to 1); 0 where too little is in common at all."""
    alike = float((first.hashes == second.hashes).mean())
    both = alike * (first.count + second.count) / (1 + alike)
    return min(1.0, both / min(first.count, second.count)) if alike >= _ALIKE else 0.0
