"""Alerts: what is asked for, and of every statement that fits whether it was sent. Times are handed in.

A statement's way: "waiting" -> "sending" -> "sent"; a failure that is sure takes it back to "waiting", at last to
"failed". It is "sending" from before it goes out until the answer is known. Where a run dies in between, or no answer
comes, nobody can know whether it arrived: it becomes "unsure" and is not sent again unless a person asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from onrecord.errors import RecordError
from onrecord.outcome import Json
from onrecord.record import beside
from onrecord.record import step_feeds as tables
from onrecord.record import tables as main_tables
from onrecord.record.chunks import chunks
from onrecord.record.connect import reading_from, writing_to
from onrecord.record.matching import can_fit, fitting
from onrecord.record.names import storable

KINDS, WAYS = ("search", "who"), ("atom", "mail", "webhook")
_A, _I, _S = tables.alerts.c, tables.alert_items.c, main_tables.statements.c
_LONGEST_NAME, _LONGEST = 100, 2000
_DIED = "the run that was sending it did not come back: it may have arrived"


class Alerts:
    """The face of the record for whoever sends alerts. Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, name: str, *, kind: str, query: str, way: str, target: str, at: str, from_start: bool = False
    ) -> Json:  # fmt: skip
        """Makes an alert. What fits already is taken for known, unless ``from_start``. Raises RecordError."""
        name, query, target = " ".join(storable(name).split()), storable(query), storable(target)
        if not 0 < len(name) <= _LONGEST_NAME:
            raise RecordError(f"an alert's name has 1 to {_LONGEST_NAME} characters, got {len(name)}")
        if kind not in KINDS or way not in WAYS:
            raise RecordError(f"an alert is one of {KINDS} sent by one of {WAYS}, got '{kind}' and '{way}'")
        if not can_fit(kind, query) or len(query) > _LONGEST or not target or len(target) > _LONGEST:
            raise RecordError("an alert needs words to look for and somewhere to send to")
        row = {"name": name, "kind": kind, "query": query, "way": way, "target": target, "made_at": at}
        with writing_to(self._engine) as connection:
            if connection.execute(select(_A.num).where(_A.name == name)).scalar() is not None:
                raise RecordError(f"there is an alert '{name}' already: remove it, or choose another name")
            connection.execute(insert(tables.alerts).values(row))
            made = _must(connection, name)
            if not from_start:
                _note(connection, made, at, "known")
            return _shown(connection, made)

    def remove(self, name: str) -> bool:
        """Takes an alert away, with what it knows of what was sent."""
        with writing_to(self._engine) as connection:
            return bool(connection.execute(delete(tables.alerts).where(_A.name == name)).rowcount)

    def listed(self, names: Sequence[str] = (), *, limit: int = 0) -> list[Json]:
        """Alerts by name: ``id name kind query way target made_at items``. Raises RecordError for a name not there."""
        with reading_from(self._engine) as connection:
            rows = connection.execute(select(tables.alerts).order_by(_A.name)).all()
            for name in names:
                _must(connection, name)
            chosen = [row for row in rows if not names or row.name in names]
            return [_shown(connection, row) for row in (chosen[:limit] if limit else chosen)]

    def find(self, name: str, *, at: str) -> int:
        """Notes every statement that fits and was not noted before; how many these were."""
        with writing_to(self._engine) as connection:
            return _note(connection, _must(connection, name), at, "waiting")

    def take(self, name: str, *, at: str, dead: str, limit: int, harmless: bool = False) -> dict[str, int]:
        """Up to so many ids to send now, the oldest first, each with its tries; they are being sent from here on.

        What has been "sending" since before ``dead`` was left by a run that died: unsure, or, where sending twice is
        ``harmless``, to be sent again.
        """
        with writing_to(self._engine) as connection:
            alert = _must(connection, name).num
            left = (_I.alert == alert, _I.state == "sending", _I.taken_at < dead)
            after: Json = {"state": "waiting"} if harmless else {"state": "unsure", "done_at": at, "reason": _DIED}
            connection.execute(update(tables.alert_items).where(*left).values(after))
            ready = select(_I.num, _I.uid, _I.tries).where(_I.alert == alert, _I.state == "waiting", _I.next_at <= at)
            rows = connection.execute(ready.order_by(_I.num).limit(limit)).all()
            taken = {"state": "sending", "taken_at": at, "tries": _I.tries + 1}
            for chunk in chunks([row.num for row in rows]):
                connection.execute(update(tables.alert_items).where(_I.num.in_(chunk)).values(taken))
            return {row.uid: row.tries for row in rows}

    def settle(
        self, name: str, uids: Sequence[str], state: str, *, at: str, reason: str | None = None
    ) -> None:  # fmt: skip
        """What became of those that were being sent: "sent", "unsure", or "gone" from the record."""
        self._change(name, uids, {"state": state, "done_at": at, "reason": storable(reason) if reason else None})

    def put_off(self, name: str, uids: Sequence[str], *, at: str, next_at: str, reason: str, most: int) -> int:
        """They surely did not arrive: to be tried again, or given up after so many tries; how many are given up."""
        self._change(name, uids, {"state": "waiting", "next_at": next_at, "reason": storable(reason)})
        with writing_to(self._engine) as connection:
            alert = _must(connection, name).num
            tired = (_I.alert == alert, _I.state == "waiting", _I.tries >= most)
            given_up = {"state": "failed", "done_at": at}
            return connection.execute(update(tables.alert_items).where(*tired).values(given_up)).rowcount

    def again(self, name: str, *, at: str) -> int:
        """Sends once more what is unsure or was given up: a person has asked for it."""
        with writing_to(self._engine) as connection:
            alert = _must(connection, name).num
            stuck = (_I.alert == alert, _I.state.in_(("unsure", "failed")))
            row = {"state": "waiting", "next_at": at, "tries": 0}
            return connection.execute(update(tables.alert_items).where(*stuck).values(row)).rowcount

    def entries(self, name: str, *, limit: int, unsent: bool = False) -> list[tuple[Json, str]]:
        """The statements sent last (``unsent``: all that was found), the newest first, and when each was found.

        What is no longer on record is not among them.
        """
        with reading_from(self._engine) as connection:
            alert = _must(connection, name).num
            states = _I.state != "known" if unsent else _I.state.in_(("sent", "sending"))
            query = (
                select(_S.num, _I.found_at).join(main_tables.statements, _S.uid == _I.uid)
                .where(_I.alert == alert, states).order_by(_I.num.desc()).limit(limit)
            )  # fmt: skip
            found = {row.num: row.found_at for row in connection.execute(query)}
            return list(zip(beside.view(connection, list(found)), found.values(), strict=True))

    def _change(self, name: str, uids: Sequence[str], row: Json) -> None:
        with writing_to(self._engine) as connection:
            alert = _must(connection, name).num
            for chunk in chunks(uids):
                some = (_I.alert == alert, _I.uid.in_(chunk), _I.state == "sending")
                connection.execute(update(tables.alert_items).where(*some).values(row))


