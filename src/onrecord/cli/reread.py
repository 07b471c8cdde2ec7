"""``onrecord reread``: kept articles read again by the model and code of today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from onrecord.cli.cards import change_lines
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, format_option, opened_record, record_option
from onrecord.formats import shorten, visible


@click.command("reread")
@click.argument("ids", metavar="[ID...]", nargs=-1)
@record_option
@format_option
@click.option("--all", "every", is_flag=True, help="Also what this very model and code has read.")
@click.option("--dry-run", "dry", is_flag=True, help="Show what would change and write nothing.")
@click.option("--model", type=click.Path(exists=True, file_okay=False), help="A model folder to use instead.")
def command(ids: tuple[str, ...], record: str | None, name: str, every: bool, dry: bool, model: str | None) -> int:
    """Read kept articles again, those that an older model or version has read, and show what changed.

    Corrections by people are kept and applied to the new reading.
    """
    from dataclasses import replace

    from onrecord import pipeline
    from onrecord.settings import Settings

    settings = Settings.from_environment()
    reader = pipeline.Pipeline(settings=replace(settings, model=model) if model else settings)
    counts = {"done": 0, "changed": 0, "refused": 0}
    with opened_record(record) as store:
        made = reader.provenance()
        wanted = ids or (store.article_ids() if every else store.made_by_others(made.version, made.model_digest))
        found = _counted(pipeline.reread(store, reader, wanted, dry=dry), counts)
        print_pieces(as_json(found) if name == "json" else (line for item in found for line in _lines(item)))
    if name != "json":
        would = "would be " if dry else ""
        print_pieces([f"{counts['done']:,} {would}read again, {counts['changed']:,} of them changed\n"])
    return 1 if counts["refused"] else 0


def _counted(items: Iterator[dict[str, Any]], counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    for item in items:
        if "refused" in item:
            counts["refused"] += 1
            click.echo(f"onrecord: refused {visible(item['id'])}: {visible(item['refused'])}", err=True)
            continue
        counts["done"] += 1
        counts["changed"] += bool(item["changes"])
        yield item


def _lines(item: dict[str, Any]) -> Iterator[str]:
    if not item["changes"]:
        return
    yield f"{item['id'][:19]}  {visible(shorten(item['label'], 60))}  ({visible(item['origin'])})\n"
    for pair in item["changes"]:
        yield "".join(line + "\n" for line in change_lines(pair))
    for moved in item["moved"]:
        yield f"    a correction by {visible(moved['author'])} went along from {moved['from']} to {moved['to']}\n"
    yield "\n"
