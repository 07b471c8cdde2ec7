"""The sections of bench/RESULTS.md on the record, from what bench/record.py and the faults' tests left."""

from __future__ import annotations

import json

from corpora import OUT
from tables import Bench, Table

FOUND = OUT / "record.json"
COMMAND = "make bench-record ARTICLES=1000 STATEMENTS=1000000"


def record(bench: Bench) -> Table:
    """The record against the bare thing; takes the last run of ``make bench-record``, which lasts too long for here."""
    if not FOUND.exists():
        raise SystemExit(f"there is no {FOUND}: 'make bench-record' makes it")
    found = json.loads(FOUND.read_text(encoding="utf-8"))
    rows = [*_adding(found), *_growing(found)]
    for store, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
        if store in found:
            rows += _searching(name, found[store])
    if "size" in found:
        s = found["size"]
        rows.append(["size, MB", f"{s['statements']:,} statements", s["bare_mb"], s["mb"], s["ratio"], "≤ 1.3"])
    note = (
        "Made articles (seed in `record_made.py`). *Bare*: reading alone; the database's own index asked for the same words; the "
        "same rows and index in tables without anything else. A search gives 20 statements whole, with what disputes them; words "
        "and options are asked by turns with the bare question. Milliseconds of the processor (PostgreSQL: by the clock). The "
        "limit for a search is twice (50%) and four times (99%) the bare question, or 20 ms if that is larger."
    )
    return Table("The record", note, COMMAND, ["", "n", "bare", "onrecord", "ratio", "to reach"], rows, found)


def _adding(found: dict) -> list[list[object]]:
    if "adding" not in found:
        return []
    a = found["adding"]
    name = f"`add` keeps of `read`'s throughput (model {a['model']}), ms an article"
    both = round(a["ms_to_read_one"] + a["ms_to_keep_one"], 1)
    return [[name, f"{a['articles']:,} articles", a["ms_to_read_one"], both, a["add_keeps_of_read"], "≥ 0.9"]]


def _growing(found: dict) -> list[list[object]]:
    if "growing" not in found:
        return []
    memory = found["growing"]["mb"]
    (first, low), (last, high) = next(iter(memory.items())), list(memory.items())[-1]
    name = f"memory after {int(first):,} and {int(last):,} articles, MB"
    return [[name, f"{int(last):,} articles", low, high, found["growing"]["growth"], "0.9 to 1.1"]]


def _searching(store: str, found: dict) -> list[list[object]]:
    rows: list[list[object]] = []
    count = f"{found['holds']['statements']:,} statements"
    for kind, f in found["searching"].items():
        for share, key, limit in (("50%", "p50", 2), ("99%", "p99", 4)):
            bare, ours = f[f"bare_{key}_ms"], f[f"{key}_ms"]
            alone = kind == "options alone"
            rows.append([
                f"{store}, {kind}, {share} of {f['n']}", count, "" if alone else bare, ours,
                "" if alone else round(ours / bare, 2), "" if alone else f"≤ {round(max(limit * bare, 20), 1)} ms",
            ])  # fmt: skip
    return rows
