"""The section of bench/RESULTS.md on archives."""

from __future__ import annotations

import json
from collections.abc import Iterator

from corpora import OUT
from tables import Bench, Table, run


def archives(bench: Bench) -> Table:
    """What a run costs beside reading alone, with one worker, with two, and on Ray."""
    out = OUT / "archives.json"
    run("batch.py", "--pages", bench.data / "data/aeb/html", "--times", 6, "--rounds", 3, "--ray", "--json", out)
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
    rows += [*_longer(), *_kills(), *_memory()]
    told = "; ".join(f"{name}: {value:.2f}" for name, value in ratios.items())
    return Table(
        "Archives",
        "Real pages, each six times over, from a gzipped WARC file to Parquet, beside reading them in memory; documents a second, "
        "start and loading of the model included for the runs and not for reading alone; *works*: by the processor seconds of the "
        "works alone. Medians of 3 rounds by turns. Memory: the "
        "largest process of a run, in MB. Kills at random moments and memory over many documents are from a generated archive read "
        f"by the rules (the last runs of `kill_batch.py` and `batch_memory.py`, which last too long for here). {told} (to reach: ≥ 0.90, ≥ 1.85; memory ≤ 600; Ray within 15% of plain processes).",
        "python bench/batch.py --pages DATA/data/aeb/html --times 6 --ray --json bench/out/archives.json\n"
        "python bench/batch.py --pages DATA/data/aeb/html --times 12 --rounds 1 --ray --engines-only --json bench/out/archives-longer.json\n"
        "python bench/kill_batch.py --documents 20000 --kills 50 --engine both\n"
        "python bench/batch_memory.py --documents 100000",
        ["", "documents", "by processor", "works", "by the clock", "memory"], rows, found | {"ratios": ratios},
    )  # fmt: skip


def _longer() -> Iterator[list[object]]:
    """Both engines over twice as many pages: the start of Ray weighs less the longer a run is."""
    place = OUT / "archives-longer.json"
    if place.exists():
        found = json.loads(place.read_text(encoding="utf-8"))
        ratio = found.pop("ratios")["Ray to plain processes, clock"]
        for name, s in found.items():
            told = f"{name}, one round of more pages" + (f": {ratio:.2f} of plain processes" if "Ray" in name else "")
            yield [told, s["documents"], None, round(s["works"], 2), round(s["clock"], 2), None]


def _kills() -> Iterator[list[object]]:
    """A row for each engine that was killed again and again."""
    place = OUT / "batch_kills.json"
    for one in json.loads(place.read_text(encoding="utf-8")) if place.exists() else []:
        kinds = ", ".join(f"{count} of {kind}s" for kind, count in one["kills"].items())
        same = "the same bytes" if one["same"] else "**other bytes**"
        yield [
            f"{one['engine']}, kill -9: {kinds}, in {one['runs']} runs: {same}",
            one["documents"],
            None,
            None,
            None,
            None,
        ]


def _memory() -> Iterator[list[object]]:
    """A row on the memory of a worker that reads many documents."""
    place = OUT / "batch_memory.json"
    if place.exists():
        m = json.loads(place.read_text(encoding="utf-8"))
        for when in ("after a tenth", "at the end", "at most"):
            yield [f"one worker, memory {when}", m["documents"], None, None, None, round(m[f"mb {when}"])]
