"""``onrecord export``: the record as JSON Lines."""

from __future__ import annotations

import json

import click

from onrecord.cli.output import print_pieces
from onrecord.cli.records import opened_record, record_option


@click.command("export")
@record_option
@click.option("--format", "name", type=click.Choice(("jsonl",)), default="jsonl", show_default=True)
@click.option("--limit", type=click.IntRange(min=0), default=0, show_default=True, help="At most so many; 0: all.")
def command(record: str | None, name: str, limit: int) -> int:
    """Print every article of the record, one object a line, in the order they were added."""
    with opened_record(record) as store:
        articles = store.export()
        chosen = (article for article, _ in zip(articles, range(limit), strict=False)) if limit else articles
        print_pieces(json.dumps(article, ensure_ascii=False) + "\n" for article in chosen)
    return 0
