"""How long the passes across articles take as the record grows, and how much of the time that reading takes.

    python bench/score_joining.py [--articles 1000 4000 10000] [--reading SECONDS]

Articles come from a seeded generator: events with names of their own, each reported by some outlets, with statements that
later articles repeat whole or in part. Readings are made by hand, so only the passes are timed, in processor time.
``--reading`` is what reading one article takes (``bench/speed.py`` measures it); the share is told against it.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from importlib.resources import files
from pathlib import Path

from tests.factory import reading, said

from onrecord import pipeline
from onrecord.comparing import PASSES

_SYLLABLES = "ba bel cor da dun el fa gar hol in jo kar lo mar nor ol pa quin ro sa tor ul ven wal yar zim".split()


def name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 3)))).capitalize()


def article(chance: random.Random, event: dict, common: list[str]):
    words = lambda n: " ".join(chance.choice(common) for _ in range(n))
    statements, body = [], [f"{event['place']} saw {event['what']} on Monday, {words(12)}."]
    for who, what in chance.sample(event["said"], 3):
        content = what if chance.random() < 0.6 else " ".join(what.split()[: chance.randint(6, 12)])
        body.append(f"{who} said that {content}. {words(25)}.")
        statements.append(said(content, who, "said"))
    return reading("\n\n".join([*body, words(60)]), statements)


def grown(store, count: int, chance: random.Random, common: list[str], events: list[dict], start: int) -> None:
    for number in range(start, count):
        if number % 4 == 0:
            people = [f"{name(chance)} {name(chance)}" for _ in range(4)]
            events.append({
                "place": name(chance), "what": f"{name(chance)} {chance.choice(common)} {chance.choice(common)}",
                "said": [(p, " ".join(chance.choice(common) for _ in range(16)) + f" {name(chance)}") for p in people],
            })  # fmt: skip
        store.add(article(chance, chance.choice(events[-3:]), common), seen_at="2026-11-24T10:00:00Z")


def measured(counts: list[int], seconds: float) -> list[dict]:
    """Milliseconds an article of each pass while the record grows from one count to the next, and their share."""
    common = files("onrecord.words").joinpath("frequent.txt").read_text("utf-8").split()[:6000]
    chance, events, last, made = random.Random(20261124), [], 0, []
    with tempfile.TemporaryDirectory() as folder, pipeline.open_record(str(Path(folder) / "record.db")) as store:
        for count in sorted(counts):
            grown(store, count, chance, common, events, last)
            passes = {}
            for one in (p.name for p in PASSES):
                began = time.process_time()
                for _ in pipeline.join(store, one):
                    pass
                passes[one] = 1000 * (time.process_time() - began) / (count - last)
            total = sum(passes.values())
            made.append({"from": last, "to": count, "ms": round(total, 2), "share": round(total / seconds / 10, 1),
                         "passes": {one: round(ms, 2) for one, ms in passes.items()}})  # fmt: skip
            last = count
    return made


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, nargs="+", default=[1000, 4000, 10000])
    options.add_argument("--reading", type=float, default=0.25, help="seconds that reading one article takes")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    made = measured(chosen.articles, chosen.reading)
    if chosen.json:
        print(json.dumps(made))
        return
    for row in made:
        parts = ", ".join(f"{one} {ms:.1f}" for one, ms in row["passes"].items())
        print(
            f"articles {row['from']:,} to {row['to']:,}: {row['ms']:.1f} ms an article ({parts}), {row['share']}% of reading"
        )


if __name__ == "__main__":
    main()
