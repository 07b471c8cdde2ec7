"""``onrecord versions``: what stood at one address, time after time, and what became of its statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from onrecord.cli.cards import article_lines, change_lines
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.errors import RecordError


@click.command("versions")
@click.argument("url", metavar="URL")
@record_option
@listing_options(0)
def command(url: str, record: str | None, limit: int, name: str) -> int:
    """Show the versions of the article met at this URL (or file), oldest first, their statements compared.

    A version is another clean text: a page whose menus or adverts alone changed is the same version.
    """
    with opened_record(record) as store:
        found = store.versions(url)
    if not found:
        raise RecordError(f"the record has met no article at '{url[:200]}'")
    found = found[-limit:] if limit else found
    print_pieces(as_json(found) if name == "json" else ("\n".join(_lines(v)) + "\n\n" for v in found))
    return 0


def _lines(version: dict[str, Any]) -> Iterator[str]:
    yield f"version {version['version']}, met {version['met_at']}"
    yield from article_lines(version)
    for pair in version["changes"] or ():
        yield from change_lines(pair)
