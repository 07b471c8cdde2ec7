"""Entities in the making, and where each is named."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.offsets import Span
from onrecord.types import EntityType
from onrecord.words import common

SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv", "jr.", "sr.", "phd", "md"})
"""What may stand after a surname."""


@dataclass(slots=True, eq=False)
class Draft:
    """An entity in the making. Compared by identity; becomes an :class:`Entity` at the end."""

    name: str
    type: EntityType
    words: tuple[str, ...] = ()
    mentions: list[Span] = field(default_factory=list)
    genders: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    """Role nouns the article gives: "president", "spokesman"."""
    traits: set[str] = field(default_factory=set)
    """Words beside them: "ukrainian", "foreign", "34-year-old"."""
    countries: set[str] = field(default_factory=set)
    speaks_for: Draft | None = None
    sure: bool = False
    code: str | None = None
    """Country code of a place or metonym."""
    speaks: bool = False
    plural: bool = False
    stands_for: str | None = None

    @property
    def gender(self) -> str | None:
        """ "m" or "f" where the evidence agrees, else None."""
        m, f = self.genders["m"], self.genders["f"]
        return "m" if m > 2 * f else "f" if f > 2 * m else None

    @property
    def surname(self) -> str:
        """The last word of the name that is no "Jr"."""
        kept = [w for w in self.words if w.lower() not in SUFFIX] or list(self.words)
        return kept[-1].lower() if kept else self.name.lower()


class Roster:
    """The entities of one article and where each is named."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.by_word: dict[str, list[Draft]] = {}
        self.by_name: dict[str, Draft] = {}
        self.spots: list[tuple[int, int, Draft]] = []
        self.open: dict[int, list[Draft]] = {}
        """Where a short name stands that several bear: settled by the walk of :mod:`focus`."""
        self.called: frozenset[str] = frozenset()
        """Given names that stand alone: whoever bears one is not meant by the surname alone."""
        self._starts: list[int] = []
        self._dirty = False

    def new(self, name: str, kind: EntityType, words: Sequence[str] = ()) -> Draft:
        """A new draft, found from now on by its name and each of its words."""
        draft = Draft(name, kind, tuple(words))
        self.drafts.append(draft)
        self.by_name.setdefault(name.lower(), draft)
        for word in dict.fromkeys(w.lower() for w in words):
            if word not in common.PARTICLES and word not in common.CONNECTORS and len(word) > 1:
                self.by_word.setdefault(word, []).append(draft)
        return draft

    def note(self, draft: Draft, span: Span) -> None:
        """One more place where a draft is named."""
        draft.mentions.append(span)
        self.spots.append((span.start, span.end, draft))
        self._dirty = True

    def settle(self, place: int, draft: Draft) -> None:
        """Gives the short name at a place to another of its bearers."""
        self._sort()
        k = bisect_left(self._starts, place)
        start, end, before = self.spots[k]
        if before is not draft:
            self.spots[k] = (start, end, draft)
            before.mentions.remove(Span(start, end))
            draft.mentions.append(Span(start, end))

    def _sort(self) -> None:
        if self._dirty:
            self.spots.sort(key=lambda s: (s[0], s[1]))
            self._starts = [s[0] for s in self.spots]
            self._dirty = False

    def within(self, start: int, end: int) -> list[tuple[int, int, Draft]]:
        """The mentions that begin inside ``start:end``, in text order."""
        self._sort()
        return self.spots[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, place: int, count: int) -> list[tuple[int, int, Draft]]:
        """The last ``count`` mentions that begin before a place, in text order."""
        self._sort()
        k = bisect_left(self._starts, place)
        return self.spots[max(0, k - count) : k]

    def at(self, place: int) -> Draft | None:
        """Whoever is named by a mention that covers a place."""
        self._sort()
        k = bisect_right(self._starts, place) - 1
        return self.spots[k][2] if k >= 0 and place < self.spots[k][1] else None
