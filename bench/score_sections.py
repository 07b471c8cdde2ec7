"""Scores the countries and topics of articles against our own labels (bench/gold/sections/articles.jsonl).

usage: score_sections.py [--data FOLDER] [--half tune|judge] [--peer] [--misses] [--json]

Topics: F1 of each topic that at least `FEW` articles of the half carry, and their mean (macro); a narrower topic brings
its broader ones along on both sides. Countries: F1 over all pairs of article and country. `--peer` instead of onrecord:
a topic is given where a word of its name stands in the text, a country where its name does. `--misses` lists what
went wrong and is for the tune half.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpora import ROOT
from gold_texts import GOLD, build, digest
from score_statements import prf

FEW = 5
"""Topics that fewer articles of the half carry are left out of the mean: their F1 is chance."""
Subjects = tuple[set[str], set[str]]
"""Topic ids and country codes."""


class Labelled(NamedTuple):
    """One article of the gold with its text."""

    path: str
    text: str
    topics: set[str]
    countries: set[str]


def labelled(data: Path, half: str) -> Iterator[Labelled]:
    """The articles of a half, each refused when its text is not the one that was labelled."""
    pages = json.loads((data / "data/aeb/ground-truth.json").read_text(encoding="utf-8"))
    for line in (GOLD / "sections" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["half"] != half:
            continue
        if row["set"] == "pages":
            text = pages[Path(row["path"]).name.removesuffix(".html.gz")]["articleBody"]
        else:
            text = build(data, "polnear-dev" if row["set"].startswith("polnear") else row["set"], row["path"])
        if digest(text) != row["sha256"]:
            raise SystemExit(f"{row['path']}: the text under {data} is not the one labelled (sha256 differs)")
        yield Labelled(row["path"], text, set(row["topics"]), set(row["countries"]))


def ours() -> Callable[[str], Subjects]:
    """The whole pipeline, from the text alone."""
    from onrecord import Reader

    reader = Reader()

    def subjects(text: str) -> Subjects:
        found = reader.read(text).subjects
        return {t.id for t in found.topics}, set(found.countries)

    return subjects


def peer() -> Callable[[str], Subjects]:
    """What one would write first: the words of the names themselves."""
    import tomllib
    from importlib.resources import files

    from onrecord.words.places import countries

    rows = tomllib.loads(files("onrecord.classifying").joinpath("topics.toml").read_text("utf-8"))["topic"]
    names = {row["id"]: [w for w in re.findall(r"\w+", row["name"]) if w != "and"] for row in rows}
    codes = {country.code: country.name for country in countries()}

    def subjects(text: str) -> Subjects:
        words = set(re.findall(r"\w+", text.casefold()))
        return (
            {topic for topic, name in names.items() if words & set(name)},
            {code for code, name in codes.items() if re.search(rf"\b{re.escape(name)}\b", text)},
        )

    return subjects


def score(gold: list[Labelled], found: list[Subjects]) -> dict[str, dict[str, float]]:
    """Every measure by name."""
    topics = {t for row in gold for t in row.topics} | {t for given, _ in found for t in given}
    each, scores = {}, {}
    for topic in sorted(topics):
        pairs = [(topic in row.topics, topic in given) for row, (given, _) in zip(gold, found, strict=True)]
        right = sum(a and b for a, b in pairs)
        n = sum(a for a, _ in pairs)
        each[topic] = prf(right, sum(b for _, b in pairs), n) | {"n": n}
    counted = [s for s in each.values() if s["n"] >= FEW]
    scores["topics, macro"] = {"f1": round(sum(s["f1"] for s in counted) / len(counted), 1), "n": len(counted)}
    for name, part in (("topics, micro", 0), ("countries", 1)):
        truth = [(row.topics, row.countries)[part] for row in gold]
        right = sum(len(t & given[part]) for t, given in zip(truth, found, strict=True))
        n = sum(map(len, truth))
        scores[name] = prf(right, sum(len(given[part]) for given in found), n) | {"n": n}
    return scores | each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--half", choices=["tune", "judge"], default="tune")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    gold = list(labelled(args.data, args.half))
    tell = peer() if args.peer else ours()
    found = [tell(row.text) for row in gold]
    scores = score(gold, found)
    if args.json:
        print(json.dumps(scores))
        return
    for name, s in scores.items():
        print(f"{name:20s} " + " ".join(f"{k} {v}" for k, v in s.items()))
    for row, (topics, countries) in zip(gold, found, strict=True) if args.misses else ():
        wrong = [f"-{t}" for t in sorted((row.topics - topics) | (row.countries - countries))]
        wrong += [f"+{t}" for t in sorted((topics - row.topics) | (countries - row.countries))]
        if wrong:
            print(Path(row.path).name, *wrong)


if __name__ == "__main__":
    main()
