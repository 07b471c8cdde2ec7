"""Repairs as people read them: what stood there, what stands there now, where and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.offsets import Span
from onrecord.types import CleanText

_AROUND = 28
"""Characters of the raw text shown on either side of a repair."""


@dataclass(frozen=True, slots=True)
class Change:
    """One repair with the raw words around it. ``span`` is raw."""

    span: Span
    before: str
    old: str
    new: str
    after: str
    why: str


def changes(clean: CleanText) -> Iterator[Change]:
    """Every repair of a clean text, in text order."""
    raw = clean.raw
    for span, new, why in clean.edits:
        before = raw[max(0, span.start - _AROUND) : span.start]
        yield Change(
            span, _tail(before), raw[span.start : span.end], new, _head(raw[span.end : span.end + _AROUND]), why
        )


def shorten(text: str, longest: int = 60) -> str:
    """Long text with its middle left out."""
    half = (longest - 1) // 2
    return text if len(text) <= longest else f"{text[:half]}…{text[-half:]}"


def marked_breaks(text: str) -> str:
    """White space made visible on one line: a pilcrow for a blank line, an arrow for a line's end."""
    return text.replace("\r\n", "\n").replace("\n\n", "¶").replace("\n", "↵").replace("\t", "⇥")


def _tail(text: str) -> str:
    """The words at the end of a cut-off text, from a whole word on and on one line."""
    line = text.rsplit("\n", 1)[-1]
    return line.split(" ", 1)[-1] if len(line) == _AROUND and " " in line else line


def _head(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line.rsplit(" ", 1)[0] if len(line) == _AROUND and " " in line else line
