"""An article with all that belongs to it, as rows that any record takes: for ``export``, ``import`` and ``copy``.

Rows refer to each other by the ids that are the same everywhere (an article's, a statement's, an entity's in its
article), never by a database's numbers. They hold what the machine read; people's judgements go beside them and are
applied where they arrive.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, get_args

from sqlalchemy import BigInteger, Connection, Float, Table, Text, func, insert, or_, select

from onrecord.errors import RecordError
from onrecord.outcome import Json
from onrecord.record import beside, forgetting, heads, indexing, judging, parts, tables, vectors
from onrecord.record.chunks import chunks
from onrecord.record.names import key_of, storable
from onrecord.record.proving import BROKEN, Evidence
from onrecord.record.rebuilding import Rebuilt
from onrecord.types import ContextKind, EntityType, StatementKind

_A, _S, _E, _J = tables.articles.c, tables.statements.c, tables.entities.c, tables.judgements.c
_LARGEST = 1 << 30
"""Bytes that one packed value may come to: a small file must not fill the memory."""
_OWN = ("payloads", "sightings", "entities", "statements", "roles", "contexts", "media", "furniture", "subjects",
        "judgements")  # fmt: skip
_LEFT_OUT = {"num", "article", "provenance", "payload", "name_num", "by_hand", "speaks", "rejected", "disputed",
             "statement_count", "head", "collection"}  # fmt: skip
"""Columns that a record makes itself."""


def dump(connection: Connection, num: int) -> Json:
    """Everything of one article."""
    article = connection.execute(select(tables.articles).where(_A.num == num)).one()
    made = connection.execute(select(tables.provenances).where(tables.provenances.c.num == article.provenance)).one()
    body = connection.execute(select(tables.bodies).where(tables.bodies.c.article == num)).one()
    entities = {e.num: e for e in _of(connection, tables.entities, _E.article == num)}
    statements = _of(connection, tables.statements, _S.article == num)
    uids = {s.num: s.uid for s in statements}
    o = tables.originals.c
    read = {r.statement: r.speaker for r in _of(connection, tables.originals, o.statement.in_(list(uids)))}
    local = {n: e.local_id for n, e in entities.items()} | {None: None}
    p, g = tables.payloads.c, tables.sightings.c
    sightings = _of(connection, tables.sightings, g.article == num)
    payloads = _of(connection, tables.payloads, p.num.in_({s.payload for s in sightings}))
    ids = {row.num: row.id for row in payloads}
    return {
        "article": _plain(article), "provenance": _plain(made), "body": _plain(body),
        "payloads": [_plain(row) for row in payloads],
        "sightings": [{**_plain(s), "payload": ids[s.payload]} for s in sightings],
        "entities": [_plain(e) for e in entities.values() if not e.by_hand],
        "statements": [
            {**_plain(s), "speaker": local[read.get(s.num, s.speaker)], "disputes": uids.get(s.disputes)}
            for s in statements
        ],
        "roles": [
            {**_plain(r), "statement": uids[r.statement], "entity": local[r.entity]}
            for r in _in(connection, tables.roles, uids)
        ],
        "contexts": [
            {**_plain(c), "statement": uids[c.statement], "voice": local[c.voice]}
            for c in _in(connection, tables.contexts, uids)
        ],
        **{name: [_plain(row) for row in _of(connection, table, table.c.article == num)]
           for name, table in (("media", tables.media), ("furniture", tables.furniture),
                               ("subjects", tables.subjects))},
        "judgements": _judgements(connection, list(uids.values()), {key_of(e.name) for e in entities.values()}),
    }  # fmt: skip


def load(connection: Connection, given: Any) -> tuple[str, bool]:
    """Writes what :func:`dump` gave: the article's id, and whether it was new. Raises RecordError.

    Nothing in it is trusted: columns are those of our tables and of their kinds, payloads have their digests, and
    every statement is proved before the transaction ends.
    """
    try:
        return _load(connection, given)
    except BROKEN as error:
        raise RecordError(
            f"an article as 'onrecord export' writes it was expected, this is not whole: {error}"
        ) from None


def _load(connection: Connection, given: Any) -> tuple[str, bool]:
    lists = {name: [_checked(_TABLES[name], row) for row in given[name]] for name in _OWN}
    article = _checked(tables.articles, given["article"])
    names = [e["name"] for e in lists["entities"]]
    if article["id"] not in {payload["id"] for payload in lists["payloads"]}:
        raise RecordError("an article with its payload was expected, this one is not whole: it has none of its id")
    for payload in lists["payloads"]:
        forgetting.refuse_forgotten(connection, payload["id"], article["clean_digest"], names)
    known = connection.execute(select(_A.num).where(_A.id == article["id"])).scalar()
    num = known if known is not None else _article(connection, article, given, lists)
    _met(connection, num, lists)
    _judge(connection, lists)
    if given.get("vectors"):
        vectors.load(connection, num, given["vectors"])
    if known is None:
        evidence = Evidence.of(connection, num)
        faults = evidence.faults(None)
        for row in connection.execute(select(tables.statements).where(_S.article == num)).all():
            faults += evidence.statement_faults(row)
        Rebuilt(connection, article["id"]).reading().to_dict()  # whatever shows it later will find it whole
        if faults:
            raise RecordError(f"the article {article['id'][:19]} cannot be proved: {faults[0]}")
    return str(article["id"]), known is None


def _article(connection: Connection, article: Json, given: Json, lists: dict[str, list[Json]]) -> int:
    made = _checked(tables.provenances, given["provenance"])
    t = tables.provenances.c
    same = select(t.num).where(*(t[name] == value for name, value in made.items()))
    provenance = connection.execute(same).scalar() or _key(connection, tables.provenances, made)
    num = _key(connection, tables.articles, {**article, "provenance": provenance, "statement_count": 0})
    connection.execute(insert(tables.bodies), {"article": num, **_checked(tables.bodies, given["body"])})
    known = parts.keep_names(connection, lists["entities"])
    first, entities = _next(connection, tables.entities), {}
    rows = []
    for own, e in enumerate(lists["entities"], first):
        entities[e["local_id"]] = own
        named = known[key_of(e["name"])][0]
        rows.append({**e, "num": own, "article": num, "name_num": named, "speaks": 0, "by_hand": 0})
    _write(connection, tables.entities, rows)
    heads_of = {entities[e["local_id"]]: known[key_of(e["name"])][1] for e in lists["entities"]}
    nums = {s["uid"]: n for n, s in enumerate(lists["statements"], _next(connection, tables.statements))}
    _write(connection, tables.statements, [
        {**s, "num": nums[s["uid"]], "article": num, "speaker": (speaker := entities.get(s["speaker"])),
         "name_num": heads_of.get(speaker or 0), "disputes": nums.get(s["disputes"]), "disputed": 0, "rejected": 0}
        for s in lists["statements"]
    ])  # fmt: skip
    _write(connection, tables.roles, [
        {**r, "statement": nums[r["statement"]], "entity": entities[r["entity"]]} for r in lists["roles"]
    ])  # fmt: skip
    _write(connection, tables.contexts, [
        {**c, "statement": nums[c["statement"]], "voice": entities.get(c["voice"])} for c in lists["contexts"]
    ])  # fmt: skip
    for name in ("media", "furniture", "subjects"):
        _write(connection, _TABLES[name], [{**row, "article": num} for row in lists[name]])
    heads.mark_disputed(connection, nums.values())
    heads.recount(connection, set(heads_of.values()))
    judging.settle_article(connection, num)
    indexing.index_of(connection).keep_article(connection, num)
    return num


def _met(connection: Connection, num: int, lists: dict[str, list[Json]]) -> None:
    """The payloads and sightings that are not there yet."""
    p, g = tables.payloads.c, tables.sightings.c
    nums = {}
    for row in lists["payloads"]:
        if f"sha256:{hashlib.sha256(_unpacked(row['data'])).hexdigest()}" != row["id"]:
            raise RecordError(f"the payload {row['id'][:19]} has another digest than its id says")
        there = connection.execute(select(p.num).where(p.id == row["id"])).scalar()
        nums[row["id"]] = there if there is not None else _key(connection, tables.payloads, row)
    for row in lists["sightings"]:
        payload = nums[row["payload"]]
        same = select(g.num).where(g.article == num, g.payload == payload, g.origin == row["origin"])
        if connection.execute(same).scalar() is None:
            connection.execute(insert(tables.sightings), {**row, "article": num, "payload": payload})


def _judge(connection: Connection, lists: dict[str, list[Json]]) -> None:
    new = load_judgements(connection, lists["judgements"])
    judging.reapply_all(connection, [j["subject"] for j in new if j["subject"].startswith("st_")])
    judging.reapply_all(connection, beside.standing(connection, [s["uid"] for s in lists["statements"]]))
    if connection.execute(select(_J.num).where(_J.kind == "merge").limit(1)).scalar() is not None:
        heads.refresh(connection)


def load_judgements(connection: Connection, rows: Iterable[Json]) -> list[Json]:
    """Appends the judgements that are not there yet, and gives those."""
    new = []
    for row in rows:
        if connection.execute(select(_J.num).where(_J.id == row["id"])).scalar() is None:
            connection.execute(insert(tables.judgements), row)
            new.append(row)
    return new


def _judgements(connection: Connection, uids: Sequence[str], keys: set[str]) -> list[Json]:
    """The judgements on these statements, and on these names; those that take them back."""
    found: dict[int, Any] = {}
    if connection.execute(select(_J.num).limit(1)).scalar() is None:
        return []
    pairs = _J.kind.in_(("merge", "split"))
    for chunk in chunks([*uids, *sorted(keys)]):
        either = or_(_J.subject.in_(chunk), _J.object.in_(chunk) & pairs)
        found |= {row.num: row for row in connection.execute(select(tables.judgements).where(either))}
    ids = [row.id for row in found.values()]
    for chunk in chunks(ids):
        back = select(tables.judgements).where(_J.kind == "withdraw", _J.object.in_(chunk))
        found |= {row.num: row for row in connection.execute(back)}
    return [_plain(row) for row in sorted(found.values(), key=lambda row: (row.made_at, row.num))]


def _of(connection: Connection, table: Table, where: Any) -> list[Any]:
    order = table.c.num if "num" in table.c else table.c.statement
    return list(connection.execute(select(table).where(where).order_by(order)))


def _in(connection: Connection, table: Table, nums: Iterable[int]) -> list[Any]:
    order = [table.c.statement, *([table.c.role] if "role" in table.c else []), table.c.position]
    return [
        row for chunk in chunks(nums)
        for row in connection.execute(select(table).where(table.c.statement.in_(chunk)).order_by(*order))
    ]  # fmt: skip


def _plain(row: Any) -> Json:
    """A row as JSON takes it, without what a record makes itself."""
    return {
        name: base64.b64encode(bytes(value)).decode() if isinstance(value, (bytes, memoryview)) else value
        for name, value in row._mapping.items() if name not in _LEFT_OUT
    }  # fmt: skip


def _checked(table: Table, row: Any) -> Json:
    """A row that came from outside: our columns, each of its kind."""
    made: Json = {}
    for column in table.columns:
        name = column.name
        if name not in row:
            continue
        value, kind = row[name], column.type
        refers = name in ("payload", "speaker", "disputes", "statement", "entity", "voice")
        fits = str if refers or isinstance(kind, Text) else int if isinstance(kind, BigInteger) else None
        if isinstance(kind, Float):
            value = float(value)
        elif fits is None and value is not None:
            value = base64.b64decode(value, validate=True)
        elif value is not None and (not isinstance(value, fits or object) or isinstance(value, bool)):
            raise RecordError(f"'{name}' of {table.name} is no {'text' if fits is str else 'number'}")
        if (table.name, name) in _CLOSED and value not in _CLOSED[table.name, name]:
            raise RecordError(f"'{name}' of {table.name} is one of a few words, got {str(value)[:40]!r}")
        made[name] = storable(value) if isinstance(value, str) else value
    missing = {c.name for c in table.columns} - set(made) - _LEFT_OUT
    if missing:
        raise RecordError(f"{table.name} without {', '.join(sorted(missing))}")
    return made


def _unpacked(data: bytes) -> bytes:
    reader = zlib.decompressobj()
    found = reader.decompress(data, _LARGEST)
    if reader.unconsumed_tail:
        raise RecordError(f"a payload is larger than {_LARGEST:,} bytes")
    return found


def _next(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.num), 0))).scalar_one()) + 1


def _key(connection: Connection, table: Table, row: Json) -> int:
    key = connection.execute(insert(table), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _write(connection: Connection, table: Table, rows: list[Json]) -> None:
    if rows:
        connection.execute(insert(table), rows)


_CLOSED: dict[tuple[str, str], set[str]] = {
    ("contexts", "kind"): set(get_args(ContextKind)), ("entities", "type"): set(get_args(EntityType)),
    ("statements", "kind"): set(get_args(StatementKind)), ("statement_entities", "role"): {"via", "about", "addressee"},
    ("judgements", "kind"): {"accept", "speaker", "reject", "merge", "split", "withdraw"},
}  # fmt: skip
"""Columns that hold a word of a closed list."""
_TABLES = {name: getattr(tables, name) for name in _OWN}
