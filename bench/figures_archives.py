"""The section of bench/RESULTS.md on archives."""

from __future__ import annotations

import json

from corpora import OUT
from tables import Bench, Table, run


def archives(bench: Bench) -> Table:
    """What a run costs beside reading alone, with one worker, with two, and on Ray."""
    out = OUT / "archives.json"
    run("batch.py", "--pages", bench.data / "data/aeb/html", "--times", 3, "--rounds", 3, "--ray", "--json", out)
    found = json.loads(out.read_text(encoding="utf-8"))
    ratios = found.pop("ratios")
    rows: list[list[object]] = [
        [
            name,
            s["documents"],
            round(s["processor"], 2) if "processor" in s else None,
            round(s["works"], 2) if "works" in s else None,
            round(s["clock"], 2),
            round(s["memory"]) if "memory" in s else None,
        ]
        for name, s in found.items()
    ]
    told = "; ".join(f"{name}: {value:.2f}" for name, value in ratios.items())
    return Table(
        "Archives",
        "Real pages, each three times over, from a gzipped WARC file to Parquet, beside reading them in memory; documents a second, "
        "start and loading of the model included for the runs and not for reading alone; *works*: by the processor seconds of the "
        "works alone. Medians of 3 rounds by turns. Memory: the "
        f"largest process of a run, in MB. {told} (to reach: ≥ 0.90, ≥ 1.85; memory ≤ 600; Ray within 15% of plain processes).",
        "python bench/batch.py --pages DATA/data/aeb/html --times 3 --ray --json bench/out/archives.json",
        ["", "documents", "by processor", "works", "by the clock", "memory"], rows, found | {"ratios": ratios},
    )  # fmt: skip
