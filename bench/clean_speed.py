"""How fast plain text is cleaned, pinned to one core, and whether a long text costs more a character than a short one.

usage: clean_speed.py DATA [--sizes 1 10 50] [--cpu N] [--json]

Three texts: news paragraphs a line each (the PolNeAR development texts, over and over, until there are so many
megabytes), the dirty pages of make_dirty.py one by one as they come, and HTML pages are in score_html.py. Processor
seconds count, since other work on the machine bends the clock; the clock's stand beside them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from corpora import OUT
from onrecord.cleaning import repair
from onrecord.types import Article
from worker import last_cpu, pin, texts_of

MEGA = 1_000_000


def clean(text: str) -> None:
    """One text cleaned, as the command does it."""
    repair(Article(id="sha256:" + "0" * 64, key="bench", origin="bench", raw=text))


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the processor and by the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock


def row(name: str, size: int, work: Callable[[], None]) -> dict[str, object]:
    """One line of figures."""
    cpu, clock = timed(work)
    return {
        "name": name, "megabytes": round(size / MEGA, 2), "cpu": round(cpu, 2), "clock": round(clock, 2),
        "rate": round(size / MEGA / cpu, 3), "clock_rate": round(size / MEGA / clock, 3),
    }  # fmt: skip


def grown(texts: list[str], size: int) -> str:
    """The texts again and again, a line each paragraph, until there are so many characters."""
    once = "\n".join(line for text in texts for line in text.splitlines() if line.strip())
    return (once * (size // len(once) + 1))[:size]


def measure(data: Path, sizes: list[int]) -> list[dict[str, object]]:
    """Every line of figures."""
    texts = list(texts_of(data / "data" / "polnear" / "dev" / "text").values())
    clean(texts[0])
    rows = []
    rows.append(row("news articles, one by one", sum(map(len, texts)), lambda: [clean(t) for t in texts] and None))
    dirty = OUT / "dirty.jsonl"
    if dirty.exists():
        pages = [json.loads(line)["text"] for line in dirty.read_text(encoding="utf-8").splitlines()]
        rows.append(row("dirty pages, one by one", sum(map(len, pages)), lambda: [clean(t) for t in pages] and None))
    for size in sizes:
        text = grown(texts, size * MEGA)
        rows.append(row(f"one text of {size} MB", len(text), lambda text=text: clean(text)))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1, 10, 50])
    parser.add_argument("--cpu", type=int, default=last_cpu())
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    pin(args.cpu)
    for made in measure(args.data, args.sizes):
        print(json.dumps(made) if args.json else "  ".join(f"{k} {v}" for k, v in made.items()), flush=True)


if __name__ == "__main__":
    main()
