"""``onrecord copy``: a whole record into another, file or server."""

from __future__ import annotations

import click

from onrecord.cli.output import print_pieces
from onrecord.cli.progress import Progress
from onrecord.cli.records import opened_record


@click.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def command(source: str, target: str) -> int:
    """Copy the record FROM a path or URL TO another: all of it, with corrections, collections, feeds and alerts.

    TO is made if need be; what it holds already is not written twice, so a copy that was stopped can be run again.
    """
    new = known = 0
    with opened_record(source) as old, opened_record(target, create=True) as young:
        young.load_rest({**old.rest(), "collections": [], "refusals": []})
        with Progress([source, target], noun="copied") as progress:
            for item in progress.passing(old.dumps(vectors=True)):
                if young.load(item)[1]:
                    new += 1
                else:
                    known += 1
        young.load_rest(old.rest())
        young.load_following(old.following())
    print_pieces([f"{new:,} articles copied, {known:,} there already\n"])
    return 0
