"""Going on after an item of a list instead of passing over so many: what is added meanwhile moves nothing.

A place is told by the id of the item it comes after. What that item sorts by is looked up, and the list goes on behind
it: one step down an index, whatever stands before.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select, tuple_

from onrecord.errors import RecordError
from onrecord.record import tables

AFTER_STATEMENT = (
    "a.sort_at <= :after_at AND (a.sort_at < :after_at OR a.num < :after_num"
    " OR (a.num = :after_num AND s.position > :after_position))"
)
"""The condition on ``s`` and ``a`` that goes with :func:`after_statement`; its first part is a stretch of an index."""

_A, _S, _N = tables.articles.c, tables.statements.c, tables.names.c


def after_article(connection: Connection, query: Select[Any], article_id: str) -> Select[Any]:
    """A list of articles, the newest first, from behind that article on."""
    place = connection.execute(select(_A.sort_at, _A.num).where(_A.id == article_id)).one_or_none()
    if place is None:
        raise _gone("article", article_id)
    return query.where(_A.sort_at <= place.sort_at, tuple_(_A.sort_at, _A.num) < (place.sort_at, place.num))


def after_speaker(connection: Connection, query: Select[Any], key: str) -> Select[Any]:
    """A list of speakers, those with most statements first, from behind that speaker on."""
    place = connection.execute(select(_N.statements, _N.articles, _N.key).where(_N.key == key)).one_or_none()
    if place is None:
        raise _gone("speaker", key)
    return query.where(tuple_(_N.statements, _N.articles, _N.key) < (place.statements, place.articles, place.key))


def after_statement(connection: Connection, uid: str) -> dict[str, Any]:
    """What :data:`AFTER_STATEMENT` is bound to, for the list from behind that statement on."""
    query = (
        select(_A.sort_at, _A.num, _S.position).join_from(tables.statements, tables.articles, _A.num == _S.article)
        .where(_S.uid == uid)
    )  # fmt: skip
    place = connection.execute(query).one_or_none()
    if place is None:
        raise _gone("statement", uid)
    return {"after_at": place.sort_at, "after_num": place.num, "after_position": place.position}


def _gone(what: str, key: str) -> RecordError:
    return RecordError(f"the {what} that the list was to go on after is not on record ({key[:80]}): begin anew")
