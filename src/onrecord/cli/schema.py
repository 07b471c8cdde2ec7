"""``onrecord schema``: the JSON Schema of the article object."""

from __future__ import annotations

import click

from onrecord.cli.output import print_pieces
from onrecord.formats import schema_text


@click.command("schema")
def command() -> int:
    """Print the JSON Schema (2020-12) of one article as `read --format jsonl` gives it."""
    print_pieces([schema_text()])
    return 0
