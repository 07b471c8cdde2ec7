"""Looking up many phrases in a text in one pass, and how much weight a place in the text has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from onrecord.offsets import Span
from onrecord.types import CleanText

Value = TypeVar("Value")

_WORD = re.compile(r"[^\W_]+(?:[-&'’.](?=[^\W_])[^\W_]+)*")
_LEAD = 600
"""Characters of the body in which news says what it is about."""


class Words:
    """A text cut into words once, for every table that is looked up in it."""

    def __init__(self, text: str) -> None:
        self.spans = [Span(*m.span()) for m in _WORD.finditer(text)]
        self.plain = [_plain(text[start:end]) for start, end in self.spans]
        self.folded = [w.casefold() for w in self.plain]


class Phrases(Generic[Value]):
    """A table of phrases. ``fold``: case does not matter, and a plural in -s is found by its singular."""

    def __init__(self, table: Mapping[str, Value], *, fold: bool) -> None:
        self._fold = fold
        self._table = {}
        for phrase, value in table.items():
            self._table[tuple(_plain(w) for w in _WORD.findall(phrase))] = value
        self._longest: dict[str, int] = {}
        for key in self._table:
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def find(self, words: Words) -> Iterator[tuple[Value, Span]]:
        """Every phrase found, the longest at each place, none inside another."""
        given = words.folded if self._fold else words.plain
        at = 0
        while at < len(given):
            size, value = self._longest_at(given, at)
            if value is not None:
                yield value, Span(words.spans[at].start, words.spans[at + size - 1].end)
            at += size

    def _longest_at(self, words: list[str], at: int) -> tuple[int, Value | None]:
        """The longest phrase that begins at a word: its number of words and value; 1 and None where none begins."""
        first = words[at]
        longest = self._longest.get(first, 0)
        if self._fold and not longest:
            longest = min(1, self._longest.get(first.removesuffix("s"), 0))
        for size in range(min(longest, len(words) - at), 0, -1):
            key = tuple(words[at : at + size])
            value = self._table.get(key)
            if value is None and self._fold:
                value = self._table.get((*key[:-1], key[-1].removesuffix("s")))
            if value is not None:
                return size, value
        return 1, None


def _plain(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s")


class Weigher:
    """How much a word counts by where it stands: in the headline four times, in the lead twice."""

    def __init__(self, clean: CleanText) -> None:
        self._headline = clean.headline
        body = next((p.start for p in clean.paragraphs if p != clean.headline), 0)
        self._lead_end = body + min(_LEAD, max(200, (len(clean.text) - body) // 3))

    def at(self, span: Span) -> float:
        """The weight of a place."""
        if self._headline is not None and self._headline.covers(span):
            return 4.0
        return 2.0 if span.start < self._lead_end else 1.0
