"""``onrecord search``: words -> statements and articles of the record."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.cards import article_lines, statement_lines
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option

if TYPE_CHECKING:
    from onrecord.pipeline import Record

_EVERY = 5.0
"""Seconds between two lines about a long wait."""


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("--like", metavar="TEXT", help="Statements of like meaning instead, the nearest first.")
@record_option
@listing_options(20)
@click.option("--in", "what", type=click.Choice(("all", "statements", "articles")), default="all", show_default=True)
def command(words: tuple[str, ...], like: str | None, record: str | None, limit: int, name: str, what: str) -> int:
    """Find statements, then articles, that hold all the WORDS, best first.

    Case, accents and endings do not matter. "A phrase" in quotation marks stays together; a word* finds what begins so.
    """
    if bool(words) == bool(like and like.strip()):
        raise click.UsageError("give words to look for, or --like and a text")
    with opened_record(record) as store:
        found = _like(store, like, limit) if like else store.search(" ".join(words), what=what, limit=limit)
    print_pieces(as_json(found) if name == "json" else _cards(found))
    return 0


def _like(store: Record, text: str, limit: int) -> list[dict[str, Any]]:
    """Those nearest in meaning; statements new since the last time are measured first: told if it takes long."""
    from onrecord import pipeline

    embedder = pipeline.load_embedder()
    left, told = store.vectors.count_unmeasured(embedder.digest), time.monotonic()
    for count in pipeline.measure(store, embedder):
        left -= count
        if time.monotonic() - told > _EVERY:
            told = time.monotonic()
            print(f"onrecord: {left:,} statements are still to be measured", file=sys.stderr, flush=True)
    return pipeline.find_like(store, text, embedder, limit=limit)


def _cards(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    count = 0
    for count, item in enumerate(found, 1):  # noqa: B007
        lines = statement_lines(item) if item["found"] == "statement" else article_lines(item)
        yield "\n".join(lines) + "\n\n"
    if not count:
        yield "nothing found: every word must occur; try fewer words, or word* for what begins so\n"
