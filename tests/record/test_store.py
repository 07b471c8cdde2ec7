"""What is added comes back whole, once."""

import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import RecordError
from onrecord.offsets import Edit, Span
from onrecord.outcome import Subjects, Topic
from onrecord.record import Record
from onrecord.types import Medium, Refusal
from tests.factory import article, clean, reading, said, sample

NOW, LATER = "2026-01-01T08:00:00+00:00", "2026-01-02T08:00:00+00:00"
LONG = "The council of Port Vell met for three hours on Monday, and nobody left the hall before the vote was taken."


def test_the_article_object_comes_back_as_it_was_read(record: Record) -> None:
    given = replace(sample(), subjects=Subjects(("ES",), (Topic("medtop:11000000", "politics"),)))
    record.add(given, seen_at=NOW)
    made, kept = given.to_dict(), record.article(given.article.id)
    assert kept is not None
    statements = made.pop("statements")
    assert {name: kept[name] for name in made} == made
    for ours, theirs in zip(kept["statements"], statements, strict=True):
        contexts = [{k: c[k] for k in ("kind", "voice", "span")} for c in ours["context"]]
        assert contexts == theirs.pop("context")
        assert {name: ours[name] for name in theirs} == theirs


def test_raw_text_and_payload_come_back_to_the_byte(record: Record) -> None:
    payload = b"<p>Ana Ruiz said no.</p>"
    given = reading("Ana Ruiz said no.", article=article("Ana Ruiz said no.", payload=payload))
    record.add(given, seen_at=NOW)
    assert record.raw_text(given.article.id) == "Ana Ruiz said no."
    assert record.payload(given.article.id) == payload


def test_the_same_again_adds_nothing(record: Record) -> None:
    first, second = (record.add(sample(), seen_at=NOW), record.add(sample(), seen_at=LATER))
    assert (first.new, first.sighting, first.statements) == (True, True, 4)
    assert (second.new, second.sighting, second.statements) == (False, False, 4)
    assert record.counts() == {
        "articles": 1, "statements": 4, "sightings": 1, "refusals": 0, "collections": 0, "speakers": 2,
    }  # fmt: skip


def test_the_same_payload_elsewhere_is_a_sighting(record: Record) -> None:
    given = sample()
    record.add(given, seen_at=NOW, outlet="The Vell Courier")
    again = replace(given, article=replace(given.article, origin="copy.txt", url="https://other.example/a"))
    added = record.add(again, seen_at=LATER, outlet="Harbour News")
    assert (added.new, added.sighting) == (False, True)
    kept = record.article(given.article.id)
    assert kept is not None
    assert [(s["origin"], s["outlet"], s["seen_at"]) for s in kept["sightings"]] == [
        ("made.txt", "The Vell Courier", NOW), ("copy.txt", "Harbour News", LATER),
    ]  # fmt: skip


def test_one_wire_text_at_two_outlets_is_one_article_with_two_sightings_and_both_payloads(record: Record) -> None:
    one = reading(LONG, article=article(LONG, payload=b"one page", id="sha256:" + "1" * 64))
    two = reading(LONG, article=article(LONG, payload=b"other page", id="sha256:" + "2" * 64, origin="two.html"))
    record.add(one, seen_at=NOW)
    added = record.add(two, seen_at=LATER)
    assert (added.article_id, added.new, added.sighting) == (one.article.id, False, True)
    assert record.payload(two.article.id) == b"other page"
    kept = record.article(two.article.id)
    assert kept is not None
    assert (kept["id"], len(kept["sightings"])) == (one.article.id, 2)


def test_short_texts_that_are_alike_stay_apart(record: Record) -> None:
    for n in "12":
        record.add(reading("Please enable cookies.", article=article("x", id="sha256:" + n * 64)), seen_at=NOW)
    assert record.counts()["articles"] == 2


def test_a_statement_with_the_spans_of_another_is_kept_once(record: Record) -> None:
    twice = reading(LONG, [said("met for three hours", by="council"), said("met for three hours", by="council")])
    record.add(twice, seen_at=NOW)
    assert [s["local_id"] for s in record.statements()] == ["s1"]


