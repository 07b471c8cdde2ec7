"""An honest estimate of cleaning on pages its nets have not seen, where every page was used for training.

usage: crossfit.py DATA CASES.jsonl OUT_FOLDER [--folds 5] [--json FILE]

The pages are dealt into folds. For each fold the small nets and the table of words are trained anew on the other folds
(training/train_lines.py --leave-out), and clean the cases of the pages left out. The rules stay as they are: whoever
wrote them had seen all these pages, so what this takes away is what the nets remember, not what the rules owe to them.
Trained nets are kept in OUT_FOLDER and used again until the code that trains them, or makes what they are told, changes;
with nothing else on the machine a fold takes about two minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from clean_measures import english_dev, measured
from clean_predict import predict
from corpora import ROOT
from onrecord.cleaning import network

MADE_BY = (
    "training/train_lines.py", "training/line_cases.py", "training/small_nets.py", "bench/make_dirty.py",
    *(f"src/onrecord/cleaning/{name}.py" for name in ("breaks", "stops", "seams", "characters", "joints", "units", "codes")),
)  # fmt: skip
"""What a fold's nets depend on."""


def code_digest() -> str:
    """Changes when nets trained before are not those that would be trained now."""
    found = hashlib.sha256()
    for name in MADE_BY:
        found.update((ROOT / name).read_bytes())
    return found.hexdigest()


def train(data: Path, out: Path, part: int, parts: int) -> Path:
    """The folder with the nets of a fold, trained if they are not there or old; its left-out pages stand in it too."""
    folder = out / f"fold{part}of{parts}"
    stamp, now = folder / "made_by.txt", code_digest()
    if stamp.exists() and stamp.read_text() == now:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "training.train_lines", str(data / "data" / "aeb"), "--bench", str(ROOT / "bench"),
               "--out", str(folder), "--leave-out", f"{part}/{parts}"]  # fmt: skip
    prose = data / "data" / "polnear" / "train" / "text"
    if prose.exists():
        command += ["--prose", str(prose)]
    env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=env, check=False)
    if done.returncode:
        raise SystemExit(f"training fold {part} of {parts} failed with status {done.returncode}")
    (folder / "left_out.json").write_text(json.dumps(json.loads(done.stdout.splitlines()[0])["left out"]))
    stamp.write_text(now)
    return folder


def write_predictions(cases: list[dict], folders: list[Path], out: Path, keep: bool) -> None:
    """Each case cleaned by the nets that have not seen its page."""
    with out.open("w", encoding="utf-8") as file:
        for folder in folders:
            network.use_folder(folder)
            unseen = set(json.loads((folder / "left_out.json").read_text()))
            for case in cases:
                if case["page"] in unseen:
                    file.write(json.dumps(predict(case, keep)) + "\n")
    network.use_folder(None)


def crossfit(data: Path, cases_file: Path, out: Path, folds: int) -> dict:
    """The measures of both ways to clean, furniture removed and kept."""
    cases = english_dev(cases_file)
    folders = []
    for part in range(folds):
        print(f"fold {part + 1} of {folds} ...", file=sys.stderr, flush=True)
        folders.append(train(data, out, part, folds))
    found = {}
    for name, keep in (("removed", False), ("kept", True)):
        path = out / f"furniture-{name}.jsonl"
        write_predictions(cases, folders, path, keep)
        found[name] = measured(cases, path)
    return {"folds": folds, **found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("cases", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    result = crossfit(args.data, args.cases, args.out, args.folds)
    if args.json:
        args.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    for name in ("removed", "kept"):
        print(f"furniture {name}, {result[name]['cases']} cases of {result[name]['pages']} pages")
        for measure, figure in result[name]["measures"].items():
            print(f"  {measure:13s} {figure}")


if __name__ == "__main__":
    main()
