"""Feeds and alerts as rows that another record takes: for ``copy`` alone.

They are no part of an export: what is imported may come from strangers, and must not make a record fetch or send.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from onrecord.outcome import Json
from onrecord.record import step_feeds, tables
from onrecord.record.step_upkeep import feed_moves

_F, _A, _I = step_feeds.feeds.c, step_feeds.alerts.c, step_feeds.alert_items.c
_OF_A_FEED: dict[str, tuple[Table, tuple[str, ...]]] = {
    "feed_items": (step_feeds.feed_items, ("digest",)),
    "feed_failures": (step_feeds.feed_failures, ("url", "reason")),
    "feed_moves": (feed_moves, ("old", "moved_at")),
}
"""What belongs to a feed, and by which columns one is known to be there already."""


def dump(connection: Connection) -> Json:
    """``feeds`` with their items, failures and moves; ``alerts`` with what became of each statement."""
    feeds = [
        {**_plain(feed), **{name: [_plain(row) for row in _rows(connection, table, table.c.feed == feed.num)]
                            for name, (table, _) in _OF_A_FEED.items()}}
        for feed in _rows(connection, step_feeds.feeds, None)
    ]  # fmt: skip
    a = tables.articles.c
    alerts = []
    for alert in _rows(connection, step_feeds.alerts, None):
        query = (
            select(step_feeds.alert_items, a.id.label("article_id")).join(tables.articles, a.num == _I.article)
            .where(_I.alert == alert.num).order_by(_I.num)
        )  # fmt: skip
        alerts.append({**_plain(alert), "items": [_plain(row) for row in connection.execute(query)]})
    return {"feeds": feeds, "alerts": alerts}


def load(connection: Connection, given: Json) -> None:
    """Keeps what :func:`dump` gave, as far as it is not there; alerts speak only of articles that are."""
    for feed in given["feeds"]:
        num = _found_or_made(connection, step_feeds.feeds, {"url": feed["url"]}, feed)
        for name, (table, known_by) in _OF_A_FEED.items():
            for row in feed[name]:
                key = {"feed": num, **{column: row[column] for column in known_by}}
                _found_or_made(connection, table, key, row)
    a = tables.articles.c
    for alert in given["alerts"]:
        num = _found_or_made(connection, step_feeds.alerts, {"name": alert["name"]}, alert)
        for item in alert["items"]:
            article = connection.execute(select(a.num).where(a.id == item["article_id"])).scalar()
            if article is not None:
                key = {"alert": num, "uid": item["uid"]}
                _found_or_made(connection, step_feeds.alert_items, key, {**item, "article": article})


def _found_or_made(connection: Connection, table: Table, key: Mapping[str, Any], row: Mapping[str, Any]) -> int:
    there = select(table.c.num).where(*(table.c[name] == value for name, value in key.items()))
    num = connection.execute(there).scalar()
    if num is None:
        own = {name: row[name] for name in table.c.keys() if name in row and name != "num"}  # noqa: SIM118
        made = connection.execute(insert(table).values({**own, **key})).inserted_primary_key
        assert made is not None
        num = made[0]
    return int(num)


def _rows(connection: Connection, table: Table, where: Any) -> list[Any]:
    query = select(table).order_by(table.c.num)
    return list(connection.execute(query if where is None else query.where(where)))


def _plain(row: Any) -> Json:
    return {name: value for name, value in row._mapping.items() if name not in ("num", "feed", "alert", "article")}
