"""Spans, edits and the map between raw and clean text: the arithmetic everything else stands on.

All offsets are ``str`` indices, end exclusive. An edit replaces ``raw[start:end]`` by ``text``; an insertion has
``start == end``. Edits are kept sorted and never overlap; at most one stands at a place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.errors import BrokenInvariant


class Span(NamedTuple):
    """A half-open range of characters. Holds no text itself."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """True when the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """True when ``other`` lies inside this one."""
        return self.start <= other.start and other.end <= self.end


class Edit(NamedTuple):
    """One repair: ``raw[span.start:span.end]`` becomes ``text``, because of ``why``."""

    span: Span
    text: str
    why: str


def apply_edits(raw: str, edits: Iterable[Edit]) -> str:
    """The clean text: ``raw`` with every edit applied.

    >>> apply_edits("Europe.At a", [Edit(Span(7, 7), " ", "glued sentence end")])
    'Europe. At a'
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.span.start < at or edit.span.end < edit.span.start:
            raise BrokenInvariant(f"edits must be sorted and apart, got {edit.span} after {at}")
        pieces += (raw[at : edit.span.start], edit.text)
        at = edit.span.end
    pieces.append(raw[at:])
    return "".join(pieces)


class OffsetMap:
    """Carries spans between clean and raw text, in logarithmic time a step.

    ``cuts`` are raw spans taken out as furniture: a clean span that runs across one comes back as two raw spans.
    """

    __slots__ = ("_clean_ends", "_clean_starts", "_cut_starts", "_cuts", "_edits", "_raw", "text_length")

    def __init__(self, raw: str, edits: Sequence[Edit], cuts: Sequence[Span] = ()) -> None:
        self._raw, self._edits = raw, edits
        self._clean_starts: list[int] = []
        self._clean_ends: list[int] = []
        shift = at = 0
        for edit in edits:
            if edit.span.start < at or edit.span.end < edit.span.start or edit.span.end > len(raw):
                raise BrokenInvariant(f"edits must be sorted, apart and inside the text, got {edit.span} after {at}")
            at = edit.span.end
            self._clean_starts.append(edit.span.start + shift)
            shift += len(edit.text) - (edit.span.end - edit.span.start)
            self._clean_ends.append(edit.span.end + shift)
        self.text_length = len(raw) + shift
        self._cuts = sorted(cuts)
        self._cut_starts = [c.start for c in self._cuts]

    def _raw_bounds(self, index: int) -> tuple[int, int]:
        """The raw span of the clean character at ``index`` (of its whole replacement, if it was put in)."""
        k = bisect_right(self._clean_starts, index) - 1
        if k < 0:
            return index, index + 1
        if index < self._clean_ends[k]:
            span = self._edits[k].span
            return span.start, span.end
        place = self._edits[k].span.end + index - self._clean_ends[k]
        return place, place + 1

    def raw_at(self, index: int) -> int:
        """Where the clean character at ``index`` came from; for ``len(text)`` the end of the raw text."""
        return len(self._raw) if index >= self.text_length else self._raw_bounds(index)[0]

    def to_raw(self, span: Span) -> tuple[Span, ...]:
        """The raw spans behind a clean span, furniture left out and white space trimmed at the edges."""
        if not 0 <= span.start < span.end <= self.text_length:
            raise BrokenInvariant(f"a span inside 0..{self.text_length} was expected, got {tuple(span)}")
        start, end = self._raw_bounds(span.start)[0], self._raw_bounds(span.end - 1)[1]
        pieces = []
        for cut in self._cuts[max(0, bisect_left(self._cut_starts, start) - 1) :]:
            if cut.start >= end:
                break
            if cut.end <= start:
                continue
            pieces.append((start, min(cut.start, end)))
            start = cut.end
        pieces.append((start, end))
        return tuple(s for s in (self._trim(a, b) for a, b in pieces) if s.end > s.start)

    def _trim(self, start: int, end: int) -> Span:
        while start < end and self._raw[start].isspace():
            start += 1
        while end > start and self._raw[end - 1].isspace():
            end -= 1
        return Span(start, max(start, end))

    def to_clean(self, span: Span) -> Span | None:
        """The clean span of what is left of a raw span, or None when nothing of it is left."""
        start, end = self._clean_at(span.start), self._clean_at(span.end)
        return Span(start, end) if end > start else None

    def _clean_at(self, place: int) -> int:
        """The clean index of the first character at or after a raw place."""
        k = bisect_right(self._edits, place, key=lambda e: e.span.start) - 1
        if k < 0:
            return place
        edit = self._edits[k]
        if place >= edit.span.end and not (edit.span.start == edit.span.end == place):
            return self._clean_ends[k] + place - edit.span.end
        if edit.span.start == edit.span.end:  # an insertion stands before the character at its place
            return self._clean_ends[k]
        return self._clean_starts[k] if place == edit.span.start else self._clean_ends[k]
