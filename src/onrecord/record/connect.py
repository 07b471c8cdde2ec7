"""Connections to the database, and the border where its errors become ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from onrecord.errors import RecordError, Unavailable
from onrecord.record.migrations import behind, migrate

BUSY_SECONDS = 60
"""How long a writer waits for its turn."""


def open_engine(url_or_path: str, *, create: bool) -> tuple[Engine, str]:
    """An engine on the record there, migrated, and the place it was found at. Raises RecordError."""
    text = str(url_or_path)
    scheme = text.partition("://")[0] if "://" in text else ""
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        from onrecord.record import postgres

        return postgres.open_engine(text, create=create)
    from onrecord.record import sqlite

    return sqlite.open_engine(text, create=create)


@contextmanager
def reading_from(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the record throughout."""
    with sentences(engine), engine.connect() as plain:
        connection = plain
        if engine.dialect.name == "postgresql":
            connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing_to(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: it takes its turn at once, so two writers wait for each other and never clash.

    What takes long, reading an article, is done before; the turn itself is a few milliseconds.
    """
    with sentences(engine), engine.connect() as plain:
        connection = plain.execution_options(onrecord_writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(_TURN)
            yield connection


_TURN = "SELECT pg_advisory_xact_lock(1869509219, hashtext(current_schema()))"
"""The one right to write a record in PostgreSQL: a lock named for us ("onrc") and for the schema that holds it."""


def bring_up_to_date(engine: Engine) -> None:
    """Does the migrations still to be done."""
    with reading_from(engine) as connection:
        late = behind(connection)
    if late:
        with writing_to(engine) as connection:
            migrate(connection)


@contextmanager
def sentences(engine: Engine) -> Iterator[None]:
    """Turns what the database says into a sentence."""
    try:
        yield
    except NoConnectionFree as error:
        raise Unavailable("the record is asked by too many at once: try again in a moment") from error
    except (DBAPIError, sqlite3.Error) as error:
        where = engine.url.database if engine.dialect.name == "sqlite" else place_of(engine)
        cause = " ".join(str(getattr(error, "orig", error)).split())
        if "not a database" in cause:
            raise RecordError(f"{where} is not a record: a SQLite file was expected") from error
        if "locked" in cause or "lock timeout" in cause:
            raise Unavailable(f"the record {where} is busy: another program has been writing for a minute") from error
        if "readonly database" in cause or "read-only transaction" in cause:
            raise RecordError(f"the record {where} may only be read: its file or folder is write-protected") from error
        if "is full" in cause or "No space left" in cause:
            raise RecordError(f"there is no room left for the record {where}: free some space and go on") from error
        if "disk I/O error" in cause:
            raise RecordError(
                f"the disk under the record {where} could not be written or read: a limit on the size of files, a lost"
                " connection to it, or damage"
            ) from error
        if _is_away(error, cause):
            raise Unavailable(f"the record {where} cannot be reached now: {cause}") from error
        raise RecordError(f"the record {where} refused: {cause}") from error


def _is_away(error: Exception, cause: str) -> bool:
    """True where no database answered, so that nothing is said about what was asked."""
    if getattr(error, "connection_invalidated", False) or "unable to open database file" in cause:
        return True
    return isinstance(error, OperationalError) and ("connection" in cause or "terminating" in cause)


def place_of(engine: Engine) -> str:
    """Where a record is, without the password."""
    return engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=True)
