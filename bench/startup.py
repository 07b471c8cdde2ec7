"""How long a user waits: `import onrecord` beside `import numpy`, and the command's first statement, on a warm disk.

usage: startup.py [--runs 9] [--out FILE.json]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "nepal-budget-vote.txt"


def seconds_to_line(command: list[str]) -> float:
    """From the start of a command to its first line of output."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    seconds = time.perf_counter() - start
    process.stdout.read()
    if process.wait() or not line.strip():
        raise SystemExit(f"no output from: {' '.join(command)}")
    return seconds


def measure(runs: int) -> dict:
    """Medians after one run that warms the disk, the commands by turns."""
    commands = {
        "python": [sys.executable, "-c", "print(1)"],
        "import numpy": [sys.executable, "-c", "import numpy; print(1)"],
        "import onrecord": [sys.executable, "-c", "import onrecord; print(1)"],
        "import onrecord's names": [sys.executable, "-c", "from onrecord import Reader, clean, read; print(1)"],
        "first statement": [sys.executable, "-m", "onrecord.cli.main", "read", str(EXAMPLE), "--format", "jsonl"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            seconds = seconds_to_line(command)
            if number:
                times[name].append(seconds)
    medians = {name: round(statistics.median(values), 3) for name, values in times.items()}
    medians["onrecord more than numpy"] = round(medians["import onrecord"] - medians["import numpy"], 3)
    return {"runs": runs, "seconds": medians}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    result = measure(args.runs)
    if args.out:
        args.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
