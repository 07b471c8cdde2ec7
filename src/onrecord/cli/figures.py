"""``onrecord figures``: one count, reported differently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from onrecord.cli.cards import statement_lines
from onrecord.cli.joining import brought_up_to_date
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.formats import visible, wrapped

Json = dict[str, Any]


@click.command("figures")
@record_option
@listing_options(20)
def command(record: str | None, limit: int, name: str) -> int:
    """List counts that the articles of a story report differently, with who gave which and when.

    Numbers that count different things are not set against each other; which of them is right is not judged.
    """
    with opened_record(record) as store:
        brought_up_to_date(store, "stories", "figures")
        found = store.figures(limit=limit)
    if name == "json":
        print_pieces(as_json(found))
    elif not found:
        print_pieces(["no count on record is reported differently\n"])
    else:
        print_pieces("\n".join(_lines(group)) + "\n\n" for group in found)
    return 0


def _lines(group: Json) -> Iterator[str]:
    told = dict.fromkeys(" ".join(figure["words"].split()) for figure in group["figures"])
    yield from wrapped(" / ".join(visible(words) for words in told), "")
    for figure in group["figures"]:
        article = figure["article"]
        where = article["outlet"] or article["site"] or article["origin"]
        whose = f", {figure['owner_name']}" if figure["owner_name"] else ""
        day = (article["published"] or "undated")[:10]
        yield from wrapped(visible(f"{day} {where}{whose}: {' '.join(figure['sentence'].split())}"), "    ")
        if figure["statement"] is not None:
            for line in statement_lines(figure["statement"], with_article=False):
                yield "        " + line
