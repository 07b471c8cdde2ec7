"""Opening: a record, or a sentence that says why not."""

import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from onrecord.errors import RecordError
from onrecord.record import Record, migrations
from onrecord.record.migrations import STEPS
from onrecord.record.sqlite import APPLICATION_ID
from onrecord.record.tables import metadata
from tests.factory import sample


def test_the_tables_that_queries_see_are_those_the_migrations_made(record: Record) -> None:
    found = inspect(record._engine)
    for table in metadata.sorted_tables:
        assert sorted(c["name"] for c in found.get_columns(table.name)) == sorted(table.columns.keys()), table.name
    with record._engine.connect() as connection:
        kept = connection.execute(text("SELECT name FROM migrations")).scalars()
        assert sorted(kept) == sorted(name for name, _ in STEPS)


def test_a_file_is_written_ahead(path: Path) -> None:
    Record.open(str(path)).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_opening_again_changes_nothing(path: Path) -> None:
    Record.open(str(path)).close()
    connection = sqlite3.connect(path)
    before = connection.execute("SELECT * FROM migrations").fetchall()
    Record.open(str(path)).close()
    assert connection.execute("SELECT * FROM migrations").fetchall() == before
    connection.close()


def test_folders_on_the_way_are_made_private(tmp_path: Path) -> None:
    Record.open(str(tmp_path / "new" / "record.db")).close()
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def refused(target: object, match: str, *, create: bool = True) -> None:
    with pytest.raises(RecordError, match=match):
        Record.open(str(target), create=create)


def test_what_is_no_record_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database at all, but longer than any header would be" * 40)
    before = text.read_bytes()
    refused(text, "is not a record")
    assert text.read_bytes() == before
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE mine (a)")
    connection.commit()
    connection.close()
    refused(other, "another program")
    refused(tmp_path, "is a folder")
    refused(tmp_path / "none.db", "there is no record", create=False)
    assert not (tmp_path / "none.db").exists()
    refused(text / "under.db", "cannot be opened")


@pytest.mark.parametrize("url", ["mysql://host/db", "http://news.example/r.db", "", "sqlite://", "a\0b"])
def test_only_files_and_sqlite_urls_are_records(url: str) -> None:
    refused(url, "a record is a file, a sqlite|a path of a record")


def test_a_record_of_newer_code_is_refused(path: Path) -> None:
    Record.open(str(path)).close()
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO migrations VALUES ('9999_later', 'then')")
    connection.commit()
    connection.close()
    refused(path, "newer onrecord .*9999_later")


def test_an_empty_file_becomes_a_record(path: Path) -> None:
    path.touch()
    with Record.open(str(path)) as record:
        assert record.counts()["articles"] == 0


def test_a_damaged_record_answers_with_a_sentence(path: Path) -> None:
    with Record.open(str(path)) as record:
        record.add(sample(), seen_at="2026-01-01")
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x00" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    for rest in path.parent.glob("record.db-*"):
        rest.unlink()
    with pytest.raises(RecordError, match=r"refused|not a record"), Record.open(str(path)) as record:
        record.articles()


def a_record_of_the_first_step(path: Path) -> None:
    """What the first released code would have left: one article whose speaker and place are named."""
    connection = sqlite3.connect(path)
    connection.executescript(f"PRAGMA application_id={APPLICATION_ID}; PRAGMA journal_mode=WAL;")
    connection.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY, done_at TEXT NOT NULL)")
    name, sql = STEPS[0]
    connection.executescript(sql + migrations._ONLY[name]["sqlite"])
    connection.execute("INSERT INTO migrations VALUES (?, 'then')", (name,))
    connection.executescript("""
        INSERT INTO provenances VALUES (1, '0', 'm', 'sha256:0', '{}');
        INSERT INTO articles VALUES (1, 'sha256:ab', 'k', 'o', NULL, NULL, 'label', NULL, NULL, NULL, NULL, NULL, 'en',
          3, '2026-01-01', '2026-01-01', NULL, 'lead', 1, 1);
        INSERT INTO names VALUES (1, 'ana ruiz', 'ruiz', 'Ana Ruiz', 'person', 1, 1);
        INSERT INTO entities VALUES (1, 1, 'e1', 'Ana Ruiz', 1, 'person', 1, NULL, '[]'),
          (2, 1, 'e2', 'Port Vell', NULL, 'place', 0, NULL, '[]'),
          (3, 1, 'e3', 'PORT VELL', NULL, 'place', 0, NULL, '[]');
    """)
    connection.commit()
    connection.close()


def test_a_record_of_every_earlier_step_is_brought_up_to_date(path: Path) -> None:
    a_record_of_the_first_step(path)
    with Record.open(str(path)) as record:
        assert record.counts()["articles"] == 1
        assert [s["key"] for s in record.speakers()] == ["ana ruiz"]
        with record._engine.connect() as connection:
            named = connection.execute(
                text("SELECT e.local_id, n.key FROM entities e JOIN names n ON n.num = e.name_num")
            )
            assert dict(named.tuples().all()) == {"e1": "ana ruiz", "e2": "port vell", "e3": "port vell"}
        assert record.add(sample(), seen_at="2026-01-01").new


def test_a_server_that_is_not_there_is_a_sentence_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(RecordError, match="refused") as caught:
        Record.open("postgresql://ana:secret@127.0.0.1:1/news")
    assert "secret" not in str(caught.value)


def test_a_schema_of_another_program_is_left_alone(place: str) -> None:
    if not place.startswith("postgresql"):
        pytest.skip("of files test_what_is_no_record_is_refused_and_left_as_it_is speaks")
    import psycopg

    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("CREATE TABLE mine (a int)")
    refused(place, "another program")
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("DROP TABLE mine")
    refused(place, "there is no record", create=False)


def test_a_connection_that_the_server_closed_while_idle_is_replaced(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not place.startswith("postgresql"):
        pytest.skip("a file has no server")
    from onrecord.record import postgres

    monkeypatch.setattr(postgres, "_FRESH_SECONDS", 0.0)
    with Record.open(place) as record, Record.open(place) as other:
        record.add(sample(), seen_at="2026-01-01")
        with record._engine.connect() as connection:
            own = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with other._engine.begin() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:own, 5000)"), {"own": own})
        assert record.counts()["articles"] == 1
