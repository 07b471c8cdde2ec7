"""Which statements a saved search or a name fits, by their global ids: light enough to be asked at every run."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from onrecord.record import people, tables
from onrecord.record.chunks import chunks
from onrecord.record.indexing import Narrowed, index_of, terms_of
from onrecord.record.names import fold

_MOST = 500


def fitting(connection: Connection, kind: str, query: str) -> dict[str, int]:
    """The statements that hold the words (``search``), or whose speaker is of that name (``who``): id -> article."""
    return dict(_found(connection, query) if kind == "search" else _said_by(connection, query))


def can_fit(kind: str, query: str) -> bool:
    """Whether there is anything to look for in what was typed."""
    return bool(terms_of(query) if kind == "search" else fold(query))


def _found(connection: Connection, query: str) -> Iterator[tuple[str, int]]:
    terms, s = terms_of(query), tables.statements.c
    hits = index_of(connection).ask(connection, "statements", terms, Narrowed(), -1, 0) if terms else []
    nums = sorted(hit.num for hit in hits)
    for chunk in chunks(nums):
        part = select(s.uid, s.article).where(s.num.in_(chunk)).order_by(s.num)
        yield from ((row.uid, row.article) for row in connection.execute(part))


def _said_by(connection: Connection, name: str) -> Iterator[tuple[str, int]]:
    keys = [speaker["key"] for speaker in people.who(connection, name, limit=1, offset=0)]
    s, n = tables.statements.c, tables.names.c
    query = (
        select(s.uid, s.article).join(tables.names, n.num == s.name_num)
        .where(n.key.in_(keys[:_MOST]), s.rejected == 0).order_by(s.num)
    )  # fmt: skip
    yield from ((row.uid, row.article) for row in connection.execute(query))
