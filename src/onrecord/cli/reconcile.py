"""``onrecord reconcile``: names on record beside a local file of known people and bodies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.joining import brought_up_to_date
from onrecord.cli.output import print_pieces
from onrecord.cli.records import format_option, one_json, opened_record, record_option
from onrecord.formats import visible

if TYPE_CHECKING:
    from onrecord.comparing import Reconciled


@click.command("reconcile")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@record_option
@format_option
def command(file: Path, record: str | None, name: str) -> int:
    """Look names on record up in a local FILE: entities of FollowTheMoney or Wikidata, JSON Lines.

    A name of exactly one entity is taken for it; two names of one entity are the same. Judgements are appended, nothing
    is overwritten, and nothing is fetched. The exit status is 1 where lines were refused.
    """
    from onrecord import pipeline

    with opened_record(record) as store:
        brought_up_to_date(store, "stories", "entities")
        done = pipeline.reconcile(store, file)
    for line in done.refusals:
        click.echo(f"onrecord: refused line {line.number:,} of {visible(str(file))}: {line.reason}", err=True)
    if done.refused > len(done.refusals):
        click.echo(f"onrecord: and {done.refused - len(done.refusals):,} more lines", err=True)
    judged = {verdict: done.judged[verdict] for verdict in ("same", "different", "unsure")}
    told = {"entities": done.entities, "names": done.names, "taken": done.taken, **judged, "refused": done.refused}
    print_pieces(one_json(told) if name == "json" else _told(done))
    return 1 if done.refused else 0


def _told(done: Reconciled) -> Iterator[str]:
    yield f"{done.entities:,} entities read; {done.names:,} of their names on record, {done.taken:,} of exactly one\n"
    pairs = ", ".join(f"{done.judged[v]:,} {v}" for v in ("same", "different", "unsure") if done.judged[v])
    yield f"pairs that were open or joined: {pairs}\n" if pairs else ""
