"""Names that the pass ``entities`` or an authority file judged to be one, and pairs of names that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from onrecord.outcome import Json
from onrecord.record import across, authorities, beside, heads, tables
from onrecord.record.chunks import chunks
from onrecord.record.names import key_of
from onrecord.record.paging import page
from onrecord.record.step_comparing import members, pairs

_E, _M, _N, _P, _A = tables.entities.c, members.c, tables.names.c, pairs.c, tables.articles.c


def same_names(connection: Connection, nums: Sequence[int]) -> list[int]:
    """The numbers of these names and of all that were judged to be the same, those asked for first."""
    joining = [across.latest(connection, "entities"), *authorities.current(connection).values()]
    found = dict.fromkeys(nums)
    if joining == [None]:
        return list(found)
    held = select(_M.cluster).distinct().join(tables.entities, _E.num == _M.item)
    named = (
        select(func.coalesce(_N.head, _N.num)).distinct().select_from(members)
        .join(tables.entities, _E.num == _M.item).join(tables.names, _N.num == _E.name_num)
    )  # fmt: skip
    under = select(_N.num).where(_N.head.in_(nums))  # names that people put under these
    own = [*nums, *connection.execute(under).scalars()]
    clusters = list(connection.execute(held.where(_M.maker.in_(joining), _E.name_num.in_(own))).scalars())
    for chunk in chunks(clusters):
        found |= dict.fromkeys(connection.execute(named.where(_M.cluster.in_(chunk))).scalars())
    return list(found)


def unsure(connection: Connection, *, limit: int, offset: int) -> list[Json]:
    """Pairs of names that could be one, those likeliest first, unless people or an authority file have judged them.

    With them the names that were judged to be one and are two in such a file.
    """
    maker, files = across.latest(connection, "entities"), list(authorities.current(connection).values())
    other = pairs.alias().c
    answered = (
        select(other.num).where(other.maker.in_(files), other.subject == _P.subject, other.object == _P.object,
                                other.verdict != "unsure").exists()
    )  # fmt: skip
    a, b = tables.entities.alias().c, tables.entities.alias().c
    query = (
        select(_P.num, _P.verdict, _P.score, _P.reason, a.name.label("first"), b.name.label("second"), a.type,
               _P.subject_article, _P.object_article)
        .join(a.num.table, a.num == _P.subject).join(b.num.table, b.num == _P.object)
        .where(_P.maker.in_([maker, *files]), _P.verdict == "unsure", ~answered).order_by(_P.score.desc(), _P.num)
    )  # fmt: skip
    rows = connection.execute(page(query, limit, offset)).all()
    briefs = beside.article_briefs(connection, {n for r in rows for n in (r.subject_article, r.object_article)})
    return [
        {"id": f"pair-{row.num}", "verdict": row.verdict, "score": row.score, "reason": row.reason, "type": row.type,
         "names": [row.first, row.second],
         "articles": [briefs[row.subject_article], briefs[row.object_article]]}
        for row in rows if heads.standing_on(connection, key_of(row.first), key_of(row.second)) is None
    ]  # fmt: skip
