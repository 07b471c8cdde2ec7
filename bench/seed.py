"""Scores a reading of the seed page against its gold: words found, speakers named, nothing out of the menu.

usage: seed.py SEED_FOLDER [READING.json] [--json]      without a reading, the installed onrecord makes one

found     gold statements matched by said_what's rule (content token IoU >= 0.5, one to one)
named     of those, the ones whose speaker has gold's name (or one that gold also allows)
menu      predicted statements that touch the portal's menu
extra     predicted statements that match nothing
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from score_statements import TOKEN, tokens_in


def plain(name: str | None) -> str:
    """A name for comparison: no article, no letter case; no name is ``unknown``."""
    return (name or "unknown").casefold().removeprefix("the ").strip()


def names_agree(predicted: str | None, gold: dict) -> bool:
    """True when the name is gold's, or one that gold also allows."""
    return plain(predicted) in {plain(n) for n in (gold["speaker"], *gold.get("also", []))}


def score(text: str, gold: dict, article: dict) -> dict[str, int]:
    """The four counts and how many there are of each side."""
    tokens = [m.span() for m in TOKEN.finditer(text)]
    names = {e["id"]: e["name"] for e in article["entities"]}
    want = [(tokens_in(g["content"], tokens), g) for g in gold["statements"]]
    have = [(tokens_in(s["content"], tokens), names.get(s["speaker"])) for s in article["statements"]]
    pairs = []
    for i, (words, name) in enumerate(have):
        for j, (gold_words, g) in enumerate(want):
            iou = len(words & gold_words) / max(1, len(words | gold_words))
            if iou >= 0.5:
                pairs.append((names_agree(name, g), iou, i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    named = 0
    for right, _, i, j in sorted(pairs, reverse=True):
        if i not in used[0] and j not in used[1]:
            used[0].add(i), used[1].add(j)
            named += right
    ends = [
        max(e for role in ("source", "cue", "content") for _, e in s[role] or [[0, 0]]) for s in article["statements"]
    ]
    menu = sum(end > gold["furniture_start"] for end in ends)
    return {
        "gold": len(want),
        "predicted": len(have),
        "found": len(used[1]),
        "named": named,
        "menu": menu,
        "extra": len(have) - len(used[0]),
    }


def read_seed(folder: Path) -> dict:
    """The installed onrecord's reading of the seed page."""
    import onrecord

    return onrecord.read(folder / "putin-press-conference.txt").to_dict()


def score_folder(folder: Path, reading: Path | None = None) -> dict[str, int]:
    """The counts for a reading in a file, or for one made now."""
    article = json.loads(reading.read_text(encoding="utf-8")) if reading else read_seed(folder)
    text = (folder / "putin-press-conference.txt").read_bytes().decode("utf-8")
    return score(text, json.loads((folder / "gold.json").read_text(encoding="utf-8")), article)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("reading", type=Path, nargs="?")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    counts = score_folder(args.folder, args.reading)
    print(json.dumps(counts) if args.json else "  ".join(f"{k} {v}" for k, v in counts.items()))


if __name__ == "__main__":
    main()
