"""Stories and repeats for showing: what the newest version of their pass judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from onrecord.outcome import Json
from onrecord.record import across, beside, tables
from onrecord.record.chunks import chunks
from onrecord.record.copies import copies, count_texts
from onrecord.record.paging import page
from onrecord.record.step_comparing import clusters, members

MOST_NARROWING = 500
"""Articles that a list may be narrowed to: a story of more is shown by these."""
_A, _M, _C, _S, _N = tables.articles.c, members.c, clusters.c, tables.statements.c, tables.names.c


def stories(connection: Connection, *, at_least: int, limit: int, offset: int) -> list[Json]:
    """Stories, those of several articles first, then the newest; see :meth:`onrecord.record.Record.stories`."""
    maker = across.latest(connection, "stories")
    size, newest = func.count(_M.article.distinct()), func.max(_A.sort_at)
    query = (
        select(_M.cluster).join(tables.articles, _A.num == _M.article).where(_M.maker == maker).group_by(_M.cluster)
        .having(size >= at_least).order_by((size < 2), newest.desc(), _M.cluster.desc())
    )  # fmt: skip
    nums = list(connection.execute(page(query, limit, offset)).scalars())
    return _stories(connection, nums)


def story(connection: Connection, id_or_prefix: str) -> Json | None:
    """One story with its statements, or None."""
    maker = across.latest(connection, "stories")
    query = select(_C.num).where(_C.maker == maker, _C.id.startswith(id_or_prefix.strip(), autoescape=True)).limit(2)
    found = list(connection.execute(query).scalars())
    if len(found) != 1:
        return None
    [made] = _stories(connection, found)
    nums = select(_S.num).join(members, _M.article == _S.article).where(_M.cluster == found[0], _S.rejected == 0)
    said = connection.execute(
        nums.join(tables.articles, _A.num == _S.article).order_by(_A.sort_at, _A.num, _S.position)
    )
    return {**made, "statements": beside.view(connection, list(said.scalars()))}


def _stories(connection: Connection, nums: Sequence[int]) -> list[Json]:
    rows = _members(connection, nums)
    a = [m.article for found in rows.values() for m in found]
    briefs, said = beside.article_briefs(connection, a), _speakers(connection, rows)
    one_text = copies(connection, a)
    keys = {row.num: row.key for row in _in(connection, [_A.num, _A.key], _A.num, a)}
    ids = {row.num: row.id for row in _in(connection, [_C.num, _C.id], _C.num, nums)}
    made = []
    for num in nums:
        articles = [
            {**briefs[m.article], "key": keys[m.article], "how": m.how, "score": m.score, "reason": m.reason,
             "copy": one_text.get(m.article)}
            for m in rows[num]
        ]  # fmt: skip
        articles.sort(key=lambda article: article["published"] or "9999")
        days = sorted(article["published"][:10] for article in articles if article["published"])
        made.append({
            "id": ids[num], "label": articles[0]["label"], "articles": articles, "first": days[0] if days else None,
            "last": days[-1] if days else None, "speakers": said.get(num, []),
            "outlets": _outlets(articles), "texts": count_texts(articles),
        })  # fmt: skip
    return made


def _outlets(articles: list[Json]) -> list[Json]:
    found: dict[str | None, list[str]] = defaultdict(list)
    for article in articles:
        found[article["outlet"] or article["site"]].append(article["id"])
    return [{"outlet": name, "articles": ids} for name, ids in found.items()]


def _speakers(connection: Connection, rows: dict[int, list[Row[Any]]]) -> dict[int, list[Json]]:
    """Who speaks in each story, those with most statements first."""
    story_of = {m.article: num for num, found in rows.items() for m in found}
    counts: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for chunk in chunks(sorted(story_of)):
        query = (
            select(_S.article, _N.key, _N.name, func.count().label("said"))
            .join(tables.names, _N.num == _S.name_num).where(_S.article.in_(chunk), _S.rejected == 0)
            .group_by(_S.article, _N.num)
        )  # fmt: skip
        for row in connection.execute(query):
            counts[story_of[row.article]][row.key, row.name] += row.said
    return {
        num: [
            {"key": key, "name": name, "statements": count}
            for (key, name), count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        ]
        for num, found in counts.items()
    }


def repeats(connection: Connection, *, articles: Sequence[str] = (), limit: int, offset: int) -> list[Json]:
    """Groups of statements that say the same, the newest first; in each the earliest first."""
    maker = across.latest(connection, "repeats")
    query = (
        select(_M.cluster).join(tables.articles, _A.num == _M.article).where(_M.maker == maker).group_by(_M.cluster)
        .having(func.count() > 1).order_by(func.max(_A.sort_at).desc(), _M.cluster.desc())
    )  # fmt: skip
    if articles:
        query = query.where(_M.cluster.in_(holding(articles, maker)))
    nums = list(connection.execute(page(query, limit, offset)).scalars())
    rows = _members(connection, nums)
    shown = {s["uid"]: s for s in beside.view(connection, [m.item for found in rows.values() for m in found])}
    uids = {
        row.num: row.uid
        for row in _in(connection, [_S.num, _S.uid], _S.num, [m.item for f in rows.values() for m in f])
    }
    ids = {row.num: row.id for row in _in(connection, [_C.num, _C.id], _C.num, nums)}
    one_text = copies(connection, [m.article for found in rows.values() for m in found])
    groups = []
    for num in nums:
        said = [
            {**_as_repeat(shown[uids[m.item]]), "how": m.how, "score": m.score, "reason": m.reason,
             "copy": one_text.get(m.article)}
            for m in rows[num] if m.item in uids
        ]  # fmt: skip
        said.sort(key=lambda s: s["article_brief"]["published"] or "9999")
        groups.append({"id": ids[num], "texts": count_texts(said), "statements": said})
    return groups


def holding(articles: Sequence[str], maker: int | None) -> Select[Any]:
    """The clusters of a pass that hold something of one of these articles: ids, the first 500 of them."""
    ids = list(articles[:MOST_NARROWING])
    return select(_M.cluster).join(tables.articles, _A.num == _M.article).where(_M.maker == maker, _A.id.in_(ids))


def _as_repeat(statement: Json) -> Json:
    """The statement with its article's id, as the contract has it; the brief beside it."""
    brief = statement["article"]
    return {**statement, "article": brief["id"], "origin": brief["origin"], "article_brief": brief}


def _members(connection: Connection, nums: Sequence[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {num: [] for num in nums}
    for row in _in(connection, [members], _M.cluster, nums):
        found[row.cluster].append(row)
    return {num: sorted(rows, key=lambda row: int(row.num)) for num, rows in found.items()}


def _in(connection: Connection, wanted: list[Any], column: Any, values: Sequence[int]) -> list[Row[Any]]:
    return [
        row for chunk in chunks(sorted(set(values)))
        for row in connection.execute(select(*wanted).where(column.in_(chunk)))
    ]  # fmt: skip
