"""``onrecord correct``: a person's word on one statement, kept beside what was read."""

from __future__ import annotations

import click

from onrecord.cli.cards import statement_lines
from onrecord.cli.output import print_pieces
from onrecord.cli.records import author_option, format_option, now, one_json, opened_record, record_option


@click.command("correct")
@click.argument("uid", metavar="ID")
@click.option("--speaker", metavar="NAME", help='Who said it; "" for nobody that can be named.')
@click.option("--reject", is_flag=True, help="It is no statement at all.")
@click.option("--withdraw", is_flag=True, help="Take back the last correction of this statement.")
@click.option("--note", default="", help="Why.")
@author_option
@record_option
@format_option
def command(
    uid: str, speaker: str | None, reject: bool, withdraw: bool, note: str, author: str, record: str | None, name: str
) -> int:
    """Say who spoke in the statement of this ID, or that it is none. What was read stays and can be restored."""
    if (speaker is not None) + reject + withdraw != 1:
        raise click.UsageError("one of --speaker NAME, --reject and --withdraw was expected")
    with opened_record(record) as store:
        if withdraw:
            found = store.withdraw(uid, author=author, at=now(), note=note)
        else:
            found = store.correct(uid, speaker=speaker, reject=reject, author=author, at=now(), note=note)
    print_pieces(one_json(found) if name == "json" else (line + "\n" for line in statement_lines(found)))
    return 0