def test_a_later_statement_may_be_the_one_disputed(record: Record) -> None:
    record.add(reading(LONG, [said("nobody left", disputes="s2"), said("the vote was taken")]), seen_at=NOW)
    assert [s["disputed"] for s in record.statements()] == [False, True]


def test_hostile_text_is_kept_at_its_offsets(record: Record) -> None:
    raw = "Ana \ud800Ruiz said '); DROP TABLE articles; --\x00 and \u202e\U0001f600 left" + "w" * 3000 + "."
    hostile = "\ud800'; --\x00"
    given = reading(
        clean(raw, [Edit(Span(4, 5), "", "stray character")]), [said("DROP TABLE articles; --\x00 and", by="Ruiz")],
        about={"title": hostile, "site": hostile, "byline": hostile, "media": (Medium("video", hostile, hostile),)},
        published=hostile,
    )  # fmt: skip
    record.add(given, seen_at=NOW, outlet=hostile)
    record.add_refusal(Refusal(hostile, "intake", hostile), seen_at=NOW)
    (statement,) = record.statements()
    assert statement["quote"] == "DROP TABLE articles; --\ufffd and"
    assert record.raw_text(given.article.id) == raw
    assert record.prove(statement["uid"]) == {"id": statement["uid"], "ok": True, "faults": []}
    assert record.articles()[0]["title"] == "\ufffd'; --\ufffd"
    assert record.refusals()[0]["reason"] == "\ufffd'; --\ufffd"


def test_an_article_without_words_is_kept(record: Record) -> None:
    record.add(reading(" ", article=article(" ", key="", origin="")), seen_at=NOW)
    (kept,) = record.articles()
    assert (kept["label"], kept["lead"]) == ("untitled", "")


def test_a_refusal_is_kept_once_with_its_last_time(record: Record) -> None:
    for at in (NOW, LATER):
        record.add_refusal(Refusal("a.txt", "intake", "no text in it"), seen_at=at)
    assert [(r["origin"], r["reason"], r["seen_at"]) for r in record.refusals()] == [("a.txt", "no text in it", LATER)]


def test_nothing_of_an_article_stays_when_adding_it_fails(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.record import adding

    def fail(*_: object) -> None:
        raise RecordError("no room left")

    with monkeypatch.context() as patch:
        patch.setattr(adding.indexing, "index_of", fail)
        with pytest.raises(RecordError, match="no room left"):
            record.add(sample(), seen_at=NOW)
    assert not any(record.counts().values())
    assert record.add(sample(), seen_at=NOW).new


def test_ids_may_be_shortened_while_one_fits(record: Record) -> None:
    for n in ("a1", "a2"):
        record.add(reading(n, article=article(n, id="sha256:" + "ab" * 31 + n)), seen_at=NOW)
    with pytest.raises(RecordError, match="more than one"):
        record.article("abab")
    found = record.article("ab" * 31 + "a2")
    assert found is not None
    assert found["text"] == "a2"
    assert record.article("%") is record.article("") is record.article("f" * 64) is record.statement("st_") is None


def test_the_file_is_private_to_its_owner(path: Path) -> None:
    with Record.open(str(path)) as record:
        record.add(sample(), seen_at=NOW)
    for file in path.parent.glob("record.db*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_the_record_can_be_opened_again_and_by_url(path: Path) -> None:
    with Record.open(str(path)) as first:
        first.add(sample(), seen_at=NOW)
    with Record.open(f"sqlite:///{path}", create=False) as again:
        assert again.counts()["statements"] == 4


WRITER = """
import sys
from dataclasses import replace
from onrecord.record import Record
from tests.factory import article, reading, said
with Record.open(sys.argv[1]) as record:
    for n in range(12):
        text = f"Ana Ruiz said the bridge number {n} of Port Vell is safe and will stay open through the winter months."
        made = reading(text, [said("is safe", by="Ana Ruiz")])
        record.add(made, seen_at="2026-01-01")
"""


def test_two_processes_writing_the_same_make_the_record_of_one(place: str) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    command = [sys.executable, "-c", WRITER, place]
    running = [subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE) for _ in range(2)]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors.decode()) == (0, "")
    with Record.open(place) as record:
        counts = record.counts()
        assert (counts["articles"], counts["statements"], counts["sightings"]) == (12, 12, 12)
        assert record.speakers()[0]["statements"] == 12
