"""How long the passes across articles take as the record grows, and how much of the time that reading takes.

    python bench/score_joining.py [--articles 1000 4000 10000] [--reading SECONDS]

Articles come from a seeded generator: events with names of their own, each reported by some outlets, with statements that
later articles repeat whole or in part. Readings are made by hand, so only the passes are timed, in processor time.
``--reading`` is what reading one article takes (``bench/speed.py`` measures it); the share is told against it.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from tests.factory import reading, said

from onrecord import pipeline

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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, nargs="+", default=[1000, 4000, 10000])
    options.add_argument("--reading", type=float, default=0.25, help="seconds that reading one article takes")
    chosen = options.parse_args()
    from importlib.resources import files

    common = files("onrecord.words").joinpath("frequent.txt").read_text("utf-8").split()[:6000]
    chance, events, last = random.Random(20261124), [], 0
    with tempfile.TemporaryDirectory() as folder, pipeline.open_record(str(Path(folder) / "record.db")) as store:
        for count in sorted(chosen.articles):
            grown(store, count, chance, common, events, last)
            told = []
            for one in ("stories", "entities", "repeats"):
                began = time.process_time()
                for _ in pipeline.join(store, one):
                    pass
                told.append((one, 1000 * (time.process_time() - began) / (count - last)))
            total = sum(ms for _, ms in told)
            parts = ", ".join(f"{one} {ms:.1f}" for one, ms in told)
            print(
                f"articles {last:,} to {count:,}: {total:.1f} ms an article ({parts}), {total / chosen.reading / 10:.0f}% of reading"
            )
            last = count


if __name__ == "__main__":
    main()
