"""Same name, other person: pairs of short articles read, added and compared from end to end.

    python bench/score_bearers.py [--misses] [--json]

``bench/gold/entities/bearers.tsv`` is in our own words: each pair names somebody alike, who is one person or two. Every
pair has a record of its own. Apart: the share of two persons that got two identities. Together: the share of one
person's pairs that got one. A pair in which the name is not found as a person counts as missed in both.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from sqlalchemy import text

from onrecord import Reader, pipeline

GOLD = Path(__file__).parent / "gold" / "entities" / "bearers.tsv"
_CLUSTERS = text(
    "SELECT e.article, m.cluster FROM entities e JOIN members m ON m.item = e.num JOIN makers k ON k.num = m.maker"
    " WHERE k.pass = 'entities' AND e.name LIKE '%' || :name ORDER BY e.article"
)


def identities(reader: Reader, name: str, articles: list[str]) -> list[int] | None:
    """The identity of that name in each article, or None where it is not found in both."""
    with tempfile.TemporaryDirectory() as folder, pipeline.open_record(str(Path(folder) / "record.db")) as store:
        for told in articles:
            store.add(reader.read(told), seen_at="2026-11-24T10:00:00Z")
        for one in ("stories", "entities"):
            for _ in pipeline.join(store, one):
                pass
        with store._engine.connect() as connection:
            found = {row.article: row.cluster for row in connection.execute(_CLUSTERS, {"name": name})}
    return list(found.values()) if len(found) == len(articles) else None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--misses", action="store_true")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    reader, right = Reader(), {"d": [0, 0], "s": [0, 0]}
    for line in GOLD.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        verdict, name, *articles = line.split("\t")
        found = identities(reader, name, articles)
        good = found is not None and (len(set(found)) == 1) == (verdict == "s")
        right[verdict][0] += good
        right[verdict][1] += 1
        if chosen.misses and not good:
            print("together" if verdict == "s" else "apart", "missed:", name, found)
    told = {"apart": right["d"], "together": right["s"]}
    made = {name: {"right": good, "n": n, "share": round(100 * good / n, 1)} for name, (good, n) in told.items()}
    print(json.dumps(made) if chosen.json else "\n".join(f"{k}: {v['share']}% of {v['n']}" for k, v in made.items()))


if __name__ == "__main__":
    main()
