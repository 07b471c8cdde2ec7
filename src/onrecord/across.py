"""What crosses the border between the record and the passes that compare articles: data only.

A pass takes :class:`ArticleRow`s, a few at a time and each once, and gives judgements: things that belong together
(:class:`Placed`) and pairs of things that it compared (:class:`Paired`). Things are named by the record's own numbers:
an article's, a statement's or an entity's, as the pass's matter is. Offsets are raw, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

MOST_FIGURES = 1024
"""Figures of one article that are compared. A figure's (or an event's) number is its article's times this, plus its
place among the article's."""

Verdict = Literal["same", "different", "unsure"]
"""What a pair was judged to be. ``unsure`` waits for a person."""


@dataclass(frozen=True, slots=True)
class EntityRow:
    """Somebody or something that an article names."""

    num: int
    local_id: str
    name: str
    key: str
    """The name folded: case, accents and punctuation gone."""
    type: str
    speaks: bool
    stands_for: str | None
    mentions: tuple[tuple[int, int], ...] = ()
    """Raw spans."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement as the passes see it; rejected ones are not among them."""

    num: int
    uid: str
    local_id: str
    position: int
    quote: str
    kind: str
    act: str
    negated: bool
    hedged: bool
    speaker: int | None
    """The number of the entity, in the same article."""
    said_on: Mapping[str, Any] | None
    disputes: int | None
    content: tuple[tuple[int, int], ...] = ()
    """Raw spans."""
    about: tuple[int, ...] = ()
    """Numbers of entities."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article with all that the passes compare."""

    num: int
    id: str
    key: str
    origin: str
    title: str | None
    headline: str | None
    label: str
    outlet: str | None
    """The outlet named when it was added, else the site."""
    published: str | None
    seen_at: str
    language: str | None
    text: str
    """The clean article, paragraphs joined by a blank line."""
    entities: tuple[EntityRow, ...] = ()
    statements: tuple[StatementRow, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    figures: tuple[Mapping[str, Any], ...] = ()
    """As in the article's JSON (``owner`` and ``statement`` are local ids), with its raw ``words``, the ``sentence``
    they stand in and where in it (``at``)."""
    events: tuple[Mapping[str, Any], ...] = ()
    """As in the article's JSON, with ``words``, ``sentence`` and ``at``."""
    byline: str | None = None

    def entity(self, num: int | None) -> EntityRow | None:
        """The entity of that number, or None."""
        return next((e for e in self.entities if e.num == num), None)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a pass keeps of a thing so that later ones can be compared with it: small, and no words."""

    item: int
    article: int
    marks: tuple[int, ...]
    """Hashes (signed, 64 bits) under which it is found again; two things that may belong together share some."""
    features: bytes
    """Whatever the pass compares, packed by itself."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A sketch as the record gives it back, with the cluster its thing is in (None: in none)."""

    item: int
    article: int
    features: bytes
    cluster: int | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing joins a cluster, or opens one (``cluster`` None)."""

    item: int
    article: int
    cluster: int | None
    how: str
    """One word of the pass's own list: "opened", "verbatim" ..."""
    score: float
    reason: str
    """A sentence for people."""
    id: str | None = None
    """The id of a cluster that opens, where it has one outside the record; else the record makes one."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Two things were compared, and the answer is worth keeping."""

    subject: int
    subject_article: int
    object: int
    object_article: int
    verdict: Verdict
    how: str
    score: float
    reason: str
    details: Mapping[str, Any] = field(default_factory=dict)
    """What only this pass knows of the pair; kept as JSON."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that goes by a name in an authority file."""

    key: str
    """The name, folded as on record."""
    id: str
    type: str
    how: str
    """"name" or "alias"."""
    label: str
    """How it is shown."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """An entity on record that bears a name, and the cluster of the pass ``entities`` that it is in."""

    num: int
    article: int
    type: str
    identity: int | None
    placed: bool
    """The same authority file was asked about it before."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """Two entities on record, of both of which an authority file has an id."""

    subject: int
    subject_article: int
    subject_id: str
    object: int
    object_article: int
    object_id: str
    joined: bool
    """The pass ``entities`` put them into one identity; else it left them unsure."""
