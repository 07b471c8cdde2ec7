"""``onrecord stories``: the articles that report one event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from onrecord.cli.cards import copy_line, statement_lines
from onrecord.cli.joining import brought_up_to_date
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, one_json, opened_record, record_option
from onrecord.errors import RecordError
from onrecord.formats import visible, wrapped

Json = dict[str, Any]
_MOST_NAMES = 8


@click.command("stories")
@click.argument("story", required=False)
@click.option("--at-least", type=click.IntRange(min=1), default=1, metavar="N", help="Of so many articles or more.")
@record_option
@listing_options(20)
def command(story: str | None, at_least: int, record: str | None, limit: int, name: str) -> int:
    """List stories, those of several articles first, then the newest; or show one STORY with what was said in it."""
    with opened_record(record) as store:
        brought_up_to_date(store, "stories", "copies")
        if story is None:
            found = store.stories(at_least=at_least, limit=limit)
            print_pieces(as_json(found) if name == "json" else ("\n".join(_lines(s)) + "\n\n" for s in found))
            return 0
        one = store.story(story)
    if one is None:
        raise RecordError(f"the record has no story '{story[:80]}': 'onrecord stories' gives ids")
    from onrecord import pipeline

    one["positions"] = pipeline.positions(one)
    print_pieces(one_json(one) if name == "json" else _whole(one))
    return 0


def _lines(story: Json) -> Iterator[str]:
    """A story in a list: its label, when, who speaks, its articles by outlet."""
    yield from wrapped(visible(story["label"]), "")
    days = " – ".join(dict.fromkeys(d for d in (story["first"], story["last"]) if d)) or "undated"
    count = len(story["articles"])
    texts = f" of {story['texts']} text{'' if story['texts'] == 1 else 's'}" if story["texts"] < count else ""
    yield f"    {story['id']} · {days} · {count} article{'' if count == 1 else 's'}{texts}"
    if story["speakers"]:
        names = [visible(s["name"]) for s in story["speakers"]]
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        yield from wrapped(f"speakers: {', '.join(names[:_MOST_NAMES])}{more}", "    ")
    for article in story["articles"]:
        where = article["outlet"] or article["site"] or article["origin"]
        told = f"{(article['published'] or 'undated')[:10]} {visible(where)}: {visible(article['label'])}"
        yield from wrapped(told, "    ")
        if article["copy"]:
            yield from wrapped(copy_line(article["copy"], article["id"]), "      ")


def _whole(story: Json) -> Iterator[str]:
    yield "\n".join(_lines(story)) + "\n\n"
    for row in story["positions"]:  # by id alone: the words follow below, with what is set against them
        told = [f"{p['stance']} {p['date'] or 'undated'} {p['statement']['id']}" for p in row["positions"]]
        yield "\n".join(wrapped(f"{visible(row['speaker']['name'])}: {'; '.join(told)}", "")) + "\n"
    yield "\n" if story["positions"] else ""
    for statement in story["statements"]:
        yield "\n".join(statement_lines(statement)) + "\n\n"
