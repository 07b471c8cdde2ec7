"""Every figure of bench/RESULTS.md, from the data folder (make bench).

usage: figures.py [--data FOLDER] [--peers PYTHON] [--only NAME ...] [--render]

--only runs these steps alone; --render writes RESULTS.md from what earlier runs left in bench/out/figures.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import NamedTuple

from corpora import OUT, ROOT, status
from figures_across import across, compared, joining, sections
from figures_archives import archives
from figures_checking import checking
from figures_cleaning import clean_speed, cleaning, pages, sentences, unseen
from figures_record import record
from figures_site import site_load
from tables import Bench, Table, run, save, write_results

MEASURES = ["who_said_what", "said_what", "content_token", "source_token", "cue_token", "strict"]
GIVEN = [
    ["best open system, retrained on the same data †", 53.3, 59.1, 70.8, 68.2, 51.3, 36.8],
    ["two annotators of 16 train articles †", 72.1, 80.1, 90.5, 77.9, 69.4, 60.4],
    ["to reach", "≥ 72", "≥ 79", "≥ 91", "≥ 86", "≥ 74", "≥ 52"],
]
PUBLISHED = [
    ["CofeNet on BERT-base, its test split (COLING 2022) †", 83.2, 75.3, 72.9],
    ["BERT-base, its test split †", 81.1, 74.0, 68.9],
]


class System(NamedTuple):
    """A reader under measurement: its name in the tables, its predictions, what runs it."""

    name: str
    file: str
    script: str
    peer: bool = False
    model: str | None = None


SYSTEMS = [
    System("**onrecord**", "onrecord.jsonl", "predict.py"),
    System("onrecord, its rules alone", "rules.jsonl", "predict.py", model="rules"),
    System("dependency rules over spaCy", "dependency_rules.jsonl", "peers/dependency_rules.py", peer=True),
    System("textacy, by paragraph", "textacy_quotes.jsonl", "peers/textacy_quotes.py", peer=True),
]


def predict(bench: Bench, system: System) -> Path:
    """The system's statements for the development texts."""
    env = {"ONRECORD_MODEL": system.model} if system.model else None
    out = OUT / system.file
    run(
        system.script,
        "predict",
        bench.dev / "text",
        out,
        python=bench.peers if system.peer else sys.executable,
        env=env,
    )
    return out


def statements(bench: Bench) -> Table:
    """F1 of every system on PolNeAR dev."""
    rows, raw = [], {}
    for system in SYSTEMS:
        scores = json.loads(run("score_statements.py", bench.dev, predict(bench, system), "--json"))
        raw[system.file.removesuffix(".jsonl")] = scores
        rows.append([system.name, *(scores[m]["f1"] for m in MEASURES)])
    return Table(
        "Who said what: PolNeAR dev",
        "F1 on 84 articles, raw text in, spans out. † quoted, not run here. The statements of the first annotator are "
        "gold; what the measures mean stands at the top of `score_statements.py`.",
        "python bench/predict.py predict DATA/data/polnear/dev/text bench/out/onrecord.jsonl\n"
        "python bench/score_statements.py DATA/data/polnear/dev bench/out/onrecord.jsonl\n"
        "ONRECORD_MODEL=rules python bench/predict.py predict DATA/data/polnear/dev/text bench/out/rules.jsonl\n"
        "PEERS bench/peers/dependency_rules.py predict DATA/data/polnear/dev/text bench/out/dependency_rules.jsonl\n"
        "PEERS bench/peers/textacy_quotes.py predict DATA/data/polnear/dev/text bench/out/textacy_quotes.jsonl",
        ["system", *MEASURES], rows + GIVEN, raw,
    )  # fmt: skip


def published(bench: Bench) -> Table:
    """Exact span F1 as the literature counts it; reads what `statements` predicted."""
    rows, raw = [], {}
    for system in SYSTEMS:
        labels = bench.data / "data" / "cofenet" / "valid.txt"
        printed = run("score_published.py", labels, bench.dev / "text", OUT / system.file)
        scores = {role: float(f1) for role, f1 in re.findall(r"^(\w+).*F1\s+([\d.]+)", printed, re.M)}
        raw[system.file.removesuffix(".jsonl")] = scores
        rows.append([system.name, *(scores[role] for role in ("source", "cue", "content"))])
    return Table(
        "Exact spans in the published sense",
        "F1 on the sentences of CofeNet's PolNeAR validation labels. Gold itself scores about 97. † another split, quoted.",
        "python bench/score_published.py DATA/data/cofenet/valid.txt DATA/data/polnear/dev/text bench/out/onrecord.jsonl",
        ["system", "source", "cue", "content"], rows + PUBLISHED, raw,
    )  # fmt: skip


def seed(bench: Bench) -> Table:
    """The page that started the project."""
    c = json.loads(run("seed.py", bench.data / "seed", "--json"))
    rows: list[list[object]] = [
        ["attributions found, by said_what's rule", f"{c['found']} of {c['gold']}", "≥ 22"],
        ["of those with the right speaker's name", f"{c['named']}", "≥ 20"],
        ["statements out of the menu", c["menu"], "0"],
        ["statements that match nothing in gold", c["extra"], ""],
    ]
    note = "A real page as a scraper left it, 26 attributions, 26 lines of a portal's menu ([how it is read](../docs/seed.md))."
    return Table("The seed page", note, "python bench/seed.py DATA/seed", ["", "measured", "to reach"], rows, c)


