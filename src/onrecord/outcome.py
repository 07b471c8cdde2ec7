"""One article read: everything the rooms made of it, and its shape as JSON (the contract's).

``Reading.to_dict()`` is the one place where clean offsets become raw ones on the way out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onrecord.anchors import AROUND, anchors
from onrecord.offsets import Edit, Span
from onrecord.types import (
    Article,
    Attribution,
    Caution,
    CleanText,
    Entity,
    Event,
    Figure,
    Provenance,
    Resolved,
    When,
)

Json = dict[str, Any]
"""An object of the contract's JSON."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A term of the IPTC Media Topics: its id ("medtop:15000000") and its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Subjects:
    """What an article is about: countries (ISO 3166 codes) and topics, the surest first, and why."""

    countries: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    why: tuple[str, ...] = ()
    """A line for each country and topic: the words it was told by."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One article with its clean text, statements, speakers and figures, and what made them."""

    article: Article
    clean: CleanText
    resolved: Resolved
    provenance: Provenance
    published: str | None = None
    """The article's own date, or the one given for it."""
    subjects: Subjects = Subjects()

    @property
    def statements(self) -> tuple[Attribution, ...]:
        """The statements in text order."""
        return self.resolved.attributions

    def entity(self, entity_id: str | None) -> Entity | None:
        """The entity of that id, or None."""
        return next((e for e in self.resolved.entities if e.id == entity_id), None)

    def quote(self, statement: Attribution) -> str:
        """The content's clean words, pieces joined by an ellipsis."""
        return " … ".join(self.clean.words(s) for s in statement.statement.content)

    def to_dict(self, *, anchors: bool = True) -> Json:
        """The article object of the contract: all offsets raw.

        Without ``anchors`` that list stays empty: they lead back into a page as it is shown, and take longer to make
        than all the rest.
        """
        article, clean, made = self.article, self.clean, self.resolved
        body = [p for p in clean.paragraphs if p != clean.headline]
        return {
            "id": article.id, "key": article.key, "origin": article.origin, "url": article.url,
            "title": article.title, "byline": article.byline, "site": article.site,
            "published": self.published, "updated": article.updated,
            "language": clean.language, "raw_length": len(article.raw),
            "headline": list(clean.to_raw(clean.headline)[0]) if clean.headline else None,
            "paragraphs": self._raw(body),
            "sentences": self._raw(s for s in clean.sentences if not (clean.headline and clean.headline.covers(s))),
            "furniture": [{"span": list(f.span), "kind": f.kind} for f in clean.furniture],
            "edits": [{"span": list(e.span), "text": e.text, "why": e.why} for e in body_edits(clean)],
            "text": clean.text[body[0].start :] if body else "",
            "anchors": self._anchors(body) if anchors else [],
            "entities": [self._entity(e) for e in made.entities],
            "speakers": [
                {"id": e.id, "name": e.name, "type": e.type, "mentions": self._raw(e.mentions)}
                for e in made.entities if e.speaks
            ],
            "statements": [self._statement(a) for a in made.attributions],
            "figures": [self._figure(f) for f in made.figures],
            "events": [self._event(e) for e in made.events],
            "countries": list(self.subjects.countries),
            "topics": [{"id": t.id, "name": t.name} for t in self.subjects.topics],
            "media": [{"kind": m.kind, "url": m.url, "title": m.title} for m in article.media],
            "times": [{"span": list(t.span), "start": t.start, "end": t.end} for t in article.times],
            "warnings": [_caution(c) for c in (*article.cautions, *clean.cautions, *made.cautions)],
            "provenance": {
                "version": self.provenance.version, "model": self.provenance.model,
                "model_digest": self.provenance.model_digest, "settings": dict(self.provenance.settings),
            },
        }  # fmt: skip

    def _raw(self, spans: Iterable[Span]) -> list[list[int]]:
        return [list(piece) for span in spans for piece in self.clean.to_raw(span)]

    def _anchors(self, body: Iterable[Span]) -> list[Json]:
        raw, spans = self.article.raw, [piece for span in body for piece in self.clean.to_raw(span)]
        return [
            {
                "span": list(a.span), "nodes": list(a.nodes), "selector": quote_selector(raw, a.span),
                "fragment": a.fragment,
            }
            for a in anchors(self.article, spans)
        ]  # fmt: skip

    def _one_raw(self, span: Span) -> list[int]:
        pieces = self.clean.to_raw(span)
        if not pieces:  # every character of it was put in by a repair: its place is all there is
            place = self.clean.map.raw_at(span.start)
            return [place, place]
        return [pieces[0].start, pieces[-1].end]

    def _entity(self, e: Entity) -> Json:
        return {
            "id": e.id, "name": e.name, "type": e.type, "speaks": e.speaks,
            "mentions": self._raw(e.mentions), "stands_for": e.stands_for,
        }  # fmt: skip

    def _statement(self, a: Attribution) -> Json:
        s = a.statement
        roles = {"source": self._raw(s.source), "cue": self._raw(s.cue), "content": self._raw(s.content)}
        return {
            "id": a.id, "uid": statement_uid(self.article.id, roles),
            "kind": a.kind, "act": a.act, "negated": a.negated, "hedged": a.hedged, **roles,
            "quote": self.quote(a), "speaker": a.speaker, "via": list(a.via), "addressee": a.addressee,
            "about": list(a.about), "said_on": _when(a.said_on), "disputes": a.disputes,
            "context": [{"kind": c.kind, "voice": c.voice, "span": self._one_raw(c.span)} for c in a.context],
            "confidence": round(a.confidence, 3), "evidence": list(a.evidence),
        }  # fmt: skip

    def _figure(self, f: Figure) -> Json:
        return {
            "value": f.value, "value_to": f.value_to, "vague": f.vague, "unit": f.unit, "currency": f.currency,
            "comparator": f.comparator, "of": f.of, "owner": f.owner, "statement": f.statement,
            "span": self._one_raw(f.span),
        }  # fmt: skip

    def _event(self, e: Event) -> Json:
        return {"span": self._one_raw(e.span), "when": _when(e.when), "status": e.status}


def quote_selector(raw: str, span: Span) -> Json:
    """A W3C TextQuoteSelector: the raw words with what stands before and after them."""
    return {
        "type": "TextQuoteSelector", "exact": raw[span.start : span.end],
        "prefix": raw[max(0, span.start - AROUND) : span.start], "suffix": raw[span.end : span.end + AROUND],
    }  # fmt: skip


def statement_uid(article_id: str, roles: dict[str, list[list[int]]]) -> str:
    """A statement's global id: from the article's id and the raw spans, so it survives a new model."""
    spans = ";".join(f"{role}:" + ",".join(f"{s}-{e}" for s, e in roles[role]) for role in ("source", "cue", "content"))
    return "st_" + hashlib.sha256(f"{article_id}|{spans}".encode()).hexdigest()[:20]


def body_edits(clean: CleanText) -> list[Edit]:
    """The edits that turn raw into the body alone: a headline, which is read but not body, goes as one edit."""
    if clean.headline is None:
        return list(clean.edits)
    body = next((p for p in clean.paragraphs if p != clean.headline), None)
    end = clean.map.raw_at(body.start) if body else len(clean.raw)
    rest = [e for e in clean.edits if e.span.start >= end and e.span != Span(end, end)]
    return [Edit(Span(0, end), "", "headline and what stands before the body"), *rest]


def _when(when: When | None) -> Json | None:
    return {"from": when.first, "to": when.last, "text": when.text} if when else None


def _caution(c: Caution) -> Json:
    return {"code": c.code, "message": c.message, "spans": [list(s) for s in c.spans]}
