"""Articles and statements that hold some of many phrases: what checking a draft starts from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from onrecord.outcome import Json
from onrecord.record import beside, tables
from onrecord.record.chunks import chunks
from onrecord.record.indexing import index_of, phrases_of


def holding(connection: Connection, phrases: Sequence[str], *, limit: int) -> list[Json]:
    """See :meth:`onrecord.record.Record.holding`."""
    nums = index_of(connection).ask_any(connection, "articles", phrases_of(phrases), limit)
    a, b = tables.articles.c, tables.bodies.c
    found = {}
    for chunk in chunks(nums):
        query = select(a.num, a.id, a.headline, b.text).join(tables.bodies, b.article == a.num)
        for row in connection.execute(query.where(a.num.in_(chunk))):
            found[row.num] = {"id": row.id, "headline": row.headline, "text": row.text}
    return [found[n] for n in nums if n in found]


def statements_holding(connection: Connection, phrases: Sequence[str], *, limit: int) -> list[Json]:
    """See :meth:`onrecord.record.Record.statements_holding`."""
    return beside.view(connection, index_of(connection).ask_any(connection, "statements", phrases_of(phrases), limit))
