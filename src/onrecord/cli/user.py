"""``onrecord user``: a line for the users file of a site that others can reach."""

from __future__ import annotations

import click

from onrecord import serve


@click.command("user")
@click.argument("name")
@click.option("--role", type=click.Choice(("reader", "editor")), default="reader", show_default=True)
@click.password_option(help="Asked for where it is not given.")
def command(name: str, role: str, password: str) -> None:
    """Prints a line for a users file: NAME, the role, and a digest of the password.

    A reader reads, searches and checks; an editor also adds, corrects and keeps. Take somebody out by taking the line
    out and starting the site again.
    """
    click.echo(serve.user_line(name, role, password))
