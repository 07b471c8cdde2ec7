"""Disputes for showing: inside one article as its text links them, across articles as the newest pass judged."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, CursorResult, select, text

from onrecord.outcome import Json
from onrecord.record import across, beside, tables
from onrecord.record.chunks import chunks
from onrecord.record.narrowing import of_statement, planned
from onrecord.record.paging import page
from onrecord.record.step_comparing import pairs

_DENIALS = of_statement("disputes IS NOT NULL")
_A, _S, _P = tables.articles.c, tables.statements.c, pairs.c


def disputes(connection: Connection, *, limit: int, offset: int) -> list[Json]:
    """See :meth:`onrecord.record.Record.disputes`."""
    most = limit + offset if limit > 0 else 0
    found = [*_inside(connection, most), *_across(connection, most)]
    found.sort(key=lambda d: d[:3], reverse=True)
    chosen = found[offset : offset + limit] if limit > 0 else found[offset:]
    nums = [num for d in chosen for num in (d[2], d[3])]
    uids = {
        row.num: row.uid
        for chunk in chunks(sorted(set(nums)))
        for row in connection.execute(select(_S.num, _S.uid).where(_S.num.in_(chunk)))
    }
    shown = {s["uid"]: s for s in beside.view(connection, list(dict.fromkeys(nums)))}
    return [
        {"id": _id(uids[subject], uids[object_], how), "how": how, "score": score, "reason": reason,
         "statement": shown[uids[subject]], "against": shown[uids[object_]]}
        for _, _, subject, object_, how, score, reason in chosen
        if uids.get(subject) in shown and uids.get(object_) in shown
    ]  # fmt: skip


_Row = tuple[str, int, int, int, str, float, str]
"""When, the article, the statement, the one it is against, how, score, reason."""

_FROM_NEWEST = """
SELECT a.sort_at, a.num AS article, s.num, s.disputes FROM articles a {join} statements s
WHERE s.article = a.num AND s.rejected = 0 AND s.disputes IN
  (SELECT o.num FROM statements o WHERE o.article = a.num AND o.disputed = 1 AND o.rejected = 0)
ORDER BY a.sort_at DESC, a.num DESC, s.num DESC LIMIT :most
"""
"""Where many are disputed: the newest articles are walked until there are enough. SQLite keeps a CROSS JOIN's order."""
_WALKS = {
    "sqlite": text(_FROM_NEWEST.format(join="CROSS JOIN")),
    "postgresql": text(_FROM_NEWEST.format(join=",")),
}


def _inside(connection: Connection, most: int) -> list[_Row]:
    many = most and not planned(connection, [_DENIALS], {}).among
    rows = (
        connection.execute(_WALKS[connection.dialect.name], {"most": most}) if many else _all_inside(connection, most)
    )
    told = "the article sets them against each other"
    return [(r.sort_at, r.article, r.num, r.disputes, "denies", 1.0, told) for r in rows]


def _all_inside(connection: Connection, most: int) -> CursorResult[Any]:
    other = tables.statements.alias().c
    query = (
        select(_A.sort_at, _S.article, _S.num, _S.disputes)
        .join_from(tables.statements, tables.articles, _A.num == _S.article)
        .join(other.num.table, other.num == _S.disputes)
        .where(_S.disputes.is_not(None), _S.rejected == 0, other.rejected == 0)
        .order_by(_A.sort_at.desc(), _A.num.desc(), _S.num.desc())
    )  # fmt: skip
    return connection.execute(page(query, most, 0))


def _across(connection: Connection, most: int) -> list[_Row]:
    subject, object_ = tables.statements.alias().c, tables.statements.alias().c
    query = (
        select(_A.sort_at, pairs)
        .join_from(pairs, tables.articles, _A.num == _P.subject_article)
        .join(subject.num.table, subject.num == _P.subject).join(object_.num.table, object_.num == _P.object)
        .where(_P.maker == across.latest(connection, "disputes"), subject.rejected == 0, object_.rejected == 0)
        .order_by(_A.sort_at.desc(), _A.num.desc(), _P.subject.desc())
    )  # fmt: skip
    return [
        (r.sort_at, r.subject_article, r.subject, r.object, r.how, r.score, r.reason)
        for r in connection.execute(page(query, most, 0))
    ]


def _id(subject: str, object_: str, how: str) -> str:
    return "dispute-" + hashlib.sha256(f"{subject}\x1f{object_}\x1f{how}".encode()).hexdigest()[:16]
