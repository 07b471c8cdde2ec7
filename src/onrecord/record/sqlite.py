"""A record in one SQLite file: made private, claimed by a mark in its header, written ahead (WAL)."""

from __future__ import annotations

import os
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from onrecord.errors import RecordError
from onrecord.record.connect import BUSY_SECONDS, bring_up_to_date, sentences
from onrecord.record.names import key_of, surname

APPLICATION_ID = 0x6F6E7263
"""Written into the file's header ("onrc"), so that another program's database is not taken for a record."""

_CACHE_KB = 8_000
"""Kilobytes of pages that a connection keeps: a record of a thousand articles fills them, so that memory stays what it
is from there on. The system keeps what is read often as well; twice as much made nothing quicker."""


def open_engine(text: str, *, create: bool) -> tuple[Engine, str]:
    """See :func:`onrecord.record.connect.open_engine`."""
    path = _path_of(text)
    _make_private(path, create)
    options: dict[str, Any] = {"uri": True, "timeout": BUSY_SECONDS, "check_same_thread": False}
    connect = partial(sqlite3.connect, _named(path), **options)
    engine = create_engine(URL.create("sqlite", database=str(path)), creator=connect)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "connect", partial(_note_file, path))
    event.listen(engine, "checkout", partial(_same_file, path))
    event.listen(engine, "begin", _begin)
    try:
        _claim(engine, path)
    except RecordError:
        engine.dispose()
        raise
    return engine, str(path)


def _path_of(text: str) -> Path:
    scheme, found, rest = text.partition("://")
    if not found or len(scheme) < 2:
        rest = text
    elif scheme != "sqlite":
        raise RecordError(f"a record is a file, a sqlite:/// or a postgresql:// URL, got a URL of '{scheme[:40]}'")
    else:
        rest = rest.removeprefix("/")
    if not rest or "\0" in rest:
        raise RecordError(f"a path of a record was expected, got {text[:80]!r}")
    return Path(rest).expanduser()


def _make_private(path: Path, create: bool) -> None:
    """Makes the file if need be: evidence about people is nobody else's business, so only its owner may read it."""
    try:
        if path.is_dir():
            raise RecordError(f"a record is a file, {path} is a folder")
        if path.exists():
            return
        if not create:
            raise RecordError(f"there is no record at {path}: 'onrecord add INPUT...' makes one")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise RecordError(f"the record {path} cannot be opened: {error.strerror or error}") from error


def _named(path: Path) -> str:
    """The file as SQLite is to open it.

    In a folder that may only be read (evidence on a disc, another user's) SQLite could not put its log beside the file
    and would refuse even to read. Where no log is there, nobody is writing: it is told that nothing will change.
    """
    whole = path.absolute()
    log = whole.with_name(whole.name + "-wal")
    fixed = not os.access(whole.parent, os.W_OK) and not log.exists()
    return whole.as_uri() + ("?immutable=1" if fixed else "?mode=rw")  # rw: a file that went away is not made anew


def _note_file(path: Path, _connection: object, record: ConnectionPoolEntry) -> None:
    record.info["file"] = _file_at(path)


def _same_file(path: Path, _connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Gives a connection up whose file was moved away, or replaced by a copy: SQLite would go on in the old one.

    What was judged meanwhile would be written where nobody looks for it.
    """
    if record.info.get("file") != _file_at(path):
        raise DisconnectionError(f"{path} is not the file that this connection was opened on")


def _file_at(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun in _begin, not guessed at by the driver
    connection.create_function("folded", 1, key_of, deterministic=True)
    connection.create_function("surname", 1, surname, deterministic=True)
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON", "synchronous=NORMAL", "temp_store=MEMORY",
                   f"cache_size=-{_CACHE_KB}", "trusted_schema=OFF"):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("onrecord_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _claim(engine: Engine, path: Path) -> None:
    """Makes sure that the file is a record of ours, new or known, and brings it up to date."""
    with sentences(engine):
        with engine.connect() as connection:
            mark, tables = _header(connection)
        if mark not in (0, APPLICATION_ID) or (mark == 0 and tables):
            raise RecordError(f"{path} is a database of another program, not a record: name another file")
        if not tables:
            _set_up(engine)
        bring_up_to_date(engine)


def _header(connection: Connection) -> tuple[int, int]:
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    return int(mark), int(connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one())


def _set_up(engine: Engine) -> None:
    raw: Any = engine.raw_connection()
    try:
        raw.driver_connection.execute("PRAGMA journal_mode=WAL")
        raw.driver_connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    finally:
        raw.close()
