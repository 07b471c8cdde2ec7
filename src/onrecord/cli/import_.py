"""``onrecord import``: what ``export`` wrote, kept in a record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

import click

from onrecord.cli.output import print_pieces
from onrecord.cli.records import opened_record, record_option
from onrecord.errors import RecordError
from onrecord.formats import visible


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.File("rb"))
@record_option
def command(files: tuple[IO[bytes], ...], record: str | None) -> int:
    """Keep what `onrecord export` (jsonl or record) wrote. Every payload and statement is proved on the way in.

    What is there already is not written twice, so an import that was stopped can be run again. FILE may be - (standard
    input).
    """
    counts = {"new": 0, "known": 0, "refused": 0}
    with opened_record(record, create=True) as store:
        for file in files:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    item = _parsed(line)
                    if "rest" in item:
                        store.load_rest(item["rest"])
                        continue
                    counts["new" if store.load(item)[1] else "known"] += 1
                except (RecordError, KeyError, TypeError) as error:
                    counts["refused"] += 1
                    click.echo(f"onrecord: refused line {number:,} of {file.name}: {visible(str(error))}", err=True)
    print_pieces(_told(counts))
    return 1 if counts["refused"] else 0


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        raise RecordError("a line of JSON was expected") from None
    if not isinstance(item, dict) or not {"record", "rest"} & set(item):
        raise RecordError("an article as 'onrecord export' writes it was expected (--bare leaves out what is needed)")
    return item


def _told(counts: dict[str, int]) -> Iterator[str]:
    yield f"{counts['new']:,} new, {counts['known']:,} known, {counts['refused']:,} refused\n"
