#!/usr/bin/env python3
"""Predictions of onrecord's cleaning for the cases of make_dirty.py, as score_clean.py reads them.

usage: clean_predict.py CASES.jsonl PRED.jsonl [--keep-furniture]
"""

from __future__ import annotations

import argparse
import json
import time

from onrecord.cleaning import repair
from onrecord.types import Article


def predict(case: dict, keep: bool) -> dict:
    """One case's prediction: paragraphs, sentences and repairs in raw offsets."""
    text = case["text"]
    clean = repair(Article(id="sha256:" + case["id"], key=case["id"], origin=case["id"], raw=text), keep_furniture=keep)
    return {
        "id": case["id"],
        "paragraphs": [list(s) for p in clean.paragraphs for s in clean.to_raw(p)],
        "sentences": [list(s) for p in clean.sentences for s in clean.to_raw(p)],
        "joins": [e.span.start for e in clean.edits if e.why == "lost blank" and e.span.start == e.span.end],
        "dashes": [s.start for c in clean.cautions if c.code == "lost_dash" for s in c.spans],
    }


def main() -> None:
    """Reads cases, writes predictions, says how fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases")
    parser.add_argument("predictions")
    parser.add_argument("--keep-furniture", action="store_true")
    options = parser.parse_args()
    size, begin = 0, time.perf_counter()
    with open(options.cases, encoding="utf-8") as cases, open(options.predictions, "w", encoding="utf-8") as out:
        for line in cases:
            case = json.loads(line)
            size += len(case["text"])
            out.write(json.dumps(predict(case, options.keep_furniture)) + "\n")
    spent = time.perf_counter() - begin
    print(f"{size} characters in {spent:.1f} s: {size / spent / 1e6:.2f} million a second")


if __name__ == "__main__":
    main()
