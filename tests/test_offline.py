"""The guard of conftest.py holds: no test leaves this machine or touches the user's record."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest


def test_other_machines_cannot_be_reached() -> None:
    with socket.socket() as sock, pytest.raises(RuntimeError, match="stay on this machine"):
        sock.connect(("192.0.2.1", 80))


def test_names_are_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="stay on this machine"):
        socket.getaddrinfo("news.example", 80)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as sock:
        assert sock.getpeername() == server.getsockname()


def test_the_record_is_the_tests_own(own_record: Path, own_home: Path) -> None:
    from onrecord.settings import Settings

    assert Settings.from_environment().record == str(own_record)
    assert Path(os.environ["HOME"]) == own_home == Path.home()
