"""``onrecord export``: the record for other programs, and for another record."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.output import print_pieces
from onrecord.cli.records import opened_record, record_option
from onrecord.errors import OnrecordError
from onrecord.formats import EXPORT_FORMATS, FOLDER_FORMATS, render, warc, write_files, write_parquet
from onrecord.version import VERSION
from onrecord.whole import write_whole

if TYPE_CHECKING:
    from onrecord.pipeline import Record


@click.command("export")
@record_option
@click.option("--format", "name", type=click.Choice(EXPORT_FORMATS), default="jsonl", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file (brat, webannotation: folder).")
@click.option("--bare", is_flag=True, help="jsonl: the article objects alone, without what 'import' needs.")
@click.option("--limit", type=click.IntRange(min=0), default=0, show_default=True, help="At most so many; 0: all.")
def command(record: str | None, name: str, out: Path | None, bare: bool, limit: int) -> int:
    """Print every article of the record, one object a line, in the order they were added; or write another format."""
    if name in (*FOLDER_FORMATS, "parquet") and out is None:
        raise click.UsageError(
            f"{name} is no text to print: name a {'file' if name == 'parquet' else 'folder'} (--out)"
        )
    with opened_record(record) as store:
        if name == "parquet" or name in FOLDER_FORMATS:
            assert out is not None
            readings = islice(store.readings(), limit or None)
            write_parquet(readings, out) if name == "parquet" else [*write_files(readings, name, out)]
        elif name == "warc":
            _write_bytes(warc(islice(store.fetched(), limit or None), f"onrecord {VERSION}"), out)
        else:
            pieces = _pieces(store, name, bare, limit or None)
            write_whole(pieces, out) if out is not None else print_pieces(pieces)
    return 0


def _pieces(store: Record, name: str, bare: bool, limit: int | None) -> Iterator[str]:
    if name in ("jsonl", "record"):
        articles = store.export() if bare and name == "jsonl" else store.dumps()
        yield from _lines(islice(articles, limit))
        if name == "record":
            yield from _lines([{"rest": store.rest()}])
    elif name == "corrections":
        yield from _lines(islice(store.corrections(), limit))
    else:
        yield from render(islice(store.readings(), limit), name)


def _lines(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def _write_bytes(pieces: Iterable[bytes], out: Path | None) -> None:
    if out is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    try:
        with out.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        raise OnrecordError(f"cannot write {out}: {error.strerror or error}") from error
