"""``onrecord who``: what a speaker said."""

from __future__ import annotations

import click

from onrecord.cli.cards import speaker_lines
from onrecord.cli.joining import brought_up_to_date
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.formats import visible


@click.command("who")
@click.argument("name_words", metavar="NAME", nargs=-1, required=True)
@record_option
@listing_options(20)
def command(name_words: tuple[str, ...], record: str | None, limit: int, name: str) -> int:
    """Show who is on record under this NAME, or surname, and what they said, newest first.

    The limit counts statements of each. One name is not always one person: look at the articles.
    """
    asked = " ".join(name_words)
    with opened_record(record) as store:
        brought_up_to_date(store, "entities")
        found = store.who(asked, limit=limit)
    if name == "json":
        print_pieces(as_json(found))
    elif not found:
        print_pieces([f"nobody on record is named {visible(asked[:80])}\n"])
    else:
        print_pieces("\n".join(speaker_lines(speaker)) + "\n" for speaker in found)
    return 0
