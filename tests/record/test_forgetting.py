"""What is forgotten is nowhere any more, and does not come back; why it went is known."""

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from onrecord.errors import Forgotten, RecordError
from onrecord.record import Record
from tests.factory import reading, said, sample

WHY = {"reason": "court order 7/2026", "author": "me", "at": "2026-02-01T00:00:00"}
OTHER = (
    "Harbour master Ib Lund said the ferry will run every hour from Monday, storms and strikes permitting, until May."
)


@pytest.fixture
def filled(record: Record) -> Record:
    record.add(sample(), seen_at="2026-01-01", outlet="The Vell Courier")
    record.add(reading(OTHER, [said("the ferry will run every hour", by="Ib Lund")]), seen_at="2026-01-01")
    record.collection_new("Bridge")
    record.collection_add("Bridge", sample().article.id)
    record.collection_add("Bridge", record.statements(speaker="Ana Ruiz")[0]["uid"])
    record.collection_add("Bridge", "ana ruiz bridge")
    record.correct(
        record.statements(speaker="Tomas Brandt")[0]["uid"], speaker="Ana Ruiz", author="me", at="2026-01-02"
    )
    record.merge("Ana Ruiz", "Tomas Brandt", author="me", at="2026-01-03")
    return record


def everything(record: Record) -> str:
    """Every text in every table."""
    with record._engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [connection.execute(text(f'SELECT * FROM "{t}"')).all() for t in tables if not t.endswith("_data")]
    return " ".join(str(value) for table in rows for row in table for value in row if not isinstance(value, bytes))


@pytest.mark.parametrize("ref", ["Ana Ruiz", "ana  RUIZ", sample().article.id, sample().article.id[7:20]])
def test_nothing_of_it_is_left_in_any_table(filled: Record, ref: str) -> None:
    assert "entirely safe" in everything(filled)
    gone = filled.forget(ref, **WHY)
    assert gone == {"articles": 1, "statements": 4}
    left = everything(filled).lower()
    for words in ("entirely safe", "careless", "centimetres", "vell courier", sample().article.payload[:20].decode()):
        assert words.lower() not in left, words
    if "uiz" in ref.lower():
        assert "ruiz" not in left
    assert filled.search("bridge", what="articles") == filled.search("safe") == []
    assert [a["text"] for a in filled.export()] == [OTHER]
    assert [s["key"] for s in filled.speakers()] == ["ib lund"]
    assert [item for item in filled.check() if item["faults"]] == []


def test_a_tombstone_stays_and_the_same_is_not_kept_again(filled: Record) -> None:
    filled.forget(sample().article.id, **WHY)
    assert {(t["kind"], t["reason"], t["author"]) for t in filled.tombstones()} == {
        ("payload", WHY["reason"], "me"), ("text", WHY["reason"], "me"),
    }  # fmt: skip
    with pytest.raises(Forgotten, match=r"forgotten on 2026-02-01 .* court order 7/2026"):
        filled.add(sample(), seen_at="2026-03-01")
    assert filled.counts()["articles"] == 1


def test_a_forgotten_name_is_not_kept_in_another_article(filled: Record) -> None:
    filled.forget("Ana Ruiz", **WHY)
    later = reading("Ana Ruiz said she would not run for office again.", [said("she would not run", by="Ana Ruiz")])
    with pytest.raises(Forgotten):
        filled.add(later, seen_at="2026-03-01")


def test_the_file_itself_holds_no_word_of_it(path: Path) -> None:
    with Record.open(str(path)) as record:
        record.add(sample(), seen_at="2026-01-01")
        record.forget("Ana Ruiz", **WHY)
    data = b"".join(p.read_bytes() for p in path.parent.glob("record.db*"))
    assert b"careless" not in data
    assert b"uiz" not in data


@pytest.mark.parametrize(("ref", "reason"), [("Nobody Here", "why"), ("", "why"), ("f" * 64, "why"), ("Ana Ruiz", " ")])
def test_without_a_reason_or_a_thing_nothing_is_forgotten(filled: Record, ref: str, reason: str) -> None:
    with pytest.raises(RecordError, match=r"reason|no article and no name"):
        filled.forget(ref, reason=reason, author="me", at="2026")
    assert filled.counts()["articles"] == 2


def test_not_a_word_is_left_in_the_file_beside_it_or_in_freed_pages(path: Path) -> None:
    with Record.open(str(path)) as record:
        for n in range(40):
            text = f"Zyxwina Quorlbeck said the frobnicated pontoon {n} of Port Vell sinks slowly, every single winter."
            record.add(
                reading(text, [said(f"the frobnicated pontoon {n} of Port Vell sinks", by="Zyxwina Quorlbeck")]),
                seen_at="2026-01-01",
            )
        record.add(reading(OTHER, [said("the ferry will run every hour", by="Ib Lund")]), seen_at="2026-01-01")
        record.forget("Zyxwina Quorlbeck", **WHY)
        for file in path.parent.iterdir():
            kept = file.read_bytes().lower()
            for word in (b"quorlbeck", b"zyxwina", b"frobnic", b"pontoon"):
                assert word not in kept, f"{word!r} is still in {file.name}"
        assert b"ferry" in path.read_bytes().lower(), "and what stays is there"


def test_on_a_server_the_records_own_tables_are_written_anew_and_no_others(filled: Record) -> None:
    if filled._engine.dialect.name != "postgresql":
        pytest.skip("a file is written anew as a whole")
    with filled._engine.connect() as connection:
        schema = connection.execute(text("SELECT current_schema()")).scalar_one()
        other = f"{schema}_other"
        connection.execute(text(f'CREATE SCHEMA "{other}"'))
        connection.execute(text(f'CREATE TABLE "{other}".t AS SELECT 1 AS n'))
        connection.commit()
    try:
        before = _files(filled, schema), _files(filled, other)
        filled.forget("Ana Ruiz", **WHY)
        after = _files(filled, schema), _files(filled, other)
        assert before[0].keys() == after[0].keys()
        assert all(before[0][name] != after[0][name] for name in before[0])
        assert before[1] == after[1]
    finally:
        with filled._engine.connect() as connection:
            connection.execute(text(f'DROP SCHEMA "{other}" CASCADE'))
            connection.commit()


def _files(record: Record, schema: str) -> dict[str, int]:
    """The file that each table of a schema is kept in: a table written anew has another."""
    sql = (
        "SELECT relname, relfilenode FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST(:schema AS regnamespace)"
    )
    with record._engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(text(sql), {"schema": f'"{schema}"'})}
