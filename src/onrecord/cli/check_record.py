"""``onrecord check-record``: every statement proved against its payload again. It reports and repairs nothing."""

from __future__ import annotations

import json

import click

from onrecord.cli.output import print_pieces
from onrecord.cli.records import opened_record, record_option
from onrecord.formats import visible


@click.command("check-record")
@record_option
@click.option("--format", "name", type=click.Choice(("pretty", "json")), default="pretty", show_default=True)
def command(record: str | None, name: str) -> int:
    """Prove every statement of the record against its payload, and the record against itself.

    Reports what does not hold and repairs nothing. Exit status 3 when there are faults.
    """
    from onrecord import pipeline

    with opened_record(record) as store:
        found = store.check(read_again=pipeline.raw_again)
        counts = next(found)
        faults = []
        for item in found:
            faults.append(item)
            if name == "pretty":
                print_pieces(f"{item['what']} {item['id']}: {visible(fault)}\n" for fault in item["faults"])
    if name == "json":
        whole = {"articles": counts["articles"], "statements": counts["statements"], "items": faults}
        print_pieces([json.dumps(whole, ensure_ascii=False, indent=2) + "\n"])
    else:
        number = sum(len(item["faults"]) for item in faults)
        told = f"{number:,} fault{'' if number == 1 else 's'}" if number else "no fault"
        print_pieces([f"{counts['articles']:,} articles, {counts['statements']:,} statements proved: {told}\n"])
    return 3 if faults else 0
