"""Words a second of the whole pipeline, ours against textacy's direct_quotations, turn by turn in one run.

usage: speed.py TEXTS --peers PEERS_PYTHON [--rounds 5] [--cpu N] [--out FILE.json]

Both are loaded and warmed up before the clock starts, get one thread on the same one core, read the same files, and take
turns (ours, peer, ours, peer ...), so that whatever else the machine does falls on both. Medians of the rounds by the clock
count; the ratio of processor seconds stands beside them, since a busy machine bends the clock alone.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from worker import last_cpu, texts_of

HERE = Path(__file__).resolve().parent
LIBRARIES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "ONRECORD_THREADS")
ONE_THREAD = {**dict.fromkeys(LIBRARIES, "1"), "TOKENIZERS_PARALLELISM": "false"}


def start(python: str, script: str, texts: Path, cpu: int) -> subprocess.Popen[str]:
    """A reader in a process of its own, loaded and warm."""
    command = [python, str(HERE / script), "worker", str(texts), "--cpu", str(cpu)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env={**os.environ, **ONE_THREAD})
    assert process.stdout is not None
    if process.stdout.readline().strip() != "ready":
        raise SystemExit(f"{script} did not start: {' '.join(command)}")
    return process


def turn(process: subprocess.Popen[str]) -> dict:
    """One reading of all files, timed by the reader itself."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def measure(texts: Path, peers: str, rounds: int, cpu: int) -> dict:
    """Rounds of both, by turns."""
    words = sum(len(text.split()) for text in texts_of(texts).values())
    readers = {
        "onrecord": start(sys.executable, "predict.py", texts, cpu),
        "textacy": start(peers, "peers/textacy_quotes.py", texts, cpu),
    }
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    cpu_seconds: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, process in readers.items():
            took = turn(process)
            seconds[name].append(took["seconds"])
            cpu_seconds[name].append(took["cpu"])
    for process in readers.values():
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)
    rate = {name: round(words / statistics.median(times)) for name, times in seconds.items()}
    return {
        "words": words,
        "rounds": rounds,
        "words_per_second": rate,
        "ratio": round(rate["onrecord"] / rate["textacy"], 2),
        "ratios": [round(b / a, 2) for a, b in zip(seconds["onrecord"], seconds["textacy"], strict=True)],
        "cpu_ratio": round(statistics.median(cpu_seconds["textacy"]) / statistics.median(cpu_seconds["onrecord"]), 2),
        "seconds": {name: [round(t, 2) for t in times] for name, times in seconds.items()},
        "cpu_seconds": {name: [round(t, 2) for t in times] for name, times in cpu_seconds.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--peers", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cpu", type=int, default=last_cpu())
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    result = measure(args.texts, args.peers, args.rounds, args.cpu)
    if args.out:
        args.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
