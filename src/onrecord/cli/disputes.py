"""``onrecord disputes``: who denies what, in one article and across the articles of a story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from onrecord.cli.cards import statement_lines
from onrecord.cli.joining import brought_up_to_date
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.formats import visible, wrapped

_SAYS = {"denies": "speaks against", "changed": "the same speaker said before or elsewhere"}


@click.command("disputes")
@record_option
@listing_options(20)
def command(record: str | None, limit: int, name: str) -> int:
    """List statements that speak against another, the newest first.

    Inside one article the text links them; across the articles of a story, words do. "changed": one speaker said two
    things of one matter. Which of them holds is not judged.
    """
    with opened_record(record) as store:
        brought_up_to_date(store, "stories", "disputes")
        found = store.disputes(limit=limit)
    if name == "json":
        print_pieces(as_json(found))
    elif not found:
        print_pieces(["no statement on record speaks against another\n"])
    else:
        print_pieces("\n".join(_lines(dispute)) + "\n\n" for dispute in found)
    return 0


def _lines(dispute: dict[str, Any]) -> Iterator[str]:
    yield from statement_lines(dispute["statement"])
    yield from wrapped(f"{_SAYS[dispute['how']]} ({visible(dispute['reason'])}):", "  ")
    for line in statement_lines(dispute["against"]):
        yield "    " + line
