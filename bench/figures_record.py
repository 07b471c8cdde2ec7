"""The sections of bench/RESULTS.md on the record, from what bench/record.py and the faults' tests left."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from corpora import OUT
from tables import Bench, Table

FOUND = OUT / "record.json"
FAULTS = "faults*.xml"
"""What the tests of faults left: one file of one run, or several of parts of it."""
COMMAND = "make bench-record ARTICLES=1000 STATEMENTS=1000000 KILLS=200 POSTGRES=URL"
WHAT = {
    "test_killed_at_any_moment": "`kill -9` at random moments of adding",
    "test_several_writers": "processes adding overlapping articles at once",
    "test_a_full_disk": "a full disk",
    "test_a_file_that_can_grow_no_more": "a file that can grow no more",
    "test_a_record_that_may_only_be_read": "a record that may only be read",
    "test_what_another_user_may_only_read": "another user's file",
    "test_a_record_locked": "a database locked by another program",
    "test_a_server_that_goes_away": "a connection lost in mid-write",
    "test_a_server_restarted": "a server restarted in mid-write",
}
"""What the tests of faults do, by how their names begin."""


ONCE = {"writers at once"}
"""What several runs do not add up to."""


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
    rows += _faults()
    note = (
        "Made articles (seed in `record_made.py`). *Bare*: reading alone; the database's own index asked for the same words; the "
        "same rows and index in tables without anything else. A search gives 20 statements whole, with what disputes them; words "
        "and options are asked by turns with the bare question. Milliseconds of the processor (PostgreSQL: by the clock). The "
        "limit for a search is twice (50%) and four times (99%) the bare question, or 20 ms if that is larger. "
        "These are the last runs of the commands below, for the parts of an earlier commit of the day where time was short. "
        "*n* says how much was run; the command makes the whole of it. Faults *held* where afterwards `check-record` finds "
        "nothing, all that was told to be kept is there once, and running again makes the whole record (or, where nothing "
        "can be written, one sentence says so)."
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


def _faults() -> Iterator[list[object]]:
    """A row for each kind of fault and store: how much was done, all runs together, and whether the record held."""
    done: dict[str, Counter[str]] = {}
    failed = Counter[str]()
    for case in (case for file in sorted(OUT.glob(FAULTS)) for case in ElementTree.parse(file).iter("testcase")):
        name, _, place = case.get("name", "").rstrip("]").partition("[")
        what = next((told for begin, told in WHAT.items() if name.startswith(begin)), None)
        if what is None or case.find("skipped") is not None:
            continue
        store = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(place, place)
        row = f"{what}{f', {store}' if store else ''}"
        told = done.setdefault(row, Counter())
        for p in case.iter("property"):
            name, value = p.get("name", ""), int(p.get("value", 0))
            told[name] = max(told[name], value) if name in ONCE else told[name] + value
        failed[row] += case.find("failure") is not None or case.find("error") is not None
    for row, told in done.items():
        amount = ", ".join(f"{value} {name}" for name, value in told.items()) or "1"
        yield [row, amount, "", "**failed**" if failed[row] else "held", "", "held"]
