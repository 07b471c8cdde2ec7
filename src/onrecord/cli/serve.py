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
@click.option("--token", metavar="TOKEN", help="Whoever sends it may edit; others are not let in (ONRECORD_TOKEN).")
@click.option("--users", type=click.Path(), help="A users file: who may log in; see `onrecord user`.")
def command(
    record_at: str | None, host: str, port: int, sections: str | None, token: str | None, users: str | None
) -> None:  # fmt: skip
    """Opens the record as a site: http://127.0.0.1:8484 unless told otherwise. Ctrl-C stops it.

    On the loopback nobody logs in. An address that other machines can reach needs --users or --token.
    """
    settings = Settings.from_environment()
    menu = serve.load_sections(sections)
    people = serve.load_users(users, token if token is not None else settings.token)
    with pipeline.open_record(record_at or settings.record) as record:
        serve.run(
            record, menu, host=host, port=port, users=people,
            ready=lambda address: _say_ready(record.location, address),
        )  # fmt: skip


def _say_ready(location: str, address: str) -> None:
    click.echo(f"The record {location} is open at {address} (Ctrl-C stops it)")
