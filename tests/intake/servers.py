"""Real servers on loopback that answer as told, well or badly."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = Callable[[socket.socket, bytes], None]
"""Given the connection and the request's head, sends what it likes and returns."""


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server on a free loopback port; gives its base address. Errors of a client that hangs up are its own affair."""
    with serving_lines(lambda connection: answer(connection, _head(connection))) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def serving_lines(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of any protocol on a free loopback port, one connection after the other; gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def work() -> None:
        while not stopped.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    talk(connection)
                except OSError:
                    pass

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stopped.set()
        listener.close()


def _head(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(4096)
        if not chunk:
            break
        data += chunk
    return data


def said(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> Answer:
    """An answer with a body and its right length, unless told another."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    data = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
    return lambda connection, head: connection.sendall(data)


def slow(seconds: float) -> Answer:
    """A server that takes the request and says nothing for a while."""

    def answer(connection: socket.socket, head: bytes) -> None:
        threading.Event().wait(seconds)

    return answer


def bomb(megabytes: int, *headers: str) -> Answer:
    """A small packed body that unpacks to many megabytes."""
    return said(gzip.compress(b"\0" * (megabytes << 20)), "Content-Encoding: gzip", *headers)


def to(location: str, status: str = "302 Found") -> Answer:
    """A redirect."""
    return said(b"", f"Location: {location}", status=status)


MISSING = said(b"there is no such page", "Content-Type: text/plain", status="404 Not Found")


@dataclass
class Site:
    """A server of several pages that remembers what it was asked. ``pages`` may be changed while it runs."""

    pages: dict[str, Answer]
    base: str = ""
    heads: list[bytes] = field(default_factory=list)

    def answer(self, connection: socket.socket, head: bytes) -> None:
        """Answers for the path asked for."""
        self.heads.append(head)
        self.pages.get(self.asked[-1], MISSING)(connection, head)

    @property
    def asked(self) -> list[str]:
        """The paths asked for, in order."""
        return [head.split(b" ", 2)[1].decode("latin-1") if b" " in head else "" for head in self.heads]

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return self.asked.count(path)


@contextmanager
def site(pages: dict[str, Answer]) -> Iterator[Site]:
    """Serves a site."""
    made = Site(pages)
    with serving(made.answer) as base:
        made.base = base
        yield made
