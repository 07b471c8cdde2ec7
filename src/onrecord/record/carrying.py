"""The part of the record's face that carries it elsewhere: exported, imported, copied."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, insert, select

from onrecord.outcome import Reading
from onrecord.record import adding, collecting, following, listing, moving, tables, views
from onrecord.record import vectors as vectoring
from onrecord.record.connect import reading_from, writing_to
from onrecord.record.rebuilding import Rebuilt
from onrecord.types import Refusal

Json = dict[str, Any]


_REFUSAL = ("origin", "stage", "reason", "article_id", "seen_at")


class Carrying:
    """See :class:`onrecord.record.Record`."""

    _engine: Engine

    def dumps(self, *, vectors: bool = False) -> Iterator[Json]:
        """Every article object whole, oldest first, each with ``record``: the rows that :meth:`load` takes.

        ``vectors``: those of its statements, too (they can always be made again).
        """
        with reading_from(self._engine) as connection:
            ids = listing.article_ids(connection)
        for article_id in ids:
            with reading_from(self._engine) as connection:
                num = views.article_num(connection, article_id)
                found = views.article(connection, article_id) if num is not None else None
                if num is not None and found is not None:
                    measured = {"vectors": vectoring.dump(connection, num)} if vectors else {}
                    yield {**found, "record": {**moving.dump(connection, num), **measured}}

    def load(self, article: Any) -> tuple[str, bool]:
        """Keeps an article that :meth:`dumps` gave: its id, and whether it was new. Raises RecordError.

        Nothing in it is trusted: its payloads must have their digests, and every statement is proved.
        """
        with writing_to(self._engine) as connection:
            return moving.load(connection, article.get("record") if isinstance(article, dict) else None)

    def readings(self) -> Iterator[Reading]:
        """Every article as the Reading it was, oldest first, corrected by people; for the formats."""
        with reading_from(self._engine) as connection:
            ids = listing.article_ids(connection)
        for article_id in ids:
            with reading_from(self._engine) as connection:
                if views.article_num(connection, article_id) is not None:
                    yield Rebuilt(connection, article_id).reading()

    def fetched(self) -> Iterator[Json]:
        """The payloads that came from the web: ``id url seen_at media_type extra data``, oldest first."""
        s, p = tables.sightings.c, tables.payloads.c
        query = (
            select(p.num, p.id, s.url, s.origin, s.seen_at).join(tables.payloads, p.num == s.payload)
            .where(s.origin.like("http%://%") | s.url.like("http%://%")).order_by(s.num)
        )  # fmt: skip
        with reading_from(self._engine) as connection:
            rows = connection.execute(query).all()
        for row in rows:
            with reading_from(self._engine) as connection:
                kept = connection.execute(select(tables.payloads).where(p.num == row.num)).one_or_none()
                data = views.payload(connection, row.id)
            if kept is not None and data is not None:
                url = row.origin if row.origin.startswith("http") else row.url
                yield {"id": row.id, "url": url, "seen_at": row.seen_at, "media_type": kept.media_type,
                       "extra": json.loads(kept.extra), "data": data}  # fmt: skip

    def rest(self) -> Json:
        """What belongs to no article: judgements, collections, refusals, tombstones."""
        with reading_from(self._engine) as connection:
            names = [c["name"] for c in collecting.listed(connection, limit=0, offset=0)]
            kept = [collecting.export(connection, name) for name in names]
            t = tables.tombstones.c
            stones = connection.execute(select(t.kind, t.digest, t.reason, t.author, t.made_at).order_by(t.num))
            refused = listing.refusals(connection, limit=0, offset=0)[::-1]
            j = tables.judgements
            judged = connection.execute(select(j).order_by(j.c.made_at, j.c.num)).mappings()
            return {
                "judgements": [{k: v for k, v in row.items() if k != "num"} for row in judged],
                "collections": [
                    {**{f: c[f] for f in ("name", "note", "at")},
                     "items": [{f: i[f] for f in ("kind", "ref", "note", "at")} for i in c["items"]]}
                    for c in kept if c is not None
                ],
                "refusals": [{f: r[f] for f in _REFUSAL} for r in refused],
                "tombstones": [dict(row) for row in stones.mappings()],
            }  # fmt: skip

    def following(self) -> Json:
        """The feeds and alerts, with what became of their items. See ``following.py``."""
        with reading_from(self._engine) as connection:
            return following.dump(connection)

    def load_following(self, given: Json) -> None:
        """Keeps what :meth:`following` gave, as far as it is not there."""
        with writing_to(self._engine) as connection:
            following.load(connection, given)

    def load_rest(self, rest: Json) -> None:
        """Keeps what :meth:`rest` gave, as far as it is not there."""
        with writing_to(self._engine) as connection:
            moving.load_judgements(connection, rest["judgements"])
            stones = tables.tombstones
            for row in rest["tombstones"]:
                same = select(stones.c.num).where(stones.c.kind == row["kind"], stones.c.digest == row["digest"])
                if connection.execute(same).first() is None:
                    connection.execute(insert(stones), row)
            there = {c["name"] for c in collecting.listed(connection, limit=0, offset=0)}
            for c in rest["collections"]:
                if c["name"] not in there:
                    collecting.new(connection, c["name"], note=c["note"], at=c["at"])
                for item in c["items"]:
                    collecting.put(connection, c["name"], item)
            for r in rest["refusals"]:
                refusal = Refusal(r["origin"], r["stage"], r["reason"], r["article_id"])
                adding.add_refusal(connection, refusal, seen_at=r["seen_at"])