TO_REACH = {
    "speaker": "≥ 88", "speaker pronoun": "≥ 85", "speaker role": "≥ 75", "kind": "≥ 95", "said_on": "≥ 85",
    "via": "≥ 70", "disputes": "≥ 50", "context": "≥ 65, precision ≥ 85", "figures": "≥ 80",
}  # fmt: skip


def resolving(bench: Bench) -> Table:
    """Who is speaking and what stands beside it, on the judge half of our own gold."""
    given, found = (
        json.loads(run("score_resolving.py", "--data", bench.data, "--half", "judge", "--spans", spans, "--json"))
        for spans in ("gold", "found")
    )

    def shown(s: dict) -> str:
        return f"{s['right']}" if "right" in s else f"{s['f1']} (P {s['p']}, R {s['r']})"

    rows: list[list[object]] = [
        [name, round(given[name]["n"]), shown(given[name]), shown(found[name]), TO_REACH.get(name)]
        for name in given
        if given[name]["n"]
    ]
    note = (
        "The 45 judge articles of [our own gold](../docs/annotation.md) (PolNeAR dev, GUM, ECB+; 15 of them drawn for words of denial, "
        "`--drawn` scores either draw alone). *Given*: gold's source, cue and "
        "content are handed over, so that this is the room alone. *Found*: the whole pipeline from raw text, over the statements that "
        "match gold's. A figure alone is a share in percent; with P and R it is F1. What each means stands at the top of the scorer."
    )
    command = (
        "python bench/score_resolving.py --data DATA --half judge --spans gold\n"
        "python bench/score_resolving.py --data DATA --half judge --spans found"
    )
    return Table(
        "Who is speaking",
        note,
        command,
        ["", "n", "given", "found", "to reach"],
        rows,
        {"given": given, "found": found},
    )


def pronouns(bench: Bench) -> Table:
    """He and she, on somebody else's gold."""
    r = json.loads(run("gap.py", bench.data / "data" / "gap" / "gap-validation.tsv", "--tagger"))
    note = "GAP's validation pronouns (encyclopedia text), candidates not given; weights fitted on its development set."
    command = "python bench/gap.py DATA/data/gap/gap-validation.tsv --tagger"
    rows: list[list[object]] = [["**onrecord**", r["n"], r["p"], r["r"], r["f1"]], ["to reach", "", "", "", "≥ 75"]]
    return Table("Pronouns", note, command, ["", "pronouns", "precision", "recall", "F1"], rows, r)


def entities(bench: Bench) -> Table:
    """Names and what they name."""
    r = json.loads(run("score_entities.py", bench.data / "data" / "gum", "--json"))
    rows: list[list[object]] = [[name, s["n"], s["p"], s["r"], s["f1"]] for name, s in r.items()]
    rows.append(["to reach", "", "", "", "≥ 85"])
    note = (
        "GUM's official development news (two documents), raw text in: names found with their type, half of the words in "
        "common. GUM's other news trained the model."
    )
    command = "python bench/score_entities.py DATA/data/gum"
    return Table("Names", note, command, ["", "names", "precision", "recall", "F1"], rows, r)


def rooms(bench: Bench) -> Table:
    """Where the pipeline's time goes."""
    r = json.loads(run("stage_time.py", bench.dev / "text", "--json"))
    rows: list[list[object]] = [
        [room, share, "≤ 20" if room == "resolving" else ""] for room, share in r["share"].items()
    ]
    note = f"Processor seconds over {r['texts']} texts of {r['words']:,} words, one thread, medians of {r['rounds']} rounds, in percent."
    command = "python bench/stage_time.py DATA/data/polnear/dev/text"
    return Table("Time by room", note, command, ["room", "share", "to reach"], rows, r)


def confidence(bench: Bench) -> Table:
    """Whether the number on a statement means what it says."""
    path = OUT / "confidence.json"
    run("calibrate.py", bench.dev, "--json", path)
    r = json.loads(path.read_text(encoding="utf-8"))
    rows: list[list[object]] = [[f"{b['from']:.1f} and up", b["n"], b["given"], b["right"]] for b in r["table"]]
    rows.append(["**0.9 and up**", round(r["sure_share"] * r["statements"]), "≥ 0.9", f"**{r['sure_right']}**"])
    note = (
        f"Of {r['statements']} statements, the share that is right by who_said_what's rule, by the confidence given; five-fold "
        f"cross-fitted by document. {100 * r['sure_share']:.1f}% are given 0.9 or more (to reach: ≥ 30%), of which "
        f"{100 * (r['sure_right'] or 0):.1f}% are right (to reach: ≥ 88%). Brier score {r['brier']}."
    )
    command = "python bench/calibrate.py DATA/data/polnear/dev --json bench/out/confidence.json"
    return Table("Confidence", note, command, ["confidence", "statements", "given, mean", "right"], rows, r)


