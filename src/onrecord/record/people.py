"""Speakers by name. One name is not one person: this room compares spellings, never people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, or_, select

from onrecord.outcome import Json
from onrecord.record import authorities, beside, heads, identities, keyset, tables
from onrecord.record.names import fold, storable
from onrecord.record.paging import page

_LONGEST = 200
"""Characters of a name that are compared."""
_MOST_NAMED = 500
"""Names that a search about somebody looks for."""
_MOST_NAMES = 20
"""Names that one question is answered with."""


def speakers(
    connection: Connection, prefix: str, *, limit: int, offset: int, after: str | None = None
) -> list[Json]:  # fmt: skip
    """Speakers whose name has a word that begins so, those with most statements first; ``after``: behind that key."""
    n = tables.names.c
    query = select(tables.names).where(n.statements > 0).order_by(n.statements.desc(), n.articles.desc(), n.key.desc())
    if after is not None:
        query = keyset.after_speaker(connection, query, storable(after))
    start = fold(prefix[:_LONGEST])
    if start:
        query = query.where(or_(n.key.startswith(start, autoescape=True), n.key.contains(f" {start}", autoescape=True)))
    return [_speaker(row) for row in connection.execute(page(query, limit, offset))]


def who(connection: Connection, name: str, *, limit: int, offset: int) -> list[Json]:
    """Speakers whose names fit, the exact name first, each with what it said."""
    asked = fold(name[:_LONGEST])
    if not asked:
        return []
    rows = _named(connection, asked, whole=True) or _named(connection, asked, whole=False)
    fit = [row.num for row in rows]
    rows += _others(connection, [num for num in identities.same_names(connection, fit) if num not in fit])
    return [_with_words(connection, row, limit, offset) for row in rows]


def speaker(connection: Connection, key: str, *, limit: int, offset: int) -> Json | None:
    """One speaker with what it said, what it stands for and from when to when, or None."""
    n, own = tables.names.c, tables.names.alias().c
    head = select(func.coalesce(own.head, own.num)).where(own.key == fold(key[:_LONGEST])).scalar_subquery()
    row = connection.execute(select(tables.names).where(n.num == head, n.statements > 0)).one_or_none()
    if row is None:
        return None
    e, a, s = tables.entities.c, tables.articles.c, tables.statements.c
    stands = select(e.stands_for).where(e.name_num == row.num, e.stands_for.is_not(None)).limit(1)
    dates = (
        select(func.min(a.published), func.max(a.published)).join(tables.statements, s.article == a.num)
        .where(s.name_num == row.num, s.rejected == 0)
    )  # fmt: skip
    first, last = connection.execute(dates).one()
    found = _with_words(connection, row, limit, offset)
    return {**found, "stands_for": connection.execute(stands).scalar(), "first": first, "last": last}


def numbers(connection: Connection, name: str, *, speaking: bool) -> list[int]:
    """The numbers of the names that fit: of those that speak, or of all that are named (merged ones included)."""
    asked = fold(name[:_LONGEST])
    if not asked:
        return []
    if speaking:
        rows = _named(connection, asked, whole=True) or _named(connection, asked, whole=False)
        return [row.num for row in rows]
    n = tables.names.c
    fits = or_(n.surname == asked, _holds(connection, n.key, asked, True))
    return list(connection.execute(select(n.num).where(fits).limit(_MOST_NAMED)).scalars())


def _named(connection: Connection, asked: str, *, whole: bool) -> list[Row[Any]]:
    n = tables.names.c
    own = tables.names.alias().c
    fits = select(func.coalesce(own.head, own.num)).where(
        or_(own.surname == asked, _holds(connection, own.key, asked, whole))
    )
    query = select(tables.names).where(n.statements > 0, n.num.in_(fits))
    exact = case((n.key == asked, 0), (n.surname == asked, 1), else_=2)
    return list(connection.execute(query.order_by(exact, n.statements.desc(), n.key).limit(_MOST_NAMES)))


def _others(connection: Connection, nums: list[int]) -> list[Row[Any]]:
    """Speakers of other names that were judged to be the same."""
    n = tables.names.c
    query = select(tables.names).where(n.statements > 0, n.num.in_(nums[:_MOST_NAMED]))
    return list(connection.execute(query.order_by(n.statements.desc(), n.key).limit(_MOST_NAMES)))


def _holds(connection: Connection, key: ColumnElement[str], asked: str, whole: bool) -> ColumnElement[bool]:
    """Every word asked for is a word of the name, or begins one. Both are folded: LIKE would fold each name anew."""
    place = func.instr if connection.dialect.name == "sqlite" else func.strpos
    padded, end = " " + key + " ", " " if whole else ""
    return and_(*(place(padded, f" {word}{end}") > 0 for word in asked.split()[:8]))


def _with_words(connection: Connection, row: Row[Any], limit: int, offset: int) -> Json:
    s, a = tables.statements.c, tables.articles.c
    query = (
        select(s.num).join(tables.articles, a.num == s.article).where(s.name_num == row.num, s.rejected == 0)
        .order_by(a.sort_at.desc(), a.num.desc(), s.position)
    )  # fmt: skip
    nums = connection.execute(page(query, limit, offset)).scalars().all()
    month = func.substr(a.sort_at, 1, 7).label("month")
    by_month = (
        select(month, func.count().label("statements")).join(tables.statements, s.article == a.num)
        .where(s.name_num == row.num, s.rejected == 0).group_by(month).order_by(month)
    )  # fmt: skip
    months = [dict(found) for found in connection.execute(by_month).mappings()]
    also = heads.also_known_as(connection, [row.num]).get(row.num, [])
    known = authorities.of_names(connection, [row.num])
    return {**_speaker(row), "also": also, "authorities": known, "months": months,
            "said": beside.view(connection, nums)}  # fmt: skip


def _speaker(row: Row[Any]) -> Json:
    return {"id": row.key, "key": row.key, "name": row.name, "type": row.type, "statements": row.statements,
            "articles": row.articles}  # fmt: skip
