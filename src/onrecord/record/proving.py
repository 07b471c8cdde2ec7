"""A statement against its evidence: everything computed again from the payload and the raw text."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.errors import BrokenInvariant, RecordError
from onrecord.offsets import Edit, OffsetMap, Span, apply_edits
from onrecord.outcome import Json, statement_uid
from onrecord.record import tables, views
from onrecord.record.names import storable

ReadAgain = Callable[[bytes, Json], str]
"""Gives a payload's raw text anew; the intake, handed in by who has it."""


def prove(connection: Connection, uid: str, read_again: ReadAgain | None) -> Json:
    """See :meth:`onrecord.record.Record.prove`."""
    num = views.statement_num(connection, uid)
    if num is None:
        raise RecordError(f"the record has no statement '{uid[:80]}'")
    s, a, b, p = tables.statements, tables.articles, tables.bodies.c, tables.payloads.c
    query = (
        select(s, a.c.id, a.c.origin, a.c.url, a.c.key, b.text, b.details.label("article_details"), p.data,
               p.media_type)
        .join(a, a.c.num == s.c.article).join(tables.bodies, b.article == a.c.num)
        .join(tables.payloads, p.id == a.c.id).where(s.c.num == num)
    )  # fmt: skip
    row = connection.execute(query).one()
    faults: list[str] = []
    try:
        for found in (_payload_faults(connection, row, read_again), _text_faults(connection, row)):
            for fault in found:  # one by one: what was found before something breaks is told too
                faults.append(fault)
    except (BrokenInvariant, zlib.error, ValueError) as error:
        faults.append(f"what is kept of the article cannot be put together: {error}")
    return {"id": row.uid, "ok": not faults, "faults": faults}


def _payload_faults(connection: Connection, row: Row[Any], read_again: ReadAgain | None) -> Iterator[str]:
    payload = zlib.decompress(row.data)
    found = f"sha256:{hashlib.sha256(payload).hexdigest()}"
    if found != row.id:
        yield f"the payload's digest is {found}, the article's id says {row.id}"
    if read_again is not None:
        known = {f: getattr(row, f) for f in ("origin", "url", "key", "media_type")}
        if read_again(payload, known) != views.raw_of(connection, row.article):
            yield "the payload read again gives another raw text than the one kept"


def _text_faults(connection: Connection, row: Row[Any]) -> Iterator[str]:
    raw, kept = views.raw_of(connection, row.article), views.unpacked(row.article_details)
    details = json.loads(row.details)
    if storable(apply_edits(raw, _edits(kept["edits"])))[: len(row.text)] != row.text:
        yield "raw text and edits do not give the clean text kept"
    full = [Edit(Span(*span), text, why) for span, text, why in kept["head_edits"]]
    full += _edits(kept["edits"])[1 if kept["headline"] else 0 :]
    clean, way = storable(apply_edits(raw, full)), OffsetMap(raw, full, [Span(*f["span"]) for f in kept["furniture"]])
    words = " … ".join(_words(clean, span) for span in details["clean"])
    if words != row.quote:
        yield f"the quote says {row.quote[:80]!r}, the text has {words[:80]!r}"
    spans = [list(piece) for span in details["clean"] for piece in way.to_raw(Span(*span))]
    if spans != details["content"]:
        yield f"the quote's raw spans are {spans}, the record says {details['content']}"
    if statement_uid(row.id, details) != row.uid:
        yield "the spans do not give the statement's id"
    yield from _context_faults(connection, row.num, raw, full, clean)


def _context_faults(connection: Connection, num: int, raw: str, edits: Sequence[Edit], clean: str) -> Iterator[str]:
    way = OffsetMap(raw, edits)
    c = tables.contexts.c
    for row in connection.execute(select(c.first, c.last, c.text).where(c.statement == num).order_by(c.position)):
        span = way.to_clean(Span(row.first, row.last))
        if span is None or _words(clean, span) != row.text:
            yield f"the context {row.text[:80]!r} does not stand at {row.first}-{row.last}"


def _edits(given: Sequence[Json]) -> list[Edit]:
    return [Edit(Span(*e["span"]), e["text"], e["why"]) for e in given]


def _words(text: str, span: Sequence[int]) -> str:
    return " ".join(text[span[0] : span[1]].split())
