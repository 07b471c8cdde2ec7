"""The whole record against itself: every article proved, and all that was derived counted again. Repairs nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from onrecord.outcome import Json
from onrecord.record import indexing, tables
from onrecord.record.proving import Evidence, ReadAgain

_DERIVED = {
    "a speaker's count of statements is not what the record holds": (
        "SELECT n.name FROM names n WHERE n.statements <> (SELECT count(*) FROM statements s WHERE s.name_num = n.num"
        " AND s.rejected = 0)"
    ),
    "a speaker's count of articles is not what the record holds": (
        "SELECT n.name FROM names n WHERE n.articles <> (SELECT count(DISTINCT s.article) FROM statements s"
        " WHERE s.name_num = n.num AND s.rejected = 0)"
    ),
    "an article's count of statements is not what the record holds": (
        "SELECT a.id FROM articles a WHERE a.statement_count <> (SELECT count(*) FROM statements s"
        " WHERE s.article = a.num AND s.rejected = 0)"
    ),
    "a statement is not under its speaker's name": (
        "SELECT s.uid FROM statements s LEFT JOIN entities e ON e.num = s.speaker LEFT JOIN names n"
        " ON n.num = e.name_num WHERE coalesce(n.head, n.num, 0) <> coalesce(s.name_num, 0)"
    ),
    "a statement's mark of being disputed is wrong": (
        "SELECT s.uid FROM statements s WHERE s.disputed <> (CASE WHEN EXISTS (SELECT 1 FROM statements d"
        " WHERE d.disputes = s.num AND d.rejected = 0) OR EXISTS (SELECT 1 FROM contexts c WHERE c.statement = s.num"
        " AND c.kind = 'rebuts') THEN 1 ELSE 0 END)"
    ),
    "an article was never met anywhere": (
        "SELECT a.id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM sightings s WHERE s.article = a.num)"
    ),
    "an article has no text": (
        "SELECT a.id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM bodies b WHERE b.article = a.num)"
    ),
    "a payload belongs to nothing": (
        "SELECT p.id FROM payloads p WHERE NOT EXISTS (SELECT 1 FROM sightings s WHERE s.payload = p.num)"
    ),
    "the same clean text is kept as two articles": (
        "SELECT min(a.id) FROM articles a WHERE a.clean_digest IS NOT NULL GROUP BY a.clean_digest HAVING count(*) > 1"
    ),
    "what was forgotten is there again": (
        "SELECT t.digest FROM tombstones t JOIN payloads p ON p.id = t.digest WHERE t.kind = 'payload'"
    ),
}
"""Each thing that must never be found, and the question that finds it."""


def article_faults(connection: Connection, num: int, read_again: ReadAgain | None) -> Iterator[Json]:
    """What is wrong with one article and its statements, an item for each that has faults."""
    evidence = Evidence.of(connection, num)
    found = evidence.faults(read_again)
    if found:
        yield {"id": evidence.row.id, "what": "article", "faults": found}
    s = tables.statements.c
    for row in connection.execute(select(tables.statements).where(s.article == num).order_by(s.position)).all():
        wrong = evidence.statement_faults(row)
        if wrong:
            yield {"id": row.uid, "what": "statement", "faults": wrong}


def record_faults(connection: Connection) -> Iterator[Json]:
    """What is wrong with the record as a whole."""
    faults = [*_file_faults(connection), *indexing.index_of(connection).faults(connection)]
    if faults:
        yield {"id": "record", "what": "record", "faults": faults}
    for sentence, question in _DERIVED.items():
        for found in connection.execute(text(question)).scalars():
            yield {"id": str(found), "what": "record", "faults": [sentence]}


def to_check(connection: Connection) -> tuple[list[int], int]:
    """The numbers of all articles that have text and payload, and how many statements there are."""
    a, b, p = tables.articles.c, tables.bodies.c, tables.payloads.c
    query = select(a.num).join(tables.bodies, b.article == a.num).join(tables.payloads, p.id == a.id).order_by(a.num)
    count = connection.execute(select(func.count()).select_from(tables.statements)).scalar_one()
    return list(connection.execute(query).scalars()), int(count)


def _file_faults(connection: Connection) -> Iterator[str]:
    """What the database itself says is broken."""
    if connection.dialect.name != "sqlite":
        return
    for row in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars():
        if row != "ok":
            yield f"the file is damaged: {row}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield f"a row of {row[0]} refers to one of {row[2]} that is not there"
