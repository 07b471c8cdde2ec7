"""Opening: a record, or a sentence that says why not."""

import sqlite3
import stat
from pathlib import Path

import pytest

from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.record.migrations import STEPS
from onrecord.record.tables import metadata
from tests.factory import sample


def test_the_tables_that_queries_see_are_those_the_migrations_made(record: Record, path: Path) -> None:
    connection = sqlite3.connect(path)
    for table in metadata.sorted_tables:
        made = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
        expected = [c.name for c in table.columns if c.name != "rowid"]
        assert sorted(made) == sorted(expected), table.name
    kept = connection.execute("SELECT name FROM migrations").fetchall()
    assert [name for (name,) in kept] == [name for name, _ in STEPS]
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


@pytest.mark.parametrize("url", ["postgresql://host/db", "http://news.example/r.db", "", "sqlite://", "a\0b"])
def test_only_files_and_sqlite_urls_are_records(url: str) -> None:
    refused(url, "a record is a file or|a path of a record")


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
