"""Figures that differ, the agenda, and how often things are named: for showing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.across import MOST_FIGURES, ArticleRow
from onrecord.outcome import Json
from onrecord.record import across, beside, comparable, tables
from onrecord.record.chunks import chunks
from onrecord.record.paging import page
from onrecord.record.step_comparing import clusters, marks, members
from onrecord.record.stories import holding

_A, _M, _C, _S = tables.articles.c, members.c, clusters.c, tables.statements.c
_AT_ONCE = 500
"""Happenings that one list of the agenda is made from at most, when no limit is asked for."""


def figures(connection: Connection, *, articles: Sequence[str] = (), limit: int, offset: int) -> list[Json]:
    """See :meth:`onrecord.record.Record.figures`."""
    maker = across.latest(connection, "figures")
    odd = select(_M.cluster).where(_M.maker == maker, _M.how == "differs")
    query = (
        select(_M.cluster).join(tables.articles, _A.num == _M.article).where(_M.cluster.in_(odd))
        .group_by(_M.cluster).having(func.count() > 1).order_by(func.max(_A.sort_at).desc(), _M.cluster.desc())
    )  # fmt: skip
    if articles:
        query = query.where(_M.cluster.in_(holding(articles, maker)))
    nums = list(connection.execute(page(query, limit, offset)).scalars())
    rows = [
        row for chunk in chunks(nums)
        for row in connection.execute(select(members).where(_M.cluster.in_(chunk)).order_by(_M.num))
    ]  # fmt: skip
    ids = {
        row.num: row.id for chunk in chunks(nums)
        for row in connection.execute(select(_C.num, _C.id).where(_C.num.in_(chunk)))
    }  # fmt: skip
    reports = _Reports(connection, sorted({row.article for row in rows}))
    groups: dict[int, list[Json]] = {num: [] for num in nums}
    for row in rows:
        report = reports.of(row.article, row.item % MOST_FIGURES)
        if report is not None:
            groups[row.cluster].append({**report, "how": row.how, "score": row.score, "reason": row.reason})
    for told in groups.values():
        told.sort(key=lambda r: (r["article"]["published"] or "9999", r["span"]))
    return [{"id": ids[num], "figures": told} for num, told in groups.items() if len(told) > 1]


class _Reports:
    """Figures of some articles as they are shown: with the article, the owner and the statement they stand in."""

    def __init__(self, connection: Connection, nums: list[int]) -> None:
        self._rows = {row.num: row for row in comparable.articles(connection, nums)}
        self._briefs = beside.article_briefs(connection, nums)
        wanted = {(row.num, f["statement"]) for row in self._rows.values() for f in row.figures if f["statement"]}
        said = {(row.num, s.local_id): s for row in self._rows.values() for s in row.statements}
        chosen = [said[key].num for key in sorted(wanted) if key in said]
        shown = {s["uid"]: s for s in beside.view(connection, chosen)}
        self._said = {key: shown[s.uid] for key, s in said.items() if s.uid in shown}

    def of(self, num: int, place: int) -> Json | None:
        """The figure at a place of an article; None where the article was read anew and has it no more."""
        row: ArticleRow | None = self._rows.get(num)
        if row is None or place >= len(row.figures):
            return None
        figure = row.figures[place]
        owner = next((e.name for e in row.entities if e.local_id == figure["owner"]), None)
        statement = self._said.get((num, figure["statement"]))
        return {**figure, "owner_name": owner, "statement": statement, "article": self._briefs[num]}


def agenda(connection: Connection, *, since: str, limit: int, offset: int) -> list[Json]:
    """See :meth:`onrecord.record.Record.agenda`."""
    maker = across.latest(connection, "agenda")
    query = (
        select(marks.c.mark, marks.c.item).where(marks.c.maker == maker, marks.c.mark >= day_number(since))
        .order_by(marks.c.mark, marks.c.item)
    )  # fmt: skip
    found = connection.execute(page(query, limit or _AT_ONCE, offset)).all()
    nums = sorted({row.item // MOST_FIGURES for row in found})
    rows = {row.num: row for row in comparable.articles(connection, nums)}
    briefs = beside.article_briefs(connection, nums)
    made: list[tuple[Json, list[int]]] = []
    for row in found:
        num, place = divmod(row.item, MOST_FIGURES)
        if num in rows and place < len(rows[num].events):
            event = rows[num].events[place]
            own = f"{briefs[num]['id'][7:23]}-{place}"
            told = [s.num for s in rows[num].statements if _within(event["span"], s.content)]
            made.append(({**event, "id": f"event-{own}", "article": briefs[num]}, told))
    shown = {s["uid"]: s for s in beside.view(connection, sorted({num for _, told in made for num in told}))}
    uids = {s.num: s.uid for row in rows.values() for s in row.statements}
    return [{**event, "statements": [shown[uids[num]] for num in told if uids[num] in shown]} for event, told in made]


def _within(span: Sequence[int], content: Sequence[tuple[int, int]]) -> bool:
    """Whether somebody's statement holds words of a span: then its disputes and context belong beside them."""
    return any(start < span[1] and span[0] < end for start, end in content)


def day_number(day: str) -> int:
    """The number of an ISO day."""
    return date.fromisoformat(day[:10]).toordinal()


def named(connection: Connection, kind: str, first: str, last: str) -> dict[str, tuple[str, int]]:
    """In how many articles published from the first to the last day each thing is named: code or key -> (name, count).

    ``kind``: "topic", "country", or a type of entity ("person", "organization" ...), whose merged names count as one.
    """
    until = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    dated = (_A.published >= first, _A.published < until)
    count: Any = func.count(_A.num.distinct())
    if kind in ("topic", "country"):
        t = tables.subjects.c
        query = (
            select(t.code.label("key"), func.max(t.name).label("name"), count.label("named"))
            .join(tables.articles, _A.num == t.article).where(t.scheme == kind, *dated).group_by(t.code)
        )  # fmt: skip
    else:
        e, n, head = tables.entities.c, tables.names.c, tables.names.alias().c
        query = (
            select(head.key, head.name, count.label("named"))
            .join_from(tables.entities, tables.articles, _A.num == e.article).join(tables.names, n.num == e.name_num)
            .join(head.num.table, head.num == func.coalesce(n.head, n.num))
            .where(e.type == kind, *dated).group_by(head.num)
        )  # fmt: skip
    return {row.key: (row.name, int(row.named)) for row in connection.execute(query)}


def dated_articles(connection: Connection, first: str, last: str) -> int:
    """How many articles were published from the first to the last day."""
    until = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    query = select(func.count()).select_from(tables.articles).where(_A.published >= first, _A.published < until)
    return int(connection.execute(query).scalar_one())


def newest_day(connection: Connection, today: str) -> str | None:
    """The newest day of publication on record that is not after today, or None where no article has a date."""
    query = select(func.max(_A.published)).where(
        _A.published < (date.fromisoformat(today) + timedelta(days=1)).isoformat()
    )
    found = connection.execute(query).scalar()
    return found[:10] if found else None
