"""Whatever happens while articles are added: the record is sound, nothing is lost, nothing is twice, again completes.

``make bench-record`` runs these with 200 kills and eight writers; here a few of each.
"""

import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import event, text

from onrecord.errors import RecordError
from onrecord.record import Record, sqlite
from onrecord.record.connect import writing_to
from tests.factory import reading, said, sample

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("ONRECORD_TEST_KILLS", "3"))
WRITERS = int(os.environ.get("ONRECORD_TEST_WRITERS", "3"))
ARTICLES = 30

WRITER = """
import sys
from onrecord.record import Record
from tests.record.test_faults import made
with Record.open(sys.argv[1]) as record:
    print("open", flush=True)
    for n in range(int(sys.argv[2]), int(sys.argv[3])):
        record.add(made(n), seen_at="2026-01-01")
        print(n, flush=True)
"""


def made(n: int):  # type: ignore[no-untyped-def]
    """An article of its own for each number, long enough to be known by its text."""
    told = f"Ana Ruiz said the bridge number {n} of Port Vell is safe and will stay open through the winter months."
    body = f"{told} Tomas Brandt denied that number {n} was safe."
    return reading(
        body,
        [said(f"the bridge number {n} of Port Vell is safe", by="Ana Ruiz"),
         said(f"number {n} was safe", by="Tomas Brandt", act="deny", disputes="s1")],
    )  # fmt: skip


def writer(place: str, first: int = 0, last: int = ARTICLES) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-c", WRITER, place, str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def expect_whole(record: Record, count: int = ARTICLES) -> None:
    assert [item for item in record.check() if item["faults"]] == []
    counts = record.counts()
    assert (counts["articles"], counts["statements"], counts["sightings"]) == (count, 2 * count, count)
    assert {s["name"]: s["statements"] for s in record.speakers()} == {"Ana Ruiz": count, "Tomas Brandt": count}


Told = Callable[[str, object], None]

LIKE_A_SHELL = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
"""A writer of its own for each kill, that need not load everything anew where the system can do without."""
LOADED = ["onrecord.record", "tests.record.test_faults"]


def add_and_tell(place: str, first: int, pipe: Connection) -> None:
    """Adds articles without end and says each number when it is kept."""
    with Record.open(place) as record:
        for n in range(first, 1_000_000):
            record.add(made(n), seen_at="2026-01-01")
            pipe.send(n)


def add_all(place: str, first: int, last: int) -> None:
    """Adds articles, one after the other."""
    with Record.open(place) as record:
        for n in range(first, last):
            record.add(made(n), seen_at="2026-01-01")


def started(target: Callable[..., None], *args: object) -> BaseProcess:
    """A process of its own that does this."""
    context = multiprocessing.get_context(LIKE_A_SHELL)
    context.set_forkserver_preload(LOADED)
    process = context.Process(target=target, args=args, daemon=True)
    process.start()
    return process


def expect_done(*processes: BaseProcess) -> None:
    for process in processes:
        process.join(timeout=600)
        assert process.exitcode == 0


def told_until_killed(place: str, first: int, rng: random.Random) -> set[int]:
    """What a writer said it had kept before it was killed: at its start, after some articles, or within one."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = started(add_and_tell, place, first, theirs)
    theirs.close()
    told = {ours.recv() for _ in range(rng.randrange(4))}
    time.sleep(rng.random() * 0.02)
    assert process.is_alive(), "it ended by itself"
    process.kill()
    process.join()
    try:
        while True:
            told.add(ours.recv())
    except (EOFError, OSError):  # the end, or half a message
        return told


def test_killed_at_any_moment_nothing_is_lost_and_again_completes(place: str, record_property: Told) -> None:
    rng = random.Random(KILLS)
    told: set[int] = set()
    for kill in range(KILLS):
        told |= told_until_killed(place, max(0, len(told) - 1), rng)  # the last one again, then new ones without end
        with Record.open(place) as record:
            if kill % 10 == 9 or kill > KILLS - 3:  # not each time: it proves every statement there is
                assert [item for item in record.check() if item["faults"]] == []
            kept = record.counts()["articles"]
            assert len(told) <= kept <= len(told) + 1, "what was told is kept, and at most what was being told"
    count = len(told) + 5
    expect_done(started(add_all, place, 0, count))
    with Record.open(place) as record:
        expect_whole(record, count)
    record_property("kills", KILLS)
    record_property("articles", count)


def test_several_writers_of_overlapping_articles_make_the_record_of_one(place: str, record_property: Told) -> None:
    share = ARTICLES // 2
    parts = [(n * share // WRITERS, ARTICLES - (WRITERS - 1 - n) * share // WRITERS) for n in range(WRITERS)]
    expect_done(*[started(add_all, place, *part) for part in parts])
    with Record.open(place) as record:
        expect_whole(record, parts[-1][1])
    record_property("writers at once", WRITERS)


def test_a_full_disk_is_a_sentence_and_leaves_the_record_sound(path: Path) -> None:
    with Record.open(str(path)) as record:
        record.add(made(0), seen_at="2026-01-01")

    def limit(connection, _record) -> None:  # type: ignore[no-untyped-def]
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    with Record.open(str(path)) as record:
        record._engine.dispose()
        event.listen(record._engine, "connect", limit)
        with pytest.raises(RecordError, match="no room left"):
            for n in range(1, ARTICLES):
                record.add(made(n), seen_at="2026-01-01")
    with Record.open(str(path)) as record:
        kept = record.counts()["articles"]
        expect_whole(record, kept)
        for n in range(ARTICLES):
            record.add(made(n), seen_at="2026-01-01")
        expect_whole(record)


def test_a_record_that_may_only_be_read_answers_and_refuses_to_write(path: Path) -> None:
    with Record.open(str(path)) as record:
        record.add(sample(), seen_at="2026-01-01")
        record._engine.dispose()
        event.listen(record._engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
        with pytest.raises(RecordError, match="may only be read"):
            record.add(made(1), seen_at="2026-01-01")
        assert record.search("careless") != []


def test_a_record_locked_for_long_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    with Record.open(str(path)) as record, Record.open(str(path)) as other:
        with writing_to(other._engine), pytest.raises(RecordError, match="busy"):
            record.add(sample(), seen_at="2026-01-01")
        assert record.add(sample(), seen_at="2026-01-01").new


def test_a_server_that_goes_away_in_mid_write_loses_nothing_that_was_told(place: str) -> None:
    if not place.startswith("postgresql"):
        pytest.skip("a file has no server")
    with Record.open(place) as record:
        record.add(made(0), seen_at="2026-01-01")
        with pytest.raises(RecordError), writing_to(record._engine) as connection:
            connection.execute(text("UPDATE names SET statements = 7"))
            own = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with record._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as other:
                other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
            connection.execute(text("UPDATE names SET articles = 7"))
        for n in range(3):
            record.add(made(n), seen_at="2026-01-01")
        expect_whole(record, 3)
