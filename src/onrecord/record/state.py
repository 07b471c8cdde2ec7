"""A short text that changes whenever something on record does: by it a site knows whether what it set still holds."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from onrecord.record import tables
from onrecord.record.step_comparing import clusters, members, pairs

_GROWING = (
    tables.articles, tables.statements, tables.sightings, tables.judgements, tables.tombstones, tables.refusals,
    clusters, members, pairs,
)  # fmt: skip


def state(connection: Connection) -> str:
    """The last number of every table that grows with what is shown: one step down an index each, whatever its size.

    What changes a row in its place leaves the text as it was (a story renamed by a later pass), so nothing may be kept
    by it for long.
    """
    last = [select(func.max(table.c[table.primary_key.columns.keys()[0]])).scalar_subquery() for table in _GROWING]
    return ".".join(str(number or 0) for number in connection.execute(select(*last)).one())
