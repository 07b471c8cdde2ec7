"""What editors and readers of a site ask besides: the queue of doubtful statements, and a speaker from all sides."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select

from onrecord.outcome import Json
from onrecord.record import beside, judging, state, tables
from onrecord.record.connect import reading_from, writing_to
from onrecord.record.names import fold

_LOOKED_AT = 2000
"""Statements of one speaker that a portrait is made of, the newest."""
_MOST = 8
"""Names in each list of a portrait."""

_S, _A, _E, _N, _R = (
    tables.statements.c, tables.articles.c, tables.entities.c, tables.names.c, tables.roles.c,
)  # fmt: skip


class Desk:
    """See :attr:`onrecord.record.Record.desk`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def state(self) -> str:
        """A short text that changes when something is added, judged, joined or forgotten; see ``state.py``."""
        with reading_from(self._engine) as connection:
            return state.state(connection)

    def queue(self, *, limit: int, offset: int = 0) -> list[Json]:
        """Statements that nobody has judged, the least sure first, each with its disputes and context."""
        j = tables.judgements.c
        judged = select(j.num).where(j.subject == _S.uid).exists()
        query = (
            select(_S.num).where(_S.rejected == 0, ~judged).order_by(_S.confidence, _S.num).limit(limit).offset(offset)
        )
        with reading_from(self._engine) as connection:
            return beside.view(connection, list(connection.execute(query).scalars()))

    def accept(self, uid: str, *, author: str, at: str, note: str = "") -> Json:
        """Judges a statement to be read rightly: words and speaker stay as they are. Raises RecordError."""
        with writing_to(self._engine) as connection:
            return judging.accept(connection, uid, author=author, at=at, note=note)

    def judged(self, *, limit: int) -> list[Json]:
        """The latest judgements, newest first: ``id kind subject object author made_at note statement``.

        ``statement`` is the whole statement judged, also one that was rejected; None for a judgement on names.
        """
        j = tables.judgements.c
        query = select(tables.judgements).order_by(j.made_at.desc(), j.num.desc()).limit(limit)
        with reading_from(self._engine) as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
            uids = [row["subject"] for row in rows]
            nums = connection.execute(select(_S.num).where(_S.uid.in_(uids))).scalars().all()
            whole = {s["uid"]: s for s in beside.view(connection, nums)}
        return [{**row, "statement": whole.get(row["subject"])} for row in rows]

    def portrait(self, key: str) -> Json:
        """Whom a speaker speaks about and to, who disputes it, which outlets quote it: lists of ``name key count``.

        Made of the newest statements, ``looked_at`` of them; empty lists for a name that is not there.
        """
        with reading_from(self._engine) as connection:
            num = connection.execute(select(func.coalesce(_N.head, _N.num)).where(_N.key == fold(key[:200]))).scalar()
            own = (
                select(_S.num, _S.article).where(_S.name_num == num, _S.rejected == 0)
                .order_by(_S.article.desc()).limit(_LOOKED_AT).subquery()
            )  # fmt: skip
            looked_at = connection.execute(select(func.count()).select_from(own)).scalar_one()
            return {
                "about": _names(connection, _roles(own, "about")),
                "to": _names(connection, _roles(own, "addressee")),
                "disputed_by": _names(connection, _disputers(own)),
                "outlets": _outlets(connection, own),
                "looked_at": int(looked_at),
            }


def _roles(own: Any, role: str) -> Select[Any]:
    """The names that play a role in these statements, with how often."""
    return (
        select(_E.name_num.label("name"), func.count().label("count"))
        .select_from(own).join(tables.roles, _R.statement == own.c.num).join(tables.entities, _E.num == _R.entity)
        .where(_R.role == role, _E.name_num.is_not(None)).group_by(_E.name_num)
    )  # fmt: skip


def _disputers(own: Any) -> Select[Any]:
    """The names under which these statements are disputed."""
    other = tables.statements.alias().c
    return (
        select(other.name_num.label("name"), func.count().label("count"))
        .select_from(own).join(other.num.table, other.disputes == own.c.num)
        .where(other.rejected == 0, other.name_num.is_not(None)).group_by(other.name_num)
    )  # fmt: skip


def _names(connection: Connection, counted: Select[Any]) -> list[Json]:
    found = counted.subquery()
    query = (
        select(_N.name, _N.key, _N.statements, found.c.count).join(found, found.c.name == _N.num)
        .order_by(found.c.count.desc(), _N.key).limit(_MOST)
    )  # fmt: skip
    rows = connection.execute(query).mappings()
    return [{"name": r["name"], "key": r["key"], "speaks": r["statements"] > 0, "count": r["count"]} for r in rows]


def _outlets(connection: Connection, own: Any) -> list[Json]:
    outlet = func.coalesce(_A.outlet, _A.site)
    query = (
        select(outlet.label("name"), func.count().label("count")).select_from(own)
        .join(tables.articles, _A.num == own.c.article).where(outlet.is_not(None))
        .group_by(outlet).order_by(func.count().desc(), outlet).limit(_MOST)
    )  # fmt: skip
    return [dict(row) for row in connection.execute(query).mappings()]
