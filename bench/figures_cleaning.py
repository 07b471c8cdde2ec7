"""The sections of bench/RESULTS.md on cleaning: HTML pages, dirty text, unseen pages, peers, speed."""

from __future__ import annotations

import json
from functools import cache

from chart import Bar, chart, write_chart
from clean_measures import MEASURES, english_dev, measured
from corpora import OUT
from tables import Bench, Table, run

CASES, REMOVED, KEPT = OUT / "dirty.jsonl", OUT / "dirty-cleaned.jsonl", OUT / "dirty-kept.jsonl"
STYLES = ("glue", "lines", "plist", "synth", "all")
SPLITTERS = ("sentencex", "syntok", "pysbd", "blingfire", "spacy-sentencizer")
EXTRACTORS = ("readability", "resiliparse", "newspaper", "goose")
TO_REACH = {"furniture F1": "≥ 0.930", "retained": "≥ 0.980", "paragraph F1": "≥ 0.880", "sentence F1": "≥ 0.945",
            "glued found": "≥ 0.900", "false splits": "≤ 15"}  # fmt: skip
MAKE = "python bench/make_dirty.py DATA/data/aeb bench/out/dirty.jsonl\n"


@cache
def make_cases(bench: Bench) -> list[dict]:
    """The dirty cases, made anew; the English dev ones of them."""
    OUT.mkdir(parents=True, exist_ok=True)
    run("make_dirty.py", bench.data / "data" / "aeb", CASES)
    return english_dev(CASES)


def cleaning(bench: Bench) -> Table:
    """The cleaner as it ships, over real pages flattened in four dirty ways."""
    cases = make_cases(bench)
    run("clean_predict.py", CASES, REMOVED)
    found = {style: measured([c for c in cases if style in ("all", c["style"])], REMOVED) for style in STYLES}
    rows = [[style, m["cases"], *(str(m["measures"][name]) for name in MEASURES)] for style, m in found.items()]
    rows.append(["to reach", "", *TO_REACH.values()])
    return Table(
        "Cleaning dirty pages",
        "English pages of the article-extraction-benchmark, each flattened in up to four ways, furniture removed. The small nets "
        "were trained on these very pages: **the next table is the honest one**. In brackets: 95% of 1,000 bootstrap draws over "
        f"{found['all']['pages']} pages. `false splits` are for 1,000 sentences.",
        MAKE + "python bench/clean_predict.py bench/out/dirty.jsonl bench/out/dirty-cleaned.jsonl\n"
        "python bench/score_clean.py bench/out/dirty.jsonl bench/out/dirty-cleaned.jsonl --split dev",
        ["cases", "n", *MEASURES], rows, found,
    )  # fmt: skip


def unseen(bench: Bench) -> Table:
    """The same, each page cleaned by nets that have not seen it."""
    make_cases(bench)
    out = OUT / "crossfit.json"
    run("crossfit.py", bench.data, CASES, OUT / "crossfit", "--json", out)
    r = json.loads(out.read_text(encoding="utf-8"))
    counts, removed, kept = r["removed"]["counts"], r["removed"]["measures"], r["kept"]["measures"]["sentence F1"]
    n = {"furniture F1": f"{counts['characters']:,} characters", "retained": f"{counts['art_characters']:,} characters",
         "paragraph F1": f"{counts['paragraphs']:,} ends", "sentence F1": f"{counts['sents']:,} ends",
         "glued found": f"{counts['glued']:,} ends", "false splits": f"{counts['sents']:,} sentences"}  # fmt: skip
    rows: list[list[object]] = [[name, n[name], *spread(removed[name]), TO_REACH[name]] for name in MEASURES]
    rows.insert(
        4, ["sentence F1, `--keep-furniture`", f"{r['kept']['counts']['sents']:,} ends", *spread(kept), "≥ 0.965"]
    )
    note = (
        f"What to expect on a page from elsewhere: {r['folds']}-fold cross-fitted by page over the {r['removed']['pages']} English "
        f"pages ({r['removed']['cases']} cases). For each fold the small nets and the table of words were trained without it. "
        "The rules were not: they were written by people who had read these pages, some of them from the errors that an "
        "earlier state of this very table held, so **pages that nobody has read may do worse than this**. The nets that ship "
        "have seen a quarter more pages than each fold's."
    )
    command = MAKE + "python bench/crossfit.py DATA bench/out/dirty.jsonl bench/out/crossfit"
    return Table(
        "Cleaning pages not seen in training",
        note,
        command,
        ["measure", "n", "measured", "95% interval", "to reach"],
        rows,
        r,
    )


def spread(figure: dict) -> list[object]:
    """Value and interval as two cells."""
    digits = 1 if figure["value"] > 1 else 3
    return [f"{figure['value']:.{digits}f}", f"{figure['low']:.{digits}f} to {figure['high']:.{digits}f}"]


