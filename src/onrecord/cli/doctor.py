"""``onrecord doctor``: what this installation and this record need, and whether they have it."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import click

from onrecord.cli.output import print_pieces
from onrecord.cli.records import format_option, opened_record, record_option
from onrecord.errors import OnrecordError
from onrecord.formats import visible
from onrecord.settings import Settings
from onrecord.version import VERSION

_EXTRAS = {
    "web": (("httpx", "httpcore", "fastwarc", "feedparser", "protego"), "addresses, feeds and WARC files"),
    "serve": (("starlette", "jinja2", "uvicorn", "argon2-cffi", "python-multipart"), "the site"),
    "mcp": (("mcp",), "tools for language models on the site"),
    "postgres": (("psycopg",), "records in PostgreSQL"),
    "export": (("pyarrow",), "export as Parquet"),
    "batch": (("pyarrow", "fsspec", "zstandard", "ray"), "archives"),
}
"""The extras that bring packages: names in the index, and what they are for. A test holds it to pyproject.toml."""
_LITTLE = 1 << 28
"""Bytes of free disk below which adding will soon fail."""


def _installed(package: str) -> bool:
    """Whether a distribution is installed."""
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


class Finding(NamedTuple):
    """One thing looked at. ``state``: "ok", "note" (nothing is wrong, something could be added) or "wrong"."""

    id: str
    state: str
    words: str


@click.command("doctor")
@record_option
@format_option
def command(record: str | None, name: str) -> int:
    """Look at this installation and the record: versions, models, extras, disk, migrations, damage.

    Exit status 1 when something is wrong. `check-record` proves every statement, too, and takes longer.
    """
    found = list(_findings(record))
    if name == "json":
        items = [finding._asdict() for finding in found]
        print_pieces([json.dumps({"items": items}, ensure_ascii=False, indent=2) + "\n"])
    else:
        print_pieces(f"{f.state:<5}  {f.id:<15} {visible(f.words)}\n" for f in found)
    return 1 if any(f.state == "wrong" for f in found) else 0


def _findings(record: str | None) -> Iterator[Finding]:
    yield Finding("onrecord", "ok", f"{VERSION}, Python {platform.python_version()}, {platform.platform(terse=True)}")
    yield _sqlite()
    yield _model()
    yield _sentence_model()
    yield from _extras()
    yield from _record(record)


def _sqlite() -> Finding:
    from onrecord import pipeline

    number, searches = pipeline.sqlite_version()
    if searches:
        return Finding("sqlite", "ok", f"{number}, with full-text search (FTS5)")
    return Finding("sqlite", "wrong", f"{number} of this Python has no full-text search (FTS5): use another Python")


def _model() -> Finding:
    from onrecord import pipeline

    try:
        made = pipeline.Pipeline().provenance()
    except OnrecordError as error:
        return Finding("model", "wrong", str(error))
    return Finding("model", "ok", f"{made.model} ({made.model_digest[:19]})")


def _sentence_model() -> Finding:
    from onrecord import pipeline

    try:
        made = pipeline.load_embedder()
    except OnrecordError as error:
        named = Settings.from_environment().embedding is not None
        return Finding("sentence model", "wrong" if named else "note", str(error))
    return Finding("sentence model", "ok", f"{made.name} ({made.digest[:19]})")


def _extras() -> Iterator[Finding]:
    for extra, (packages, purpose) in _EXTRAS.items():
        missing = [package for package in packages if not _installed(package)]
        if missing:
            how = f"for {purpose}: pip install 'onrecord[{extra}]' (missing: {', '.join(missing)})"
            yield Finding(f"extra {extra}", "note", how)
        else:
            yield Finding(f"extra {extra}", "ok", f"{purpose}: {', '.join(f'{p} {_version(p)}' for p in packages)}")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # it can be imported, though nobody installed it
        return "of unknown version"


def _record(record: str | None) -> Iterator[Finding]:
    place = record or Settings.from_environment().record
    try:
        with opened_record(record) as store:
            place, found = store.location, store.health()
    except OnrecordError as error:
        missing = str(error).startswith("there is no record")
        yield Finding("record", "note" if missing and record is None else "wrong", str(error))
        return
    yield Finding("record", "ok", _told(place, found))
    why = found["writable"]
    yield Finding("writing", "wrong", why) if why else Finding("writing", "ok", "the record can be written")
    if (free := found["free_bytes"]) is not None:
        words = f"{_megabytes(free)} free beside a record of {_megabytes(found['bytes'])}"
        yield Finding("disk", "wrong" if free < _LITTLE else "ok", words)
    for fault in found["faults"]:
        yield Finding("file", "wrong", fault)
    if not found["faults"]:
        yield Finding("damage", "ok", "none that the database can see; 'onrecord check-record' proves every statement")


def _told(place: str, found: dict[str, Any]) -> str:
    counts = found["counts"]
    return (
        f"{place}: {found['database']} {found['version']}, {found['steps']} steps done (last {found['step']}),"
        f" {counts['articles']:,} articles, {counts['statements']:,} statements"
    )


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB"
