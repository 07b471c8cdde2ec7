"""Names that people judged to be one speaker, and the counts kept with names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select, text, update

from onrecord.record import tables

_N, _J = tables.names.c, tables.judgements.c
_RECOUNT = text(
    "UPDATE names SET statements = (SELECT count(*) FROM statements s WHERE s.name_num = names.num AND s.rejected = 0),"
    " articles = (SELECT count(DISTINCT s.article) FROM statements s WHERE s.name_num = names.num AND s.rejected = 0)"
    " WHERE num = :num"
)
_DISPUTED = text(
    "UPDATE statements SET disputed = CASE WHEN EXISTS (SELECT 1 FROM statements d WHERE d.disputes = statements.num"
    " AND d.rejected = 0) OR EXISTS (SELECT 1 FROM contexts c WHERE c.statement = statements.num"
    " AND c.kind = 'rebuts') THEN 1 ELSE 0 END WHERE num = :num"
)
_UNDER = text(
    "UPDATE statements SET name_num = :head WHERE speaker IN (SELECT num FROM entities WHERE name_num = :num)"
)


def recount(connection: Connection, nums: Iterable[int | None]) -> None:
    """Counts the statements and articles of names again."""
    given = [{"num": num} for num in nums if num is not None]
    if given:
        connection.execute(_RECOUNT, given)


def mark_disputed(connection: Connection, nums: Iterable[int]) -> None:
    """Says anew of statements whether anything disputes them."""
    given = [{"num": num} for num in nums]
    if given:
        connection.execute(_DISPUTED, given)


def standing_on(connection: Connection, first: str, second: str) -> Row[Any] | None:
    """The last judgement on two names that was not taken back."""
    return _standing(connection).get(frozenset((first, second)))


def _standing(connection: Connection) -> dict[frozenset[str], Row[Any]]:
    """For each pair of names judged, the last word on it; pairs in the order in which that was said."""
    kinds = ("merge", "split", "withdraw")
    rows = connection.execute(select(tables.judgements).where(_J.kind.in_(kinds)).order_by(_J.made_at, _J.num)).all()
    gone = {row.object for row in rows if row.kind == "withdraw"}
    found: dict[frozenset[str], Row[Any]] = {}
    for row in rows:
        if row.kind != "withdraw" and row.id not in gone:
            pair = frozenset((row.subject, row.object))
            found.pop(pair, None)
            found[pair] = row
    return found


def _heads(connection: Connection) -> dict[str, str]:
    """Each merged name's key -> the key it goes under: the one that the first merge of its group names first."""
    head: dict[str, str] = {}
    for row in _standing(connection).values():
        if row.kind == "merge":
            first, second = head.get(row.subject, row.subject), head.get(row.object, row.object)
            head[row.subject] = first
            head |= {key: first for key, above in head.items() if above == second}
            head[row.object] = head[second] = first
    return {key: above for key, above in head.items() if key != above}


def are_one(connection: Connection, first: str, second: str) -> bool:
    """Whether two names go under one."""
    found = _heads(connection)
    return found.get(first, first) == found.get(second, second)


def refresh(connection: Connection) -> None:
    """Brings names and statements in line with the merges that stand."""
    wanted = _heads(connection)
    keys = set(wanted) | set(wanted.values())
    query = select(_N.num, _N.key, _N.head).where(or_(_N.head.is_not(None), _N.key.in_(keys)))
    rows = connection.execute(query).all()
    nums = {row.key: row.num for row in rows}
    touched: set[int] = set()
    for row in rows:
        head = nums.get(wanted.get(row.key, ""))
        if head != row.head:
            connection.execute(update(tables.names).where(_N.num == row.num).values(head=head))
            connection.execute(_UNDER, {"head": head or row.num, "num": row.num})
            touched |= {row.num, head or row.num, row.head or row.num}
    recount(connection, touched)


def also_known_as(connection: Connection, nums: Iterable[int]) -> dict[int, list[str]]:
    """By number of a name the further names that go under it."""
    query = select(_N.head, _N.name).where(_N.head.in_(bindparam("nums", expanding=True))).order_by(func.lower(_N.name))
    found: dict[int, list[str]] = {}
    for row in connection.execute(query, {"nums": list(nums)}):
        found.setdefault(row.head, []).append(row.name)
    return found
