#!/usr/bin/env python3
"""What many machines would take: a simulation from measured times, nothing more.

usage: python bench/scale.py MEASURED.json [--machines 1 4 16 64] [--documents 1e6 1e8 1e9] [--cores 32] [--page docs/scale.md]

MEASURED is written by `bench/batch.py --measured` and `--measure` here: seconds a document of each stage on one core, bytes
a document, seconds to start a worker. Works are handed out longest-waiting first to free workers, with the spread of times that
was measured among shards; a worker dies now and then and its shard is done again. Choosing and finishing run on one
machine: they are what does not scale, and the table shows it.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Measured:
    """Seconds on one core, and bytes, for a document."""

    scan: float
    read: float
    choose: float
    finish: float
    start: float
    """Seconds until a worker has its model."""
    spread: float
    """Standard deviation of a shard's time, as a share of its mean."""
    packed: float
    """Bytes of gzipped WARC for a document."""
    written: float
    """Bytes of Parquet for a document."""


SHARD = 400
WHOLE = 40_000
"""Documents in one CC-NEWS file of a gigabyte: from 256 files on each is one shard."""
MONTHS = 240
"""Twenty years: a work of the last stage is one month."""
DEATHS = 1 / 500
"""Deaths of a worker for each hour of its work: an assumption, for spot machines."""


def stage(shards: int, seconds: float, spread: float, workers: int, start: float, chance: random.Random) -> float:
    """The hours that a stage takes: free workers take the next shard."""
    free = [start] * min(workers, shards)
    heapq.heapify(free)
    for _ in range(shards):
        took = max(0.2 * seconds, chance.gauss(seconds, spread * seconds))
        while chance.random() < DEATHS * took / 3600:
            took += chance.random() * took + start
        heapq.heappush(free, heapq.heappop(free) + took)
    return max(free) / 3600


def simulate(measured: Measured, documents: float, machines: int, cores: int, seed: int = 7) -> dict[str, float]:
    """Hours of each stage, and core-hours for a million documents."""
    chance, workers = random.Random(seed), machines * cores
    shard = SHARD if documents / WHOLE < 256 else WHOLE
    shards = max(1, round(documents / shard))
    spread = measured.spread * (SHARD / shard) ** 0.5
    hours = {
        "scan": stage(shards, measured.scan * shard, spread, workers, measured.start, chance),
        "choose": measured.choose * documents / 3600,
        "read": stage(shards, measured.read * shard, spread, workers, measured.start, chance),
        "finish": stage(MONTHS, measured.finish * documents / MONTHS, 0.5, workers, 1.0, chance),
    }
    busy = (hours["scan"] + hours["read"]) * workers + hours["choose"] + hours["finish"] * min(workers, MONTHS)
    return {**hours, "all": sum(hours.values()), "core-hours a million": busy / documents * 1e6}


def measure_choosing(count: int = 100_000) -> float:
    """Seconds a document of finding copies among random signatures, one in ten a near copy."""
    from onrecord.batch.alike import PLACES, originals

    chance = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signatures"
        signatures = chance.integers(0, 2**32, (count, PLACES), dtype=np.uint32)
        signatures[count // 10 * 9 :] = signatures[: count - count // 10 * 9]
        signatures.tofile(path)
        began = time.process_time()
        originals(np.memmap(path, np.uint32, "r", shape=signatures.shape), np.arange(count), 0.9)
        return (time.process_time() - began) / count


def rows(measured: Measured, documents: list[float], machines: list[int], cores: int) -> Iterator[str]:
    """The lines of a table in Markdown."""
    names = ("scan", "choose", "read", "finish", "all", "core-hours a million")
    yield "| documents | machines | scan | choose | read | finish | all, hours | core-hours a million |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for many in documents:
        for some in machines:
            found = simulate(measured, many, some, cores)
            yield f"| {many:,.0f} | {some} | {' | '.join(f'{found[name]:,.1f}' for name in names)} |"


def told(m: Measured) -> str:
    """What was measured, as a sentence or two."""
    return (
        f"Processor seconds on one core: {m.scan:.3f} s a page to open and measure it, {m.read:.2f} s an article to read it,\n"
        f"{1e6 * m.choose:.0f} µs a document to find copies, {1000 * m.finish:.1f} ms an article to write the months; a worker starts in"
        f" {m.start:.0f} s.\nA page takes {m.packed / 1000:.0f} kB in the archive and {m.written / 1000:.0f} kB in the tables."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measured", type=Path)
    parser.add_argument("--machines", type=int, nargs="+", default=[1, 4, 16, 64])
    parser.add_argument("--documents", type=float, nargs="+", default=[1e6, 1e8, 1e9])
    parser.add_argument("--cores", type=int, default=32)
    parser.add_argument("--page", type=Path, help="put the figures and the table into this page, too")
    parser.add_argument("--measure", action="store_true", help="measure choosing here and write it into the file")
    given = parser.parse_args()
    values = json.loads(given.measured.read_text())
    if given.measure:
        values["choose"] = measure_choosing()
        given.measured.write_text(json.dumps(values, indent=1))
    measured = Measured(**values)
    table = "\n".join(rows(measured, given.documents, given.machines, given.cores))
    if given.page:
        text = given.page.read_text("utf-8")
        for name, words in (("measured", told(measured)), ("simulated", table)):
            begin, end = f"<!-- {name} by bench/scale.py -->\n\n", f"\n\n<!-- {name}: end -->"
            before, _, rest = text.partition(begin)
            text = before + begin + words + end + rest.partition(end)[2]
        given.page.write_text(text, "utf-8")
    print(told(measured), table, sep="\n\n")


if __name__ == "__main__":
    main()
