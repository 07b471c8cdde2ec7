"""Feeds and alerts over either store: what is due, what waits, what is told once."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.errors import RecordError
from onrecord.record import Record
from tests.factory import sample

NOW, LATER, MUCH_LATER = (f"2026-03-0{day}T12:00:00+00:00" for day in (4, 5, 6))
URL = "https://marl.example/rss"


def item(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"i{number}", "url": f"{URL}/{number}", "updated": None, "media": [], **fields}


@pytest.fixture
def feed(record: Record) -> dict[str, Any]:
    assert record.feeds.add(URL, at=NOW)
    [found] = record.feeds.due(NOW)
    return found


def test_a_feed_is_due_until_it_answered(record: Record, feed: dict[str, Any]) -> None:
    record.feeds.answered(feed["num"], at=NOW, next_at=LATER, changed=True, etag='"1"', title="T\ud800")
    assert record.feeds.due(NOW) == []
    [again] = record.feeds.due(LATER)
    assert (again["etag"], again["title"], again["last_change"]) == ('"1"', "T\ufffd", NOW)
    assert len(record.feeds.due(NOW, [URL])) == 1
    assert record.feeds.next_due() == LATER


def test_the_same_failure_counts_up(record: Record, feed: dict[str, Any]) -> None:
    for at in (NOW, LATER):
        record.feeds.failed(feed["num"], at=at, next_at=MUCH_LATER, reason="status 500")
    one = record.feeds.one(URL)
    assert one is not None
    [fault] = one["faults"]
    assert (fault["times"], fault["first_at"], fault["last_at"], one["failures"]) == (2, NOW, LATER, 2)


def test_items_wait_whole_and_keep_nothing_once_kept(record: Record, feed: dict[str, Any]) -> None:
    given = item(1, title="Bridge", content="words")
    record.feeds.put_off(feed["num"], given, at=NOW, next_at=LATER, reason="busy", tries=1)
    assert record.feeds.waiting(NOW) == []
    [waiting] = record.feeds.waiting(LATER)
    assert (waiting["item"], waiting["tries"], waiting["feed"]["url"]) == (given, 1, URL)
    record.feeds.settled(feed["num"], "i1", at=LATER, state="kept", url=given["url"], characters=9, statements=1)
    assert record.feeds.waiting(MUCH_LATER) == []
    assert record.feeds.listed()[0]["items"] == {"kept": 1, "empty": 0, "refused": 0, "waiting": 0}


def test_only_new_and_changed_items_are_wanted(record: Record, feed: dict[str, Any]) -> None:
    record.feeds.settled(feed["num"], "i1", at=NOW, state="kept", updated="2026-03-01")
    record.feeds.settled(feed["num"], "i2", at=NOW, state="kept")
    wanted = {"i1": "2026-03-02", "i2": "2026-03-02", "i3": None}
    assert record.feeds.wanted(feed["num"], wanted) == {"i1", "i3"}
    record.feeds.settled(feed["num"], "i1", at=NOW, state="kept", updated="2026-03-02")
    assert record.feeds.wanted(feed["num"], wanted) == {"i3"}


def test_hosts_are_remembered(record: Record) -> None:
    assert record.feeds.host("https://marl.example") is None
    record.feeds.keep_host("https://marl.example", robots="User-agent: *", asked_at=NOW)
    record.feeds.keep_host("https://marl.example", not_before=LATER)
    known = record.feeds.host("https://marl.example")
    assert known is not None
    assert (known["robots"], known["not_before"]) == ("User-agent: *", LATER)


def test_a_feed_removed_takes_its_items_along(record: Record, feed: dict[str, Any]) -> None:
    record.feeds.put_off(feed["num"], item(1), at=NOW, next_at=NOW, reason="busy", tries=1)
    assert record.feeds.remove(URL)
    assert record.feeds.waiting(MUCH_LATER) == []
    record.feeds.settled(feed["num"], "i1", at=NOW, state="kept")
    assert record.feeds.one(URL) is None


@pytest.mark.parametrize("url", ["feed.xml", "file:///etc/passwd", "https://a.example/" + "x" * 3000])
def test_only_addresses_are_feeds(record: Record, url: str) -> None:
    with pytest.raises(RecordError, match="http or https"):
        record.feeds.add(url, at=NOW)


def test_an_alerts_way_through_its_states(record: Record) -> None:
    record.alerts.add("a", kind="search", query="bridge", way="mail", target="d@d.example", at=NOW)
    record.add(sample(), seen_at=NOW)
    assert (record.alerts.find("a", at=NOW), record.alerts.find("a", at=NOW)) == (1, 0)
    assert list(record.alerts.take("a", at=NOW, dead=NOW, limit=9).values()) == [0]
    [uid] = [s["uid"] for s, _ in record.alerts.entries("a", limit=9)]
    assert record.alerts.put_off("a", [uid], at=NOW, next_at=LATER, reason="busy", most=8) == 0
    assert record.alerts.take("a", at=NOW, dead=NOW, limit=9) == {}
    assert record.alerts.take("a", at=LATER, dead=NOW, limit=9) == {uid: 1}
    assert record.alerts.take("a", at=MUCH_LATER, dead=MUCH_LATER, limit=9) == {}
    assert record.alerts.listed()[0]["items"]["unsure"] == 1
    assert record.alerts.again("a", at=MUCH_LATER) == 1
    assert record.alerts.take("a", at=MUCH_LATER, dead=NOW, limit=9) == {uid: 0}
    record.alerts.settle("a", [uid], "sent", at=MUCH_LATER)
    assert record.alerts.listed()[0]["items"]["sent"] == 1
    assert record.alerts.remove("a")
