#!/usr/bin/env python3
"""Pronouns on GAP, candidates not given: does "she" go to the name that gold says?

usage: gap.py GAP.tsv [--tagger] [--json FILE]

F1 as in Webster et al. (2018): each of a pronoun's two names is a decision; a prediction counts for a name when the
person we chose is the one named there. Names come from the resolver's own finder; with --tagger, from the model too.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

from onrecord.offsets import Span
from onrecord.pipeline import Pipeline
from onrecord.reading import Tagger
from onrecord.resolving import entities, focus, mentions, roles
from onrecord.resolving.page import Page, split_sentences
from onrecord.types import CleanText


def decisions(row: dict[str, str], tagger: Tagger | None = None) -> list[tuple[bool, bool]]:
    """(gold, predicted) for the names A and B of one pronoun."""
    text = row["Text"]
    sentences = tuple(split_sentences(text, Span(0, len(text))))
    clean = CleanText(text, text, (), (Span(0, len(text)),), sentences, language="en")
    page = Page(clean)
    names = mentions.find_names(page, tagger.find_statements(clean).mentions if tagger else ())
    roster = entities.merge(page, names)
    roles.learn(page, roster, names)
    guess = focus.follow(page, roster).get(int(row["Pronoun-offset"]))
    made = []
    for name in "AB":
        start = int(row[f"{name}-offset"])
        entity = roster.at(start) or roster.at(start + len(row[name]) - 1)
        chosen = guess is not None and guess.draft is not None and guess.draft is entity
        made.append((row[f"{name}-coref"].upper() == "TRUE", chosen))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gap", type=Path)
    parser.add_argument("--tagger", action="store_true")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    with args.gap.open(encoding="utf-8", newline="") as file:
        tagger = Pipeline().tagger if args.tagger else None
        made = [
            d for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) for d in decisions(row, tagger)
        ]
    right = sum(gold and said for gold, said in made)
    precision, recall = right / max(1, sum(s for _, s in made)), right / max(1, sum(g for g, _ in made))
    figures = {
        "n": len(made) // 2,
        "p": round(100 * precision, 1),
        "r": round(100 * recall, 1),
        "f1": round(200 * precision * recall / max(1e-9, precision + recall), 1),
    }
    print(json.dumps(figures))
    if args.json:
        args.json.write_text(json.dumps(figures))


if __name__ == "__main__":
    main()
