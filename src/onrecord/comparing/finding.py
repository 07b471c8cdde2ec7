"""Where a quotation stands on record: candidates by runs of its words, then each laid beside it word by word."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from onrecord.comparing.aligning import Alignment, Pair, align
from onrecord.comparing.changes import Change, Page, Verdict, changes_of, verdict_of
from onrecord.comparing.wording import Wording, wording_of
from onrecord.offsets import Span
from onrecord.words.quoting import quotations

Json = dict[str, Any]

_CANDIDATES, _WIDER = 12, 20
"""Articles that one question brings: of those with runs of the quotation the best holds them all; pairs tell less."""
_ALIGNED = 8
"""Of these, those laid beside the quotation word by word: the ones that share most pairs of words."""
_RUN = 3
"""Words of a run that is asked for."""
_MOST_RUNS = 10
"""Runs asked for at once, those of the longest words: a common run finds everything and costs most."""
_ENOUGH, _ENOUGH_LONG, _LONG_RUN = 0.6, 0.34, 8
"""Share of the quotation's words that must agree; less where a long run does, which chance does not make."""
_SMALL, _LIGHT = 3, 0.4
"""A word of so many letters or fewer counts so much: "of the" stands everywhere."""
_LEAST_FUZZY = 4
"""Words from which a changed quotation is told from another one."""
_PLACES = 20
"""Places in one article that are told."""
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Shelf(Protocol):
    """What checking asks of the record."""

    def holding(self, phrases: Sequence[str], *, limit: int) -> list[Json]:
        """Articles that hold any of the phrases, best first: ``id headline text``."""

    def statements_holding(self, phrases: Sequence[str], *, limit: int) -> list[Json]:
        """Statements that hold any of the phrases, best first, each with its disputes and context."""

    def article(self, id_or_prefix: str) -> Json | None:
        """One article whole, its statements with their disputes and context."""

    def raw_text(self, article_id: str) -> str | None:
        """The raw text that its offsets count in."""


@dataclass(frozen=True, slots=True)
class Body:
    """A text of the record, ready: the headline, if any, as its first paragraph."""

    article: str
    text: str
    page: Page
    pairs: frozenset[tuple[str, str]]
    joined: str
    """The forms with a space on both sides of each, for finding runs exactly."""
    starts: Mapping[int, int]
    """Where a form begins in ``joined`` -> its number."""
    shift: int
    """Characters of the headline before the article's own text."""


@dataclass(frozen=True, slots=True)
class Place:
    """A quotation in one article: how it differs there. ``span`` is in the body's text."""

    body: Body
    span: Span
    first: int
    last: int
    changes: tuple[Change, ...]
    verdict: Verdict
    matched: float
    """Share of the quotation's own words that agree."""
    cost: float

    @property
    def words(self) -> str:
        """What stands there."""
        return self.body.page.wording.words(self.body.text, self.first, self.last)

    @property
    def inside(self) -> bool:
        """True where it stands in quotation marks there, for the most part."""
        flags = self.body.page.inside[self.first : self.last]
        return sum(flags) * 2 > len(flags)


@dataclass(slots=True)
class Finder:
    """Looks quotations up; the bodies it has read are kept for the next one of the same draft."""

    shelf: Shelf
    _bodies: dict[str, Body] = field(default_factory=dict)

    def places(self, text: str, quoted: Wording) -> list[Place]:
        """Where the quotation stands, the best places first; none where the record does not hold it."""
        found = self._among(self._candidates(_runs(text, quoted), _CANDIDATES), quoted)
        if not found or found[0].verdict == "altered":
            wider = self._candidates(_pairs_and_words(text, quoted), _WIDER)
            found = sorted([*found, *self._among(wider, quoted, skip={p.body.article for p in found})], key=_rank)
        return found

    def _candidates(self, phrases: list[str], limit: int) -> list[Body]:
        if not phrases:
            return []
        return [self._body(row) for row in self.shelf.holding(phrases, limit=limit)]

    def _body(self, row: Json) -> Body:
        if row["id"] not in self._bodies:
            self._bodies[row["id"]] = body_of(row["id"], row["headline"] or "", row["text"])
        return self._bodies[row["id"]]

    def _among(self, bodies: Sequence[Body], quoted: Wording, skip: Collection[str] = ()) -> list[Place]:
        wanted = set(_pairs(quoted.forms))
        exact = [place for body in bodies for place in _exactly(body, quoted)]
        if exact:
            return exact
        if len(quoted) < _LEAST_FUZZY:
            return []
        near = sorted(bodies, key=lambda body: -len(wanted & body.pairs))[:_ALIGNED]
        found = (_place(body, quoted) for body in near if body.article not in skip)
        return sorted((place for place in found if place is not None), key=_rank)


