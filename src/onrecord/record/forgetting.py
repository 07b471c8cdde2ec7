"""Forgetting: a court's order, a person's right. Gone from every table, index and export; a tombstone says why.

The tombstone holds digests, never words: enough to know the same again and refuse it, not enough to read it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, delete, insert, or_, select, update

from onrecord.errors import Forgotten, RecordError
from onrecord.outcome import Json
from onrecord.record import across, heads, indexing, step_feeds, tables, views
from onrecord.record.chunks import chunks
from onrecord.record.connect import BUSY_SECONDS
from onrecord.record.indexing import Narrowed, Term
from onrecord.record.names import fold, key_of, storable

_A, _S, _E, _N = tables.articles.c, tables.statements.c, tables.entities.c, tables.names.c
_T, _J = tables.tombstones.c, tables.judgements.c

_ANY_STONE = select(_T.num).limit(1)


@dataclass(slots=True)
class Doomed:
    """What would go: articles by number, and the key of the name, where it is one that is to be forgotten."""

    what: str
    key: str | None = None
    articles: list[int] = field(default_factory=list)


def doomed(connection: Connection, ref: str) -> Doomed:
    """What an article's id, or a name, stands for. Raises RecordError where there is nothing.

    A name stands for every article that names it: a text cannot be kept as evidence with words taken out of it.
    """
    num = views.article_num(connection, ref)
    if num is not None:
        label = connection.execute(select(_A.id).where(_A.num == num)).scalar_one()
        return Doomed(str(label), None, [num])
    key = key_of(ref)
    found: set[int] = set()
    if key:
        named = select(_E.article).join(tables.names, _N.num == _E.name_num).where(_N.key == key)
        found |= set(connection.execute(named).scalars())
    if fold(ref):  # and where the name stands in the text, though nobody saw a name in it
        phrase = [Term(fold(ref))]
        hits = indexing.index_of(connection).ask(connection, "articles", phrase, Narrowed(), -1, 0)
        found |= {hit.num for hit in hits}
    if not found:
        raise RecordError(f"the record has no article and no name '{ref[:80]}': nothing is forgotten")
    return Doomed(ref, key, sorted(found))


def forget(connection: Connection, what: Doomed, *, reason: str, author: str, at: str) -> Json:
    """Deletes all of it and leaves the tombstones; see :meth:`onrecord.record.Record.forget`."""
    reason = " ".join(storable(reason).split())
    if not reason:
        raise RecordError("a reason was expected: it is all that stays of what is forgotten")
    said = {"reason": reason, "author": storable(author), "made_at": storable(at)}
    uids: list[str] = []
    for num in what.articles:
        digests, statements = _forget_article(connection, num)
        uids += statements
        for kind, digest in digests:
            _tombstone(connection, kind, digest, said)
    if what.key is not None:
        _tombstone(connection, "name", digest_of(what.key), said)
        _forget_name(connection, what.key)
    _delete_in(connection, tables.judgements, _J.subject, uids)
    heads.refresh(connection)
    unused = select(_E.num).where(_E.name_num == _N.num).exists()
    under = tables.names.alias().c
    heading = select(under.num).where(under.head == _N.num).exists()
    connection.execute(update(tables.names).where(~unused).values(head=None))
    connection.execute(delete(tables.names).where(~unused, ~heading))
    return {"articles": len(what.articles), "statements": len(uids)}


def _forget_name(connection: Connection, key: str) -> None:
    """What people wrote of a name: judgements, and searches kept in collections."""
    pairs = or_(_J.subject == key, _J.object == key)
    ids = set(connection.execute(select(_J.id).where(_J.kind.in_(("merge", "split")), pairs)).scalars())
    given = connection.execute(select(_J.id, _J.object).where(_J.kind == "speaker")).all()
    ids |= {row.id for row in given if key_of(row.object) == key}
    _delete_in(connection, tables.judgements, _J.object, sorted(ids))
    _delete_in(connection, tables.judgements, _J.id, sorted(ids))
    i = tables.items.c
    searches = connection.execute(select(i.num, i.ref).where(i.kind == "search")).all()
    _delete_in(connection, tables.items, i.num, [row.num for row in searches if key in fold(row.ref)])
    a = step_feeds.alerts.c
    asked = connection.execute(select(a.num, a.name, a.query)).all()
    _delete_in(connection, step_feeds.alerts, a.num, [r.num for r in asked if key in fold(f"{r.name} {r.query}")])


def tombstones(connection: Connection) -> list[Json]:
    """What was forgotten, and why: ``id kind reason author at``, oldest first."""
    rows = connection.execute(select(tables.tombstones).order_by(_T.num))
    return [{"id": row.digest, "kind": row.kind, "reason": row.reason, "author": row.author, "at": row.made_at}
            for row in rows]  # fmt: skip


def refuse_forgotten(connection: Connection, article_id: str, clean_digest: str | None, names: Iterable[str]) -> None:
    """Raises Forgotten for what a tombstone stands for."""
    if connection.execute(_ANY_STONE).scalar() is None:
        return
    asked = [("payload", [article_id]), ("text", [clean_digest] if clean_digest else []),
             ("name", [digest_of(key_of(n)) for n in names])]  # fmt: skip
    for kind, digests in asked:
        for chunk in chunks(digests):
            found = connection.execute(select(tables.tombstones).where(_T.kind == kind, _T.digest.in_(chunk))).first()
            if found is not None:
                raise Forgotten(f"this was forgotten on {found.made_at[:10]} and is not kept again: {found.reason}")


def digest_of(key: str) -> str:
    """A name's digest, for its tombstone."""
    return "sha256:" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def sweep(engine: Engine) -> None:
    """Makes sure that what was deleted cannot be read from the files either.

    SQLite: the index and the file are written anew. PostgreSQL: the record's own tables, one by one, each locked for as
    long as that takes; what else the database holds is left alone.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            # as the server quotes them, since a schema's name is anybody's choice
            own = (
                "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
                " WHERE schemaname = current_schema() ORDER BY 1"
            )
            for name in connection.exec_driver_sql(own).scalars().all():
                connection.exec_driver_sql(f"VACUUM FULL {name}")
            return
    direct = sqlite3.connect(str(engine.url.database), isolation_level=None, timeout=BUSY_SECONDS)
    with closing(direct):
        for name in ("statement_index", "article_index"):
            direct.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        direct.execute("VACUUM")
        direct.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _forget_article(connection: Connection, num: int) -> tuple[list[tuple[str, str]], list[str]]:
    """Deletes one article: the digests that its tombstones are to hold, and the ids of its statements."""
    row = connection.execute(select(_A.id, _A.clean_digest).where(_A.num == num)).one()
    s, p = tables.sightings.c, tables.payloads.c
    payloads = connection.execute(
        select(p.num, p.id).join(tables.sightings, s.payload == p.num).where(s.article == num).distinct()
    ).all()
    uids = list(connection.execute(select(_S.uid).where(_S.article == num)).scalars())
    clear(connection, num)
    connection.execute(delete(tables.sightings).where(s.article == num))
    connection.execute(delete(tables.articles).where(_A.num == num))
    ids = {row.id, *(payload.id for payload in payloads)}
    _delete_in(connection, tables.payloads, p.num, [payload.num for payload in payloads])
    r, i = tables.refusals.c, tables.items.c
    _delete_in(connection, tables.refusals, r.article_id, sorted(ids))
    _delete_in(connection, tables.items, i.ref, [*uids, *sorted(ids)])
    digests = [("payload", one) for one in sorted(ids)]
    return digests + ([("text", row.clean_digest)] if row.clean_digest else []), uids


def clear(connection: Connection, num: int) -> None:
    """Takes out all that was read from an article; the article, its sightings and payloads stay."""
    indexing.index_of(connection).drop_article(connection, num)
    across.clear(connection, num)
    names = set(connection.execute(select(_S.name_num).where(_S.article == num)).scalars())
    own = select(_S.num).where(_S.article == num)
    for table in (tables.contexts, tables.roles, tables.originals):
        connection.execute(delete(table).where(table.c.statement.in_(own)))
    # a statement may be disputed by one of the same article: none may be left pointing at another on the way out
    connection.execute(update(tables.statements).where(_S.article == num).values(disputes=None))
    for table in (tables.statements, tables.entities, tables.bodies, tables.media, tables.furniture, tables.subjects):
        connection.execute(delete(table).where(table.c.article == num))
    heads.recount(connection, names)


def _tombstone(connection: Connection, kind: str, digest: str, said: Json) -> None:
    there = select(_T.num).where(_T.kind == kind, _T.digest == digest)
    if connection.execute(there).scalar() is None:
        connection.execute(insert(tables.tombstones), {"kind": kind, "digest": digest, **said})


def _delete_in(connection: Connection, table: Table, column: Column[Any], values: Sequence[Any]) -> None:
    for chunk in chunks(values):
        connection.execute(delete(table).where(column.in_(chunk)))
