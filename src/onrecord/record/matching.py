"""Which statements a saved search or a name fits, by their global ids: light enough to be asked at every run."""

from __future__ import annotations

from sqlalchemy import Connection, select

from onrecord.record import people, tables
from onrecord.record.indexing import Narrowed, index_of, terms_of
from onrecord.record.names import fold

_MOST = 500


def fitting(connection: Connection, kind: str, query: str) -> list[str]:
    """The ids of the statements that hold the words (``search``), or whose speaker is of that name (``who``)."""
    return _found(connection, query) if kind == "search" else _said_by(connection, query)


def can_fit(kind: str, query: str) -> bool:
    """Whether there is anything to look for in what was typed."""
    return bool(terms_of(query) if kind == "search" else fold(query))


def _found(connection: Connection, query: str) -> list[str]:
    terms = terms_of(query)
    if not terms:
        return []
    hits = index_of(connection).ask(connection, "statements", terms, Narrowed(), -1, 0)
    nums, s = sorted(hit.num for hit in hits), tables.statements.c
    parts = (nums[at : at + _MOST] for at in range(0, len(nums), _MOST))
    return [uid for part in parts for uid in connection.scalars(select(s.uid).where(s.num.in_(part)).order_by(s.num))]


def _said_by(connection: Connection, name: str) -> list[str]:
    keys = [speaker["key"] for speaker in people.who(connection, name, limit=1, offset=0)]
    s, n = tables.statements.c, tables.names.c
    query = select(s.uid).join(tables.names, n.num == s.name_num).where(n.key.in_(keys[:_MOST])).order_by(s.num)
    return list(connection.execute(query).scalars())
