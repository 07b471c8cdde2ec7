"""What every reader under measurement shares: how it is fed, how it is timed, how its statements are written.

A reader is a function from a list of texts to one list of statements a text, each ``{"source", "cue", "content"}`` with
lists of ``[start, end]`` into that text. Two ways to run one, the same for ours and the peers:

    predict FOLDER OUT.jsonl     one JSON line a file, for the scorers
    worker FOLDER [--cpu N]      loads, warms up, prints "ready"; then for each line of standard input reads all files
                                 once and prints the seconds it took, so that two readers can be timed turn by turn

Standard library only: the peers' environment imports this too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

Statement = dict[str, list[list[int]]]
Reader = Callable[[list[str]], list[list[Statement]]]

WARM_UP = 3
"""Files read before the clock starts."""


def texts_of(folder: Path, limit: int = 0) -> dict[str, str]:
    """The raw texts of a folder's .txt files by file stem, line ends as they are."""
    paths = sorted(folder.glob("*.txt"))[: limit or None]
    if not paths:
        raise SystemExit(f"no .txt files in {folder}; bench/DATA.md says where the data goes")
    return {path.stem: path.read_bytes().decode("utf-8") for path in paths}


def write_predictions(texts: dict[str, str], found: list[list[Statement]], out: Path) -> None:
    """One line a document, in the scorers' form."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8") as file:
        for key, statements in zip(texts, found, strict=True):
            file.write(json.dumps({"key": key, "statements": statements}) + "\n")


def pin(cpu: int | None) -> None:
    """Keeps this process on one core, where the system can."""
    if cpu is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {cpu})


def last_cpu() -> int:
    """A core this process may use."""
    return max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0


def serve_clock(read: Reader, texts: list[str]) -> None:
    """Times one reading of all texts for every line that comes in."""
    read(texts[:WARM_UP])
    print("ready", flush=True)
    for _ in sys.stdin:
        start, worked = time.perf_counter(), time.process_time()
        found = read(texts)
        took = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - worked}
        print(json.dumps(took | {"statements": sum(map(len, found))}), flush=True)


def main(load: Callable[[], Reader]) -> None:
    """The command line of a reader."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["predict", "worker"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--cpu", type=int)
    parser.add_argument("--limit", type=int, default=0, help="the first N files only")
    args = parser.parse_args()
    pin(args.cpu)
    texts = texts_of(args.folder, args.limit)
    if args.mode == "worker":
        serve_clock(load(), list(texts.values()))
    elif args.out is None:
        parser.error("predict needs an output file")
    else:
        write_predictions(texts, load()(list(texts.values())), args.out)