def body_of(article: str, headline: str, text: str) -> Body:
    """A text of the record made ready."""
    whole = f"{headline}\n\n{text}" if headline else text
    wording = wording_of(whole)
    marks = quotations(whole, [Span(*m.span()) for m in _PARAGRAPH.finditer(whole)])
    inside, at = [False] * len(wording), 0
    for number, span in enumerate(wording.spans):
        while at < len(marks) and marks[at].end <= span.start:
            at += 1
        inside[number] = at < len(marks) and marks[at].start <= span.start
    starts, place = {}, 1
    for number, form in enumerate(wording.forms):
        starts[place] = number
        place += len(form) + 1
    joined = f" {' '.join(wording.forms)} "
    shift = len(headline) + 2 if headline else 0
    return Body(article, whole, Page(wording, inside), frozenset(_pairs(wording.forms)), joined, starts, shift)


def _rank(place: Place) -> tuple[float, int]:
    return (place.cost, not place.inside)


def _exactly(body: Body, quoted: Wording) -> list[Place]:
    """Every place where all the words stand in a row, none cut, none put in."""
    if not quoted.forms or any(quoted.inserted):
        return []
    wanted, at = f" {' '.join(quoted.forms)} ", 0
    found: list[Place] = []
    while (at := body.joined.find(wanted, at)) >= 0 and len(found) < _PLACES:
        first = body.starts[at + 1]
        pair = Pair(True, (0, len(quoted)), (first, first + len(quoted)))
        found.append(_made(body, quoted, Alignment((pair,), len(quoted), len(quoted), 0.0)))
        at += 1
    return found


def _place(body: Body, quoted: Wording) -> Place | None:
    found = align(quoted, body.page.wording)
    own = len(quoted) - sum(quoted.inserted)
    if found is None or not own:
        return None
    made = _made(body, quoted, found)
    least = _ENOUGH_LONG if found.longest >= _LONG_RUN else _ENOUGH
    return made if made.matched >= least else None


def _made(body: Body, quoted: Wording, found: Alignment) -> Place:
    changes = tuple(changes_of(found, quoted, body.page))
    spans = body.page.wording.spans
    wrong = {n for c in changes if c.kind in ("changed", "put_in") for n in range(*c.quoted)}
    own = [n for n in range(len(quoted)) if not quoted.inserted[n]]
    weights = {n: _LIGHT if len(quoted.forms[n]) <= _SMALL else 1.0 for n in own}
    matched = sum(w for n, w in weights.items() if n not in wrong) / sum(weights.values()) if own else 0.0
    span = Span(spans[found.start].start, spans[found.end - 1].end)
    return Place(body, span, found.start, found.end, changes, verdict_of(changes), matched, found.cost)


def _pairs(forms: Sequence[str]) -> list[tuple[str, str]]:
    return list(itertools.pairwise(forms))


def _typed(text: str, quoted: Wording) -> list[tuple[int, str]]:
    """The quotation's own words as typed, each with its number: what the index is asked for."""
    return [(n, text[a:b]) for n, (a, b) in enumerate(quoted.spans) if not quoted.inserted[n]]


def _runs(text: str, quoted: Wording) -> list[str]:
    """Runs of three words, no cut or bracket inside, the most telling first and none right beside another."""
    words = dict(_typed(text, quoted))
    size = min(_RUN, len(quoted))
    found = []
    for n in range(len(quoted) - size + 1):
        whole = all(k in words for k in range(n, n + size)) and not any(quoted.cut[n + 1 : n + size])
        if whole:
            found.append((sum(min(len(words[k]), 9) for k in range(n, n + size)), n))
    chosen: list[int] = []
    for _, n in sorted(found, key=lambda run: (-run[0], run[1])):
        if len(chosen) < _MOST_RUNS and all(abs(n - other) >= 2 for other in chosen):
            chosen.append(n)
    return [" ".join(words[k] for k in range(n, n + size)) for n in chosen]


def _pairs_and_words(text: str, quoted: Wording) -> list[str]:
    """Pairs of words, and the longest words alone: for a quotation of which no run of three is left."""
    words = _typed(text, quoted)
    pairs = [
        (len(a) + len(b), f"{a} {b}") for (n, a), (m, b) in itertools.pairwise(words)
        if m == n + 1 and not quoted.cut[m] and max(len(a), len(b)) > 3
    ]  # fmt: skip
    alone = sorted({w for _, w in words if len(w) > 4}, key=lambda w: (-len(w), w))
    return [p for _, p in sorted(pairs, key=lambda pair: -pair[0])[:_MOST_RUNS]] + alone[:6]
