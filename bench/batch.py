#!/usr/bin/env python3
"""What `onrecord batch` costs beside reading alone: one core, two cores, Ray, memory.

usage: python bench/batch.py [--documents 300 | --pages FOLDER [--times 3]] [--rounds 3] [--workers 2] [--ray] [--engines-only] [--json FILE] [--measured FILE]

An archive in our own words (`make_archive.py --plain`), or of the HTML pages of a folder, each some times over, is read by
turns as HTML in memory with `Reader.read_many`, and from its gzipped WARC files to Parquet with one worker and with
several. No filter is on: every page is read in both, and a run that drops one ends the bench.

*processor*: documents a second of all processes' processor time, start and loading included (of reading alone: without).
*works*: the same of what the workers noted for their works alone, which is all that can be told of Ray. *clock*: on the
wall, so the machine must have nothing else to do. *memory*: the largest resident size of a process of the run, MB.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READ = """
import gzip, json, sys, time
from pathlib import Path
from fastwarc.warc import ArchiveIterator, WarcRecordType
from onrecord import Reader
pages = []
for path in sorted(Path(sys.argv[1]).glob("*.warc.gz")):
    with path.open("rb") as stream:
        pages += [record.reader.read() for record in ArchiveIterator(stream, record_types=WarcRecordType.response)]
reader = Reader()
list(reader.read_many(pages[:2]))
began = time.process_time(), time.monotonic()
count = sum(1 for _ in reader.read_many(pages))
print(json.dumps([count, time.process_time() - began[0], time.monotonic() - began[1]]))
"""


def read_alone(archive: Path) -> dict[str, float]:
    """Documents a second, by processor and clock, of `read_many` on the pages in memory."""
    environment = {**os.environ, "ONRECORD_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", READ, str(archive)], env=environment, capture_output=True, text=True, check=True
    )
    count, processor, clock = json.loads(done.stdout)
    return {"documents": count, "processor": count / processor, "clock": count / clock}


def batch(archive: Path, out: Path, workers: int, engine: str) -> dict[str, float]:
    """Documents a second of a run, start and loading included, and its workers' largest resident size in MB."""
    shutil.rmtree(out, ignore_errors=True)
    began = time.monotonic()
    asked = ["--language", "any", "--least-words", "0", "--near", "1", "--workers", str(workers), "--engine", engine]
    command = [sys.executable, "-m", "onrecord.cli.main", "batch", str(archive), "--out", str(out), *asked]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)  # of this run alone, the workers that it waited for included
    process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.monotonic() - began
    report = json.loads((out / "_run/report.json").read_text())
    count = report["read"]["articles"]
    if process.returncode or count + report["read"].get("refused", 0) != report["documents"]:
        raise SystemExit(f"not every page was read, so nothing can be compared: {report['dropped']}")
    own = report["processor_seconds"]["scan"] + report["processor_seconds"]["read"]
    found = {"documents": count, "works": count / own, "clock": count / clock, **report["seconds"]}
    if engine == "local":
        found |= {"processor": count / (used.ru_utime + used.ru_stime), "memory": used.ru_maxrss / 1024}
    return found


def archive_of_pages(pages: Path, out: Path, times: int, first: int | None = None) -> None:
    """A gzipped WARC file of real pages, each some times over with a number after every sentence before a tag: no two are equal."""
    import gzip

    sys.path.insert(0, str(ROOT / "bench"))
    from make_archive import record

    out.mkdir(parents=True)
    found = sorted(p for p in pages.iterdir() if p.suffix in {".html", ".gz"})[:first]
    with (out / "pages.warc.gz").open("wb") as sink:
        for number in range(times * len(found)):
            path = found[number % len(found)]
            body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            mark = f"({number // len(found)})".encode()
            body = re.sub(rb"(?i)([.!?])(?=\s*<)|(?=</p>)", lambda end, mark=mark: (end[1] or b"") + b" " + mark, body)
            sink.write(record(f"https://www.paper.example/{number}", body, "2024-01-01T00:00:00Z", number))


