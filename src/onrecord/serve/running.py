"""Runs the site on a port of this machine until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import uvicorn

from onrecord.errors import RefusedInput
from onrecord.serve.app import build
from onrecord.serve.joining import Joiner
from onrecord.serve.loopback import is_loopback
from onrecord.serve.needs import Record
from onrecord.serve.sections import Section
from onrecord.serve.users import Users

if TYPE_CHECKING:
    from onrecord.pipeline import Record as WholeRecord


def run(
    record: Record, sections: tuple[Section, ...], *, host: str, port: int, ready: Callable[[str], None],
    users: Users | None = None,
) -> None:  # fmt: skip
    """Serves until stopped; ``ready`` is told the address once the port is taken.

    Raises RefusedInput, with what to do, where the port or the address cannot be had, and for an address that other
    machines can reach without users to log in.
    """
    if users is None and not is_loopback(host):
        reason = (
            f"{host} can be reached from other machines, and whoever reaches it could read and change the whole record:"
            " give --users FILE or --token TOKEN (ONRECORD_TOKEN), or leave --host out"
        )
        raise RefusedInput(reason, origin=host, stage="serve")
    app = build(record, sections, loopback=is_loopback(host), users=users)
    with _listen(host, port) as listening:
        taken = listening.getsockname()[1]
        ready(f"http://{f'[{host}]' if ':' in host else host}:{taken}/")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="on",
            timeout_graceful_shutdown=3,
        )  # fmt: skip
        with Joiner(cast("WholeRecord", record)):
            uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket on that address, taken before anything is said about it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        reason = f"the site cannot listen on {host} port {port} ({error}); another --port may be free, 0 finds one"
        raise RefusedInput(reason, origin=host, stage="serve") from None
