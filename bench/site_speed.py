"""How fast the site answers on the demo record: `onrecord serve` over examples/, asked on the loopback, page by page.

usage: site_speed.py [--rounds 5] [--record FILE] [--json]

Every page of each kind is asked once to warm up (a page seen first sets its template), then --rounds times, one request at
a time. The time is what a client sees: from the connection to the last byte. --record takes a record instead of making one.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

from onrecord import pipeline
from onrecord.serve import load_sections

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
COMMAND = [sys.executable, "-m", "onrecord.cli.main"]
MOST = 40
"""Pages of one kind at most."""


def addresses(path: Path) -> dict[str, list[str]]:
    """The pages of each kind that the record has."""
    record = pipeline.open_record(str(path), create=False)
    try:
        articles = [quote(a["id"], safe=":") for a in record.articles(limit=MOST)]
        said = [s["uid"] for s in record.statements(limit=MOST)]
        people = [quote(p["key"], safe="") for p in record.speakers(limit=MOST)]
    finally:
        record.close()
    words = ["minister", "said", "court OR dam", '"on Tuesday"', "min*", "nothing-of-this"]
    return {
        "front page": ["/"],
        "section": [s.href for s in load_sections() if not s.page],
        "article": [f"/article/{a}" for a in articles],
        "article, as found": [f"/article/{a}?view=found" for a in articles],
        "statement": [f"/statement/{s}" for s in said],
        "speaker": ["/speakers", *(f"/speaker/{p}" for p in people)],
        "search": [f"/search?q={quote(w)}" for w in words],
        "collections, offers, app, about": ["/collections", "/offers", "/app", "/about"],
        "JSON": [*(f"/api/v1/articles/{a}" for a in articles), "/api/v1/statements", "/api/v1/search?q=minister"],
    }


def milliseconds(host: str, address: str) -> float:
    """One request on a connection of its own; anything but an answer of 200 ends the run."""
    began = time.perf_counter()
    connection = HTTPConnection(host, timeout=60)
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{address} answers {answer.status}; 200 was expected")
    return (time.perf_counter() - began) * 1000


def start(path: Path) -> tuple[subprocess.Popen, str]:
    """The site in a process of its own, and its host and port as it prints them."""
    command = [*COMMAND, "serve", "--record", str(path), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        for word in line.split():
            if word.startswith("http://"):
                return process, urlsplit(word).netloc
    raise SystemExit(f"`onrecord serve` ended with {process.wait()} and told no address")


def measure(path: Path, rounds: int) -> dict:
    """Median and 95th percentile of each kind, in milliseconds."""
    kinds = addresses(path)
    process, host = start(path)
    try:
        for address in (a for pages in kinds.values() for a in pages):
            milliseconds(host, address)
        times: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(rounds):
            for kind, pages in kinds.items():
                times[kind] += [milliseconds(host, address) for address in pages]
    finally:
        process.terminate()
        process.wait(20)
    return {"rounds": rounds, "kinds": {kind: summed(len(kinds[kind]), values) for kind, values in times.items()}}


def summed(pages: int, values: list[float]) -> dict:
    """A kind's line: how many pages, and how long they take."""
    p95 = sorted(values)[math.ceil(0.95 * len(values)) - 1]  # the nearest rank: defined for a single value too
    return {"pages": pages, "median": round(statistics.median(values), 1), "p95": round(p95, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.record or Path(folder) / "demo.db"
        if not args.record:
            subprocess.run(
                [*COMMAND, "add", str(EXAMPLES), "--record", str(path)], check=True, stdout=subprocess.DEVNULL
            )
        result = measure(path, args.rounds)
    if args.json:
        print(json.dumps(result))
        return
    for kind, row in result["kinds"].items():
        print(f"{kind:32} {row['pages']:3} pages  median {row['median']:6.1f} ms  95% {row['p95']:6.1f} ms")


if __name__ == "__main__":
    main()
