"""Names on GUM's official development news: does the whole pipeline find them, and know a person from a body or a place?

usage: score_entities.py GUM_FOLDER [--json]

Gold is what `training/gum.py` makes of GUM's own entities: mentions whose head is a proper noun, cut to the name. A name
of ours counts when it shares at least half of its words with one (IoU >= 0.5) and has the same type; persons,
organizations and places alone. What an article calls somebody without a name ("the minister", "Ruiz's sister") is no name here.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from corpora import ROOT
from onrecord.offsets import Span
from onrecord.pipeline import Pipeline, article_from, unwrap
from score_statements import prf

sys.path.insert(0, str(ROOT))

from training.gum import DEV, read_gum

TYPES = ("person", "organization", "place")
_WORD = re.compile(r"\w+")
_NO_NAME = re.compile(r"[a-z]|(?:The|An?|His|Her|Its|Their|One|Some|Two)\s")
Named = tuple[Span, str]


def our_names(text: str, pipeline: Pipeline) -> list[Named]:
    """Every naming in the pipeline's entities, in raw offsets."""
    reading = unwrap(pipeline.run(article_from(text)))
    made = []
    for entity in reading.resolved.entities:
        for mention in entity.mentions if entity.type in TYPES else ():
            for raw in reading.clean.to_raw(mention):
                last = text[raw.start : raw.end].rsplit(maxsplit=1)[-1]
                if not _NO_NAME.match(text, raw.start) and not last.islower():
                    made.append((raw, entity.type))
    return made


def hits(text: str, gold: list[Named], ours: list[Named]) -> Counter[str]:
    """True positives, ours and gold's, in all and for each type."""
    count: Counter[str] = Counter()
    left = [(_words(text, span), kind) for span, kind in gold]
    for _, kind in left:
        count.update({f"gold {kind}": 1, "gold": 1})
    for span, kind in ours:
        words = _words(text, span)
        count.update({f"ours {kind}": 1, "ours": 1})
        hit = next((g for g in left if g[1] == kind and len(words & g[0]) >= 0.5 * len(words | g[0])), None)
        if hit is not None:
            left.remove(hit)
            count.update({f"tp {kind}": 1, "tp": 1})
    return count


def _words(text: str, span: Span) -> frozenset[int]:
    return frozenset(m.start() for m in _WORD.finditer(text, span.start, span.end))


def score(count: Counter[str], kind: str = "") -> dict[str, float]:
    """Precision, recall and F1 in percent, and how many names gold has."""
    tp, ours, gold = (count[f"{what} {kind}".strip()] for what in ("tp", "ours", "gold"))
    return {"n": gold, **prf(tp, ours, gold)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gum", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    pipeline, count = Pipeline(), Counter[str]()
    for document in read_gum(args.gum):
        if document.key in DEV and "_news_" in document.key:
            gold = [(Span(s, e), kind) for s, e, kind in document.names if kind in TYPES]
            count += hits(document.text, gold, our_names(document.text, pipeline))
    scores = {"all": score(count), **{kind: score(count, kind) for kind in TYPES}}
    if args.json:
        print(json.dumps(scores))
        return
    for name, s in scores.items():
        print(f"{name:14s} F1 {s['f1']:5.1f}  P {s['p']:5.1f}  R {s['r']:5.1f}  of {s['n']}")


if __name__ == "__main__":
    main()
