"""How a record's database is: how far its tables have come, whether it can be written, what it says of itself.

Quick enough to be asked at any time: the proof of every statement is ``checking.py``'s.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from onrecord.errors import RecordError
from onrecord.outcome import Json
from onrecord.record.connect import reading_from, sentences, writing_to
from onrecord.record.counting import counts
from onrecord.record.migrations import STEPS

_FEW_FAULTS = 5


def health(engine: Engine) -> Json:
    """``database version step steps bytes free_bytes writable faults counts``.

    ``step`` is the last migration done, ``steps`` how many; ``writable`` None, or why not, as a sentence;
    ``free_bytes`` of the disk the file is on, None for a server; ``faults`` what the database itself finds broken.
    """
    with reading_from(engine) as connection:
        found = {**_kept(connection), "counts": counts(connection)}
    with sentences(engine):
        place = Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None
        free = shutil.disk_usage(place.resolve().parent).free if place else None
        return {**found, "free_bytes": free, "writable": _why_not_writable(engine), "faults": list(_faults(engine))}


def sqlite_version() -> tuple[str, bool]:
    """SQLite's version in this Python, and whether it has the full-text index FTS5."""
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    return sqlite3.sqlite_version, "ENABLE_FTS5" in options


def _kept(connection: Connection) -> Json:
    if connection.dialect.name == "postgresql":
        size = (
            "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'"
        )
        version = str(connection.exec_driver_sql("SHOW server_version").scalar_one()).split()[0]
    else:
        size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        version = sqlite3.sqlite_version
    bytes_kept = int(connection.exec_driver_sql(size).scalar_one())
    done = list(connection.exec_driver_sql("SELECT name FROM migrations ORDER BY name").scalars())
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.dialect.name]
    return {"database": kind, "version": version, "step": done[-1], "steps": f"{len(done)} of {len(STEPS)}",
            "bytes": bytes_kept}  # fmt: skip


def _why_not_writable(engine: Engine) -> str | None:
    """Tries to write, and takes it back."""
    try:
        with writing_to(engine) as connection:
            step = connection.begin_nested()
            connection.execute(text("UPDATE migrations SET done_at = done_at"))
            step.rollback()
    except RecordError as error:
        return str(error)
    return None


def _faults(engine: Engine) -> Iterator[str]:
    if engine.dialect.name != "sqlite":
        return
    with reading_from(engine) as connection:
        rows: list[Any] = list(connection.exec_driver_sql(f"PRAGMA quick_check({_FEW_FAULTS})").scalars())
        yield from (f"the file is damaged: {row}" for row in rows if row != "ok")
