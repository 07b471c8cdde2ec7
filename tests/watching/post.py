"""A mail server on loopback, well-behaved or not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.intake.servers import serving_lines


@dataclass
class PostOffice:
    """Keeps what it took. ``answers`` replaces the answer to a command; "" hangs up instead of answering."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    url: str = ""

    def talk(self, connection: socket.socket) -> None:
        """One session."""
        lines = connection.makefile("rb")
        connection.sendall(b"220 post.example\r\n")
        for line in lines:
            verb = line.decode("latin-1").split(" ")[0].split(":")[0].strip().upper()
            self.heard.append(line.decode("latin-1").strip())
            usual = {"EHLO": "250 post.example", "DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 fine")
            answer = self.answers.get(verb, usual)
            if not answer:
                return
            connection.sendall(answer.encode() + b"\r\n")
            if verb == "QUIT":
                return
            if verb == "DATA" and answer.startswith("354"):
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += lines.readline()
                if self.answers.get(".") != "451 try later":
                    self.taken.append(message_from_bytes(data[:-3], policy=policy.default))  # type: ignore[arg-type]
                answer = self.answers.get(".", "250 taken")
                if not answer:
                    return
                connection.sendall(answer.encode() + b"\r\n")


@contextmanager
def post_office(**answers: str) -> Iterator[PostOffice]:
    """A running post office."""
    made = PostOffice(dict(answers))
    with serving_lines(made.talk) as port:
        made.url = f"smtp://127.0.0.1:{port}"
        yield made
