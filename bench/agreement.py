"""How far two annotators of bench/gold agree: the second scored against the first, as a system would be.

usage: agreement.py [--first a] [--second b] [--half tune|judge] [--drawn evenly|denials] [--differences] [--json]

--differences prints every one, for settling; F1 of statements counts GUM and ECB+ alone, since PolNeAR's are given.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from corpora import ROOT
from gold_texts import text_of
from score_resolving import Note, Tally, gold_of, score_article, speaker_right, summary


def as_reading(gold: dict, first: dict) -> dict:
    """An annotation in the shape of a reading; where one of its allowed speakers is right, that one speaks."""
    made = []
    for s in gold["statements"]:
        beside = [{**c, "span": [c["span"]]} for c in s["context"]]
        made.append({**s, "context": beside, "why": s["source_type"]})
    return {"statements": made, "figures": gold["figures"], "first": first["key"]}


def choose_names(first: dict, second: dict) -> None:
    """Both may allow several speakers: they agree when any pair does."""
    for g in first["statements"]:
        for m in second["statements"]:
            if m["content"] == g["content"] and m["cue"] == g["cue"]:
                m["speaker"] = next((n for n in (m["speaker"], *m["also"]) if speaker_right(n, g)), m["speaker"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--first", default="a")
    parser.add_argument("--second", default="b")
    parser.add_argument("--half", choices=["tune", "judge"])
    parser.add_argument("--drawn", choices=["evenly", "denials"])
    parser.add_argument("--differences", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    tally: Tally = defaultdict(Counter)
    second = {a.key: gold for a, gold in gold_of(args.second, args.half, args.drawn)}
    free: Counter[str] = Counter()
    for article, first in gold_of(args.first, args.half, args.drawn):
        if article.key not in second:
            continue
        other = second[article.key]
        choose_names(first, other)
        note: Note = (
            (lambda line, key=article.key: print(f"{key[:28]}: {line}")) if args.differences else (lambda _: None)
        )
        before = Counter(tally["statements"])
        score_article(text_of(args.data, article), first, as_reading(other, first), tally, note)
        if article.set != "polnear-dev":
            free.update({k: tally["statements"][k] - before[k] for k in ("tp", "ours", "gold")})
    tally["statements"] = free
    scores = summary(tally)
    print(json.dumps(scores) if args.json else "\n".join(f"{name:18s} {figures}" for name, figures in scores.items()))


if __name__ == "__main__":
    main()
