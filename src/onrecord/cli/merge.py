"""``onrecord merge`` and ``onrecord split``: which names are one speaker, as people judge it."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli.joining import brought_up_to_date
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, author_option, listing_options, now, opened_record, record_option
from onrecord.formats import visible


@click.command("merge")
@click.argument("kept", metavar="NAME", required=False)
@click.argument("other", metavar="NAME", required=False)
@click.option("--list", "listed", is_flag=True, help="List pairs of names that may be one and wait for a person.")
@click.option("--withdraw", is_flag=True, help="Take back the last word on these two names.")
@click.option("--note", default="", help="Why.")
@author_option
@record_option
@listing_options(50)
def command(
    kept: str | None, other: str | None, listed: bool, withdraw: bool, note: str, author: str, record: str | None,
    limit: int, name: str,
) -> int:  # fmt: skip
    """Judge two names to be one speaker, who goes under the first of them; or --list what waits to be judged."""
    if listed:
        with opened_record(record) as store:
            brought_up_to_date(store, "entities")
            found = store.unsure(limit=limit)
        print_pieces(as_json(found) if name == "json" else map(_pair, found))
        return 0
    if kept is None or other is None:
        raise click.UsageError("two names were expected, or --list")
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


def _pair(pair: dict[str, Any]) -> str:
    names = " / ".join(visible(name) for name in pair["names"])
    where = " · ".join(visible(article["label"][:60]) for article in pair["articles"])
    return f"{names}\n    {visible(pair['reason'])} ({pair['score']:.2f})\n    {where}\n\n"


def _judge(kept: str, other: str, kind: str, note: str, author: str, record: str | None) -> None:
    told = {"merge": "are one speaker from now on", "split": "are two speakers from now on",
            "withdraw": "are what they were before"}  # fmt: skip
    with opened_record(record) as store:
        store.merge(kept, other, kind=kind, author=author, at=now(), note=note)
    print_pieces([f"{visible(kept)} and {visible(other)} {told[kind]}\n"])
