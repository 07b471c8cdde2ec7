"""The way back from a paragraph into the page it came from: where its text nodes stand, and how to find its words.

A W3C TextQuoteSelector quotes the words with what stands before and after; a text fragment is the part of an address
behind ``#`` that makes a browser scroll to them. Both outlive small changes of the page; a path of elements does not,
but says exactly where the words stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from onrecord.offsets import Span
from onrecord.types import Article

AROUND = 32
"""Characters of prefix and suffix, as other annotation tools keep."""
_ENDS, _BESIDE, _WHOLE = 5, 3, 10
"""Words of a fragment's start and end, of its prefix and suffix; a paragraph of so many words is quoted whole."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A raw span of a paragraph; the XPaths of the elements whose own text it is, in order; its text fragment."""

    span: Span
    nodes: tuple[str, ...]
    fragment: str


def anchors(article: Article, paragraphs: Sequence[Span]) -> Iterator[Anchor]:
    """An anchor for each raw span, given in order; none where the source has no elements. Linear in the text."""
    blocks = [b for b in article.layout if b.nodes]
    if not blocks:
        return
    words = _Words(article.raw)
    first = 0
    for span in paragraphs:
        while first < len(blocks) and blocks[first].span.end <= span.start:
            first += 1
        nodes: list[str] = []
        at = first
        while at < len(blocks) and blocks[at].span.start < span.end:
            nodes += blocks[at].nodes
            at += 1
        yield Anchor(span, tuple(dict.fromkeys(nodes)), words.fragment(span))


class _Words:
    """The words of a raw text, and where each short run of them stands first."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.spans = [Span(*m.span()) for m in _WORD.finditer(raw)]
        self.folded = [raw[s.start : s.end].casefold() for s in self.spans]
        self.first: dict[tuple[str, ...], int] = {}
        for k in range(len(self.folded) - _ENDS + 1):
            self.first.setdefault(tuple(self.folded[k : k + _ENDS]), k)
        self.at = 0

    def fragment(self, span: Span) -> str:
        """``:~:text=`` with the span's first and last words, and its neighbours' where these are not enough."""
        while self.at < len(self.spans) and self.spans[self.at].start < span.start:
            self.at += 1
        low = high = self.at
        while high < len(self.spans) and self.spans[high].end <= span.end:
            high += 1
        if low == high:
            return ""
        start, end = self._lines(low, high)
        parts = [self._said(low, start)]
        if end < high:
            parts.append(self._said(end, high))
        clear = self.first.get(tuple(self.folded[low : low + _ENDS])) == low and start - low >= _ENDS
        if not clear and low:
            parts.insert(0, self._said(*self._before(low)) + "-")
        if not clear and high < len(self.spans):
            parts.append("-" + self._said(*self._after(high)))
        return ":~:text=" + ",".join(parts)

    def _lines(self, low: int, high: int) -> tuple[int, int]:
        """Where the fragment's start ends and its end begins: neither may run over a line end of the page."""
        breaks = [k for k in range(low + 1, high) if self._is_broken(k)]
        if not breaks and high - low <= _WHOLE:
            return high, high
        start = min(low + _ENDS, breaks[0] if breaks else high)
        return start, max(high - _ENDS, breaks[-1] if breaks else start, start)

    def _before(self, place: int) -> tuple[int, int]:
        """The neighbours before a word, on its left neighbour's line: a browser wants them in one block."""
        low = max(0, place - _BESIDE)
        return max([low, *(k for k in range(low + 1, place) if self._is_broken(k))]), place

    def _after(self, place: int) -> tuple[int, int]:
        """A word and its right neighbours on its line."""
        high = min(len(self.spans), place + _BESIDE)
        return place, min([high, *(k for k in range(place + 1, high) if self._is_broken(k))])

    def _is_broken(self, k: int) -> bool:
        """True when a line end of the page stands before word ``k``."""
        return "\n" in self.raw[self.spans[k - 1].end : self.spans[k].start]

    def _said(self, low: int, high: int) -> str:
        """Some words as they stand in an address."""
        text = self.raw[self.spans[low].start : self.spans[high - 1].end]
        return quote(" ".join(text.split()), safe="").replace("-", "%2D")
