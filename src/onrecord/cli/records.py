"""What the commands that open a record share: the option that names it, and how lists are printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from onrecord.pipeline import Record

F = TypeVar("F", bound=Callable[..., Any])
Json = dict[str, Any]


def record_option(command: F) -> F:
    """Adds ``--record``."""
    help_text = "The record; by default ONRECORD_RECORD, else a file in the user's data folder."
    return click.option("--record", metavar="PATH|URL", help=help_text)(command)


def listing_options(limit: int) -> Callable[[F], F]:
    """Adds ``--limit`` and ``--format pretty|json``."""

    def add(command: F) -> F:
        command = click.option(
            "--limit", type=click.IntRange(min=0), default=limit, show_default=True, help="At most so many; 0: all."
        )(command)
        return format_option(command)

    return add


def format_option(command: F) -> F:
    """Adds ``--format pretty|json``."""
    choice = click.Choice(("pretty", "json"))
    return click.option("--format", "name", type=choice, default="pretty", show_default=True)(command)


def author_option(command: F) -> F:
    """Adds ``--author``, by default who is logged in."""
    return click.option("--author", default=_user, metavar="NAME", help="Who says so; by default your user name.")(
        command
    )


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no user of that number on this system
        return "unknown"


def now() -> str:
    """The time for what a person does: fine enough that two things one after the other differ."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def opened_record(record: str | None, *, create: bool = False) -> Record:
    """The record asked for. Raises RecordError where there is none and ``create`` is not asked for."""
    from onrecord import pipeline

    return pipeline.open_record(record, create=create)


def as_json(items: Iterable[Json]) -> Iterator[str]:
    """One object ``{"items": [...]}``, written item by item."""
    yield '{"items": ['
    for count, item in enumerate(items):
        yield (",\n" if count else "\n") + json.dumps(item, ensure_ascii=False)
    yield "\n]}\n"


def one_json(item: Json) -> Iterator[str]:
    """One object, indented for people."""
    yield json.dumps(item, ensure_ascii=False, indent=2) + "\n"
