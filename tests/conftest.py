"""Every test runs offline, away from the user's record and settings."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


class NetworkBlocked(RuntimeError):
    """A test tried to leave this machine."""


def _is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in {"localhost", "", "None"}:
        return True
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


def _check(sock: socket.socket, address: Any) -> None:
    if sock.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
        raise NetworkBlocked(f"a test tried to reach {address[0]}; tests stay on this machine")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Connections go to loopback addresses alone; other names are not looked up."""

    def connect(self: socket.socket, address: Any) -> None:
        _check(self, address)
        _connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        _check(self, address)
        return _connect_ex(self, address)

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_loopback(host) and not _is_address(host):
            raise NetworkBlocked(f"a test tried to look up {host!r}; tests stay on this machine")
        return _getaddrinfo(host, *args, **kwargs)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    patch.setattr(socket.socket, "connect_ex", connect_ex)
    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    patch.undo()


def _is_address(host: object) -> bool:
    try:
        ipaddress.ip_address(str(host).split("%")[0])
    except ValueError:
        return False
    return True


@pytest.fixture(autouse=True, scope="session")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """HOME and the data folders are empty ones, and no ``ONRECORD_*`` setting of the user's is seen."""
    home = tmp_path_factory.mktemp("home")
    patch = pytest.MonkeyPatch()
    for name in [n for n in os.environ if n.startswith("ONRECORD_") and not n.startswith("ONRECORD_TEST_")]:
        if name != "ONRECORD_SHARED":
            patch.delenv(name)
    for name in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        patch.setenv(name, str(home))
    patch.setenv("NO_COLOR", "1")
    yield home
    patch.undo()


@pytest.fixture(autouse=True)
def own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a record of its own at ``ONRECORD_RECORD``, not yet made."""
    record = tmp_path / "own-record.db"
    monkeypatch.setenv("ONRECORD_RECORD", str(record))
    return record
