"""``onrecord feed``: feeds followed, polled, and how they fare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.alert import told_lines
from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.errors import RecordError
from onrecord.formats import visible

if TYPE_CHECKING:
    from onrecord.watching import Event, Told

Json = dict[str, Any]
_FAULTS = frozenset({"failed", "refused", "empty"})


@click.group("feed")
def command() -> None:
    """Follow feeds (RSS, Atom, JSON Feed): what they bring is read and kept."""


@command.command("add")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option("--outlet", metavar="NAME", help="Who publishes it, where the pages do not say.")
@click.option("--every", metavar="MINUTES", type=click.IntRange(5, 10_080), default=30, show_default=True)
@click.option(
    "--pages", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True,
    help="Fetch an item's page: where the feed gives a teaser, always, never.",
)  # fmt: skip
@record_option
def add(urls: tuple[str, ...], outlet: str | None, every: int, pages: str, record: str | None) -> int:
    """Follow feeds; one followed already takes the new settings. Nothing is fetched before the next poll."""
    with opened_record(record, create=True) as store:
        for url in urls:
            new = store.feeds.add(url, at=_now(), every=every * 60, pages=pages, outlet=outlet)
            print_pieces([f"{'follows' if new else 'changed'} {visible(url)}\n"])
    return 0


@command.command("list")
@click.argument("url", metavar="[URL]", required=False)
@record_option
@listing_options(50)
def list_(url: str | None, record: str | None, limit: int, name: str) -> int:
    """List the feeds with their health, or what went wrong with one of them."""
    with opened_record(record) as store:
        if url is None:
            found = store.feeds.listed(limit=limit)
        else:
            one = store.feeds.one(url, limit=limit)
            if one is None:
                raise RecordError(f"the feed {url[:200]} is not followed: 'onrecord feed list' names those that are")
            found = [{"id": f"{fault['kind']}-{number}", **fault} for number, fault in enumerate(one["faults"], 1)]
    if name == "json":
        print_pieces(as_json(found))
    elif url is None:
        print_pieces("\n".join(_feed_lines(feed)) + "\n\n" for feed in found)
    else:
        print_pieces(map(_fault_line, found) if found else ["nothing went wrong\n"])
    return 0


@command.command("remove")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@record_option
def remove(urls: tuple[str, ...], record: str | None) -> int:
    """Follow feeds no longer. Their articles stay."""
    with opened_record(record) as store:
        for url in urls:
            if not store.feeds.remove(url):
                raise RecordError(f"the feed {url[:200]} is not followed: 'onrecord feed list' names those that are")
            print_pieces([f"removed {visible(url)}\n"])
    return 0


@command.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@record_option
def import_(files: tuple[Path, ...], record: str | None) -> int:
    """Follow the feeds on a list of another reader (OPML)."""
    from onrecord import watching

    with opened_record(record, create=True) as store:
        for file in files:
            new = 0
            subscriptions = watching.read_list(file)
            for one in subscriptions:
                new += store.feeds.add(one.url, at=_now(), title=one.title)
            print_pieces([f"{visible(str(file))}: {len(subscriptions)} feeds, {new} new\n"])
    return 0


@command.command("export")
@record_option
def export(record: str | None) -> int:
    """Print the feeds as a list that other readers take (OPML)."""
    from onrecord import watching

    with opened_record(record) as store:
        print_pieces([watching.list_of(store.feeds.listed())])
    return 0


@command.command("poll")
@click.argument("urls", metavar="[URL...]", nargs=-1)
@click.option("--watch", is_flag=True, help="Go on: ask each feed when it is due, until stopped.")
@click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too.")
@click.option("--model", type=click.Path(exists=True, file_okay=False), help="A model folder to use instead.")
@record_option
def poll(urls: tuple[str, ...], watch: bool, allow_private: bool, model: str | None, record: str | None) -> int:
    """Ask the feeds that are due, or those named, and keep what is new.

    robots.txt and a reservation of text and data mining are respected; a server's "later" is too. With --watch the
    alerts run after each round, as `onrecord alert run` runs them.
    """
    from dataclasses import replace

    from onrecord import pipeline, watching
    from onrecord.settings import Settings

    settings = Settings.from_environment()
    reader = pipeline.Pipeline(settings=replace(settings, model=model) if model else settings)
    with opened_record(record) as store:
        for url in urls:
            if store.feeds.one(url) is None:
                raise RecordError(f"the feed {url[:200]} is not followed: 'onrecord feed add' follows it")
        options = pipeline.Options(allow_private=allow_private)
        poller, alerter = watching.Poller(store, reader, options), watching.Alerter(store, options)
        faults: list[Event] = []
        lines = _told(poller.watch(urls, after=alerter.run) if watch else poller.round(urls), faults)
        if not print_pieces(lines) and not watch:
            for _ in lines:  # nobody listens any more: the articles are kept all the same
                pass
    return 1 if faults else 0


def _told(events: Iterable[Event | Told], faults: list[Event]) -> Iterator[str]:
    """A line for each event; the faults are noted. Of alerts only those that had something to do."""
    from onrecord import watching

    for event in events:
        if isinstance(event, watching.Told):
            yield from told_lines(event) if event.found or event.sent or event.reason else ()
            continue
        if event.what in _FAULTS:
            faults[:] = [event]
        yield f"{event.what:<8}  {visible(event.words)}  ({visible(event.url)})\n"


def _feed_lines(feed: Json) -> Iterator[str]:
    name = feed["title"] or feed["outlet"]
    yield visible(f"{name}: {feed['url']}" if name else feed["url"])
    items = ", ".join(f"{count:,} {state}" for state, count in feed["items"].items() if count) or "no items yet"
    yield f"    {items} · every {feed['every'] // 60} minutes · last answered {feed['last_success'] or 'never'}"
    if feed["state"] == "gone":
        yield f"    gone, not asked any more: {visible(feed['reason'] or '')}"
    elif feed["failures"]:
        times = "once" if feed["failures"] == 1 else f"{feed['failures']} times in a row"
        yield f"    failed {times}: {visible(feed['reason'] or '')}; next {feed['next_at']}"
    for move in feed["moves"]:
        yield f"    moved on {move['moved_at']} from {visible(move['old'])}: {visible(move['reason'])}"
    if feed["notice"]:
        yield f"    look: {visible(feed['notice'])}"


def _fault_line(fault: Json) -> str:
    times = f"{fault['times']} times, last " if fault["times"] > 1 else ""
    what = "came out empty: " if fault["kind"] == "empty" else ""
    return f"{times}{fault['last_at']}  {what}{visible(fault['reason'] or '')}  ({visible(fault['url'] or '')})\n"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
