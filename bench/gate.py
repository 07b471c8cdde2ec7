"""Quality has a floor: measures a fixed sample and fails below what bench/floors.json pins (make bench-gate).

usage: gate.py [--data FOLDER] [--write] [--lower]

The sample is chosen by digest, not by hand: the 24 development articles whose names have the smallest sha256, the seed
page, and the dirty cases of six pages. floors.json names the digest of what is measured; another corpus is refused.
--write raises floors to what is measured now, less a margin for other processors; --lower is needed to lower one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import clean_predict
import seed
from corpora import OUT, ROOT, digest, files_of
from predict import load
from score_clean import score_case, summary
from score_statements import read_brat, score
from tables import run

FLOORS = Path(__file__).resolve().parent / "floors.json"
DOCUMENTS = 24
PAGES = 6
MARGIN = {"statements": 1.0, "seed": 1, "cleaning": 0.01}
"""How far below the measured figure a floor is set: int8 arithmetic differs a little between processors."""


def smallest(names: list[str], count: int) -> list[str]:
    """A sample that nobody chose."""
    return sorted(sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:count])


def statement_figures(data: Path) -> dict[str, float]:
    """F1 on the sample of PolNeAR dev."""
    gold = read_brat(str(data / "data" / "polnear" / "dev"))
    sample = smallest(list(gold), DOCUMENTS)
    found = load()([gold[name]["text"] for name in sample])
    pred = {name: {"statements": s} for name, s in zip(sample, found, strict=True)}
    return {name: s["f1"] for name, s in score({name: gold[name] for name in sample}, pred).items()}


def seed_figures(data: Path) -> dict[str, float]:
    """The seed page's counts; none out of the menu is a floor, too."""
    counts = seed.score_folder(data / "seed")
    return {"found": counts["found"], "named": counts["named"], "no_menu": -counts["menu"]}


def cleaning_figures(data: Path) -> dict[str, float]:
    """The cleaner on all dirty cases of a few pages."""
    path = OUT / "dirty.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    run("make_dirty.py", data / "data" / "aeb", path)
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pages = smallest(sorted({case["page"] for case in cases if case["lang"] == "en"}), PAGES)
    row = summary([score_case(case, clean_predict.predict(case, False)) for case in cases if case["page"] in pages])
    return {
        "furniture": round(row["furniture"]["f1"], 3), "retained": round(row["retained"], 3),
        "paragraph": round(row["paragraph"]["f1"], 3), "sentence": round(row["sentence"]["f1"], 3),
    }  # fmt: skip


GROUPS = {
    "statements": (statement_figures, "polnear-dev"),
    "seed": (seed_figures, "seed"),
    "cleaning": (cleaning_figures, "pages"),
}


def corpus_digest(data: Path) -> str:
    """One digest for everything the gate reads."""
    return digest([path for _, name in GROUPS.values() for path in files_of(data, name)], data)


def measure(data: Path) -> dict[str, dict[str, float]]:
    """Every figure of the gate."""
    return {name: figures(data) for name, (figures, _) in GROUPS.items()}


def compare(measured: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """Prints each figure beside its floor; gives the faults."""
    faults = []
    for group, figures in measured.items():
        for name, value in figures.items():
            floor = floors.get(group, {}).get(name)
            print(f"{group:11s} {name:15s} {value:8.3f}   floor {'none' if floor is None else f'{floor:.3f}'}")
            if floor is not None and value < floor:
                faults.append(f"{group}: {name} is {value}, its floor is {floor}")
    pinned = {(group, name) for group, figures in floors.items() for name in figures}
    there = {(group, name) for group, figures in measured.items() for name in figures}
    return faults + [f"{group}: {name} has a floor and was not measured" for group, name in sorted(pinned - there)]


def raised(measured: dict[str, dict[str, float]], floors: dict[str, dict[str, float]], lower: bool) -> dict:
    """New floors: what is measured less the margin, never under an old one unless that is asked for."""
    new: dict[str, dict[str, float]] = {}
    for group, figures in measured.items():
        for name, value in figures.items():
            wanted = value if name == "no_menu" else round(value - MARGIN[group], 3)
            old = floors.get(group, {}).get(name, wanted)
            new.setdefault(group, {})[name] = wanted if lower else max(wanted, old)
    return new


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--lower", action="store_true")
    args = parser.parse_args()
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}}
    lacking = [name for _, name in GROUPS.values() if not files_of(args.data, name)]
    if lacking:
        sys.exit(f"gate: {', '.join(lacking)} is not in {args.data}; bench/DATA.md says how to get it")
    corpus = corpus_digest(args.data)
    if pinned.get("corpus", corpus) != corpus and not args.lower:
        sys.exit(
            "gate: this is not the corpus the floors were measured on (see bench/DATA.md); --write --lower pins it anew"
        )
    measured = measure(args.data)
    faults = compare(measured, pinned["floors"])
    if args.write:
        floors = raised(measured, pinned["floors"], args.lower)
        FLOORS.write_text(json.dumps({"corpus": corpus, "floors": floors}, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {FLOORS}")
    elif faults:
        sys.exit("gate: below the floor\n  " + "\n  ".join(faults))
    else:
        print("gate: every figure is at its floor or above")


if __name__ == "__main__":
    main()
