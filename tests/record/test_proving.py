"""Every statement can be proved against its evidence, and any change to either is found."""

import zlib

import pytest

from onrecord.errors import RecordError
from onrecord.outcome import Reading
from onrecord.record import Record
from tests.factory import sample
from tests.record.conftest import change

NOW = "2026-01-01T08:00:00+00:00"


def faults(record: Record, local_id: str) -> str:
    (uid,) = [s["uid"] for s in record.statements(limit=0) if s["local_id"] == local_id]
    found = record.prove(uid)
    assert found["ok"] is not bool(found["faults"])
    return " ".join(found["faults"])


@pytest.mark.parametrize("local_id", ["s1", "s2", "s3", "s4"])
def test_an_article_with_headline_furniture_and_repairs_is_proved(record: Record, local_id: str) -> None:
    record.add(sample(), seen_at=NOW)
    assert faults(record, local_id) == ""


def test_the_seed_page_is_proved(record: Record, seed: Reading) -> None:
    record.add(seed, seen_at=NOW)
    assert [record.prove(s["uid"])["faults"] for s in record.statements(limit=0)] == [[]] * 26


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ("UPDATE statements SET quote = 'the bridge is unsafe'", "the quote says"),
        ("UPDATE statements SET details = replace(details, '\"content\"\\:[[', '\"content\"\\:[[1')", "raw spans"),
        ("UPDATE contexts SET text = 'without any doubt'", "does not stand at"),
        ("UPDATE contexts SET first = first + 9", "does not stand at"),
        ("UPDATE bodies SET text = 'x' || text", "raw text and edits do not give"),
        ("UPDATE payloads SET data = :other", "the payload's digest"),
        ("UPDATE bodies SET raw = :other", "the quote says|cannot be put together"),
        ("UPDATE bodies SET details = :other", "cannot be put together"),
        ("UPDATE statements SET uid = 'st_1234abcd'", "statement's id"),
    ],
)
def test_a_change_is_found(record: Record, changed: str, message: str) -> None:
    record.add(sample(), seen_at=NOW)
    where = " WHERE local_id = 's1'" if "statements" in changed else ""
    bound = {"other": zlib.compress(b"another text")} if ":other" in changed else {}
    change(record, changed + where, **bound)
    with pytest.raises(AssertionError, match=message):
        assert faults(record, "s1") == ""


def test_the_payload_can_be_read_again_by_whoever_has_an_intake(record: Record) -> None:
    record.add(sample(), seen_at=NOW)
    uid = record.statements()[0]["uid"]
    asked = {}

    def read_again(payload: bytes, known: dict) -> str:
        asked.update(known)
        return payload.decode()

    assert record.prove(uid, read_again=read_again)["ok"]
    assert asked == {"origin": "made.txt", "url": None, "key": "made", "media_type": "text/plain"}
    assert not record.prove(uid, read_again=lambda *_: "something else")["ok"]


def test_an_unknown_statement_cannot_be_proved(record: Record) -> None:
    with pytest.raises(RecordError, match="no statement"):
        record.prove("st_12345678")
