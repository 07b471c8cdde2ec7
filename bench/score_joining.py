"""How long the passes across articles take as the record grows, and how much of the time that reading takes.

    python bench/score_joining.py [--articles 1000 4000 10000] [--reading SECONDS]

Articles come from a seeded generator: events with names of their own, each reported by some outlets, with statements that
later articles repeat whole or in part, a dozen names that many articles have (a few of them most, as capitals and
presidents are), one name in three borne by several, and a figure that outlets report differently. Readings are made by hand, so only the passes are timed, in processor time.
``--reading`` is what reading one article takes (``bench/speed.py`` measures it); the share is told against it.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from tests.factory import reading, said, span

from onrecord import pipeline
from onrecord.comparing import PASSES
from onrecord.types import Entity, Figure

_SYLLABLES = "ba bel cor da dun el fa gar hol in jo kar lo mar nor ol pa quin ro sa tor ul ven wal yar zim".split()


def name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 3)))).capitalize()


def stock(chance: random.Random, count: int = 3000) -> list[tuple[str, str]]:
    """Names that articles share, those that come first the commonest, each with its type."""
    families = [name(chance) for _ in range(count // 3)]
    types = [chance.choice(("person", "person", "organization", "place")) for _ in range(count)]
    return [
        (f"{name(chance)} {chance.choice(families)}" if kind != "place" else name(chance) + name(chance).lower(), kind)
        for kind in types
    ]


def article(chance: random.Random, event: dict, common: list[str], names: list[tuple[str, str]]):
    words = lambda n: " ".join(chance.choice(common) for _ in range(n))
    hurt = f"{chance.choice(event['hurt'])} people were injured"
    statements, body = [], [f"{event['place']} saw {event['what']} on Monday, {words(12)}, and {hurt}."]
    for who, what in chance.sample(event["said"], 3):
        content = what if chance.random() < 0.6 else " ".join(what.split()[: chance.randint(6, 12)])
        body.append(f"{who} said that {content}. {words(25)}.")
        statements.append(said(content, who, "said"))
    named = dict(names[min(len(names) - 1, int(chance.paretovariate(0.6)) - 1)] for _ in range(12))
    body += [f"{words(9)} {one} {words(9)}." for one in named]
    made = reading("\n\n".join([*body, words(200)]), statements)
    text = made.clean.text
    beside = [
        Entity(f"n{n}", one, kind, (span(text, one),), speaks=False) for n, (one, kind) in enumerate(named.items())
    ]
    counted = Figure(span(text, hurt), "=", float(hurt.split(maxsplit=1)[0]), unit="people", of="injured")
    entities = (*made.resolved.entities, *beside)
    return replace(made, resolved=replace(made.resolved, entities=entities, figures=(counted,)))


def grown(
    store, count: int, chance: random.Random, common: list[str], events: list[dict], start: int,
    names: list[tuple[str, str]],
) -> None:  # fmt: skip
    for number in range(start, count):
        if number % 4 == 0:
            people = [f"{name(chance)} {name(chance)}" for _ in range(4)]
            events.append({
                "place": name(chance), "hurt": [n := chance.randint(3, 60), n, n + 2],
                "what": f"{name(chance)} {chance.choice(common)} {chance.choice(common)}",
                "said": [(p, " ".join(chance.choice(common) for _ in range(16)) + f" {name(chance)}") for p in people],
            })  # fmt: skip
        store.add(article(chance, chance.choice(events[-3:]), common, names), seen_at="2026-11-24T10:00:00Z")


def measured(counts: list[int], seconds: float) -> list[dict]:
    """Milliseconds an article of each pass while the record grows from one count to the next, and their share."""
    common = files("onrecord.words").joinpath("frequent.txt").read_text("utf-8").split()[:6000]
    chance, events, last, made = random.Random(20261124), [], 0, []
    names = stock(chance)
    with tempfile.TemporaryDirectory() as folder, pipeline.open_record(str(Path(folder) / "record.db")) as store:
        for count in sorted(counts):
            grown(store, count, chance, common, events, last, names)
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
    options.add_argument("--reading", type=float, default=0.3, help="seconds that reading one article takes")
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
