"""The figures that the site's page About shows: rows of RESULTS.md, as data that ships in the package.

Run by every `figures.py`, so that nobody types a figure; a test holds the packaged file and RESULTS.md together.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGED = ROOT / "src" / "onrecord" / "serve" / "figures.json"
SHOWN = {
    "Who said what: PolNeAR dev": ("**onrecord**", "two annotators", "to reach"),
    "Who is speaking": ("",),
    "Names": ("",),
    "Confidence": ("",),
    "Checking a draft": ("",),
}
"""The sections, and how the rows begin that are taken of each ("": all)."""


def about_tables(results: str) -> list[dict]:
    """``title note columns rows`` of each section shown, as RESULTS.md has them; the marks of Markdown are taken off."""
    made = []
    for part in results.split("\n## ")[1:]:
        title, _, rest = part.partition("\n")
        if title not in SHOWN:
            continue
        lines = [line for line in rest.splitlines() if line.startswith("|")]
        cells = [[_plain(cell) for cell in line.strip("|").split("|")] for line in lines if "---" not in line]
        raw = [line.strip("| ") for line in lines if "---" not in line]
        kept = [row for row, text in zip(cells[1:], raw[1:], strict=True) if text.startswith(SHOWN[title])]
        note = rest.strip().split("\n\n", 1)[0]
        made.append({"title": title, "note": _plain(note), "columns": cells[0], "rows": kept})
    return made


def _plain(text: str) -> str:
    """Markdown's emphasis, code and links without their marks."""
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", re.sub(r"\*+([^*]+)\*+", r"\1", text.strip())).replace("`", "")


def write_about(results: Path) -> None:
    """Writes the packaged file from RESULTS.md."""
    told = json.dumps(about_tables(results.read_text("utf-8")), ensure_ascii=False, indent=1)
    PACKAGED.write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_about(ROOT / "bench" / "RESULTS.md")
