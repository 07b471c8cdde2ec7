"""Which statements a saved search or a name fits, by their global ids: light enough to be asked at every run."""

from __future__ import annotations

from sqlalchemy import Connection, select, text

from onrecord.record import people, tables
from onrecord.record.names import fold
from onrecord.record.searching import as_match

_FOUND = text(
    "SELECT s.uid FROM statement_index JOIN statements s ON s.num = statement_index.rowid"
    " WHERE statement_index MATCH :words ORDER BY s.num"
)
_MOST = 500


def fitting(connection: Connection, kind: str, query: str) -> list[str]:
    """The ids of the statements that hold the words (``search``), or whose speaker is of that name (``who``)."""
    return _found(connection, query) if kind == "search" else _said_by(connection, query)


def can_fit(kind: str, query: str) -> bool:
    """Whether there is anything to look for in what was typed."""
    return bool(as_match(query) if kind == "search" else fold(query))


def _found(connection: Connection, query: str) -> list[str]:
    words = as_match(query)
    return list(connection.execute(_FOUND, {"words": words}).scalars()) if words else []


def _said_by(connection: Connection, name: str) -> list[str]:
    keys = [speaker["key"] for speaker in people.who(connection, name, limit=1, offset=0)]
    s, n = tables.statements.c, tables.names.c
    query = select(s.uid).join(tables.names, n.num == s.name_num).where(n.key.in_(keys[:_MOST])).order_by(s.num)
    return list(connection.execute(query).scalars())
