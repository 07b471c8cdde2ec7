"""``onrecord collect``: named lists of statements, articles and searches, with notes, in an order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click

from onrecord.cli.cards import article_lines, statement_lines
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, format_option, listing_options, one_json, opened_record, record_option
from onrecord.errors import RecordError
from onrecord.formats import visible


@click.group("collect")
def command() -> None:
    """Keep collections: named lists of statements, articles and searches."""


@command.command("new")
@click.argument("title", metavar="NAME")
@click.option("--note", default="", help="What it is for.")
@record_option
def new(title: str, note: str, record: str | None) -> int:
    """Make an empty collection."""
    with opened_record(record, create=True) as store:
        made = store.collection_new(title, note=note, at=_now())
    print_pieces([f"made {visible(made['name'])}\n"])
    return 0


@command.command("add")
@click.argument("title", metavar="NAME")
@click.argument("refs", metavar="ID|WORDS...", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(("statement", "article", "search")), help="By default told from the ID.")
@click.option("--note", default="", help="A note of yours on the item.")
@click.option("--position", type=click.IntRange(min=1), help="Its place in the list; last by default.")
@record_option
def add(
    title: str, refs: tuple[str, ...], kind: str | None, note: str, position: int | None, record: str | None
) -> int:
    """Put a statement (st_...), an article (sha256:...) or a search (any words) into a collection.

    Adding what is there already changes its note and place.
    """
    with opened_record(record) as store:
        for count, ref in enumerate(refs):
            place = position - 1 + count if position is not None else None
            made = store.collection_add(title, ref, kind=kind, note=note, at=_now(), position=place)
            print_pieces([f"{'added' if made['new'] else 'changed'} {made['kind']} {visible(made['ref'])}\n"])
    return 0


@command.command("list")
@click.argument("title", metavar="[NAME]", required=False)
@record_option
@listing_options(50)
def list_(title: str | None, record: str | None, limit: int, name: str) -> int:
    """List the collections, or what one of them holds."""
    with opened_record(record) as store:
        if title is None:
            found = store.collection_list(limit=limit)
        else:
            found = _must(store.collection_export(title), title)["items"]
    found = found[:limit] if limit else found
    if name == "json":
        print_pieces(as_json(found))
    elif title is None:
        print_pieces(f"{c['count']:>5}  {visible(c['name'])}  {visible(c['note'])}".rstrip() + "\n" for c in found)
    else:
        print_pieces("\n".join(_item(item)) + "\n\n" for item in found)
    return 0


@command.command("remove")
@click.argument("title", metavar="NAME")
@click.argument("ref", metavar="[ID|WORDS]", required=False)
@record_option
def remove(title: str, ref: str | None, record: str | None) -> int:
    """Take an item out of a collection, or remove the collection."""
    with opened_record(record) as store:
        if not store.collection_remove(title, ref):
            inside = f" '{ref[:80]}' in it" if ref else ""
            raise RecordError(f"there is no collection '{title[:80]}'{' or no' + inside if ref else ''}")
    print_pieces([f"removed {visible(ref or title)}\n"])
    return 0


@command.command("export")
@click.argument("title", metavar="NAME")
@record_option
@format_option
def export(title: str, record: str | None, name: str) -> int:
    """Print a collection whole: every statement with its disputes and context."""
    with opened_record(record) as store:
        found = _must(store.collection_export(title), title)
    if name == "json":
        print_pieces(one_json(found))
    else:
        heading = f"{visible(found['name'])}\n{visible(found['note'])}".strip() + "\n\n"
        print_pieces([heading, *("\n".join(_item(item)) + "\n\n" for item in found["items"])])
    return 0


def _item(item: dict[str, Any]) -> Iterator[str]:
    """An item's lines, its note first."""
    if item["note"]:
        yield f"[{visible(item['note'])}]"
    if item["kind"] == "search":
        yield f"search: {visible(item['query'])}"
    elif item[item["kind"]] is None:
        yield f"{item['kind']} {item['ref']} is no longer in the record"
    else:
        yield from (statement_lines if item["kind"] == "statement" else article_lines)(item[item["kind"]])


def _must(found: dict[str, Any] | None, title: str) -> dict[str, Any]:
    if found is None:
        raise RecordError(f"there is no collection '{title[:80]}': 'onrecord collect list' names them")
    return found


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
