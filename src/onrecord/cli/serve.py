"""``onrecord serve``: the record as a site on this machine."""

from __future__ import annotations

import click

from onrecord import pipeline, serve
from onrecord.settings import Settings


@click.command("serve")
@click.option("--record", "record_at", metavar="PATH|URL", help="The record to open (default: ONRECORD_RECORD).")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8484, show_default=True, type=click.IntRange(0, 65535), help="0: any free one.")
@click.option("--sections", type=click.Path(), help="A sections.toml of your own: the site's menu.")
def command(record_at: str | None, host: str, port: int, sections: str | None) -> None:
    """Opens the record as a site: http://127.0.0.1:8484 unless told otherwise. Ctrl-C stops it."""
    menu = serve.load_sections(sections)
    if not serve.is_loopback(host):
        click.echo(
            f"Warning: {host} can be reached from other machines; whoever reaches it can read the whole record and "
            "change its collections. Without --host only this machine can.",
            err=True,
        )
    with pipeline.open_record(record_at or Settings.from_environment().record) as record:
        serve.run(record, menu, host=host, port=port, ready=lambda address: _say_ready(record.location, address))


def _say_ready(location: str, address: str) -> None:
    click.echo(f"The record {location} is open at {address} (Ctrl-C stops it)")
