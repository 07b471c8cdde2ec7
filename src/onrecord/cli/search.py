"""``onrecord search``: words -> statements and articles of the record."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.cards import article_lines, statement_lines
from onrecord.cli.inputs import date_of
from onrecord.cli.output import colour_and_width, print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.formats import lit

if TYPE_CHECKING:
    from onrecord.pipeline import Record

_EVERY = 5.0
"""Seconds between two lines about a long wait."""


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("--like", metavar="TEXT", help="Statements of like meaning instead of words, the nearest first.")
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
def command(
    words: tuple[str, ...], like: str | None, record: str | None, limit: int, name: str, what: str, **asked: Any
) -> int:  # fmt: skip
    """Find statements, then articles, that hold all the WORDS, best first.

    Case, accents and endings do not matter. "A phrase" in quotation marks stays together; a word* finds what begins so.
    Without words: the statements that the options leave, newest first. --like TEXT takes the same options.
    """
    asks = bool(words) or any(value is not None for value in asked.values())
    if like is not None and (words or not like.strip()):
        raise click.UsageError("--like takes a text, and stands in the place of words")
    if like is None and not asks:
        raise click.UsageError("give words to look for, or an option such as --by NAME")
    with opened_record(record) as store:
        if like is not None:
            found = _like(store, like, limit, asked)
        else:
            found = store.search(" ".join(words), what=what, limit=limit, **asked)
    print_pieces(as_json(found) if name == "json" else _cards(found, colour_and_width()[0]))
    return 0


def _like(store: Record, text: str, limit: int, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Those nearest in meaning; statements new since the last time are measured first: told if it takes long."""
    from onrecord import pipeline

    embedder = pipeline.load_embedder()
    left, told = store.vectors.count_unmeasured(embedder.digest), time.monotonic()
    for count in pipeline.measure(store, embedder):
        left -= count
        if time.monotonic() - told > _EVERY:
            told = time.monotonic()
            print(f"onrecord: {left:,} statements are still to be measured", file=sys.stderr, flush=True)
    return pipeline.find_like(store, text, embedder, limit=limit, **asked)


def _cards(found: Iterable[dict[str, Any]], colour: bool) -> Iterator[str]:
    count = 0
    for count, item in enumerate(found, 1):  # noqa: B007
        lines = statement_lines(item) if item["found"] == "statement" else article_lines(item)
        yield lit("\n".join(lines), colour) + "\n\n"
    if not count:
        yield "nothing found: every word must occur; try fewer words or options, or word* for what begins so\n"
