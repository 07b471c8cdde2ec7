"""The feeds that are followed: what is due, what became of each item, and what went wrong. Times are handed in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, func, insert, select, update

from onrecord.errors import RecordError
from onrecord.outcome import Json
from onrecord.record import step_feeds as tables
from onrecord.record.chunks import chunks
from onrecord.record.connect import reading_from, writing_to
from onrecord.record.feed_health import Yield, notice
from onrecord.record.names import storable, storable_or_none
from onrecord.record.paging import page
from onrecord.record.step_upkeep import feed_moves

_F, _I, _X, _H = tables.feeds.c, tables.feed_items.c, tables.feed_failures.c, tables.feed_hosts.c
_LONGEST_URL = 2000
_MOST_FAILURES = 500
"""Failures kept of one feed; beyond it the oldest go."""
_MOST_REVISITS = 5
"""Times an item is read again because its feed says that it changed."""
_SEEN_AGAIN = 60
"""Items of one feed, the newest, that its health is told by."""


class Feeds:
    """The face of the record for whoever polls. Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, url: str, *, at: str, every: int = 1800, pages: str = "auto", outlet: str | None = None,
        title: str | None = None,
    ) -> bool:  # fmt: skip
        """Follows a feed, due at once; one followed already takes the new settings. True for a new one.

        ``every`` is in seconds; ``pages``: whether items are read from their pages ("auto" for teasers, "always",
        "never").
        """
        if not url.startswith(("http://", "https://")) or len(url) > _LONGEST_URL:
            raise RecordError(f"a feed is an http or https address of up to {_LONGEST_URL} characters, got {url[:80]}")
        row = {"every": every, "pages": pages, "state": "followed", "next_at": at, "failures": 0}
        given = {"outlet": storable_or_none(outlet), "title": storable_or_none(title)}
        row |= {name: value for name, value in given.items() if value is not None}
        with writing_to(self._engine) as connection:
            if connection.execute(update(tables.feeds).where(_F.url == storable(url)).values(row)).rowcount:
                return False
            connection.execute(insert(tables.feeds).values(url=storable(url), added_at=at, **row))
            return True

    def remove(self, url: str) -> bool:
        """Follows a feed no longer: its health goes with it, its articles stay."""
        with writing_to(self._engine) as connection:
            known = _F.url == _now_at(connection, url)
            return bool(connection.execute(delete(tables.feeds).where(known)).rowcount)

    def listed(self, *, limit: int = 0, offset: int = 0) -> list[Json]:
        """The feeds by address, each with its health: ``id url title outlet every pages state added_at next_at
        last_try last_success last_change failures reason items moves notice``."""
        with reading_from(self._engine) as connection:
            rows = connection.execute(page(select(tables.feeds).order_by(_F.url), limit, offset)).all()
            return [_shown(connection, row) for row in rows]

    def one(self, url: str, *, limit: int = 50) -> Json | None:
        """A feed with its latest ``faults``: failures and items that came out empty, or None. Old addresses do, too."""
        with reading_from(self._engine) as connection:
            row = connection.execute(select(tables.feeds).where(_F.url == _now_at(connection, url))).one_or_none()
            return {**_shown(connection, row), "faults": _faults(connection, row.num, limit)} if row else None

    def due(self, at: str, urls: Sequence[str] = ()) -> list[Json]:
        """The feeds to be asked now, the longest due first; those named are due whenever."""
        query = select(tables.feeds).order_by(_F.next_at, _F.num)
        with reading_from(self._engine) as connection:
            if urls:
                query = query.where(_F.url.in_([_now_at(connection, url) for url in urls]))
            else:
                query = query.where(_F.next_at <= at, _F.state == "followed")
            return [dict(row) for row in connection.execute(query).mappings()]

    def next_due(self) -> str | None:
        """When the next feed or waiting item is due."""
        feeds = select(func.min(_F.next_at)).where(_F.state == "followed")
        items = select(func.min(_I.next_at)).where(_I.state == "waiting")
        with reading_from(self._engine) as connection:
            found = [connection.execute(query).scalar() for query in (feeds, items)]
        return min((when for when in found if when), default=None)

    def answered(self, num: int, *, at: str, next_at: str, changed: bool, **known: str | None) -> None:
        """A feed answered; ``known`` are its ``etag``, ``modified`` and ``title`` where it gave them."""
        row: Json = {"last_try": at, "last_success": at, "next_at": next_at, "failures": 0, "reason": None}
        row |= {name: storable_or_none(value) for name, value in known.items()}
        row |= {"last_change": at} if changed else {}
        with writing_to(self._engine) as connection:
            connection.execute(update(tables.feeds).where(_F.num == num).values(row))

    def failed(self, num: int, *, at: str, next_at: str, reason: str, gone: bool = False) -> None:
        """A feed could not be had. ``gone``: it is not asked again unless it is added again."""
        with writing_to(self._engine) as connection:
            row = connection.execute(
                update(tables.feeds).where(_F.num == num).values(
                    last_try=at, next_at=next_at, failures=_F.failures + 1, reason=storable(reason),
                    **({"state": "gone"} if gone else {}),
                ).returning(_F.url)
            ).one_or_none()  # fmt: skip
            if row is not None:
                _keep_failure(connection, num, row.url, reason, at)

    def moved(self, num: int, new: str, *, at: str, reason: str) -> bool:
        """A feed has another address for good: it is asked there from now on, the old one is kept with the reason.

        False where the new address is followed already: the old one is then asked no more.
        """
        with writing_to(self._engine) as connection:
            old = connection.execute(select(_F.url).where(_F.num == num)).scalar()
            if old is None or old == new or not new.startswith(("http://", "https://")) or len(new) > _LONGEST_URL:
                return False
            there = connection.execute(select(_F.num).where(_F.url == storable(new))).scalar() is not None
            change = {"state": "gone", "reason": storable(f"{reason}, which is followed already")} if there else {
                "url": storable(new)}  # fmt: skip
            connection.execute(update(tables.feeds).where(_F.num == num).values(change))
            row = {"feed": num, "old": old, "new": storable(new), "reason": storable(reason), "moved_at": at}
            connection.execute(insert(feed_moves).values(row))
            return not there

    def wanted(self, num: int, items: Mapping[str, str | None]) -> set[str]:
        """Of these items (id -> date of last change) those that this feed has not given before, or changed since.

        A change is followed a few times only: some feeds call every item changed at every turn.
        """
        digests = {_digest(i): i for i in items}
        wanted = set(items)
        with writing_to(self._engine) as connection:
            for some in chunks(digests):
                known = select(tables.feed_items).where(_I.feed == num, _I.digest.in_(some))
                for row in connection.execute(known).all():
                    updated = storable_or_none(items[digests[row.digest]])
                    changed = updated is not None and row.updated is not None and updated != row.updated
                    if changed and row.state in ("kept", "empty") and row.revisits < _MOST_REVISITS:
                        again = update(tables.feed_items).where(_I.num == row.num)
                        connection.execute(again.values(revisits=row.revisits + 1))
                    else:
                        wanted.discard(digests[row.digest])
        return wanted

    def waiting(self, at: str, *, limit: int = 200) -> list[Json]:
        """Items to be tried again now: ``feed`` (as :meth:`due` has it), ``item`` as it was handed in, ``tries``."""
        query = select(_I.details, _I.tries, _I.feed).where(_I.state == "waiting", _I.next_at <= at)
        with reading_from(self._engine) as connection:
            rows = connection.execute(query.order_by(_I.next_at, _I.num).limit(limit)).all()
            wanted = select(tables.feeds).where(_F.num.in_({row.feed for row in rows}))
            feeds = {row["num"]: dict(row) for row in connection.execute(wanted).mappings()}
        return [{"feed": feeds[r.feed], "item": json.loads(r.details), "tries": r.tries} for r in rows]

    def put_off(
        self, num: int, item: Mapping[str, Any], *, at: str, next_at: str, reason: str, tries: int
    ) -> None:  # fmt: skip
        """An item that could not be had now: all the feed said of it is kept until it is tried again."""
        row = {"state": "waiting", "url": storable_or_none(item["url"]), "details": storable(json.dumps(dict(item))),
               "tries": tries, "next_at": next_at, "reason": storable(reason)}  # fmt: skip
        self._item(num, item["id"], at, {**row, "updated": storable_or_none(item["updated"])})

    def settled(
        self, num: int, item_id: str, *, at: str, state: str, url: str | None = None, reason: str | None = None,
        characters: int = 0, statements: int = 0, updated: str | None = None,
    ) -> None:  # fmt: skip
        """An item that is done: "kept", "empty" (nothing to read came out) or "refused" (with the reason)."""
        row = {"state": state, "url": storable_or_none(url) if state != "kept" else None, "details": None,
               "next_at": None, "reason": storable_or_none(reason), "characters": characters,
               "statements": statements, "updated": storable_or_none(updated)}  # fmt: skip
        self._item(num, item_id, at, row)

    def host(self, name: str) -> Json | None:
        """What is known of a host: ``robots tdm asked_at not_before``."""
        with reading_from(self._engine) as connection:
            row = (
                connection.execute(select(tables.feed_hosts).where(_H.host == storable(name))).mappings().one_or_none()
            )
            return dict(row) if row else None

    def keep_host(self, name: str, **known: str | None) -> None:
        """Keeps what became known of a host."""
        row = {field: storable_or_none(value) for field, value in known.items()}
        with writing_to(self._engine) as connection:
            _set(connection, tables.feed_hosts, {"host": storable(name)}, row)

    def _item(self, num: int, item_id: str, at: str, row: Json) -> None:
        with writing_to(self._engine) as connection:
            if not connection.execute(select(_F.num).where(_F.num == num)).scalar():
                return  # the feed was removed meanwhile
            key = {"feed": num, "digest": _digest(item_id)}
            _set(connection, tables.feed_items, key, row, {"met_at": at, "tries": 0, "revisits": 0})
            if row["reason"] and row["state"] in ("waiting", "refused"):
                _keep_failure(connection, num, row["url"] or item_id, row["reason"], at)


