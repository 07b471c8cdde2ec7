"""Many made articles at once: the very rows that ``add`` writes, in large portions, so that a million are soon there.

``same_as_added`` holds the two together: the record's own dump of articles kept either way must be the same.
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, insert, select, text

from onrecord.outcome import Reading
from onrecord.record import Record, adding, moving, parts, tables
from onrecord.record.connect import writing_to
from onrecord.record.index_postgres import PostgresIndex
from onrecord.record.names import key_of, surname
from record_made import outlet_of, reading

AT = "2026-01-01T00:00:00"
PORTION = 500
Rows = dict[str, list[dict[str, Any]]]


def article_of(n: int, seed: int) -> Reading:
    """The n-th article of a seed: the same however many are made."""
    return reading(n, random.Random(seed * 1_000_003 + n))


def load(record: Record, first: int, last: int, seed: int) -> Iterator[int]:
    """Keeps the articles from ``first`` up to ``last``; how many there are after each portion."""
    for at in range(first, last, PORTION):
        with writing_to(record._engine) as connection:
            _portion(connection, range(at, min(at + PORTION, last)), seed)
        yield min(at + PORTION, last)


def _portion(connection: Connection, numbers: range, seed: int) -> None:
    made = [(n, article_of(n, seed)) for n in numbers]
    next_ = {
        name: moving._next(connection, getattr(tables, name))
        for name in ("names", "entities", "statements", "articles", "payloads")
    }
    provenance = adding._keep_provenance(connection, made[0][1].provenance)
    named = _names(connection, (e.name for _, r in made for e in r.resolved.entities))
    rows: Rows = {
        name: []
        for name in ("payloads", "articles", "bodies", "sightings", "entities", "statements", "roles", "contexts")
    }
    for n, one in made:
        _article(rows, next_, n, one, named, provenance)
    for name, some in rows.items():
        connection.execute(insert(getattr(tables, name)), some)
    _count(connection, rows["statements"])
    _index(connection, made, rows)


def _names(connection: Connection, names: Iterator[str]) -> dict[str, int]:
    wanted = {key_of(name): name for name in names}
    n = tables.names.c
    found = {}
    for at in range(0, len(wanted), 900):
        some = list(wanted)[at : at + 900]
        found |= {row.key: row.num for row in connection.execute(select(n.key, n.num).where(n.key.in_(some)))}
    new = [key for key in wanted if key not in found]
    first = moving._next(connection, tables.names)
    if new:
        connection.execute(insert(tables.names), [
            {"num": num, "key": key, "surname": surname(key), "name": wanted[key], "type": "person", "statements": 0, "articles": 0}
            for num, key in enumerate(new, first)
        ])  # fmt: skip
    return found | {key: num for num, key in enumerate(new, first)}


def _article(rows: Rows, next_: dict[str, int], n: int, one: Reading, named: dict[str, int], provenance: int) -> None:
    article, made = one.article, one.to_dict()
    num, payload = next_["articles"], next_["payloads"]
    next_["articles"] += 1
    next_["payloads"] += 1
    lead, label = adding.excerpts.beginning(one, made)
    rows["payloads"].append({"num": payload, "id": article.id, "media_type": article.media_type, "size": len(article.payload),
                             "data": zlib.compress(article.payload), "extra": json.dumps(dict(article.extra))})  # fmt: skip
    rows["articles"].append({
        "num": num, "id": article.id, "key": article.key, "origin": article.origin, "url": article.url, "title": article.title,
        "label": label, "headline": None, "byline": article.byline, "site": article.site, "outlet": outlet_of(n),
        "published": one.published, "language": "en", "raw_length": len(article.raw), "seen_at": AT, "sort_at": one.published,
        "clean_digest": adding._clean_digest(one), "lead": lead, "statement_count": len(made["statements"]),
        "provenance": provenance,
    })  # fmt: skip
    rows["bodies"].append({"article": num, "text": made["text"], "details": adding.packed(adding._details(one, made)),
                           "raw": adding._raw(article)})  # fmt: skip
    rows["sightings"].append({"article": num, "payload": payload, "origin": article.origin, "url": article.url,
                              "outlet": outlet_of(n), "seen_at": AT})  # fmt: skip
    own = parts._Parts(num)
    for e in made["entities"]:
        key = key_of(e["name"])
        row = parts._entity_row(next_["entities"], num, e, {key: (named[key], named[key])})
        own.entities[e["id"]] = {**row, "by_hand": 0}
        own.heads[next_["entities"]] = named[key]
        next_["entities"] += 1
    for position, s in enumerate(made["statements"]):
        parts._take(own, next_["statements"], position, one, s)
    next_["statements"] += len(own.statements)
    parts._set_disputes(own, made["statements"])
    rows["entities"] += own.entities.values()
    rows["statements"] += ({**row, "rejected": 0} for row in own.statements.values())
    rows["roles"] += own.roles
    rows["contexts"] += own.contexts


def _count(connection: Connection, statements: list[dict[str, Any]]) -> None:
    said: dict[int, list[int]] = {}
    for row in statements:
        said.setdefault(row["name_num"], []).append(row["article"])
    change = text("UPDATE names SET statements = statements + :more, articles = articles + :some WHERE num = :num")
    connection.execute(change, [{"num": num, "more": len(a), "some": len(set(a))} for num, a in said.items()])


def _index(connection: Connection, made: list[tuple[int, Reading]], rows: Rows) -> None:
    first, last = rows["articles"][0]["num"], rows["articles"][-1]["num"]
    if connection.dialect.name == "postgresql":
        PostgresIndex().keep_articles(connection, [row["num"] for row in rows["articles"]])
        return
    connection.exec_driver_sql(
        "INSERT INTO article_index (rowid, label, text) SELECT num, label, text FROM article_words WHERE num BETWEEN ? AND ?",
        (first, last),
    )
    connection.exec_driver_sql(
        "INSERT INTO statement_index (rowid, quote, speaker_name) SELECT num, quote, speaker_name FROM statement_words"
        " WHERE num BETWEEN ? AND ?",
        (rows["statements"][0]["num"], rows["statements"][-1]["num"]),
    )


def same_as_added(one: str, other: str, seed: int, count: int = 30) -> bool:
    """Whether a record filled in bulk is the record that ``add`` makes, and finds nothing wrong with itself."""
    with Record.open(one) as added, Record.open(other) as bulk:
        for n in range(count):
            added.add(article_of(n, seed), seen_at=AT, outlet=outlet_of(n))
        list(load(bulk, 0, count, seed))
        clean = all(not item["faults"] for record in (added, bulk) for item in record.check())
        return clean and list(added.dumps()) == list(bulk.dumps()) and added.speakers(limit=0) == bulk.speakers(limit=0)
