"""What is exported comes in again as the same record, and nothing that came from outside is trusted."""

import copy
import json
from typing import Any

import pytest

from onrecord.errors import Forgotten, RecordError
from onrecord.outcome import Reading
from onrecord.record import Record
from onrecord.types import Refusal
from tests.factory import reading, said, sample

TEXT = "Ana Ruiz said the bridge over the Vell will be closed to lorries until the spring, whatever the cost may be."


@pytest.fixture
def filled(record: Record, seed: Reading) -> Record:
    record.add(sample(), seen_at="2026-01-01", outlet="The Vell Courier")
    record.add(seed, seen_at="2026-01-02")
    record.add(reading(TEXT, [said("will be closed to lorries", by="Ana Ruiz")]), seen_at="2026-01-03")
    one, two = (s["uid"] for s in record.statements(speaker="Tomas Brandt"))
    record.correct(one, speaker="Mira Stone", author="me", at="2026-01-04")
    record.correct(two, reject=True, author="me", at="2026-01-05")
    record.correct(record.statements(speaker="Ana Ruiz")[0]["uid"], reject=True, author="me", at="2026-01-05")
    record.withdraw(record.judgements()[-1]["subject"], author="me", at="2026-01-06")
    record.merge("Mira Stone", "Ana Ruiz", author="me", at="2026-01-07")
    record.add_refusal(Refusal("bad.txt", "intake", "no text"), seen_at="2026-01-01")
    record.collection_new("Bridge", note="claims", at="2026-01-01")
    record.collection_add("Bridge", one, note="check", at="2026-01-01")
    record.collection_add("Bridge", "piers cracks", at="2026-01-01")
    return record


def carried(source: Record, target: Record) -> None:
    """As the commands do it: by way of text."""
    for line in [json.dumps(item) for item in source.dumps()]:
        target.load(json.loads(line))
    target.load_rest(json.loads(json.dumps(source.rest())))


def test_an_import_of_an_export_is_the_same_record(filled: Record, other_place: str) -> None:
    with Record.open(other_place) as other:
        carried(filled, other)
        assert list(other.dumps()) == list(filled.dumps())
        assert other.rest() == filled.rest()
        assert other.speakers() == filled.speakers()
        assert other.counts() == filled.counts()
        assert [i["id"] for i in other.search("bridge")] != []
        assert [item for item in other.check() if item["faults"]] == []
        carried(filled, other)
        assert list(other.dumps()) == list(filled.dumps()), "again changes nothing"


def test_and_back_into_a_store_of_the_other_kind(filled: Record, other_place: str, place: str) -> None:
    with Record.open(other_place) as other:
        carried(filled, other)
        before = list(other.dumps())
        filled.forget(before[0]["id"], reason="to see it come back", author="me", at="2026-02-01")
        assert filled.load(before[1]) == (before[1]["id"], False)
        with pytest.raises(Forgotten):
            filled.load(before[0])


def altered(item: dict[str, Any], *path: Any, value: Any) -> dict[str, Any]:
    made = copy.deepcopy(item)
    at: Any = made["record"]
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return made


def test_what_was_altered_on_the_way_is_refused_whole(filled: Record, other_place: str) -> None:
    item = next(iter(filled.dumps()))
    wrong = [
        ({"id": "x"}, "not whole"),
        (altered(item, "statements", 0, "quote", value="the bridge is unsafe"), "cannot be proved"),
        (altered(item, "statements", 0, "uid", value="st_00000000000000000000"), "not whole|cannot be proved"),
        (altered(item, "statements", 0, "speaker", value=7), "no text"),
        (altered(item, "statements", 0, "kind", value="true"), "one of a few words"),
        (altered(item, "contexts", 0, "kind", value="proves"), "one of a few words"),
        (altered(item, "contexts", 0, "first", value="x"), "no number"),
        (altered(item, "entities", 0, "mentions", value="{"), "not whole"),
        (altered(item, "payloads", 0, "data", value="eJwDAAAAAAE="), "another digest"),
        (altered(item, "body", "details", value="!"), "not whole"),
        (altered(item, "body", value={"text": "x"}), "without details"),
        (altered(item, "article", "id", value="sha256:" + "0" * 64), "not whole"),
    ]
    with Record.open(other_place) as other:
        for given, message in wrong:
            with pytest.raises(RecordError, match=message):
                other.load(given)
            assert not any(other.counts().values()), message


def test_a_reading_comes_back_with_the_corrections_in_it(record: Record, seed: Reading) -> None:
    for made in (sample(), seed):
        record.add(made, seen_at="2026-01-01")
    for made, again in zip((sample(), seed), record.readings(), strict=True):
        one, two = made.to_dict(), again.to_dict()
        assert two.pop("statements") == one.pop("statements")
        assert two == one
    uid = next(s["uid"] for s in record.statements(limit=0) if s["local_id"] == "s2" and s["act"] == "deny")
    record.correct(uid, speaker="Mira Stone", author="me", at="2026-01-02")
    again = next(record.readings())
    assert {s["uid"]: s["speaker"] for s in again.to_dict()["statements"]}[uid] == "h1"
    assert again.entity("h1").name == "Mira Stone"  # type: ignore[union-attr]


def test_a_copy_takes_feeds_and_alerts_along_and_again_changes_nothing(filled: Record, other_place: str) -> None:
    url, at = "https://marl.example/rss", "2026-01-01T00:00:00+00:00"
    filled.feeds.add(url, at=at, outlet="Marl Daily")
    [feed] = filled.feeds.due(at)
    filled.feeds.settled(feed["num"], "item 1", at=at, state="kept", characters=900, statements=2)
    filled.feeds.failed(feed["num"], at=at, next_at=at, reason="status 500")
    filled.feeds.moved(feed["num"], "https://marl.example/feed", at=at, reason="it moved")
    filled.alerts.add("ruiz", kind="who", query="Stone", way="atom", target="/tmp/x.atom", at=at, from_start=True)
    assert filled.alerts.find("ruiz", at=at) == 3
    with Record.open(other_place) as other:
        for _ in range(2):
            carried(filled, other)
            other.load_following(json.loads(json.dumps(filled.following())))
            assert other.following() == filled.following()
        assert other.feeds.wanted(other.feeds.due(at)[0]["num"], {"item 1": None}) == set()
        assert other.alerts.find("ruiz", at=at) == 0, "what was found before is not found again"


def test_an_export_holds_no_feeds_and_no_alerts(filled: Record) -> None:
    filled.alerts.add("hook", kind="who", query="Stone", way="webhook", target="https://desk.example/h", at="2026")
    assert "desk.example" not in json.dumps([*filled.dumps(), filled.rest()])
