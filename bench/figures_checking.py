"""The section of bench/RESULTS.md on checking drafts."""

from __future__ import annotations

import json

from tables import Bench, Table, run

KINDS = {
    "changed": "a word changed", "negation": "a negation dropped", "speaker": "the speaker swapped",
    "cut": "cut in the middle", "invented": "invented", "reordered": "two parts swapped",
}  # fmt: skip
COMMAND = ("--half", "judge", "--every", "3", "--peers", "--json")


def checking(bench: Bench) -> Table:
    """Perturbed and faithful quotations through `onrecord check` and two peers."""
    return as_table(json.loads(run("check_quotes.py", "--data", bench.data, *COMMAND)))


def as_table(found: dict) -> Table:
    """What check_quotes.py printed, as a section."""
    columns = list(found)
    rows: list[list[object]] = []
    for kind, words in KINDS.items():
        count = found["onrecord"]["kinds"].get(kind, {"n": 0})["n"]
        rows.append([f"{words} (n={count})", *(_share(found[c]["kinds"].get(kind), "named") for c in columns), "≥ 95"])
    every = found["onrecord"]["perturbed"]["n"]
    rows.append(
        [f"**all faults named** (n={every})", *(_share(found[c]["perturbed"], "named") for c in columns), "≥ 95"]
    )
    faithful = found["onrecord"]["faithful"]
    rows.append(
        [f"**false alarms** (n={faithful['n']})", *(_share(found[c]["faithful"], "alarms") for c in columns), "≤ 2"]
    )
    missed, where, among = faithful["not_extracted"], faithful["articles_with_alarms"], faithful["articles"]
    forms = [f"{name} {f['alarms']}% of {f['n']}" for name, f in found["onrecord"]["forms"].items() if f["alarms"]]
    told = (
        f"The alarms come from {where} of {among} articles; forms: {', '.join(forms)}."
        if forms
        else "No form has an alarm."
    )
    return Table(
        "Checking a draft",
        "Percent of perturbed quotations for which `onrecord check` names the very fault, and of faithful ones (curly, straight and single marks, "
        "case, [sic], brackets, ellipses, split around the speaker, other ends, numbers and hyphens typed otherwise, nested, two "
        "paragraphs, fragments) that it calls a fault. The record: PolNeAR dev and 150 articles of ECB+, read by the model; the cases: "
        "the half of the articles kept for judging, in sentences of our own or in the article's own paragraph. Speakers are gold's. "
        f"{told} {missed} faithful quotations were not seen as quotations at all. The peers are handed the quotation and read no "
        "draft; neither knows speakers.",
        "python bench/check_quotes.py --data DATA " + " ".join(COMMAND),
        ["", *columns, "to reach"], rows, found,
    )  # fmt: skip


def _share(counted: dict | None, name: str) -> object:
    return counted[name] if counted else None