def _now_at(connection: Connection, url: str) -> str:
    """The address at which a feed is followed now, where the one given is followed no more and moved."""
    url = storable(url)
    if connection.execute(select(_F.num).where(_F.url == url)).scalar() is not None:
        return url
    m = feed_moves.c
    moved = select(_F.url).join(feed_moves, m.feed == _F.num).where(m.old == url).order_by(m.num.desc()).limit(1)
    return str(connection.execute(moved).scalar() or url)


def _digest(item_id: str) -> str:
    return hashlib.sha256(item_id.encode("utf-8", "surrogatepass")).hexdigest()


def _set(connection: Connection, table: Table, key: Json, row: Json, fresh: Json | None = None) -> None:
    """Changes the row of this key, or writes it with the values of ``fresh`` besides."""
    where = [table.c[name] == value for name, value in key.items()]
    if not row or not connection.execute(update(table).where(*where).values(row)).rowcount:
        connection.execute(insert(table).values({**(fresh or {}), **key, **row}))


def _keep_failure(connection: Connection, num: int, url: str, reason: str, at: str) -> None:
    """Writes a failure down; the same one again only counts up."""
    url, reason = storable(url), storable(reason)
    same = (_X.feed == num, _X.url == url, _X.reason == reason)
    again = update(tables.feed_failures).where(*same).values(last_at=at, times=_X.times + 1)
    if connection.execute(again).rowcount:
        return
    row = {"feed": num, "url": url, "reason": reason, "first_at": at, "last_at": at, "times": 1}
    connection.execute(insert(tables.feed_failures).values(row))
    old = select(_X.num).where(_X.feed == num).order_by(_X.num.desc()).limit(1).offset(_MOST_FAILURES)
    oldest = connection.execute(old).scalar()
    if oldest is not None:
        connection.execute(delete(tables.feed_failures).where(_X.feed == num, _X.num <= oldest))