def speed(bench: Bench) -> Table:
    """Ours against textacy, by turns on one core."""
    r = json.loads(run("speed.py", bench.dev / "text", "--peers", bench.peers))
    rate, rounds = r["words_per_second"], r["rounds"]
    rows: list[list[object]] = [["textacy, `direct_quotations` over `nlp.pipe`", rate["textacy"], 1.0]]
    rows.append(["**onrecord**, whole pipeline from raw text", rate["onrecord"], r["ratio"]])
    rows.append(["to reach", "", "≥ 3"])
    note = (
        f"Words a second, {r['words']:,} words, one thread on one core, loading excluded, medians of {rounds} rounds taken by turns "
        f"in one run (ratio of each round: {', '.join(map(str, r['ratios']))}; of processor seconds: {r['cpu_ratio']})."
    )
    command = "python bench/speed.py DATA/data/polnear/dev/text --peers PEERS"
    return Table("Speed", note, command, ["system", "words a second", "ratio"], rows, r)


def peak(bench: Bench) -> Table:
    """What share of the machine's int8 rate the tagger's graph reaches."""
    r = json.loads(run("peak.py", "--json"))
    rows: list[list[object]] = [
        ["the graph's integer products alone (`MatMulInteger`)", r["bare"], 1.0],
        ["the same products in float32", r["float"], round(r["float"] / r["bare"], 3)],
        ["**the whole graph**, its other operators' time included", r["graph"], r["share"]],
        ["to reach", "", "≥ 0.5"],
    ]
    note = (
        "Billions of operations a second in matrix products, one core, windows of 256 pieces, medians of 25 rounds by turns. "
        "Only the products' operations are counted."
    )
    return Table("The tagger's graph", note, "python bench/peak.py", ["", "a second", "share"], rows, r)


def startup(bench: Bench) -> Table:
    """What a user waits for."""
    r = json.loads(run("startup.py"))
    s = r["seconds"]
    rows: list[list[object]] = [[name, seconds, None] for name, seconds in s.items()]
    for row in rows:
        row[2] = {"onrecord more than numpy": "≤ 0.2", "first statement": "≤ 1.5"}.get(str(row[0]))
    note = f"Seconds from the start of the process, medians of {r['runs']} runs by turns, warm disk."
    return Table("Start", note, "python bench/startup.py", ["", "seconds", "to reach"], rows, r)


def site(bench: Bench) -> Table:
    """How fast the site's pages answer on the demo record."""
    r = json.loads(run("site_speed.py", "--json"))
    rows: list[list[object]] = [[kind, k["pages"], k["median"], k["p95"]] for kind, k in r["kinds"].items()]
    rows.append(["to reach", "", "", "≤ 100"])
    note = f"`onrecord serve` over the examples: milliseconds from connection to last byte, {r['rounds']} rounds, one request at a time."
    return Table("The site", note, "python bench/site_speed.py", ["page", "pages", "median", "95%"], rows, r)


STEPS = {
    "statements": (statements, ["polnear-dev"]),
    "published": (published, ["polnear-dev", "cofenet-valid"]),
    "seed": (seed, ["seed"]),
    "resolving": (resolving, ["polnear-dev", "gum", "ecbplus"]),
    "pronouns": (pronouns, ["gap"]),
    "entities": (entities, ["gum"]),
    "checking": (checking, ["polnear-dev", "ecbplus"]),
    "sections": (sections, ["polnear-dev", "polnear-train", "gum", "ecbplus", "pages"]),
    "across": (across, ["polnear-dev", "polnear-train", "ecbplus"]),
    "compared": (compared, ["ecbplus"]),
    "joining": (joining, []),
    "confidence": (confidence, ["polnear-dev"]),
    "speed": (speed, ["polnear-dev"]),
    "rooms": (rooms, ["polnear-dev"]),
    "peak": (peak, []),
    "startup": (startup, []),
    "site": (site, []),
    "site-load": (site_load, []),
    "record": (record, []),
    "pages": (pages, ["pages"]),
    "cleaning": (cleaning, ["pages"]),
    "unseen": (unseen, ["pages"]),
    "sentences": (sentences, ["pages"]),
    "clean-speed": (clean_speed, ["polnear-dev", "pages"]),
    "archives": (archives, ["pages"]),
}
"""Each section of RESULTS.md, in its order, and the data sets it needs."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--peers", default=str(OUT / "venv-peers" / "bin" / "python"))
    parser.add_argument("--only", nargs="+", choices=list(STEPS), default=list(STEPS))
    parser.add_argument("--render", action="store_true")
    args = parser.parse_args()
    bench, have = Bench(args.data, args.peers), status(args.data)
    for name in [] if args.render else args.only:
        step, needs = STEPS[name]
        lacking = [need for need in needs if have[need] == "missing"]
        if lacking:
            print(f"{name}: left out, {', '.join(lacking)} is not in {args.data} (bench/DATA.md says how to get it)")
            continue
        print(f"{name} ...", flush=True)
        save(name, step(bench))
    print(f"wrote {write_results(list(STEPS), args.peers, args.data)}")


if __name__ == "__main__":
    main()
