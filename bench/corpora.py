"""Where each data set lies and what it must be: the digests that DATA.md shows and the gate checks.

usage: corpora.py [--data FOLDER] [--write]      prints each set's digest; says which differ from digests.json
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = HERE / "out"
DIGESTS = HERE / "digests.json"

SETS = {
    "polnear-dev": ["data/polnear/dev/text/*.txt", "data/polnear/dev/attributions/*.ann"],
    "polnear-train": ["data/polnear/train/text/*.txt"],
    "cofenet-valid": ["data/cofenet/valid.txt"],
    "seed": ["seed/putin-press-conference.txt", "seed/gold.json"],
    "gum": ["data/gum/conllu/*.conllu"],
    "ecbplus": ["data/ecbplus/ECB+/*.xml"],
    "gap": ["data/gap/gap-development.tsv", "data/gap/gap-validation.tsv"],
    "pages": ["data/aeb/ground-truth.json", "data/aeb/html/*.html.gz"],
}
"""Each set's files, under the data folder."""


def files_of(data: Path, name: str) -> list[Path]:
    """The files of a set, in a fixed order; empty where it is not there."""
    return sorted(path for pattern in SETS[name] for path in data.glob(pattern))


def digest(paths: Iterable[Path], base: Path) -> str:
    """sha256 over each file's path below the data folder and its own sha256."""
    whole = hashlib.sha256()
    for path in paths:
        inner = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{inner}  {path.relative_to(base).as_posix()}\n".encode())
    return whole.hexdigest()


def status(data: Path) -> dict[str, str]:
    """For each set ``as expected``, ``differs`` or ``missing``."""
    known = json.loads(DIGESTS.read_text(encoding="utf-8")) if DIGESTS.exists() else {}
    found = {}
    for name in SETS:
        files = files_of(data, name)
        same = known.get(name) == {"files": len(files), "sha256": digest(files, data)}
        found[name] = "missing" if not files else "as expected" if same else "differs"
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true", help="take what is there as what is expected")
    args = parser.parse_args()
    if args.write:
        sets = {name: files_of(args.data, name) for name in SETS}
        made = {name: {"files": len(f), "sha256": digest(f, args.data)} for name, f in sets.items()}
        DIGESTS.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    for name, state in status(args.data).items():
        files = files_of(args.data, name)
        print(f"{name:14s} {len(files):4d} files  {digest(files, args.data)}  {state}")


if __name__ == "__main__":
    main()
