"""Chooses the articles of the gold (run once; the list is bench/gold/articles.json).

usage: choose_gold.py [--data FOLDER] [--denials]

By a seeded draw among short texts: 24 of PolNeAR dev, 18 of GUM (12 news, 4 interviews, 2 speeches), 18 of ECB+ of
different topics that hold a verb of saying. Half tunes, half judges, by the digest of the key.

That draw holds hardly any denial, so a second one of 40 (as many of PolNeAR dev as there are, the rest of ECB+) is taken among the texts left
that hold words of denial or of an outlet's own doubt. Its articles are marked ``"drawn": "denials"``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

from corpora import ROOT
from gold_texts import GOLD, build, digest, half_of

DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)|disput(?:e|es|ed|ing)|refut(?:e|es|ed)|"
    r"contradict(?:s|ed)|falsely|baseless|without (?:evidence|proof)|no evidence|not true|untrue|despite|however|"
    r"accus(?:es|ed)|alleg(?:es|ed|ations?)|declined to comment|refus(?:es|ed) to)\b", re.I,
)  # fmt: skip
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


def denying(data: Path, draw: random.Random, taken: set[str]) -> list[tuple[str, str, str | None]]:
    """(set, path, published) of 40 texts not taken yet with words of denial."""
    files = sorted((data / "data/polnear/dev/text").glob("*.txt"))
    texts = {p: p.read_text(encoding="utf-8") for p in files if p.stem not in taken}
    fit = [p for p, t in texts.items() if 100 <= len(t.split()) <= 800 and len(DENYING.findall(t)) >= 2]
    made: list[tuple[str, str, str | None]] = [
        ("polnear-dev", p.relative_to(data).as_posix(), p.stem.split("_")[1])
        for p in draw.sample(fit, min(20, len(fit)))
    ]
    left = [p for p in sorted((data / "data/ecbplus/ECB+").glob("*.xml")) if p.stem not in taken]
    paths = [p.relative_to(data).as_posix() for p in left]
    fit_paths = [path for path in paths if _denies(build(data, "ecbplus", path))]
    return made + [("ecbplus", path, None) for path in draw.sample(fit_paths, min(len(fit_paths), 40 - len(made)))]


def _denies(text: str) -> bool:
    return 110 <= len(text.split()) <= 420 and bool(DENYING.search(text))


def row_of(data: Path, kind: str, path: str, published: str | None) -> dict[str, str | None]:
    """A line of articles.json."""
    key = Path(path).stem
    sha = digest(build(data, kind, path))
    return {"key": key, "set": kind, "path": path, "sha256": sha, "published": published, "half": half_of(key)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--denials", action="store_true", help="add the second draw to the list that stands")
    args = parser.parse_args()
    listed = GOLD / "articles.json"
    if args.denials:
        rows = [r for r in json.loads(listed.read_text(encoding="utf-8")) if r.get("drawn") != "denials"]
        taken = {r["key"] for r in rows}
        rows += [row_of(args.data, *c) | {"drawn": "denials"} for c in denying(args.data, random.Random(11), taken)]
    else:
        draw, rows = random.Random(5), []
        for kind, choose in (("polnear-dev", polnear), ("gum", gum), ("ecbplus", ecb)):
            rows += [row_of(args.data, kind, path, published) for path, published in choose(args.data, draw)]
    GOLD.mkdir(exist_ok=True)
    listed.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} articles, {sum(r['half'] == 'judge' for r in rows)} to judge")


if __name__ == "__main__":
    main()
