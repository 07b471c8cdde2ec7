"""The record goes away for a while under an archive run: nothing is lost, nothing is there twice."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from onrecord import open_record
from onrecord.batch import RunSettings, run
from onrecord.outcome import Json

from ..record.conftest import schema_of_its_own

AWAY = float(os.environ.get("ONRECORD_TEST_AWAY", "3"))
"""Seconds that the server is not to be reached."""


class Road:
    """A port that leads to a server, until it is closed: then what is on the way is cut, and nothing comes through."""

    def __init__(self, host: str, port: int) -> None:
        self._to = host, port
        self._open: list[socket.socket] = []
        self._listen(0)

    def _listen(self, port: int) -> None:
        self._door = socket.create_server(("127.0.0.1", port))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._let_in, args=(self._door,), daemon=True).start()

    def _let_in(self, door: socket.socket) -> None:
        while True:
            try:
                near, _ = door.accept()
                far = socket.create_connection(self._to)
            except OSError:
                return
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            _cut(end)

    def close(self) -> None:
        """Cuts everything off."""
        _cut(self._door)
        for end in self._open:
            _cut(end)
        self._open.clear()

    def back(self) -> None:
        """Leads to the server again, from the same port."""
        self._listen(self.port)


def _cut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()


def lines(place: str) -> list[Json]:
    with open_record(place) as record:
        assert [item for item in record.check() if item["faults"]] == []
        return sorted(record.export(), key=lambda line: line["id"])


def when(reached: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "the run did not come so far in time"
        time.sleep(0.02)


def test_a_record_away_in_mid_run(archive: Path, tmp_path: Path) -> None:
    with schema_of_its_own() as url:
        parts = urlsplit(url)
        road = Road(parts.hostname or "127.0.0.1", parts.port or 5432)
        through = urlunsplit(parts._replace(netloc=f"{parts.username}@127.0.0.1:{road.port}"))
        run(RunSettings(inputs=(str(archive),), out=str(tmp_path / "peace.db"), work=str(tmp_path / "one")))
        reports: list[Json] = []
        asked = RunSettings(inputs=(str(archive),), out=through, work=str(tmp_path / "two"), workers=2)
        with open_record(url) as record:
            thread = threading.Thread(target=lambda: reports.append(run(asked)))
            thread.start()
            when(lambda: record.counts()["articles"] > 3)
            road.close()
            time.sleep(AWAY)
            before = record.counts()["articles"]
            road.back()
            thread.join(300)
        assert reports, "the run ended with an error"
        assert before < reports[0]["read"]["articles"], "the record went away too late to be missed"
        assert lines(url) == lines(str(tmp_path / "peace.db"))
