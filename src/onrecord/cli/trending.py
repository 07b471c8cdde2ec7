"""``onrecord trending``: what is written about more than usual, and what lies ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click

from onrecord.cli.cards import statement_lines
from onrecord.cli.joining import brought_up_to_date
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.formats import visible, wrapped

Json = dict[str, Any]
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("trending")
@click.option("--until", type=_DAY, help="The last day looked at; by default the newest on record.")
@click.option("--days", type=click.IntRange(1, 366), default=7, show_default=True, help="How many days up to it.")
@click.option(
    "--past", type=click.IntRange(1, 3660), default=56, show_default=True, help="Days before those to compare with."
)
@click.option("--agenda", is_flag=True, help="Instead: happenings ahead that articles name a day for, from --until on.")
@record_option
@listing_options(20)
def command(
    until: datetime | None, days: int, past: int, agenda: bool, record: str | None, limit: int, name: str
) -> int:
    """List topics, countries, persons and organizations that more articles name than their own past lets expect.

    Each comes with its baseline. Articles without a date are left out.
    """
    from onrecord import pipeline

    day = until.date().isoformat() if until else None
    with opened_record(record) as store:
        if agenda:
            brought_up_to_date(store, "agenda")
            found = store.agenda(day or datetime.now(UTC).date().isoformat(), limit=limit)
        else:
            found = pipeline.trending(store, until=day, days=days, past=past)
            found = found[:limit] if limit else found
    if name == "json":
        print_pieces(as_json(found))
    elif not found:
        print_pieces(["nothing on record lies ahead\n" if agenda else "nothing on record is named more than usual\n"])
    else:
        lines = _ahead if agenda else _burst
        print_pieces("\n".join(lines(item)) + "\n\n" for item in found)
    return 0


def _burst(item: Json) -> Iterator[str]:
    window, baseline = item["window"], item["baseline"]
    yield from wrapped(f"{visible(item['name'])} ({item['kind']})  score {item['score']}", "")
    told = (
        f"{item['articles']} of {window['of']} articles from {window['from']} to {window['to']}; expected "
        f"{item['expected']}, by {baseline['articles']} of {baseline['of']} from {baseline['from']} to {baseline['to']}"
    )
    yield from wrapped(told, "    ")


def _ahead(item: Json) -> Iterator[str]:
    when, article = item["when"], item["article"]
    days = " – ".join(dict.fromkeys(d for d in (when["from"], when["to"]) if d))
    yield from wrapped(f"{days}  {visible(' '.join(item['words'].split()))}", "")
    for statement in item["statements"]:
        if statement["context"] or statement["disputed_by"] or statement.get("disputes_statement"):
            yield from (f"    {line}" for line in statement_lines(statement, with_article=False))
    where = article["outlet"] or article["site"] or article["origin"]
    yield from wrapped(visible(f"{(article['published'] or 'undated')[:10]} {where}: {article['label']}"), "    ")
