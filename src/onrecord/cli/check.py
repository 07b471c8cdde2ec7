"""``onrecord check``: the quotations of a draft against the record."""

from __future__ import annotations

import json

import click

from onrecord.cli.inputs import date_of
from onrecord.cli.output import print_pieces
from onrecord.cli.records import opened_record, record_option
from onrecord.errors import RefusedInput
from onrecord.formats import check_lines, checked_page
from onrecord.types import Article, Refusal


@click.command("check")
@click.argument("draft", metavar="DRAFT")
@record_option
@click.option("--published", callback=date_of, metavar="DATE", help='The day "on Monday" in the draft counts from.')
@click.option("--format", "name", type=click.Choice(("pretty", "json", "html")), default="pretty", show_default=True)
@click.option("--all", "everything", is_flag=True, help="Show the matches of quotations without fault, too.")
@click.option("--model", metavar="DIR", help="Another model folder, or 'rules'.")
def command(
    draft: str, record: str | None, published: str | None, name: str, everything: bool, model: str | None
) -> int:
    """Look every quotation and reported statement of a draft up in the record.

    Says what the record holds of each and where, and what stands beside it there that the draft leaves out; never
    whether it is true. Exit status 3 when faults are found.
    """
    from dataclasses import replace

    from onrecord import pipeline
    from onrecord.settings import Settings

    settings = Settings.from_environment()
    reader = pipeline.Pipeline(settings=replace(settings, model=model) if model else settings)
    with opened_record(record) as store:
        article = _the_draft(draft)
        report = pipeline.check_draft(store, article, reader, published=published)
    if name == "json":
        print_pieces([json.dumps(report, ensure_ascii=False, indent=2) + "\n"])
    elif name == "html":
        print_pieces(checked_page(report, article.raw))
    else:
        print_pieces(f"{line}\n" for line in check_lines(report, everything=everything))
    return 3 if report["counts"]["faults"] else 0


def _the_draft(name: str) -> Article:
    """The one text of an input. Raises RefusedInput where it cannot be read or holds several."""
    from onrecord import pipeline

    first, *more = pipeline.open_articles([name])
    if isinstance(first, Refusal):
        raise RefusedInput(f"{name}: {first.reason}", origin=name)
    if more:
        raise RefusedInput(f"one draft was expected, {name} holds several texts: check them one by one", origin=name)
    return first
