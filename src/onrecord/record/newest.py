"""Statements without words to rank them by: those of the newest articles first, in text order inside an article."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, TextClause

from onrecord.record.indexing import Narrowed, asked_with, lists_of
from onrecord.record.paging import MOST

_ORDER = "ORDER BY {day} DESC, a.num DESC, s.position LIMIT :count OFFSET :skip"


def newest(connection: Connection, narrowed: Narrowed, limit: int, offset: int) -> list[int]:
    """The numbers of the statements that the conditions leave; ``limit`` 0: all.

    Where few fit one of the conditions, these are found and sorted; else the newest articles are walked until the page
    is full.
    """
    count = min(limit, MOST) if limit > 0 else MOST
    bound = {**narrowed.bound, "count": count, "skip": min(max(offset, 0), MOST)}
    question = _question(narrowed.conditions, narrowed.among, lists_of(bound), connection.dialect.name)
    return list(connection.execute(question, bound).scalars())


@cache
def _question(conditions: tuple[str, ...], among: tuple[str, ...], lists: tuple[str, ...], store: str) -> TextClause:
    where = " AND ".join(("s.article = a.num", "s.rejected = 0", *(f"s.num IN ({one})" for one in among), *conditions))
    tables = "statements s, articles a" if among or store != "sqlite" else "articles a CROSS JOIN statements s"
    # PostgreSQL walks the articles from the newest: right where the few are anywhere, and not where they are a period
    # at the other end. No index has a column that was put together.
    period = store != "sqlite" and any("a.sort_at" in one for one in among)
    day = "(a.sort_at || '')" if period else "a.sort_at"
    return asked_with(f"SELECT s.num FROM {tables} WHERE {where} {_ORDER.format(day=day)}", lists)
