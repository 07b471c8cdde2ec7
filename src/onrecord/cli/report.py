"""``onrecord report``: what a run of ``onrecord batch`` did."""

from __future__ import annotations

import json
from pathlib import Path

import click

from onrecord.cli.output import print_pieces


@click.command("report")
@click.argument("run", metavar="DIR")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False), help="Write to a file instead of standard output.")
def command(run: str, form: str, out: str | None) -> int:
    """Show what a run did: how many documents, what was left out and why, how quick it was."""
    from onrecord import batch

    report = batch.load_report(run)
    if form == "json":
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    elif form == "html":
        text = batch.report_page(report)
    else:
        text = "".join(f"{line}\n" for line in batch.report_lines(report))
    if out:
        Path(out).write_text(text, "utf-8")
    else:
        print_pieces([text])
    return 0
