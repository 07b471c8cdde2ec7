"""Repeats: pairs of statements of ECB+ judged by hand (``bench/gold/repeats``), beside a plain string measure.

    python bench/score_repeats.py --data ../shared/data

The peer is rapidfuzz's token set ratio, its threshold the best on the very pairs it is scored on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from bench.score_stories import ecbplus
from rapidfuzz.fuzz import token_set_ratio

from onrecord.comparing.likeness import Wording, likeness
from onrecord.comparing.repeats import voice

GOLD = Path(__file__).parent / "gold" / "repeats" / "pairs.jsonl"


def pairs(data: Path) -> list[tuple[bool, tuple[str, str], tuple[str, str]]]:
    """Each pair: whether it repeats, and twice the words and the speaker."""
    texts = {key: text for key, _, text in ecbplus(data / "ecbplus", 35)}
    made = []
    for line in GOLD.read_text("utf-8").splitlines():
        pair = json.loads(line)
        made.append((pair["repeats"], _said(texts, pair["first"]), _said(texts, pair["second"])))
    return made


def _said(texts: dict[str, str], one: dict) -> tuple[str, str]:
    words = " … ".join(texts[one["article"]][first:last] for first, last in one["content"])
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]
    if digest != one["digest"]:
        raise SystemExit(f"{one['article']}: the words at {one['content']} are others than those judged")
    return words, one["speaker"]


def ours(first: tuple[str, str], second: tuple[str, str]) -> bool:
    named = [voice(who) for _, who in (first, second)]
    one_speaker = named[0] == named[1] if all(named) else None
    return likeness(Wording.of(first[0]), Wording.of(second[0]), one_speaker=one_speaker, one_story=True) is not None


def f1(made: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    right, said, true = sum(a and b for a, b in made), sum(b for _, b in made), sum(a for a, _ in made)
    precision, recall = right / max(said, 1), right / true
    return 100 * precision, 100 * recall, 200 * right / (said + true)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--json", action="store_true")
    options.add_argument("--show", action="store_true", help="print what is judged wrongly")
    chosen = options.parse_args()
    gold = pairs(chosen.data)
    judged = [(same, ours(first, second)) for same, first, second in gold]
    if chosen.json:
        told = dict(zip(("p", "r", "f1"), (round(x, 1) for x in f1(judged)), strict=True))
        print(json.dumps({"n": len(gold), **told}))
        return
    print("onrecord: P {:.1f} R {:.1f} F1 {:.1f}".format(*f1(judged)), f"over {len(gold)} pairs")
    peers = [[(same, token_set_ratio(a[0], b[0]) >= least) for same, a, b in gold] for least in range(40, 100, 5)]
    print("token set ratio: P {:.1f} R {:.1f} F1 {:.1f}".format(*max(map(f1, peers), key=lambda found: found[2])))
    for (same, said), (_, first, second) in zip(judged, gold, strict=True):
        if chosen.show and same != said:
            print("missed:" if same else "wrong:", first, "|", second)


if __name__ == "__main__":
    main()
