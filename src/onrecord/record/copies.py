"""Which articles are one text at several outlets, and whose it is, for showing beside stories and repeats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from onrecord.outcome import Json
from onrecord.record import across, tables
from onrecord.record.chunks import chunks
from onrecord.record.step_comparing import clusters, members, pairs

_A, _M, _C, _P = tables.articles.c, members.c, clusters.c, pairs.c


def copies(connection: Connection, articles: Sequence[int]) -> dict[int, Json]:
    """Of these articles (numbers) those whose text other articles have too: ``id first agency share``.

    ``id`` is the same for all that have the text, ``first`` the id of the article that was on record first, ``agency``
    the agency that one of them names, or None, ``share`` about how much of the shorter text is in both (0 to 1).
    """
    maker = across.latest(connection, "copies")
    if maker is None or not articles:
        return {}
    own = {row.item: row for row in _in(connection, _M.item, articles, maker)}
    every = _in(connection, _M.cluster, [row.cluster for row in own.values()], maker)
    held: dict[int, list[Any]] = {}
    for row in sorted(every, key=lambda row: int(row.num)):
        held.setdefault(row.cluster, []).append(row)
    several = {cluster: rows for cluster, rows in held.items() if len(rows) > 1}
    agencies = _agencies(connection, [row.article for rows in several.values() for row in rows], maker)
    firsts = {cluster: rows[0].article for cluster, rows in several.items()}
    ids = {row.num: row.id for row in _named(connection, tables.articles, sorted(set(firsts.values())))}
    names = {row.num: row.id for row in _named(connection, clusters, sorted(several))}
    told = {
        cluster: next((agencies[row.article] for row in rows if row.article in agencies), None)
        for cluster, rows in several.items()
    }
    return {
        num: {"id": names[row.cluster], "first": ids[firsts[row.cluster]], "agency": told[row.cluster],
              "share": row.score}
        for num, row in own.items() if row.cluster in several
    }  # fmt: skip


def count_texts(shown: Sequence[Json]) -> int:
    """How many texts there are among things that carry ``copy``: copies of one are one."""
    alone = sum(one["copy"] is None for one in shown)
    return alone + len({one["copy"]["id"] for one in shown if one["copy"]})


def _in(connection: Connection, column: Any, values: Sequence[int], maker: int) -> list[Any]:
    return [
        row for chunk in chunks(sorted(set(values)))
        for row in connection.execute(select(members).where(_M.maker == maker, column.in_(chunk)))
    ]  # fmt: skip


def _agencies(connection: Connection, articles: Sequence[int], maker: int) -> dict[int, str]:
    """By article the agency that it, or the one it copies, names."""
    found = {}
    for chunk in chunks(sorted(set(articles))):
        query = select(_P.object_article, _P.details).where(_P.maker == maker, _P.object_article.in_(chunk))
        for row in connection.execute(query):
            agency = json.loads(row.details)["agency"]
            if agency:
                found[row.object_article] = agency
    return found


def _named(connection: Connection, table: Any, nums: Sequence[int]) -> list[Any]:
    return [
        row for chunk in chunks(list(nums))
        for row in connection.execute(select(table.c.num, table.c.id).where(table.c.num.in_(chunk)))
    ]  # fmt: skip
