"""``onrecord merge`` and ``onrecord split``: which names are one speaker, as people judge it."""

from __future__ import annotations

import click

from onrecord.cli.output import print_pieces
from onrecord.cli.records import author_option, now, opened_record, record_option
from onrecord.formats import visible


@click.command("merge")
@click.argument("kept", metavar="NAME")
@click.argument("other", metavar="NAME")
@click.option("--withdraw", is_flag=True, help="Take back the last word on these two names.")
@click.option("--note", default="", help="Why.")
@author_option
@record_option
def command(kept: str, other: str, withdraw: bool, note: str, author: str, record: str | None) -> int:
    """Judge two names to be one speaker, who goes under the first of them."""
    _judge(kept, other, "withdraw" if withdraw else "merge", note, author, record)
    return 0


@click.command("split")
@click.argument("kept", metavar="NAME")
@click.argument("other", metavar="NAME")
@click.option("--note", default="", help="Why.")
@author_option
@record_option
def split(kept: str, other: str, note: str, author: str, record: str | None) -> int:
    """Judge two names to be two speakers, against an earlier merge.

    Where one name stands for two people, give each statement its own speaker: `onrecord correct ID --speaker NAME`.
    """
    _judge(kept, other, "split", note, author, record)
    return 0


def _judge(kept: str, other: str, kind: str, note: str, author: str, record: str | None) -> None:
    told = {"merge": "are one speaker from now on", "split": "are two speakers from now on",
            "withdraw": "are what they were before"}  # fmt: skip
    with opened_record(record) as store:
        store.merge(kept, other, kind=kind, author=author, at=now(), note=note)
    print_pieces([f"{visible(kept)} and {visible(other)} {told[kind]}\n"])
