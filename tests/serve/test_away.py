"""The store goes away while people read and correct, and comes back: 503 pages that say so, and no correction is lost.

SQLite's file is moved away and back, and locked by another program; PostgreSQL is stopped and started.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.serve import build_site

from .. import factory
from . import shelf

PAGES = ("/", "/search?q=bridge", "/corrections", "/disputes", "/speakers", "/api/v1/statements", "/section/football")
ARTICLES = 8


def fill(record: Record) -> None:
    for n in range(ARTICLES):
        words = [f"bridge {n}{k} is safe" for k in range(6)]
        text = " ".join(f"Ana Ruiz said {w}." for w in words)
        said = [factory.said(w, by="Ana Ruiz", cue="said") for w in words]
        record.add(factory.reading(text, said, about={"key": f"a{n}", "origin": f"a{n}"}), seen_at=shelf.SEEN)


class Crowd:
    """Readers and one editor, asking without a rest until told to stop; what they were answered."""

    def __init__(self, record: Record, readers: int = 4) -> None:
        self.site = TestClient(build_site(record), base_url="http://localhost", follow_redirects=False)
        self.uids = [s["uid"] for s in record.statements(limit=0)]
        self.token = self.site.get("/collections").text.split('name="token" value="')[1].split('"')[0]
        self.done: list[str] = []
        self.answers: Counter[int] = Counter()
        self.wrong: list[str] = []
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(n,)) for n in range(readers)]
        self._threads.append(threading.Thread(target=self._correct))

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join(60)

    def _read(self, n: int) -> None:
        while not self._end.is_set():
            address = PAGES[n % len(PAGES)]
            self._note(address, self.site.get(address))
            n += 1

    def _correct(self) -> None:
        """Each statement is accepted once; what the site did not take is sent again."""
        for uid in self.uids:
            while not self._end.is_set():
                answer = self.site.post("/corrections", data={"token": self.token, "uid": uid, "judge": "accept"})
                self._note("correction", answer)
                if answer.status_code == 303:
                    self.done.append(uid)
                    break
            time.sleep(0.02)

    def _note(self, address: str, answer: object) -> None:
        status, text = answer.status_code, answer.text  # type: ignore[attr-defined]
        self.answers[status] += 1
        if status not in (200, 303, 503) or (status == 503 and "Traceback" in text):
            self.wrong.append(f"{address}: {status} {text[-400:]}")
        if status == 503 and not ("again" in text or "cannot be reached" in text or "busy" in text):
            self.wrong.append(f"{address}: a 503 without a sentence: {text[-400:]}")


def wait_for(crowd: Crowd, status: int, more: int = 5) -> None:
    """Until so many more answers of that status came."""
    wanted, end = crowd.answers[status] + more, time.monotonic() + 30
    while crowd.answers[status] < wanted:
        assert time.monotonic() < end, f"no answer {status} came: {crowd.answers} {crowd.wrong[:2]}"
        time.sleep(0.02)


def expect_kept(crowd: Crowd, record: Record) -> None:
    """What the site took is on record, once, and nothing else is."""
    assert crowd.wrong == []
    judged = Counter(j["subject"] for j in record.judgements())
    assert judged == Counter(crowd.done)
    assert len(crowd.done) > 3
    assert [item for item in record.check() if item["faults"]] == []


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Record, Path]]:
    monkeypatch.setattr("onrecord.record.sqlite.BUSY_SECONDS", 1)
    path = tmp_path / "record.db"
    with Record.open(str(path)) as record:
        fill(record)
        yield record, path


def test_the_file_is_moved_away_and_comes_back(own: tuple[Record, Path]) -> None:
    record, path = own
    with Crowd(record) as crowd:
        wait_for(crowd, 303)
        aside = path.with_name("aside.db")
        path.rename(aside)
        wait_for(crowd, 503, 10)
        before = len(crowd.done)
        wait_for(crowd, 503, 10)
        assert len(crowd.done) <= before + 1, "a correction was taken though the record was away"
        assert not path.exists(), "a new, empty record was made in the place of the one that went away"
        aside.rename(path)
        wait_for(crowd, 303)
        wait_for(crowd, 200)
    expect_kept(crowd, record)


def test_another_program_holds_the_file_for_longer_than_a_writer_waits(own: tuple[Record, Path]) -> None:
    record, path = own
    with Crowd(record) as crowd:
        wait_for(crowd, 303)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        wait_for(crowd, 503, 2)
        wait_for(crowd, 200)  # readers read on
        other.execute("ROLLBACK")
        other.close()
        wait_for(crowd, 303)
    expect_kept(crowd, record)


class Postgres:
    """A server of our own that can be stopped and started."""

    def __init__(self, folder: Path, tools: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.folder, self.tools = folder, tools
        self.url = f"postgresql://onrecord@127.0.0.1:{port}/postgres"
        self._options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        if os.getuid() == 0:
            shutil.chown(folder, "nobody")
        self._run("initdb", "-D", "db", "-U", "onrecord", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        self._run("pg_ctl", "-D", "db", "-w", "-l", "log", "-o", self._options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "db", "-w", "-m", "immediate", "stop")

    def _run(self, tool: str, *words: str) -> None:
        who = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
        command = [*who, str(self.tools / tool), *words]
        subprocess.run(
            command, cwd=self.folder, check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL's initdb is not installed")
    pytest.importorskip("psycopg")
    import tempfile

    with tempfile.TemporaryDirectory(prefix="onrecord-pg-") as folder:
        server = Postgres(Path(folder), found[-1].parent)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def test_postgres_is_stopped_and_started(postgres: Postgres) -> None:
    with Record.open(postgres.url) as record:
        fill(record)
        with Crowd(record) as crowd:
            wait_for(crowd, 303)
            postgres.stop()
            wait_for(crowd, 503, 10)
            postgres.start()
            wait_for(crowd, 303)
            wait_for(crowd, 200)
        expect_kept(crowd, record)