def sentences(bench: Bench) -> Table:
    """Sentence ends of dirty text, ours with furniture kept beside plain splitters."""
    cases = make_cases(bench)
    printed = run("clean_predict.py", CASES, KEPT, "--keep-furniture")
    path = OUT / "crossfit" / "furniture-kept.jsonl"
    found = {"**onrecord**, nets that saw these pages": measured(cases, KEPT)}
    if path.exists():
        found["**onrecord**, nets that did not"] = measured(cases, path)
    print(printed.strip())
    for name in SPLITTERS:
        ways = []
        for flags in ([], ["--lines"]):
            out = OUT / f"sentences-{name}{''.join(flags)}.jsonl"
            told = json.loads(run("peers/sentences.py", name, CASES, out, *flags, python=bench.peers))
            label = f"{name}, {'by line' if flags else 'text as it is'}"
            label += f" ({told['given_up']} of {told['texts']} texts given up)" if told["given_up"] else ""
            ways.append(({**measured(cases, out), **told}, label))
        best, label = max(ways, key=lambda way: way[0]["measures"]["sentence F1"]["value"])
        found[label] = best
    measures = ("sentence F1", "glued found", "false splits")
    rows: list[list[object]] = [[name, *(str(m["measures"][k]) for k in measures)] for name, m in found.items()]
    bars = [bar(name.replace("*", ""), m["measures"]["sentence F1"], "onrecord" in name) for name, m in found.items()]
    picture = write_chart("sentences", chart("Sentence ends of dirty text, F1", bars, 0.7, 1.0, 0.965))
    note = (
        "English dev cases, furniture kept, ends inside the article counted. Each peer is asked twice, with the text as it is "
        "and line by line, and the better way stands here; a text that takes one more than 20 processor seconds counts as one "
        "sentence. In brackets: 95% of 1,000 bootstrap draws over pages."
    )
    command = (
        MAKE + "python bench/clean_predict.py bench/out/dirty.jsonl bench/out/dirty-kept.jsonl --keep-furniture\n"
        "PEERS bench/peers/sentences.py sentencex bench/out/dirty.jsonl bench/out/sentences-sentencex.jsonl\n"
        "python bench/score_clean.py bench/out/dirty.jsonl bench/out/dirty-kept.jsonl --split dev"
    )
    return Table("Sentence ends beside other splitters", note, command, ["system", *measures], rows, found, picture)


def bar(name: str, figure: dict, ours: bool) -> Bar:
    """A figure as a bar."""
    return Bar(name, figure["value"], ours, (figure["low"], figure["high"]))


def pages(bench: Bench) -> Table:
    """What intake alone takes for the article of an HTML page, beside other extractors."""
    base = ["score_html.py", "--pages", bench.data / "data" / "aeb", "--split", "dev", "--json"]
    printed = run(*base)
    asked = [part for name in EXTRACTORS for part in ("--peer", name)]
    printed += run(*base, *asked, python=bench.peers)
    made = [json.loads(line) for line in printed.splitlines()]
    if missing := {"onrecord", *EXTRACTORS} - {row["name"] for row in made}:
        raise SystemExit(
            f"the table of pages must have every peer; {sorted(missing)} gave no line: bench/DATA.md says how to install"
        )
    for row in made:
        row["shown"] = f"{row['f1']:.4f} [{row['interval'][0]:.3f}, {row['interval'][1]:.3f}]"
    measures = ("shown", "precision", "recall", "pages_per_second", "by_clock")
    rows: list[list[object]] = [[row["name"], row["pages"], *(row[m] for m in measures)] for row in made]
    rows.append(["to reach", "", "≥ 0.975", "", "", "≥ 15", ""])
    bars = [Bar(row["name"], row["f1"], row["name"] == "onrecord", tuple(row["interval"])) for row in made]
    picture = write_chart("pages", chart("The article in an HTML page, F1", bars, 0.7, 1.0, 0.975))
    command = (
        "python bench/score_html.py --pages DATA/data/aeb --split dev\n"
        "PEERS bench/score_html.py --pages DATA/data/aeb --split dev " + " ".join(f"--peer {n}" for n in EXTRACTORS)
    )
    note = (
        "Dev pages of the article-extraction-benchmark, its measure (shingles of four words), 95% bootstrap interval over "
        "pages; cleaning comes after this. Speed on one core, by processor seconds and by the clock. onrecord's time holds "
        "trafilatura's: it asks it, then judges each block."
    )
    columns = ["system", "pages", "F1", "precision", "recall", "pages a second", "by the clock"]
    return Table(
        "The article in an HTML page", note, command, columns, rows, {row["name"]: row for row in made}, picture
    )


def clean_speed(bench: Bench) -> Table:
    """Megabytes a second of plain text."""
    if not CASES.exists():
        make_cases(bench)
    printed = run("clean_speed.py", bench.data, "--json")
    made = [json.loads(line) for line in printed.splitlines()]
    rows: list[list[object]] = [[r["name"], r["megabytes"], r["cpu"], r["rate"], r["clock_rate"]] for r in made]
    rows.append(["to reach", "", "", "≥ 1", ""])
    note = (
        "Megabytes (million characters) of plain text on one core. The one long text is news paragraphs, a line each, so it "
        "goes through the nets; what it takes a character must not grow with its length."
    )
    columns = ["text", "MB", "processor seconds", "MB a second", "by the clock"]
    return Table(
        "Speed of cleaning", note, "python bench/clean_speed.py DATA", columns, rows, {r["name"]: r for r in made}
    )
