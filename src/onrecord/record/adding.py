"""One reading into the tables, whole or not at all: the caller holds the transaction."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from onrecord.outcome import Json, Reading
from onrecord.record import beside, excerpts, forgetting, indexing, judging, parts, tables
from onrecord.record.names import storable, storable_or_none
from onrecord.types import Article, Provenance, Refusal

SAME_TEXT_FROM = 80
"""Characters of clean text from which two payloads with the same text count as one article met twice. Below it a page
that came out as one stock phrase ("Please enable cookies") would swallow every other such page."""

_LONGEST_DATE = 40
"""Characters of a date and time with all that ISO 8601 allows."""

_A, _S, _P = tables.articles.c, tables.sightings.c, tables.payloads.c

# Built once: putting a question together takes longer than the database takes to answer it.
_BY_ID = select(_A.num).where(_A.id == bindparam("id"))
_BY_PAYLOAD = (
    select(_S.article).join(tables.payloads, _P.num == _S.payload).where(_P.id == bindparam("id")).limit(1)
)  # fmt: skip
_BY_TEXT = select(_A.num).where(_A.clean_digest == bindparam("digest")).order_by(_A.num).limit(1)
_PAYLOAD = select(_P.num).where(_P.id == bindparam("id"))
_KEPT = select(_A.id, _A.label, _A.statement_count).where(_A.num == bindparam("num"))
_SIGHTING = select(_S.num).where(
    _S.article == bindparam("of"), _S.payload == bindparam("as"), _S.origin == bindparam("at")
)
_V = tables.provenances.c
_PROVENANCE = select(_V.num).where(
    *(_V[name] == bindparam(name) for name in ("version", "model", "model_digest", "settings"))
)
_INSERTS = {t: insert(t) for t in (tables.articles, tables.bodies, tables.payloads, tables.sightings,
                                   tables.provenances, tables.media, tables.furniture, tables.subjects,
                                   tables.refusals)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a reading: a ``new`` article, a new sighting of a known one, or neither."""

    article_id: str
    """The article in the record, which is the one first met where this is the same text again."""
    origin: str
    label: str
    new: bool
    sighting: bool
    statements: int


def add(connection: Connection, reading: Reading, *, seen_at: str, outlet: str | None) -> Added:
    """Keeps a reading; see :meth:`onrecord.record.Record.add`."""
    article, seen_at, outlet = reading.article, storable(seen_at), storable_or_none(outlet)
    digest = _clean_digest(reading)
    names = (e.name for e in reading.resolved.entities)
    forgetting.refuse_forgotten(connection, article.id, digest, names)
    known = _known(connection, article.id, digest)
    payload = _keep_payload(connection, article)
    num = known or _keep_article(connection, reading, digest, seen_at, outlet)
    sighting = {
        "article": num, "payload": payload, "origin": storable(article.origin), "url": storable_or_none(article.url),
        "outlet": outlet, "seen_at": seen_at,
    }  # fmt: skip
    there = connection.execute(_SIGHTING, {"of": num, "as": payload, "at": sighting["origin"]}).scalar()
    if there is None:
        connection.execute(_INSERTS[tables.sightings], sighting)
    kept = connection.execute(_KEPT, {"num": num}).one()
    return Added(kept.id, article.origin, kept.label, not known, there is None, kept.statement_count)


def add_refusal(connection: Connection, refusal: Refusal, *, seen_at: str) -> None:
    """Keeps a refusal, or moves the time of the same one."""
    row = {
        "origin": storable(refusal.origin), "stage": refusal.stage, "reason": storable(refusal.reason),
        "article_id": refusal.article_id, "seen_at": storable(seen_at),
    }  # fmt: skip
    r = tables.refusals.c
    same = (r.origin == row["origin"], r.stage == row["stage"], r.reason == row["reason"])
    again = {"seen_at": row["seen_at"], "article_id": row["article_id"]}
    if not connection.execute(update(tables.refusals).where(*same).values(again)).rowcount:
        connection.execute(_INSERTS[tables.refusals], row)


def packed(value: Any) -> bytes:
    """JSON, compressed."""
    return zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode())


def _clean_digest(reading: Reading) -> str | None:
    text = reading.clean.text
    if len(text) < SAME_TEXT_FROM:
        return None
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _known(connection: Connection, article_id: str, digest: str | None) -> int | None:
    """The article that this payload, or this text, already is."""
    same = connection.execute(_BY_ID, {"id": article_id}).scalar()
    if same is None:
        same = connection.execute(_BY_PAYLOAD, {"id": article_id}).scalar()
    if same is None and digest is not None:
        same = connection.execute(_BY_TEXT, {"digest": digest}).scalar()
    return same


def _keep_payload(connection: Connection, article: Article) -> int:
    found = connection.execute(_PAYLOAD, {"id": article.id}).scalar()
    if found is not None:
        return int(found)
    row = {
        "id": article.id, "media_type": storable(article.media_type), "size": len(article.payload),
        "data": zlib.compress(article.payload), "extra": storable(json.dumps(dict(article.extra))),
    }  # fmt: skip
    return _insert(connection, tables.payloads, row)


