#!/usr/bin/env python3
"""Kill an archive run again and again: resumed, it must end with the same bytes as one that nobody disturbed.

usage: python bench/kill_batch.py [--documents 20000] [--kills 50] [--engine local|ray|both] [--model rules] [--json FILE]

A generated archive (`make_archive.py`) is read once in peace, then with kills at random moments, in turn of a worker, the
driver and, with Ray, an actor and the node's own process (raylet). A run whose driver is gone, or gave up, is resumed; the next
kill waits until something more is done, or a slow machine would never come to an end. If it ends before all kills are done, the rest is done in a run into another folder.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = (
    "import sys; from onrecord.intake import archives; archives.IN_SHARD = int(sys.argv[1]);"
    " from onrecord.cli.main import main; main(sys.argv[2:])"
)
KINDS = {"local": ("worker", "driver"), "ray": ("actor", "driver", "node")}


def start(archive: Path, out: Path, engine: str, in_shard: int) -> subprocess.Popen[bytes]:
    """A run, or the rest of one."""
    more = ["--resume"] if (out / "_run/run.json").exists() else []
    asked = ["batch", str(archive), "--out", str(out), "--workers", "2", "--engine", engine, *more]
    with (out.parent / "stderr.txt").open("ab") as told:
        command = [sys.executable, "-c", CODE, str(in_shard), *asked]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)


def marks(out: Path) -> int:
    """How many works of a run are done."""
    return sum(1 for _ in out.glob("_run/*/*.done"))


def below(pid: int) -> dict[int, str]:
    """The processes that a process started, and those that they started, each with what it is called."""
    above, names = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number = int(stat.parent.name)
            above[number] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
            names[number] = stat.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, ValueError):
            continue
    found: dict[int, str] = {}
    while more := {n: names[n] for n, parent in above.items() if (parent == pid or parent in found) and n not in found}:
        found |= more
    return found


def victims(process: subprocess.Popen[bytes], kind: str) -> list[int]:
    """The processes of a run that are of one kind."""
    if kind == "driver":
        return [process.pid]
    mark = {"worker": "spawn_main", "actor": "ray::", "node": "/raylet "}[kind]
    return [pid for pid, name in below(process.pid).items() if mark in name]


def disturbed(
    archive: Path, out: Path, engine: str, in_shard: int, kills: int, chance: random.Random, pause: float
) -> Counter[str]:
    """A run to its end, with at most so many kills; how many of each kind there were."""
    done: Counter[str] = Counter()
    process, reached = start(archive, out, engine, in_shard), 0
    while not (out / "_run/report.json").exists():
        if process.poll() is not None:
            process = start(archive, out, engine, in_shard)
        time.sleep(pause * chance.random())
        kind = KINDS[engine][done.total() % len(KINDS[engine])]
        if done.total() >= kills:
            process.wait()
        elif marks(out) > reached and process.poll() is None and (found := victims(process, kind)):
            family, reached = below(process.pid), marks(out)
            os.kill(chance.choice(found), signal.SIGKILL)
            done[kind] += 1
            if kind in {"driver", "node"}:
                _end(process, family)
    process.wait()
    return done


def _end(process: subprocess.Popen[bytes], family: dict[int, str]) -> None:
    """Waits for what a kill should end, and leaves no process of the run behind."""
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pid in family:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def digest(out: Path) -> str:
    """One digest of every file that a run wrote, its own files left out."""
    whole = hashlib.sha256()
    for path in sorted(p for p in out.rglob("*") if p.is_file() and "_run" not in p.parts):
        whole.update(str(path.relative_to(out)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=50, help="for each engine")
    parser.add_argument("--engine", choices=("local", "ray", "both"), default="local")
    parser.add_argument("--model", default="rules", help="the rules take a tenth of the model's time")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two looks at what is done, at most")
    parser.add_argument("--in-shard", type=int, default=100, help="documents in a shard, at most")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", type=Path, default=ROOT / "bench/out/batch_kills.json")
    given = parser.parse_args()
    os.environ |= {"ONRECORD_MODEL": given.model, "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
    found = []
    with tempfile.TemporaryDirectory() as name:
        archive, chance = Path(name) / "archive", random.Random(given.seed)
        maker = [sys.executable, str(ROOT / "bench/make_archive.py"), str(archive), "--documents", str(given.documents)]
        subprocess.run(maker, check=True)
        began = time.monotonic()
        start(archive, Path(name) / "peace", "local", given.in_shard).wait()
        peace, seconds = digest(Path(name) / "peace"), time.monotonic() - began
        report = json.loads((Path(name) / "peace/_run/report.json").read_text())
        for engine in ("local", "ray") if given.engine == "both" else (given.engine,):
            kills: Counter[str] = Counter()
            runs, same = 0, True
            while kills.total() < given.kills:
                out = Path(name) / f"{engine}{runs}"
                left = given.kills - kills.total()
                kills += disturbed(archive, out, engine, given.in_shard, left, chance, given.pause)
                same, runs = same and digest(out) == peace, runs + 1
            found.append({"engine": engine, "documents": report["documents"], "articles": report["read"]["articles"],
                          "model": given.model, "kills": kills, "runs": runs, "same": same,
                          "seconds in peace": round(seconds)})  # fmt: skip
            print(json.dumps(found[-1]), flush=True)
            given.json.parent.mkdir(parents=True, exist_ok=True)
            given.json.write_text(json.dumps(found, indent=1))
    raise SystemExit(0 if all(one["same"] for one in found) else 1)


if __name__ == "__main__":
    main()
