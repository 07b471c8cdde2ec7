"""The section of bench/RESULTS.md on the site over a large record."""

from __future__ import annotations

import json
import os

from corpora import OUT
from tables import Bench, Table, run

STATEMENTS = int(os.environ.get("STATEMENTS", "100000"))


def site_load(_bench: Bench) -> Table:
    """Every kind of page beside its bare queries, and 200 readers at once. The record made is kept for the next run."""
    path = OUT / f"site-{STATEMENTS}.db"
    told = run("site_load.py", "--record", path, "--fill", STATEMENTS, "--rounds", 10, "--seconds", 20, "--json")
    found = json.loads(told)
    rows: list[list[object]] = [
        [kind, r["median"], r["p95"], r["cpu"], r["bare"], f"≤ {r['bound']}"] for kind, r in found["pages"].items()
    ]
    note = (
        f"{found['statements']:,} made statements in {found['articles']:,} articles: milliseconds from request to last byte, one"
        " at a time; processor time of the site for each; the record's own answers to the same questions at the 95th percentile;"
        " to reach: three times these, or 80 where that is more."
    )
    if load := found.get("load"):
        note += (
            f" {load['readers']} readers at once (wrk, {load['seconds']} s): {load['requests']:,} answers, {load['errors']} errors,"
            f" median {load['median_ms']:,} ms; memory {load['mb_before']} MB before, {load['mb_after']} MB after."
        )
    command = f"python bench/site_load.py --record bench/out/site-{STATEMENTS}.db --fill {STATEMENTS}"
    return Table(
        "The site over a large record", note, command, ["page", "median", "95%", "processor", "bare", "to reach"], rows,
        found,
    )  # fmt: skip