def _keep_provenance(connection: Connection, made: Provenance) -> int:
    row = {
        "version": made.version, "model": made.model, "model_digest": made.model_digest,
        "settings": json.dumps(dict(made.settings), sort_keys=True),
    }  # fmt: skip
    found = connection.execute(_PROVENANCE, row).scalar()
    return int(found) if found is not None else _insert(connection, tables.provenances, row)


def _keep_article(
    connection: Connection, reading: Reading, digest: str | None, seen_at: str, outlet: str | None
) -> int:
    article, made = reading.article, reading.to_dict()
    row = {"id": article.id, "key": article.key, "origin": article.origin, "url": article.url, "outlet": outlet,
           "seen_at": seen_at, **_as_read(connection, reading, made, digest, seen_at)}  # fmt: skip
    num = _insert(connection, tables.articles, {k: storable(v) if isinstance(v, str) else v for k, v in row.items()})
    _fill(connection, num, reading, made)
    return num


def replace(connection: Connection, num: int, reading: Reading) -> None:
    """Puts another reading of the same article in the place of the one there; what people judged is applied to it."""
    digest, made = _clean_digest(reading), reading.to_dict()
    forgetting.refuse_forgotten(connection, reading.article.id, digest, (e["name"] for e in made["entities"]))
    forgetting.clear(connection, num)
    seen_at = connection.execute(select(_A.seen_at).where(_A.num == num)).scalar_one()
    row = _as_read(connection, reading, made, digest, seen_at)
    row = {k: storable(v) if isinstance(v, str) else v for k, v in row.items()}
    connection.execute(update(tables.articles).where(_A.num == num).values(row))
    _fill(connection, num, reading, made)


def _as_read(
    connection: Connection, reading: Reading, made: Json, digest: str | None, seen_at: str
) -> dict[str, Any]:  # fmt: skip
    """What of an article's row comes from reading it."""
    article = reading.article
    lead, label = excerpts.beginning(reading, made)
    published = (storable_or_none(reading.published) or "")[:_LONGEST_DATE] or None
    return {
        "title": article.title, "label": label,
        "headline": reading.clean.words(reading.clean.headline) if reading.clean.headline else None,
        "byline": article.byline, "site": article.site, "published": published,
        "language": reading.clean.language, "raw_length": len(article.raw),
        "sort_at": published if published and published[:4].isdecimal() else seen_at, "clean_digest": digest,
        "lead": lead, "statement_count": len({s["uid"] for s in made["statements"]}),
        "provenance": _keep_provenance(connection, reading.provenance),
    }  # fmt: skip


def _fill(connection: Connection, num: int, reading: Reading, made: Json) -> None:
    """An article's text, what stands around it, its statements; all of it into the index."""
    body = {"article": num, "text": storable(made["text"]), "details": packed(_details(reading, made)),
            "raw": _raw(reading.article)}  # fmt: skip
    connection.execute(_INSERTS[tables.bodies], body)
    _keep_around(connection, num, made)
    parts.keep(connection, num, reading, made)
    indexing.index_of(connection).keep_article(connection, num)
    judging.reapply_all(connection, beside.standing(connection, [s["uid"] for s in made["statements"]]))


def _details(reading: Reading, made: Json) -> Json:
    """What only the article as a whole is asked for; ``head_edits`` completes ``edits`` to all of cleaning's."""
    fields = ("headline", "paragraphs", "sentences", "furniture", "edits", "figures", "events", "media", "times",
              "warnings", "updated")  # fmt: skip
    full = [[list(e.span), e.text, e.why] for e in reading.clean.edits]
    shared = len(made["edits"]) - (1 if made["headline"] else 0)
    head = full[: len(full) - shared] if made["headline"] else []
    return {**{f: made.get(f) for f in fields}, "head_edits": head}


def _raw(article: Article) -> bytes | None:
    """The raw text compressed, or None where it is the payload itself, decoded."""
    raw = article.raw.encode("utf-8", "surrogatepass")
    return None if raw == article.payload else zlib.compress(raw)


def _keep_around(connection: Connection, num: int, made: Json) -> None:
    """What stands around the article and what it is about."""
    media = [
        {"article": num, "position": i, "kind": m["kind"], "url": storable(m["url"]),
         "title": storable_or_none(m["title"])}
        for i, m in enumerate(made["media"])
    ]  # fmt: skip
    furniture = [
        {"article": num, "kind": f["kind"], "first": f["span"][0], "last": f["span"][1]} for f in made["furniture"]
    ]
    countries = [("country", code, code) for code in made.get("countries") or ()]
    topics = [("topic", t["id"], t["name"]) for t in made.get("topics") or ()]
    subjects = [
        {"article": num, "scheme": scheme, "code": code, "name": name, "position": i}
        for i, (scheme, code, name) in enumerate(dict.fromkeys(countries + topics))
    ]
    for table, rows in ((tables.media, media), (tables.furniture, furniture), (tables.subjects, subjects)):
        if rows:
            connection.execute(_INSERTS[table], rows)


def _insert(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    key = connection.execute(_INSERTS[table], row).inserted_primary_key
    assert key is not None
    return int(key[0])
