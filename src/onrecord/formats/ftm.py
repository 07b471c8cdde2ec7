"""``ftm``: entities as FollowTheMoney has them, one a line: articles, who is named in them, and a note a statement.

FollowTheMoney has no schema for a quotation; a ``Note`` tied to the speaker and the article comes nearest. What
disputes the statement and what is set beside it stand in the note's own text, and its day in the summary: a note has no
date of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from onrecord.formats.safe import json_line
from onrecord.formats.shown import BEARING, Shown, shown
from onrecord.outcome import Json, Reading
from onrecord.types import Entity

_SCHEMAS = {"person": "Person", "organization": "Organization", "group": "LegalEntity", "place": "Address",
            "document": "Document", "unknown": "LegalEntity"}  # fmt: skip


def ftm(readings: Iterable[Reading]) -> Iterator[str]:
    """The lines; an entity of one name and type has one id, in whatever article it is named."""
    for reading in readings:
        for entity in _entities(reading):
            yield json_line(entity) + "\n"


def _entities(reading: Reading) -> Iterator[Json]:
    article = reading.article
    own = _id("article", article.id)
    title, bytes_ = article.title or article.key, article.payload
    # contentHash is the SHA-1 of the data there: what is imported is known by it, our own SHA-256 would be refused
    digest = hashlib.sha1(bytes_, usedforsecurity=False).hexdigest() if bytes_ else None
    yield _entity(own, "Article", name=title, title=title, sourceUrl=article.url, author=article.byline,
                  publisher=article.site, publishedAt=reading.published, language=reading.clean.language,
                  contentHash=digest, mimeType=article.media_type)  # fmt: skip
    for e in reading.resolved.entities:
        full = {"full": e.name} if e.type == "place" else {}
        yield _entity(_of(e), _SCHEMAS[e.type], name=e.name, **full, proof=own)
    uids = {s["id"]: s["uid"] for s in reading.to_dict()["statements"]}
    for s in shown(reading):
        when = s.attribution.said_on
        day = f"Said on {when.first}" if when and when.first else None
        day = day or (f"Published on {reading.published}" if reading.published else None)
        who = _of(s.entity) if s.entity else None
        yield _entity(_id("statement", uids[s.id]), "Note", name=f"{s.speaker} ({s.attribution.act})",
                      description=_words(s), entity=who, proof=own, summary=day)  # fmt: skip


def _words(s: Shown) -> str:
    lines = [s.quote, *(f"Disputed by {o.speaker}: {o.quote}" for o in s.disputed_by)]
    lines += [f"Disputes {s.disputes.speaker}: {s.disputes.quote}"] if s.disputes else []
    return "\n".join([*lines, *(f"{BEARING[c.kind]} {c.voice}: {c.words}" for c in s.context)])


def _entity(own: str, schema: str, **properties: str | None) -> Json:
    return {"id": own, "schema": schema, "properties": {k: [v] for k, v in properties.items() if v}}


def _of(e: Entity) -> str:
    return _id(e.type, " ".join(e.name.casefold().split()))


def _id(kind: str, name: str) -> str:
    return "onrecord-" + hashlib.sha256(f"{kind}|{name}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