def measured(archive: Path, out: Path) -> dict[str, float]:
    """What `scale.py` simulates from: seconds and bytes a document."""
    report = json.loads((out / "_run/report.json").read_text())
    count, seconds = report["read"]["articles"], report["processor_seconds"]
    marks = [json.loads(p.read_text()) for p in sorted((out / "_run/read").glob("*.done"))]
    marks = [m for m in marks if m.get("articles", 0) > 4]
    each = [m["seconds"] / m["articles"] for m in marks]
    share = statistics.mean(m["articles"] for m in marks) / 400  # a shard of 400 documents varies less
    packed = sum(p.stat().st_size for p in archive.iterdir())
    written = sum(p.stat().st_size for p in out.rglob("*.parquet"))
    return {
        "scan": seconds["scan"] / report["documents"],
        "read": seconds["read"] / count,
        "choose": 8e-6,
        "finish": seconds["finish"] / count,
        "start": 4.0,
        "spread": statistics.pstdev(each) / statistics.mean(each) * share**0.5,
        "packed": packed / report["documents"],
        "written": written / count,
    }


def ratios(rounds: list[dict[str, dict[str, float]]], workers: int, ray: bool) -> dict[str, float]:
    """Medians over the rounds of what one system makes of the other in the same round."""
    alone, one, several = "read_many, pages in memory", "batch, 1 worker", f"batch, {workers} workers"
    asked: dict[str, tuple[str, str, str, str]] = {
        "one core, processor seconds": (one, "processor", alone, "processor"),
        "one core, processor seconds, start and loading left out": (one, "works", alone, "processor"),
    }
    if workers > 1:
        asked |= {
            "several workers to one, clock": (several, "clock", one, "clock"),
            "several workers to one, processor seconds": (several, "processor", one, "processor"),
        }
    if ray:
        on_ray = f"batch on Ray, {workers} workers"
        asked |= {
            "Ray to plain processes, clock": (on_ray, "clock", several, "clock"),
            "Ray to plain processes, processor seconds of the works": (on_ray, "works", several, "works"),
        }
    return {
        name: statistics.median(r[a][this] / r[b][that] for r in rounds)
        for name, (a, this, b, that) in asked.items() if a in rounds[0] and b in rounds[0]
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--ray", action="store_true")
    parser.add_argument("--engines-only", action="store_true", help="leave reading alone and one worker out")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--first", type=int, help="only so many pages of the folder")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--measured", type=Path, help="write what scale.py needs")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive, out = Path(folder) / "archive", Path(folder) / "out"
        if given.pages:
            archive_of_pages(given.pages, archive, given.times, given.first)
        else:
            subprocess.run(
                [
                    sys.executable,
                    str(ROOT / "bench/make_archive.py"),
                    str(archive),
                    "--documents",
                    str(given.documents),
                    "--plain",
                ],
                check=True,
            )
        systems = {
            "read_many, pages in memory": lambda: read_alone(archive),
            "batch, 1 worker": lambda: batch(archive, out, 1, "local"),
        }
        if given.workers > 1:
            systems[f"batch, {given.workers} workers"] = lambda: batch(archive, out, given.workers, "local")
        if given.ray:
            systems[f"batch on Ray, {given.workers} workers"] = lambda: batch(archive, out, given.workers, "ray")
        if given.engines_only:
            systems = {name: system for name, system in systems.items() if f"{given.workers} workers" in name}
        rounds = [{name: system() for name, system in systems.items()} for _ in range(given.rounds)]
        if given.measured:
            batch(archive, out, 1, "local")
            given.measured.write_text(json.dumps(measured(archive, out), indent=1))
    table = {
        name: {key: statistics.median(one[name][key] for one in rounds) for key in rounds[0][name]} for name in systems
    }
    table["ratios"] = ratios(rounds, given.workers, given.ray)
    print(json.dumps(table, indent=1))
    if given.json:
        given.json.write_text(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
