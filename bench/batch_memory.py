#!/usr/bin/env python3
"""A worker's memory over a long archive run: after a tenth of the documents, at the end, and at most.

usage: python bench/batch_memory.py [--documents 100000] [--model rules] [--json FILE]

Short articles in our own words (three paragraphs, JSON Lines), read by the rules unless a model is named: what is
looked for is what stays behind, document by document, and that is the same code; the model's own 150 MB come on top.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kill_batch import below
from make_archive import Writer

ROOT = Path(__file__).resolve().parents[1]


def rows(count: int, seed: int) -> list[str]:
    """Lines of short articles, each its own."""
    writer = Writer(random.Random(seed))
    made = []
    for number in range(count):
        title, paragraphs = writer.article()
        text = "\n\n".join([*paragraphs[:3], f"This is report number {number}."])
        day = f"20{10 + number % 14}-{1 + number % 12:02}-01"
        made.append(json.dumps({"id": str(number), "title": title, "text": text, "date": day}) + "\n")
    return made


def resident(pid: int) -> float:
    """Megabytes that a process holds now."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
    except (OSError, IndexError, ValueError):
        return 0.0


def watched(inputs: Path, out: Path) -> list[tuple[int, int, float]]:
    """A run with one worker: now and then the documents scanned, those read, and the worker's memory."""
    asked = ["--workers", "1", "--near", "1", "--least-words", "0"]
    command = [sys.executable, "-m", "onrecord.cli.main", "batch", str(inputs), "--out", str(out), *asked]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = []
    while process.poll() is None:
        time.sleep(1.0)
        held = [resident(pid) for pid, name in below(process.pid).items() if "spawn_main" in name]
        done = [_done(out / "_run" / stage, name) for stage, name in (("scan", "documents"), ("read", "articles"))]
        if held and max(held):
            found.append((done[0], done[1], round(max(held), 1)))
    if process.returncode:
        raise SystemExit("the run failed")
    return found


def _done(folder: Path, name: str) -> int:
    return sum(int(json.loads(mark.read_text()).get(name, 0)) for mark in folder.glob("*.done"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--model", default="rules")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", type=Path, default=ROOT / "bench/out/batch_memory.json")
    given = parser.parse_args()
    os.environ |= {"ONRECORD_MODEL": given.model}
    with tempfile.TemporaryDirectory() as name:
        inputs = Path(name) / "rows.jsonl"
        inputs.write_text("".join(rows(given.documents, given.seed)))
        found = watched(inputs, Path(name) / "out")
    whole = max(read for _, read, _ in found)
    after = next(mb for _, read, mb in found if read >= whole / 10)
    told = {"documents": given.documents, "model": given.model, "mb after a tenth": after, "mb at the end": found[-1][2],
            "mb at most": max(mb for *_, mb in found), "course": found[:: max(1, len(found) // 20)]}  # fmt: skip
    print(json.dumps(told))
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
