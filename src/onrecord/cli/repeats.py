"""``onrecord repeats``: the same statement in several articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from onrecord.cli.cards import copy_line, statement_lines
from onrecord.cli.joining import brought_up_to_date
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.formats import visible, wrapped

Json = dict[str, Any]


@click.command("repeats")
@record_option
@listing_options(20)
def command(record: str | None, limit: int, name: str) -> int:
    """List statements that several articles have, each group with its earliest first, the newest group first."""
    from onrecord import pipeline

    with opened_record(record) as store:
        brought_up_to_date(store, "stories", "copies", "repeats")
        found = [pipeline.with_changes(group) for group in store.repeats(limit=limit)]
    print_pieces(as_json(found) if name == "json" else ("\n".join(_lines(group)) + "\n\n" for group in found))
    return 0


def _lines(group: Json) -> Iterator[str]:
    count = len(group["statements"])
    texts = f", in {group['texts']} text{'' if group['texts'] == 1 else 's'}" if group["texts"] < count else ""
    yield f"{group['id']} · {count} times{texts}"
    for said in group["statements"]:
        yield ""
        if said["changes"]:
            yield from wrapped(f"{said['how']}: {visible(said['reason'])}", "  ")
        if any(change["how"] != "same" for change in said["changes"]):
            yield from wrapped("".join(map(_change, said["changes"])).strip(), "  ")
        if said["copy"]:
            yield from wrapped(copy_line(said["copy"], said["article"]), "  ")
        yield from ("  " + line for line in statement_lines({**said, "article": said["article_brief"]}))


def _change(change: Json) -> str:
    words = visible(change["words"])
    return {"same": f" {words}", "cut": f" [-{words}-]", "added": f" [+{words}+]"}[change["how"]]
