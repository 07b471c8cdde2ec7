"""A statement against its evidence: everything computed again from the payload and the raw text."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.errors import BrokenInvariant, OnrecordError, RecordError
from onrecord.offsets import Edit, OffsetMap, Span, apply_edits
from onrecord.outcome import Json, statement_uid
from onrecord.record import tables, views
from onrecord.record.names import storable

ReadAgain = Callable[[bytes, Json], str]
"""Gives a payload's raw text anew; the intake, handed in by who has it."""

BROKEN = (BrokenInvariant, zlib.error, ValueError, KeyError, TypeError, IndexError)
"""What comes up where kept things cannot be put together."""


def prove(connection: Connection, uid: str, read_again: ReadAgain | None) -> Json:
    """See :meth:`onrecord.record.Record.prove`."""
    num = views.statement_num(connection, uid)
    if num is None:
        raise RecordError(f"the record has no statement '{uid[:80]}'")
    row = connection.execute(select(tables.statements).where(tables.statements.c.num == num)).one()
    evidence = Evidence.of(connection, row.article)
    faults = evidence.faults(read_again) + evidence.statement_faults(row)
    return {"id": row.uid, "ok": not faults, "faults": faults}


@dataclass
class Evidence:
    """What is kept of one article, put together once for all its statements."""

    connection: Connection
    row: Any

    @classmethod
    def of(cls, connection: Connection, article: int) -> Evidence:
        """The evidence of the article of that number."""
        a, b, p = tables.articles.c, tables.bodies.c, tables.payloads.c
        query = (
            select(a.num, a.id, a.origin, a.url, a.key, b.text, b.details, p.data, p.media_type, p.extra)
            .join(tables.bodies, b.article == a.num).join(tables.payloads, p.id == a.id).where(a.num == article)
        )  # fmt: skip
        return cls(connection, connection.execute(query).one())

    @cached_property
    def raw(self) -> str:
        """The raw text."""
        return views.raw_of(self.connection, self.row.num)

    @cached_property
    def kept(self) -> Json:
        """The article's details."""
        found: Json = views.unpacked(self.row.details)
        return found

    @cached_property
    def edits(self) -> list[Edit]:
        """All of cleaning's edits."""
        head = [Edit(Span(*span), text, why) for span, text, why in self.kept["head_edits"]]
        return head + as_edits(self.kept["edits"])[1 if self.kept["headline"] else 0 :]

    @cached_property
    def clean(self) -> str:
        """The whole clean text, headline and all."""
        return storable(apply_edits(self.raw, self.edits))

    @cached_property
    def way(self) -> OffsetMap:
        """From clean to raw, furniture cut out."""
        return OffsetMap(self.raw, self.edits, [Span(*f["span"]) for f in self.kept["furniture"]])

    def faults(self, read_again: ReadAgain | None) -> list[str]:
        """What is wrong with the payload, the raw text and the clean text."""
        return _told(self._own_faults(read_again))

    def _own_faults(self, read_again: ReadAgain | None) -> Iterator[str]:
        row = self.row
        payload = zlib.decompress(row.data)
        found = f"sha256:{hashlib.sha256(payload).hexdigest()}"
        if found != row.id:
            yield f"the payload's digest is {found}, the article's id says {row.id}"
        if read_again is not None:
            known = {f: getattr(row, f) for f in ("origin", "url", "key", "media_type")}
            if self._again(read_again, payload, {**known, "extra": json.loads(row.extra)}) != self.raw:
                yield "the payload read again gives another raw text than the one kept"
        if storable(apply_edits(self.raw, as_edits(self.kept["edits"])))[: len(row.text)] != row.text:
            yield "raw text and edits do not give the clean text kept"

    def _again(self, read_again: ReadAgain, payload: bytes, known: Json) -> str | None:
        try:
            return read_again(payload, {**known, "raw": self.raw})
        except OnrecordError:
            return None

    def statement_faults(self, row: Row[Any]) -> list[str]:
        """What is wrong with one statement: its quote, its spans, its id, its context."""
        return _told(self._statement_faults(row))

    def _statement_faults(self, row: Row[Any]) -> Iterator[str]:
        details = json.loads(row.details)
        words = " … ".join(_words(self.clean, span) for span in details["clean"])
        if words != row.quote:
            yield f"the quote says {row.quote[:80]!r}, the text has {words[:80]!r}"
        spans = [list(piece) for span in details["clean"] for piece in self.way.to_raw(Span(*span))]
        if spans != details["content"]:
            yield f"the quote's raw spans are {spans}, the record says {details['content']}"
        if statement_uid(self.row.id, details) != row.uid:
            yield "the spans do not give the statement's id"
        way = OffsetMap(self.raw, self.edits)
        c = tables.contexts.c
        query = select(c.first, c.last, c.text).where(c.statement == row.num).order_by(c.position)
        for beside in self.connection.execute(query):
            span = way.to_clean(Span(beside.first, beside.last))
            if span is None or _words(self.clean, span) != beside.text:
                yield f"the context {beside.text[:80]!r} does not stand at {beside.first}-{beside.last}"


def _told(found: Iterator[str]) -> list[str]:
    """The faults one by one: what was found before something breaks is told too."""
    faults: list[str] = []
    try:
        for fault in found:
            faults.append(fault)
    except BROKEN as error:
        faults.append(f"what is kept of the article cannot be put together: {error}")
    return faults


def as_edits(given: Sequence[Json]) -> list[Edit]:
    """Edits as JSON has them."""
    return [Edit(Span(*e["span"]), e["text"], e["why"]) for e in given]


def _words(text: str, span: Sequence[int]) -> str:
    return " ".join(text[span[0] : span[1]].split())
