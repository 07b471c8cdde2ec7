"""``onrecord search``: words -> statements and articles of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from onrecord.cli.cards import article_lines, statement_lines
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@record_option
@listing_options(20)
@click.option("--in", "what", type=click.Choice(("all", "statements", "articles")), default="all", show_default=True)
def command(words: tuple[str, ...], record: str | None, limit: int, name: str, what: str) -> int:
    """Find statements, then articles, that hold all the WORDS, best first.

    Case, accents and endings do not matter. "A phrase" in quotation marks stays together; a word* finds what begins so.
    """
    with opened_record(record) as store:
        found = store.search(" ".join(words), what=what, limit=limit)
    print_pieces(as_json(found) if name == "json" else _cards(found))
    return 0


def _cards(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    count = 0
    for count, item in enumerate(found, 1):  # noqa: B007
        lines = statement_lines(item) if item["found"] == "statement" else article_lines(item)
        yield "\n".join(lines) + "\n\n"
    if not count:
        yield "nothing found: every word must occur; try fewer words, or word* for what begins so\n"
