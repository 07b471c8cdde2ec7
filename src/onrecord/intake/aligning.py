"""The extractor's text laid back onto the page's own blocks.

The extractor gives words without places, some of them changed. Each block of the page is given the share of its words
that the extractor kept, counted in runs of words; what matches no block is dropped, so that nothing enters the
article that is not on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\w+")
_RUN = 4


def words_of(text: str) -> list[str]:
    """The words of a text, for comparing: letter case folded, marks and white space left out."""
    return _WORD.findall(text.casefold())


def kept_shares(blocks: Sequence[Sequence[str]], extracted: str) -> list[float]:
    """For each block (its words) the share of it that the extracted text holds, 0 to 1.

    Linear in the length of both. A block shorter than a run of four words counts as kept when the extractor has a line
    of exactly these words.
    """
    lines = [words_of(line) for line in extracted.split("\n")]
    short = {tuple(line) for line in lines if len(line) < _RUN}
    runs = set(_runs(word for line in lines for word in line))
    # The extractor may cut a line where the page has none: runs over all its words find both.
    return [_share(block, runs, short) for block in blocks]


def _share(block: Sequence[str], runs: set[int], short: set[tuple[str, ...]]) -> float:
    if len(block) < _RUN:
        return float(bool(block) and tuple(block) in short)
    # A word counts as kept when any run through it is.
    kept = bytearray(len(block))
    for at, run in enumerate(_runs(block)):
        if run in runs:
            kept[at : at + _RUN] = b"\1" * _RUN
    return sum(kept) / len(block)


def _runs(words: Iterable[str]) -> Iterable[int]:
    window: list[str] = []
    for word in words:
        window.append(word)
        if len(window) > _RUN:
            window.pop(0)
        if len(window) == _RUN:
            yield hash(tuple(window))