def _shown(connection: Connection, row: Row[Any]) -> Json:
    counts = select(_I.state, func.count().label("number")).where(_I.feed == row.num).group_by(_I.state)
    items = dict.fromkeys(("kept", "empty", "refused", "waiting"), 0)
    items |= {r.state: r.number for r in connection.execute(counts)}
    latest = (
        select(_I.state, _I.characters, _I.statements).where(_I.feed == row.num, _I.state.in_(("kept", "empty")))
        .order_by(_I.num.desc()).limit(_SEEN_AGAIN)
    )  # fmt: skip
    m = feed_moves.c
    before = select(m.old, m.new, m.reason, m.moved_at).where(m.feed == row.num).order_by(m.num)
    moves = [dict(found) for found in connection.execute(before).mappings()]
    yields = [Yield(r.state == "empty", r.characters or 0, r.statements or 0) for r in connection.execute(latest)]
    fields = ("url", "title", "outlet", "every", "pages", "state", "added_at", "next_at", "last_try", "last_success",
              "last_change", "failures", "reason")  # fmt: skip
    return {
        "id": row.url,
        **{f: getattr(row, f) for f in fields},
        "items": items,
        "moves": moves,
        "notice": notice(yields[::-1]),
    }


def _faults(connection: Connection, num: int, limit: int) -> list[Json]:
    failures = select(tables.feed_failures).where(_X.feed == num).order_by(_X.last_at.desc(), _X.num.desc())
    found = [
        {"kind": "failure", "url": r.url, "reason": r.reason, "first_at": r.first_at, "last_at": r.last_at,
         "times": r.times}
        for r in connection.execute(page(failures, limit, 0))
    ]  # fmt: skip
    empty = select(tables.feed_items).where(_I.feed == num, _I.state == "empty").order_by(_I.num.desc())
    found += [
        {"kind": "empty", "url": r.url, "reason": r.reason, "first_at": r.met_at, "last_at": r.met_at, "times": 1}
        for r in connection.execute(page(empty, limit, 0))
    ]  # fmt: skip
    ordered = sorted(found, key=lambda f: f["last_at"], reverse=True)
    return ordered[:limit] if limit else ordered