def _must(connection: Connection, name: str) -> Row[Any]:
    row = connection.execute(select(tables.alerts).where(_A.name == name)).one_or_none()
    if row is None:
        raise RecordError(f"there is no alert '{name[:_LONGEST_NAME]}': 'onrecord alert list' names them")
    return row


def _note(connection: Connection, alert: Row[Any], at: str, state: str) -> int:
    """Writes down what fits and is not written down yet; how many of these are new.

    What turns up later in an article that is written down already (it was read again, or corrected) is taken for known:
    a better model moves many spans by a word, and nobody wants to be told of them all again.
    """
    noted = {r.uid: r.article for r in connection.execute(select(_I.uid, _I.article).where(_I.alert == alert.num))}
    told = set(noted.values())
    rows = [
        {"alert": alert.num, "uid": uid, "article": article, "state": "known" if article in told else state,
         "found_at": at, "tries": 0, "next_at": at}
        for uid, article in fitting(connection, alert.kind, alert.query).items() if uid not in noted
    ]  # fmt: skip
    if rows:
        connection.execute(insert(tables.alert_items), rows)
    return sum(row["state"] == state for row in rows)


def _shown(connection: Connection, row: Row[Any]) -> Json:
    counts = select(_I.state, func.count().label("number")).where(_I.alert == row.num).group_by(_I.state)
    items = dict.fromkeys(("known", "waiting", "sending", "sent", "unsure", "failed"), 0)
    items |= {r.state: r.number for r in connection.execute(counts)}
    fields = ("name", "kind", "query", "way", "target", "made_at")
    return {"id": row.name, **{f: getattr(row, f) for f in fields}, "items": items}
