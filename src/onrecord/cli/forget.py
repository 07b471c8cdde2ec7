"""``onrecord forget``: an article, or every article that names somebody, taken out for good."""

from __future__ import annotations

import click

from onrecord.cli.output import print_pieces
from onrecord.cli.records import author_option, now, opened_record, record_option
from onrecord.formats import visible


@click.command("forget")
@click.argument("ref", metavar="ARTICLE|ENTITY")
@click.option("--reason", required=True, help="Why: it stays with the tombstone, so name nobody in it.")
@author_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@record_option
def command(ref: str, reason: str, author: str, yes: bool, record: str | None) -> int:
    """Delete an ARTICLE (its id), or every article that names an ENTITY, from every table, index and export.

    A tombstone with the reason stays. It holds digests alone, and keeps the same from being added again.
    """
    with opened_record(record) as store:
        what = store.doomed(ref)
        count = f"{len(what.articles):,} article{'' if len(what.articles) == 1 else 's'}"
        if not yes:
            click.confirm(f"{count} will be deleted for good, with every statement. Go on?", abort=True, err=True)
        gone = store.forget(ref, reason=reason, author=author, at=now())
    print_pieces([f"forgot {visible(ref)}: {count}, {gone['statements']:,} statements\n"])
    return 0
