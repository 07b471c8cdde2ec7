"""``onrecord search``: words -> statements and articles of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from onrecord.cli.cards import article_lines, statement_lines
from onrecord.cli.inputs import date_of
from onrecord.cli.output import colour_and_width, print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.formats import lit


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("--by", metavar="NAME", help="Statements of this speaker (a surname does).")
@click.option("--about", metavar="NAME", help="Statements about this one.")
@click.option("--since", callback=date_of, metavar="DATE", help="Published on this day or later.")
@click.option("--until", callback=date_of, metavar="DATE", help="Published on this day or before.")
@click.option("--outlet", metavar="NAME", help="From this outlet or site.")
@click.option("--kind", type=click.Choice(("direct", "indirect", "mixed")), help="How much of it is quoted.")
@click.option("--act", metavar="ACT", help="What was done with words: say, deny, promise, warn ...")
@click.option("--disputed", is_flag=True, default=None, help="Only what somebody disputes or the outlet rebuts.")
@record_option
@listing_options(20)
@click.option("--in", "what", type=click.Choice(("all", "statements", "articles")), default="all", show_default=True)
def command(words: tuple[str, ...], record: str | None, limit: int, name: str, what: str, **asked: Any) -> int:
    """Find statements, then articles, that hold all the WORDS, best first.

    Case, accents and endings do not matter. "A phrase" in quotation marks stays together; a word* finds what begins so.
    Without words: the statements that the options leave, newest first.
    """
    if not words and all(value is None for value in asked.values()):
        raise click.UsageError("give words to look for, or an option such as --by NAME")
    with opened_record(record) as store:
        found = store.search(" ".join(words), what=what, limit=limit, **asked)
    print_pieces(as_json(found) if name == "json" else _cards(found, colour_and_width()[0]))
    return 0


def _cards(found: Iterable[dict[str, Any]], colour: bool) -> Iterator[str]:
    count = 0
    for count, item in enumerate(found, 1):  # noqa: B007
        lines = statement_lines(item) if item["found"] == "statement" else article_lines(item)
        yield lit("\n".join(lines), colour) + "\n\n"
    if not count:
        yield "nothing found: every word must occur; try fewer words or options, or word* for what begins so\n"
