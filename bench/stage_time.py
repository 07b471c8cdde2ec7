"""How the pipeline's time is shared among its rooms, over a folder of texts.

usage: stage_time.py TEXTS [--rounds 3] [--json]

Processor seconds of this process, one thread, the model loaded and warm; the median of the rounds' shares.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from pathlib import Path

os.environ.setdefault("ONRECORD_THREADS", "1")

from onrecord import cleaning, resolving  # noqa: E402  the setting comes first
from onrecord.pipeline import Pipeline, article_from  # noqa: E402

ROOMS = ("cleaning", "reading", "resolving")


def one_round(texts: list[str], pipeline: Pipeline) -> dict[str, float]:
    """Seconds in each room for all texts."""
    spent = dict.fromkeys(ROOMS, 0.0)
    for text in texts:
        article = article_from(text)
        t0 = time.process_time()
        clean = cleaning.repair(article)
        t1 = time.process_time()
        found = pipeline.tagger.find_statements(clean)
        t2 = time.process_time()
        resolving.attribute(clean, found, published=None)
        t3 = time.process_time()
        for room, seconds in zip(ROOMS, (t1 - t0, t2 - t1, t3 - t2), strict=True):
            spent[room] += seconds
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    texts = [p.read_bytes().decode("utf-8") for p in sorted(args.texts.glob("*.txt"))]
    pipeline = Pipeline()
    one_round(texts[:2], pipeline)
    rounds = [one_round(texts, pipeline) for _ in range(args.rounds)]
    share = {r: round(100 * statistics.median(x[r] / sum(x.values()) for x in rounds), 1) for r in ROOMS}
    figures = {"texts": len(texts), "words": sum(len(t.split()) for t in texts), "rounds": args.rounds, "share": share}
    print(json.dumps(figures) if args.json else figures)


if __name__ == "__main__":
    main()
