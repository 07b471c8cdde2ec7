"""Chooses the articles of the gold (run once; the list is bench/gold/articles.json).

usage: choose_gold.py [--data FOLDER]

By a seeded draw among short texts: 24 of PolNeAR dev, 18 of GUM (12 news, 4 interviews, 2 speeches), 18 of ECB+ of
different topics that hold a verb of saying. Half tunes, half judges, by the digest of the key.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

from corpora import ROOT
from gold_texts import GOLD, build, digest, half_of

SAYING = re.compile(r"\b(?:said|says|told|according to)\b")


def polnear(data: Path, draw: random.Random) -> list[tuple[str, str | None]]:
    """(path, published) of 24 texts of 100 to 520 words."""
    files = sorted((data / "data/polnear/dev/text").glob("*.txt"))
    short = [p for p in files if 100 <= len(p.read_text(encoding="utf-8").split()) <= 520]
    return [(p.relative_to(data).as_posix(), p.stem.split("_")[1]) for p in draw.sample(short, 24)]


def gum(data: Path, draw: random.Random) -> list[tuple[str, str | None]]:
    """(path, published) of 18 documents."""
    made = []
    for genre, count in (("news", 12), ("interview", 4), ("speech", 2)):
        for path in draw.sample(sorted((data / "data/gum/conllu").glob(f"GUM_{genre}_*.conllu")), count):
            created = re.search(r"^# meta::dateCreated = (\d{4}-\d\d-\d\d)", path.read_text(encoding="utf-8"), re.M)
            made.append((path.relative_to(data).as_posix(), created.group(1) if created else None))
    return made


def ecb(data: Path, draw: random.Random) -> list[tuple[str, str | None]]:
    """(path, None) of 18 documents of 110 to 260 words, one a topic."""
    topics: dict[str, list[Path]] = {}
    for path in sorted((data / "data/ecbplus/ECB+").glob("*.xml")):
        text = build(data, "ecbplus", path.relative_to(data).as_posix())
        if 110 <= len(text.split()) <= 260 and len(SAYING.findall(text)) >= 2:
            topics.setdefault(path.name.split("_")[0], []).append(path)
    chosen = draw.sample(sorted(topics), 18)
    return [(draw.choice(topics[t]).relative_to(data).as_posix(), None) for t in chosen]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    data = parser.parse_args().data
    draw, rows = random.Random(5), []
    for kind, choose in (("polnear-dev", polnear), ("gum", gum), ("ecbplus", ecb)):
        for path, published in choose(data, draw):
            key = Path(path).stem
            sha = digest(build(data, kind, path))
            row = {"key": key, "set": kind, "path": path, "sha256": sha, "published": published}
            rows.append({**row, "half": half_of(key)})
    GOLD.mkdir(exist_ok=True)
    (GOLD / "articles.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} articles, {sum(r['half'] == 'judge' for r in rows)} to judge")


if __name__ == "__main__":
    main()
