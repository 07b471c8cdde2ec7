"""Counts and dates for a front page."""

from __future__ import annotations

from sqlalchemy import Connection, func, literal_column, select

from onrecord.outcome import Json
from onrecord.record import tables


def counts(connection: Connection) -> dict[str, int]:
    """How much the record holds of each."""
    whole = {"articles": tables.articles, "statements": tables.statements, "sightings": tables.sightings,
             "refusals": tables.refusals, "collections": tables.collections}  # fmt: skip
    found = {
        name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for name, table in whole.items()
    }
    # The constant stands in the query itself: SQLite takes a partial index for no bound value.
    rejected = select(func.count()).where(tables.statements.c.rejected == literal_column("1"))
    found["statements"] -= int(connection.execute(rejected).scalar_one())
    speakers = select(func.count()).select_from(tables.names).where(tables.names.c.statements > 0)
    return {**found, "speakers": int(connection.execute(speakers).scalar_one())}


def subject_counts(connection: Connection, scheme: str) -> list[Json]:
    """How many articles each subject of a scheme has, most first."""
    t = tables.subjects.c
    count = func.count().label("articles")
    query = (
        select(t.code, func.max(t.name).label("name"), count).where(t.scheme == scheme)
        .group_by(t.code).order_by(count.desc(), t.code)
    )  # fmt: skip
    return [{"id": row.code, "name": row.name, "articles": row.articles} for row in connection.execute(query)]


def freshness(connection: Connection) -> Json:
    """How new and how old what the record holds is."""
    a = tables.articles.c
    oldest, newest = (connection.execute(select(f(a.published))).scalar() for f in (func.min, func.max))
    undated = select(func.count()).where(a.published.is_(None))
    return {
        "last_seen": connection.execute(select(func.max(tables.sightings.c.seen_at))).scalar(),
        "newest_published": newest, "oldest_published": oldest,
        "undated": int(connection.execute(undated).scalar_one()),
    }  # fmt: skip
