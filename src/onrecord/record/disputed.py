"""Disputes for showing: inside one article as its text links them, across articles as the newest pass judged."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select

from onrecord.outcome import Json
from onrecord.record import across, beside, tables
from onrecord.record.chunks import chunks
from onrecord.record.paging import page
from onrecord.record.step_comparing import pairs

_A, _S, _P = tables.articles.c, tables.statements.c, pairs.c


def disputes(connection: Connection, *, limit: int, offset: int) -> list[Json]:
    """See :meth:`onrecord.record.Record.disputes`."""
    most = limit + offset if limit > 0 else 0
    found = [*_inside(connection, most), *_across(connection, most)]
    found.sort(key=lambda d: (d[0], d[1]), reverse=True)
    chosen = found[offset : offset + limit] if limit > 0 else found[offset:]
    nums = [num for d in chosen for num in (d[1], d[2])]
    uids = {
        row.num: row.uid
        for chunk in chunks(sorted(set(nums)))
        for row in connection.execute(select(_S.num, _S.uid).where(_S.num.in_(chunk)))
    }
    shown = {s["uid"]: s for s in beside.view(connection, list(dict.fromkeys(nums)))}
    return [
        {"id": _id(uids[subject], uids[object_], how), "how": how, "score": score, "reason": reason,
         "statement": shown[uids[subject]], "against": shown[uids[object_]]}
        for _, subject, object_, how, score, reason in chosen
        if uids.get(subject) in shown and uids.get(object_) in shown
    ]  # fmt: skip


_Row = tuple[str, int, int, str, float, str]
"""When, the statement, the one it is against, how, score, reason."""


def _inside(connection: Connection, most: int) -> list[_Row]:
    other = tables.statements.alias().c
    query = (
        select(_A.sort_at, _S.num, _S.disputes)
        .join_from(tables.statements, tables.articles, _A.num == _S.article)
        .join(other.num.table, other.num == _S.disputes)
        .where(_S.disputes.is_not(None), _S.rejected == 0, other.rejected == 0)
        .order_by(_A.sort_at.desc(), _S.num.desc())
    )  # fmt: skip
    told = "the article sets them against each other"
    return [(r.sort_at, r.num, r.disputes, "denies", 1.0, told) for r in connection.execute(page(query, most, 0))]


def _across(connection: Connection, most: int) -> list[_Row]:
    subject, object_ = tables.statements.alias().c, tables.statements.alias().c
    query = (
        select(_A.sort_at, pairs)
        .join_from(pairs, tables.articles, _A.num == _P.subject_article)
        .join(subject.num.table, subject.num == _P.subject).join(object_.num.table, object_.num == _P.object)
        .where(_P.maker == across.latest(connection, "disputes"), subject.rejected == 0, object_.rejected == 0)
        .order_by(_A.sort_at.desc(), _P.num.desc())
    )  # fmt: skip
    return [
        (r.sort_at, r.subject, r.object, r.how, r.score, r.reason) for r in connection.execute(page(query, most, 0))
    ]


def _id(subject: str, object_: str, how: str) -> str:
    return "dispute-" + hashlib.sha256(f"{subject}\x1f{object_}\x1f{how}".encode()).hexdigest()[:16]
