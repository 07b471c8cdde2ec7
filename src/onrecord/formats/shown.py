"""A statement as it is shown: with its speaker's name, and never without its disputes and context.

Every format that shows statements to people takes them from :func:`shown`, so none can leave out what is set against
one. Spans stay clean; the formats that need raw ones ask ``reading.clean.to_raw``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from operator import attrgetter

from onrecord.offsets import Span
from onrecord.outcome import Reading
from onrecord.types import Attribution, ContextKind, Entity

OUTLET = "the outlet"
"""How the article's own voice is named."""

NOBODY = "no source named"
"""Stands where a speaker's name would, when the text gives none."""


BEARING = {"rebuts": "Set against it by", "qualifies": "Qualified by", "background": "Background from"}
"""How what is set beside a statement is introduced; the voice's name follows."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another statement, in the few words that fit beside one."""

    number: int
    id: str
    speaker: str
    quote: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Words that the outlet or somebody else sets against or beside a statement."""

    kind: ContextKind
    voice: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Shown:
    """One statement with everything that goes with it, names in place of ids."""

    number: int
    attribution: Attribution
    speaker: str
    entity: Entity | None
    named: str
    """The article's own words for the source; empty where it gives none."""
    cue: str
    told: tuple[tuple[str, str], ...]
    """Source and cue with their roles, in the text's order: ``("cue", "according to"), ("source", "officials")``."""
    quote: str
    via: tuple[str, ...]
    addressee: str | None
    about: tuple[str, ...]
    disputes: Other | None
    disputed_by: tuple[Other, ...]
    context: tuple[Beside, ...]

    @property
    def id(self) -> str:
        """The statement's local id."""
        return self.attribution.id

    @property
    def stance(self) -> str:
        """Whether it is negated or hedged, in words; empty when neither."""
        return ", ".join(
            w for w, yes in (("negated", self.attribution.negated), ("hedged", self.attribution.hedged)) if yes
        )


def shown(reading: Reading) -> list[Shown]:
    """The statements of a reading in text order, each with its disputes (both ways) and context."""
    entities = {e.id: e for e in reading.resolved.entities}
    others = {a.id: _other(reading, a, n, entities) for n, a in enumerate(reading.statements, 1)}
    disputed_by: dict[str, list[Other]] = {}
    for a in reading.statements:
        if a.disputes is not None:
            disputed_by.setdefault(a.disputes, []).append(others[a.id])
    return [_shown(reading, a, entities, others, disputed_by) for a in reading.statements]


def _shown(
    reading: Reading,
    a: Attribution,
    entities: dict[str, Entity],
    others: dict[str, Other],
    disputed_by: dict[str, list[Other]],
) -> Shown:
    def name(entity_id: str) -> str:
        return entities[entity_id].name if entity_id in entities else entity_id

    return Shown(
        number=others[a.id].number,
        attribution=a,
        speaker=others[a.id].speaker,
        entity=entities.get(a.speaker or ""),
        named=_words(reading, a.statement.source),
        cue=_words(reading, a.statement.cue),
        told=_told(reading, a),
        quote=others[a.id].quote,
        via=tuple(name(v) for v in a.via),
        addressee=name(a.addressee) if a.addressee else None,
        about=tuple(name(e) for e in a.about),
        disputes=others.get(a.disputes or ""),
        disputed_by=tuple(disputed_by.get(a.id, ())),
        context=tuple(
            Beside(c.kind, OUTLET if c.voice == "outlet" else name(c.voice), reading.clean.words(c.span), c.span)
            for c in a.context
        ),
    )


def _other(reading: Reading, a: Attribution, number: int, entities: dict[str, Entity]) -> Other:
    known = entities.get(a.speaker or "")
    return Other(number, a.id, known.name if known else _words(reading, a.statement.source) or NOBODY, reading.quote(a))


def _told(reading: Reading, a: Attribution) -> tuple[tuple[str, str], ...]:
    spans = sorted([(s, "source") for s in a.statement.source] + [(s, "cue") for s in a.statement.cue])
    return tuple((role, reading.clean.words(s)) for s, role in spans)


def _words(reading: Reading, spans: Iterable[Span]) -> str:
    return " … ".join(reading.clean.words(s) for s in spans)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks in the article (or ``NOBODY``, or a source without an entity) and what is theirs."""

    name: str
    entity: Entity | None
    statements: tuple[Shown, ...]


def by_speaker(statements: Iterable[Shown]) -> list[Speaker]:
    """Statements grouped by speaker, who says most first, then in text order; unnamed sources last."""
    groups: dict[tuple[bool, str], list[Shown]] = {}
    for s in statements:
        groups.setdefault((s.speaker == NOBODY, s.entity.id if s.entity else s.speaker), []).append(s)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1])))
    return [Speaker(g[0].speaker, g[0].entity, tuple(g)) for _, g in ordered]


@dataclass(frozen=True, slots=True)
class Mark:
    """A clean span that is a statement's source, cue or content; ``last`` for the content's last piece."""

    span: Span
    role: str
    shown: Shown
    last: bool = False


def marks(reading: Reading, statements: Iterable[Shown]) -> list[Mark]:
    """Every span of every statement, white space at its end left out, so that its number stands at its last word."""
    found = []
    for s in statements:
        of = s.attribution.statement
        for role, spans in (("source", of.source), ("cue", of.cue), ("content", of.content)):
            for start, end in spans:
                words = reading.clean.text[start:end]
                short = Span(start, end - len(words) + len(words.rstrip()))
                found.append(Mark(short, role, s, role == "content" and (start, end) == of.content[-1]))
    return found


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of clean text under the same marks throughout; ``ends`` are those that end with it."""

    span: Span
    under: tuple[Mark, ...]
    ends: tuple[Mark, ...]


def segments(stretch: Span, found: Iterable[Mark]) -> Iterator[Segment]:
    """Cuts a stretch of text wherever a mark begins or ends, so that crossing spans can be shown flat."""
    inside = sorted((m for m in found if m.span.overlaps(stretch)), key=attrgetter("span"))
    edges = sorted(
        {stretch.start, stretch.end, *(p for m in inside for p in m.span if stretch.start < p < stretch.end)}
    )
    active: list[Mark] = []
    waiting = iter(inside)
    coming = next(waiting, None)
    for start, end in pairwise(edges):
        while coming is not None and coming.span.start <= start:
            active.append(coming)
            coming = next(waiting, None)
        active = [m for m in active if m.span.end > start]
        yield Segment(Span(start, end), tuple(active), tuple(m for m in active if m.span.end == end))


def day(published: str) -> str:
    """A date as a newspaper prints it, with the time where there is one: ``12 May 2026, 18:40``."""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published
    return f"{moment.day} {moment:%B %Y}" + (f", {moment:%H:%M}" if len(published) > len("2026-05-12") else "")


def marks_by_paragraph(reading: Reading, found: Iterable[Mark]) -> Iterator[tuple[Span, list[Mark]]]:
    """Each paragraph with the marks that touch it, in one sweep."""
    waiting = sorted(found, key=attrgetter("span"))
    active: list[Mark] = []
    at = 0
    for paragraph in reading.clean.paragraphs:
        while at < len(waiting) and waiting[at].span.start < paragraph.end:
            active.append(waiting[at])
            at += 1
        active = [m for m in active if m.span.end > paragraph.start]
        yield paragraph, list(active)
