"""One article, one statement: found by their ids and put back together."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.errors import RecordError
from onrecord.outcome import Json
from onrecord.record import beside, tables
from onrecord.record.chunks import chunks

_HEX = re.compile(r"[0-9a-f]{4,64}")
_UID = re.compile(r"st_[0-9a-f]{4,40}")


def article_num(connection: Connection, id_or_prefix: str) -> int | None:
    """The number of the one article that the id, or its beginning, fits. Raises RecordError where several do."""
    digest = id_or_prefix.strip().lower().removeprefix("sha256:")
    if not _HEX.fullmatch(digest):
        return None
    p, s = tables.payloads.c, tables.sightings.c
    fits = p.id == f"sha256:{digest}" if len(digest) == 64 else p.id.between(f"sha256:{digest}", f"sha256:{digest}g")
    found = select(s.article).distinct().join(tables.payloads, p.num == s.payload).where(fits).limit(2)
    return _only(list(connection.execute(found).scalars()), id_or_prefix)


def statement_num(connection: Connection, uid_or_prefix: str) -> int | None:
    """The number of the one statement that the id, or its beginning, fits. Raises RecordError where several do."""
    uid = uid_or_prefix.strip().lower()
    if not _UID.fullmatch(uid):
        return None
    s = tables.statements.c
    return _only(list(connection.execute(select(s.num).where(s.uid.between(uid, uid + "g")).limit(2)).scalars()), uid)


def _only(found: list[int], asked: str) -> int | None:
    if len(found) > 1:
        raise RecordError(f"'{asked[:80]}' fits more than one id: give more of its characters")
    return found[0] if found else None


def statement(connection: Connection, uid: str) -> Json | None:
    """One statement with its disputes and context, or None."""
    num = statement_num(connection, uid)
    return beside.view(connection, [num])[0] if num is not None else None


def article(connection: Connection, id_or_prefix: str) -> Json | None:
    """The article object of the contract and what the record knows besides, or None."""
    num = article_num(connection, id_or_prefix)
    if num is None:
        return None
    a, b, p = tables.articles, tables.bodies.c, tables.provenances
    query = (
        select(a, b.text, b.details, p.c.version, p.c.model, p.c.model_digest, p.c.settings)
        .join(tables.bodies, b.article == a.c.num).join(p, p.c.num == a.c.provenance).where(a.c.num == num)
    )  # fmt: skip
    row = connection.execute(query).one()
    s = tables.statements.c
    nums = (
        connection.execute(select(s.num).where(s.article == num, s.rejected == 0).order_by(s.position)).scalars().all()
    )
    return {**_contract(connection, row, unpacked(row.details)), **_besides(connection, row),
            "statements": beside.view(connection, nums, inside_article=True)}  # fmt: skip


def _contract(connection: Connection, row: Row[Any], details: Json) -> Json:
    entities = _entities(connection, row.num)
    return {
        "id": row.id, "key": row.key, "origin": row.origin, "url": row.url, "title": row.title, "byline": row.byline,
        "site": row.site, "published": row.published, "updated": details["updated"], "language": row.language,
        "raw_length": row.raw_length,
        **{f: details[f] for f in ("headline", "paragraphs", "sentences", "furniture", "edits")},
        "text": row.text, "anchors": details.get("anchors", []), "entities": entities,
        "speakers": [{k: e[k] for k in ("id", "name", "type", "mentions")} for e in entities if e["speaks"]],
        "statements": [],
        **{f: details[f] for f in ("figures", "events", "media", "times", "warnings")},
        "provenance": {"version": row.version, "model": row.model, "model_digest": row.model_digest,
                       "settings": json.loads(row.settings)},
    }  # fmt: skip


def _besides(connection: Connection, row: Row[Any]) -> Json:
    """What the record adds to the contract's object."""
    return {
        **subjects(connection, [row.num])[row.num], "label": row.label, "lead": row.lead, "outlet": row.outlet,
        "seen_at": row.seen_at, "sightings": _sightings(connection, row.num),
    }  # fmt: skip


def subjects(connection: Connection, nums: list[int]) -> dict[int, Json]:
    """By article number its ``countries`` and ``topics``."""
    found: dict[int, Json] = {n: {"countries": [], "topics": []} for n in nums}
    t = tables.subjects.c
    for chunk in chunks(nums):
        query = select(t.article, t.scheme, t.code, t.name).where(t.article.in_(chunk)).order_by(t.article, t.position)
        for row in connection.execute(query):
            if row.scheme == "country":
                found[row.article]["countries"].append(row.code)
            else:
                found[row.article]["topics"].append({"id": row.code, "name": row.name})
    return found


def _entities(connection: Connection, num: int) -> list[Json]:
    e = tables.entities.c
    query = (
        select(e.local_id, e.name, e.type, e.speaks, e.mentions, e.stands_for).where(e.article == num).order_by(e.num)
    )
    return [
        {"id": row.local_id, "name": row.name, "type": row.type, "speaks": bool(row.speaks),
         "mentions": json.loads(row.mentions), "stands_for": row.stands_for}
        for row in connection.execute(query)
    ]  # fmt: skip


def _sightings(connection: Connection, num: int) -> list[Json]:
    s, p = tables.sightings.c, tables.payloads.c
    query = (
        select(s.origin, s.url, s.outlet, s.seen_at, p.id.label("payload_id"))
        .join(tables.payloads, p.num == s.payload).where(s.article == num).order_by(s.num)
    )  # fmt: skip
    return [dict(row) for row in connection.execute(query).mappings()]


def raw_text(connection: Connection, article_id: str) -> str | None:
    """The raw text of an article, or None."""
    num = article_num(connection, article_id)
    return raw_of(connection, num) if num is not None else None


def raw_of(connection: Connection, num: int) -> str:
    """The raw text of the article of that number."""
    b, a = tables.bodies.c, tables.articles.c
    kept = connection.execute(select(b.raw).where(b.article == num)).scalar()
    if kept is None:
        own = select(a.id).where(a.num == num).scalar_subquery()
        kept = connection.execute(select(tables.payloads.c.data).where(tables.payloads.c.id == own)).scalar_one()
    return zlib.decompress(kept).decode("utf-8", "surrogatepass")


def payload(connection: Connection, payload_id: str) -> bytes | None:
    """The bytes as they arrived, or None."""
    p = tables.payloads.c
    digest = payload_id.strip().lower().removeprefix("sha256:")
    kept = connection.execute(select(p.data).where(p.id == f"sha256:{digest}")).scalar()
    if kept is None and (num := article_num(connection, payload_id)) is not None:
        own = select(tables.articles.c.id).where(tables.articles.c.num == num).scalar_subquery()
        kept = connection.execute(select(p.data).where(p.id == own)).scalar()
    return zlib.decompress(kept) if kept is not None else None


def unpacked(blob: bytes) -> Any:
    """What ``adding.packed`` made."""
    return json.loads(zlib.decompress(blob))
