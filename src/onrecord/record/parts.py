"""An article's entities and statements into their tables, each table in one go.

Rows get their numbers here, before they are written, so that they can refer to each other: the caller's transaction
holds the only right to write.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from onrecord.outcome import Json, Reading
from onrecord.record import tables
from onrecord.record.chunks import chunks
from onrecord.record.names import key_of, storable, storable_or_none, surname

Names = dict[str, tuple[int, int]]
"""A name's key -> its number, and that of the name it goes under."""


_N = tables.names

# Built once: putting a question together takes longer than the database takes to answer it.
_LAST = {t: select(func.coalesce(func.max(t.c.num), 0)) for t in (_N, tables.entities, tables.statements)}
_INSERTS = {t: insert(t) for t in (_N, tables.entities, tables.statements, tables.roles, tables.contexts)}
_KNOWN = select(_N.c.key, _N.c.num, _N.c.head).where(_N.c.key.in_(bindparam("keys", expanding=True)))
_COUNT = (
    update(_N).where(_N.c.num == bindparam("of"))
    .values({"statements": _N.c.statements + bindparam("more"), "articles": _N.c.articles + 1})
)  # fmt: skip


@dataclass(slots=True)
class _Parts:
    """The rows of one article, as they come together."""

    article: int
    entities: dict[str, Json] = field(default_factory=dict)
    """By local id."""
    statements: dict[str, Json] = field(default_factory=dict)
    """By global id: the same spans twice are one statement."""
    numbers: dict[str, int] = field(default_factory=dict)
    """A statement's local id -> its number."""
    heads: dict[int, int] = field(default_factory=dict)
    """An entity's number -> that of the name it speaks under."""
    roles: list[Json] = field(default_factory=list)
    contexts: list[Json] = field(default_factory=list)


def keep(connection: Connection, article: int, reading: Reading, made: Json) -> None:
    """Writes the entities and statements of one article. ``made`` is its reading as JSON."""
    parts = _Parts(article)
    names = keep_names(connection, made["entities"])
    first = _next(connection, tables.entities)
    for num, e in enumerate(made["entities"], first):
        parts.entities[e["id"]] = _entity_row(num, article, e, names)
        parts.heads[num] = names[key_of(e["name"])][1]
    first = _next(connection, tables.statements)
    for position, s in enumerate(made["statements"]):
        _take(parts, first, position, reading, s)
    _set_disputes(parts, made["statements"])
    _write(connection, tables.entities, parts.entities.values())
    _write(connection, tables.statements, parts.statements.values())
    _write(connection, tables.roles, parts.roles)
    _write(connection, tables.contexts, parts.contexts)
    _count(connection, parts)


def _next(connection: Connection, table: Table) -> int:
    return int(connection.execute(_LAST[table]).scalar_one()) + 1


def _write(connection: Connection, table: Table, rows: Any) -> None:
    rows = list(rows)
    if rows:
        connection.execute(_INSERTS[table], rows)


def keep_names(connection: Connection, entities: list[Json]) -> Names:
    """The names by key, new ones written."""
    by_key = {key_of(e["name"]): e for e in reversed(entities)}
    keys = list(by_key)
    known: Names = {}
    for chunk in chunks(keys):
        found = connection.execute(_KNOWN, {"keys": chunk})
        known |= {row.key: (row.num, row.head or row.num) for row in found}
    new = [key for key in keys if key not in known]
    if new:
        first = _next(connection, tables.names)
        known |= {key: (num, num) for num, key in enumerate(new, first)}
    _write(connection, tables.names, (
        {"num": known[key][0], "key": key, "surname": surname(key), "name": storable(by_key[key]["name"]),
         "type": by_key[key]["type"], "statements": 0, "articles": 0}
        for key in new
    ))  # fmt: skip
    return known


def _entity_row(num: int, article: int, e: Json, names: Names) -> Json:
    return {
        "num": num, "article": article, "local_id": e["id"], "name": storable(e["name"]),
        "name_num": names[key_of(e["name"])][0], "type": e["type"], "speaks": int(e["speaks"]),
        "stands_for": storable_or_none(e["stands_for"]), "mentions": json.dumps(e["mentions"], separators=(",", ":")),
    }  # fmt: skip


def _take(parts: _Parts, first: int, position: int, reading: Reading, s: Json) -> None:
    """Adds a statement's rows, unless its spans are those of one before."""
    if s["uid"] in parts.statements:
        parts.numbers[s["id"]] = parts.statements[s["uid"]]["num"]
        return
    num = parts.numbers[s["id"]] = first + len(parts.statements)
    speaker = parts.entities.get(s["speaker"], {})
    rebutted = any(c["kind"] == "rebuts" for c in s["context"])
    parts.statements[s["uid"]] = {
        "num": num, "uid": s["uid"], "article": parts.article, "position": position, "local_id": s["id"],
        "kind": s["kind"], "act": s["act"], "negated": int(s["negated"]), "hedged": int(s["hedged"]),
        "quote": storable(s["quote"]), "speaker": speaker.get("num"),
        "name_num": parts.heads.get(speaker.get("num", 0)),
        "confidence": s["confidence"], "disputes": None, "disputed": int(rebutted),
        "details": _details(reading, position, s),
    }  # fmt: skip
    given = [("via", v) for v in s["via"]] + [("about", a) for a in s["about"]]
    given += [("addressee", s["addressee"])] if s["addressee"] else []
    parts.roles += [
        {"statement": num, "role": role, "position": i, "entity": parts.entities[local]["num"]}
        for i, (role, local) in enumerate(given) if local in parts.entities
    ]  # fmt: skip
    parts.contexts += [
        {"statement": num, "position": i, "kind": c["kind"], "first": c["span"][0], "last": c["span"][1],
         "voice": parts.entities.get(c["voice"], {}).get("num"), "text": storable(reading.clean.words(own.span))}
        for i, (own, c) in enumerate(zip(reading.statements[position].context, s["context"], strict=True))
    ]  # fmt: skip


def _details(reading: Reading, position: int, s: Json) -> str:
    """What only the statement itself is asked for. ``clean`` are the content's spans in the whole clean text."""
    kept = {f: s[f] for f in ("source", "cue", "content", "said_on", "evidence")}
    kept["clean"] = [list(c) for c in reading.statements[position].statement.content]
    return storable(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))


def _set_disputes(parts: _Parts, made: list[Json]) -> None:
    rows = {row["num"]: row for row in parts.statements.values()}
    for s in made:
        own, other = parts.numbers[s["id"]], parts.numbers.get(s["disputes"])
        if other is not None and other != own:
            rows[own]["disputes"] = other
            rows[other]["disputed"] = 1


def _count(connection: Connection, parts: _Parts) -> None:
    """Keeps the names' counts, so that listing speakers need not count."""
    said: dict[int, int] = {}
    for row in parts.statements.values():
        if row["name_num"] is not None:
            said[row["name_num"]] = said.get(row["name_num"], 0) + 1
    if said:
        connection.execute(_COUNT, [{"of": num, "more": count} for num, count in said.items()])
