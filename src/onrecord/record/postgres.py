"""A record in a schema of a PostgreSQL database (15 or later), for several writers on several machines.

The schema is the connection's first one: ``postgresql://user@host/base?options=-csearch_path%3Dnews`` keeps a record
in the schema ``news``.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from onrecord.errors import RecordError, import_extra
from onrecord.record.connect import BUSY_SECONDS, bring_up_to_date, place_of, sentences

_OLDEST = 150000
"""The server_version_num of PostgreSQL 15."""
_FRESH_SECONDS = 2.0
"""How long ago a connection may have been used to be trusted unasked."""


def open_engine(text: str, *, create: bool) -> tuple[Engine, str]:
    """See :func:`onrecord.record.connect.open_engine`."""
    import_extra("psycopg", "postgres")
    try:
        url = make_url(text.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise RecordError(
            "a URL such as postgresql://user@host/base was expected, got one that has no such parts"
        ) from None
    engine = create_engine(url, connect_args={"connect_timeout": 10})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "checkin", _note_time)
    event.listen(engine, "checkout", _still_there)
    try:
        with sentences(engine):
            with engine.connect() as connection:
                _claim(connection, place_of(engine), create)
            bring_up_to_date(engine)
    except RecordError:
        engine.dispose()
        raise
    return engine, place_of(engine)


def _prepare(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        cursor.execute("SET jit = off")  # compiling takes longer than any question of ours
    connection.commit()


def _note_time(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = monotonic()


def _still_there(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Asks a connection that lay idle whether its server is still there: the pool replaces it where not.

    One just used is not asked, since the answer would cost a search as much as one of its questions.
    """
    if monotonic() - record.info.get("used", monotonic()) < _FRESH_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:  # whatever the driver calls it
        raise DisconnectionError("the server closed an idle connection") from error


def _claim(connection: Connection, where: str, create: bool) -> None:
    """Raises RecordError unless the schema holds a record, or nothing and one may be made."""
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    if version < _OLDEST:
        raise RecordError(f"PostgreSQL 15 or later was expected, {where} is {version // 10000}")
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar()
    if schema is None:
        raise RecordError(f"{where} names a schema that is not there: create it first")
    there = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    tables = set(connection.exec_driver_sql(there).scalars())
    if "migrations" in tables and "payloads" in tables:
        return
    if tables:
        raise RecordError(f"the schema '{schema}' at {where} holds tables of another program: name another schema")
    if not create:
        raise RecordError(f"there is no record at {where}: 'onrecord add INPUT...' makes one")
