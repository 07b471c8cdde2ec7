"""The network under the HTTP client: it connects to checked addresses only, and keeps one deadline for everything.

The client asks this backend for each connection, so there is no way around the check: the address that was checked is
the one connected to, while the Host header and the name in TLS stay the URL's. Imported only where httpcore is there.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from onrecord.errors import TooLarge
from onrecord.intake.addresses import checked_addresses
from onrecord.intake.options import Options


class Deadline:
    """One moment by which all must be done."""

    def __init__(self, seconds: float, origin: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._seconds, self._origin = clock, seconds, origin
        self._end = clock() + seconds

    def left(self, timeout: float | None) -> float:
        """The seconds a step may take; raises TooLarge when none are left."""
        rest = self._end - self._clock()
        if rest <= 0:
            raise TooLarge(f"{self._origin} took longer than {self._seconds:g} seconds", origin=self._origin)
        return rest if timeout is None else min(timeout, rest)


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every read and write must end before the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(
            self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to a host's first reachable address, all of them checked; ``connected`` once it has."""

    def __init__(self, options: Options, deadline: Deadline) -> None:
        self._options, self._deadline = options, deadline
        self.connected = False
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects; raises UnsafeAddress, TooLarge at the deadline, and httpcore's errors."""
        addresses = checked_addresses(host, port, self._options)[:4]
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, timeout)

    def _connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        stream = self._inner.connect_tcp(address, port, self._deadline.left(timeout))
        self.connected = True
        return _TimedStream(stream, self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never: a URL does not name a local socket."""
        raise httpcore.ConnectError("only TCP connections are made")
