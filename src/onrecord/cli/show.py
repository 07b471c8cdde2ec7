"""``onrecord show``: one article or statement of the record."""

from __future__ import annotations

import click

from onrecord.cli.cards import statement_lines, whole_article_lines
from onrecord.cli.output import print_pieces
from onrecord.cli.records import format_option, one_json, opened_record, record_option
from onrecord.errors import RecordError


@click.command("show")
@click.argument("id_", metavar="ID")
@record_option
@format_option
def command(id_: str, record: str | None, name: str) -> int:
    """Show the statement (st_...) or article (sha256:...) of this ID, which may be shortened."""
    with opened_record(record) as store:
        statement = store.statement(id_)
        article = store.article(id_) if statement is None else None
    found = statement or article
    if found is None:
        raise RecordError(f"the record has no statement or article '{id_[:80]}': 'onrecord search WORDS' gives ids")
    lines = statement_lines(found) if statement else whole_article_lines(found)
    print_pieces(one_json(found) if name == "json" else (line + "\n" for line in lines))
    return 0
