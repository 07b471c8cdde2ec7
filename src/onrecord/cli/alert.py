"""``onrecord alert``: a saved search or a name, and what is new for it, sent once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.output import print_pieces
from onrecord.cli.records import as_json, listing_options, opened_record, record_option
from onrecord.errors import RecordError
from onrecord.formats import visible

if TYPE_CHECKING:
    from onrecord.watching import Told


@click.group("alert")
def command() -> None:
    """Be told of new statements: of a search or a speaker, by Atom file, mail or webhook."""


@command.command("add")
@click.argument("title", metavar="NAME")
@click.option("--search", "words", metavar="WORDS", help="Statements that hold these words, as `search` takes them.")
@click.option("--who", metavar="SPEAKER", help="Statements of speakers of that name, as `who` takes it.")
@click.option("--atom", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="An Atom feed to write.")
@click.option("--mail", metavar="ADDRESS", help="Whom to write to (needs ONRECORD_SMTP and ONRECORD_MAIL_FROM).")
@click.option("--webhook", metavar="URL", help="Where to send JSON by POST.")
@click.option("--from-start", is_flag=True, help="Send what is on record already, too.")
@record_option
def add(
    title: str, words: str | None, who: str | None, atom: Path | None, mail: str | None, webhook: str | None,
    from_start: bool, record: str | None,
) -> int:  # fmt: skip
    """Make an alert. Nothing is sent before the next `alert run`."""
    from onrecord import watching

    asked = [(kind, query) for kind, query in (("search", words), ("who", who)) if query]
    ways = [("atom", str(atom.absolute()) if atom else None), ("mail", mail), ("webhook", webhook)]
    given = [(way, target) for way, target in ways if target]
    if len(asked) != 1 or len(given) != 1:
        raise click.UsageError("give one of --search, --who and one of --atom, --mail, --webhook")
    if mail and not watching.is_address(mail):
        raise click.UsageError(f"one mail address was expected, got {mail!r}")
    if webhook and not webhook.startswith(("http://", "https://")):
        raise click.UsageError(f"an http or https address was expected, got {webhook!r}")
    [(kind, query)], [(way, target)] = asked, given
    with opened_record(record, create=True) as store:
        made = store.alerts.add(
            title, kind=kind, query=query, way=way, target=target, at=_now(), from_start=from_start
        )  # fmt: skip
    known = made["items"]["known"]
    print_pieces([f"made {visible(made['name'])}; {known:,} statements on record are taken for known\n"])
    return 0


@command.command("list")
@record_option
@listing_options(50)
def list_(record: str | None, limit: int, name: str) -> int:
    """List the alerts and what became of what they found."""
    with opened_record(record) as store:
        found = store.alerts.listed(limit=limit)
    print_pieces(as_json(found) if name == "json" else ("\n".join(_lines(alert)) + "\n\n" for alert in found))
    return 0


@command.command("remove")
@click.argument("title", metavar="NAME")
@record_option
def remove(title: str, record: str | None) -> int:
    """Take an alert away."""
    with opened_record(record) as store:
        if not store.alerts.remove(title):
            raise RecordError(f"there is no alert '{title[:80]}': 'onrecord alert list' names them")
    print_pieces([f"removed {visible(title)}\n"])
    return 0


@command.command("run")
@click.argument("titles", metavar="[NAME...]", nargs=-1)
@click.option("--again", is_flag=True, help="Send once more what may or may not have arrived, or was given up.")
@click.option("--allow-private", is_flag=True, help="Send to webhooks on private and loopback addresses too.")
@record_option
def run(titles: tuple[str, ...], again: bool, allow_private: bool, record: str | None) -> int:
    """Find what is new for every alert, or those named, and send it. Each statement is sent once."""
    from onrecord import pipeline, watching

    faults: list[Told] = []
    with opened_record(record) as store:
        alerter = watching.Alerter(store, pipeline.Options(allow_private=allow_private))
        lines = _told(alerter.run(titles, again=again), faults)
        if not print_pieces(lines):
            for _ in lines:  # nobody listens any more: what is to be sent is sent all the same
                pass
    return 1 if faults else 0


def _told(results: Iterable[Told], faults: list[Told]) -> Iterator[str]:
    for told in results:
        if told.reason or told.unsure:
            faults.append(told)
        yield from told_lines(told)


def told_lines(told: Told) -> Iterator[str]:
    """What became of an alert in one run."""
    counts = {"new": told.found, "sent": told.sent, "put off": told.put_off, "given up": told.failed,
              "unsure": told.unsure}  # fmt: skip
    words = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "nothing new"
    yield f"{visible(told.name)}: {words}{'; ' + visible(told.reason) if told.reason else ''}\n"
    if told.unsure:
        yield "    unsure: these may have arrived, so they are not sent again unless you say --again\n"


def _lines(alert: dict[str, Any]) -> Iterator[str]:
    yield f"{visible(alert['name'])}: {alert['kind']} {visible(alert['query'])}"
    yield f"    {alert['way']} to {visible(alert['target'])}, since {alert['made_at']}"
    yield "    " + (
        ", ".join(f"{count:,} {state}" for state, count in alert["items"].items() if count) or "nothing yet"
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
