"""How the site answers over a large record: every kind of page beside the bare queries it asks, and 200 readers at once.

usage: site_load.py --record FILE [--fill STATEMENTS] [--rounds 10] [--readers 200] [--seconds 20] [--json]

--fill makes the record first (made articles, see record_made.py), or goes on with one that is smaller. What a page takes is
the time from the request to the last byte, one at a time on the loopback; "bare" are the record's own answers to the same
questions, asked in this process with nothing kept between them. "cpu" are processor seconds of the site for each
request, which other work on the machine does not lengthen. The readers are wrk's, with keep-alive, each going through the
same pages; memory is the site's highest, before and after. The site runs without its thread that compares articles.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

from onrecord import pipeline
from onrecord.record import Record
from onrecord.serve import build_site, load_sections
from record_bulk import load
from site_speed import milliseconds, summed

TICKS = os.sysconf("SC_CLK_TCK")
FLOOR = 80.0
"""Milliseconds that a page may take however quick its queries are; else three times these."""


def pages(record: Record) -> dict[str, tuple[list[str], Callable[[], object]]]:
    """Each kind: its addresses, and the questions that one such page asks of the record."""
    articles = [a["id"] for a in record.articles(limit=20)]
    said = [s["uid"] for s in record.statements(limit=20)]
    people = [p["key"] for p in record.speakers(limit=10)]
    words = ["bridge", "harbour council", "winter", '"would be closed"', "festival lorries", "nothing-of-this"]
    topics = [s.href for s in load_sections() if s.topic or s.country][:6]
    deep, turns = deep_cursor(record), cycle(words)
    return {
        "front": (["/"], lambda: front(record)),
        "section": (topics, lambda: record.articles(topic="medtop:04000000", limit=31)),
        "article": ([f"/article/{quote(a, safe=':')}" for a in articles], lambda: one_article(record, articles[0])),
        "statement": ([f"/statement/{s}" for s in said], lambda: record.statement(said[0])),
        "speaker": ([f"/speaker/{quote(p)}" for p in people], lambda: speaker(record, people[0])),
        "speakers": (["/speakers", "/speakers?name=mar"], lambda: record.speakers(limit=31)),
        "search": ([f"/search?q={quote(w)}" for w in words], lambda: search(record, next(turns))),
        "disputes, stories, figures": (["/disputes", "/stories", "/figures"], lambda: record.disputes(limit=31)),
        "corrections": (["/corrections"], lambda: (record.desk.queue(limit=31), record.desk.judged(limit=20))),
        "API, statements far in": ([f"/api/v1/statements?cursor={deep}"], lambda: record.statements(limit=51)),
    }


def file_under_subjects(record: Record) -> None:
    """Gives the made articles topics and countries of the menu, unevenly, so that its sections are full."""
    topics = [t for s in load_sections() for t in s.topic]
    countries = [c for s in load_sections() for c in s.country]
    add = "INSERT INTO article_subjects (article, scheme, code, name, position) SELECT num, '{0}', '{1}', '{1}', 0 FROM articles"
    add += " WHERE num % {2} = {3} AND num NOT IN (SELECT article FROM article_subjects WHERE scheme = '{0}' AND code = '{1}')"
    with record._engine.begin() as connection:
        for scheme, codes in (("topic", topics), ("country", countries)):
            for n, code in enumerate(codes):
                connection.exec_driver_sql(add.format(scheme, code, 2 + n, n % 2))


def deep_cursor(record: Record) -> str:
    """A cursor to the middle of the list of statements, where one that counts would pass over half of all."""
    import base64

    from onrecord.serve.endpoints import _mark

    [middle] = record.statements(limit=1, offset=record.counts()["statements"] // 2)
    return base64.urlsafe_b64encode(f".{_mark({})}.{middle['id']}".encode()).decode().rstrip("=")


def front(record: Record) -> object:
    today = datetime.now(UTC).date().isoformat()
    newest = record.articles(limit=13)
    return (
        record.counts(), record.freshness(), record.statements(article=newest[0]["id"], limit=3),
        record.statements(disputed=True, limit=40), record.stories(at_least=2, limit=5), record.agenda(today, limit=4),
        record.speakers(limit=10), record.subject_counts("country"), record.subject_counts("topic"),
    )  # fmt: skip


def one_article(record: Record, article_id: str) -> object:
    return record.article(article_id), record.raw_text(article_id), record.versions(article_id)


def speaker(record: Record, key: str) -> object:
    return record.speaker(key, limit=31), record.desk.portrait(key)


def search(record: Record, words: str) -> object:
    first = record.search(words, what="statements", limit=100)
    left = 31 - len(first)
    return first, record.search(words, what="articles", limit=left) if left > 0 else [], record.count_found(words)


def start(path: Path) -> tuple[subprocess.Popen, str]:
    """The site in a process of its own, and its host and port as it prints them."""
    command = [sys.executable, __file__, "--record", str(path), "--serve"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line:
        raise SystemExit(f"the site ended with {process.wait()} and told no address")
    return process, line


def serve(path: Path) -> None:
    """Runs the site until it is stopped; its address goes to standard output."""
    import socket

    import uvicorn

    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    record = pipeline.open_record(str(path), create=False)
    record.joined_by = None
    app = build_site(record)
    # Told once it is ready: starting is no part of what the first page takes.
    print(f"127.0.0.1:{listening.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listening])


def used(process: subprocess.Popen) -> tuple[float, float]:
    """The processor seconds of a process so far, and its highest resident memory in MB."""
    stat = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
    return (int(stat[11]) + int(stat[12])) / TICKS, int(peak[1]) / 1024 if peak else 0.0


def one_by_one(path: Path, process: subprocess.Popen, host: str, rounds: int) -> dict:
    """Every kind: median and 95th percentile of a page and of its bare queries, and whether the page keeps its bound."""
    rows = {}
    with pipeline.open_record(str(path), create=False) as record:
        record.joined_by = None
        kinds = pages(record)
        for kind, (addresses, ask) in kinds.items():
            first = milliseconds(host, addresses[0])
            for address in addresses:
                milliseconds(host, address)
            before = used(process)[0]
            times = [milliseconds(host, address) for _ in range(rounds) for address in addresses]
            cpu = 1000 * (used(process)[0] - before) / len(times)
            bare = []
            for _ in range(max(rounds, 5) * (len(addresses) if kind == "search" else 1)):  # each search costs its own
                began = time.perf_counter()
                ask()
                bare.append(1000 * (time.perf_counter() - began))
            row, asked = summed(len(addresses), times), summed(1, bare)
            bound = max(FLOOR, 3 * asked["p95"])
            rows[kind] = {**row, "first": round(first, 1), "cpu": round(cpu, 1), "bare": asked["p95"],
                          "bound": round(bound, 1), "kept": row["p95"] <= bound}  # fmt: skip
    return rows


def at_once(path: Path, process: subprocess.Popen, host: str, readers: int, seconds: int) -> dict:
    """What many readers at once meet: requests a second, errors, the time they wait, the site's memory."""
    with pipeline.open_record(str(path), create=False) as record:
        record.joined_by = None
        addresses = [a for found, _ in pages(record).values() for a in found]
    script = f"local p = {{{', '.join(json.dumps(a) for a in addresses)}}}\nlocal n = 0\n" + (
        "request = function() n = n + 1; return wrk.format('GET', p[n % #p + 1]) end\n"
        "done = function(s, l, r) io.write(string.format('told %d %d %d %d %d %d %d %d\\n', s.requests, s.errors.connect,"
        " s.errors.read, s.errors.write, s.errors.status, s.errors.timeout, l:percentile(50), l:percentile(99))) end\n"
    )
    before = used(process)[1]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = [
            "wrk",
            "-t2",
            f"-c{readers}",
            f"-d{seconds}s",
            "--timeout",
            "60s",
            "-s",
            file.name,
            f"http://{host}/",
        ]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    numbers = [int(n) for n in re.search(r"told ([\d ]+)", told)[1].split()]
    return {"readers": readers, "seconds": seconds, "requests": numbers[0], "errors": sum(numbers[1:6]),
            "median_ms": round(numbers[6] / 1000), "p99_ms": round(numbers[7] / 1000),
            "mb_before": round(before), "mb_after": round(used(process)[1])}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--fill", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--readers", type=int, default=200, help="0: leave them out")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.serve:
        serve(args.record)
        return
    with pipeline.open_record(str(args.record)) as record:
        for _ in load(record, record.counts()["articles"], args.fill // 8, 6):
            pass
        if args.fill:
            file_under_subjects(record)
        counts = record.counts()
    process, host = start(args.record)
    try:
        result = {"statements": counts["statements"], "articles": counts["articles"],
                  "pages": one_by_one(args.record, process, host, args.rounds)}  # fmt: skip
        if args.readers and shutil.which("wrk"):
            result["load"] = at_once(args.record, process, host, args.readers, args.seconds)
    finally:
        process.terminate()
        process.wait(30)
    if args.json:
        print(json.dumps(result))
        return
    print(f"{counts['statements']:,} statements, {counts['articles']:,} articles")
    for kind, r in result["pages"].items():
        print(f"{kind:28} median {r['median']:7.1f}  95% {r['p95']:7.1f}  first {r['first']:7.1f}  cpu {r['cpu']:6.1f}"
              f"  bare 95% {r['bare']:7.1f}  bound {r['bound']:7.1f} {'kept' if r['kept'] else 'NOT kept'}")  # fmt: skip
    print(result.get("load", "wrk is not installed: no readers at once"))


if __name__ == "__main__":
    main()
