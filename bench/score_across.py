"""Scores how figures and statements of two articles are set against each other, on pairs that we labelled.

usage: score_across.py figures|disputes [--data FOLDER] [--half tune|judge|both] [--misses] [--json]

Figures (bench/gold/figures/pairs.jsonl): a pair counts the same thing and agrees, counts the same and differs, or counts
different things. `same count` is F1 of finding pairs of one count, `differ` F1 of finding those reported differently.
Disputes (bench/gold/disputes/pairs.jsonl): F1 of finding denials among pairs that have words in common. The plain way is
scored beside: two numbers of one unit; a "not" and half of the words in common.

The texts are read with the rules, not the model, so that a score takes a minute: figures do not depend on it, speakers
and acts of the disputes do.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpora import ROOT
from gold_texts import GOLD, digest, ecb_text
from onrecord import Reader
from onrecord.comparing.counts import Counted, agree, count_the_same
from onrecord.comparing.disputes import Voiced, contradiction
from onrecord.outcome import Reading
from score_statements import prf

Pair = tuple[dict, dict]
Judge = Callable[[Any, Any], str]


def text_of(data: Path, path: str, sha256: str) -> str:
    """The text of an article, refused when it is not the one that was labelled."""
    text = ecb_text(data / path) if path.endswith(".xml") else (data / path).read_bytes().decode("utf-8")
    if digest(text) != sha256:
        raise SystemExit(f"{path}: the text under {data} is not the one labelled (sha256 differs)")
    return text


class Texts:
    """Readings of the gold's articles, each made once."""

    def __init__(self, data: Path, kind: str) -> None:
        self._data, self._reader, self._made = data, Reader("rules"), dict[str, Reading]()
        self._known = json.loads((GOLD / kind / "texts.json").read_text(encoding="utf-8"))

    def reading(self, key: str) -> Reading:
        """The reading of an article by its key or path."""
        if key not in self._made:
            path = key if "/" in key else f"data/ecbplus/ECB+/{key}.xml"
            self._made[key] = self._reader.read(text_of(self._data, path, self._known[key]))
        return self._made[key]

    def figure(self, told: list) -> Counted | None:
        """The figure at (key, start, end), or None where nothing was found there."""
        key, start, end = told
        made = self.reading(key)
        for given, figure in zip(made.to_dict()["figures"], made.resolved.figures, strict=True):
            if given["span"] == [start, end]:
                place = next((s for s in made.clean.sentences if s.start <= figure.span.start < s.end), figure.span)
                words, sentence = made.clean.words(figure.span), made.clean.words(place)
                at = figure.span.start - place.start
                return Counted.of_figure({**given, "words": words, "sentence": sentence, "at": at})
        return None

    def statement(self, told: dict) -> tuple[Voiced, str] | None:
        """The statement of that content with its words, or None where it was not found."""
        made = self.reading(told["path"])
        for s in made.to_dict()["statements"]:
            if s["content"] == told["content"]:
                speaker = made.entity(s["speaker"])
                return Voiced.of(s["act"], s["quote"], s["negated"], speaker.name if speaker else None), s["quote"]
        return None


def of_figures(a: Counted, b: Counted) -> str:
    """Our answer about two figures."""
    if count_the_same(a, b) is None:
        return "other"
    return "agree" if agree(a, b) else "differ"


def plain_figures(a: Counted, b: Counted) -> str:
    """The plain way: numbers of one unit."""
    return "other" if a.kind != b.kind else "agree" if a.value == b.value else "differ"


def of_statements(a: tuple[Voiced, str], b: tuple[Voiced, str]) -> str:
    """Our answer about two statements."""
    found = contradiction(a[0], b[0]) or contradiction(b[0], a[0])
    return found[0] if found else "other"


def plain_statements(a: tuple[Voiced, str], b: tuple[Voiced, str]) -> str:
    """The plain way: one of the two says "not" or "denied", and half of the words are common."""
    no = [bool(re.search(r"\b(?:not|no|never|\w+n['’]t)\b", quote)) or voiced.denies for voiced, quote in (a, b)]
    shared = len(a[0].words & b[0].words) / max(1, min(len(a[0].words), len(b[0].words)))
    return "denies" if no[0] != no[1] and shared >= 0.5 else "other"


def f1(gold: list[str], found: list[str], labels: set[str]) -> dict[str, float]:
    """F1 of telling these labels from all others, in percent, with how many there are."""
    right = sum(g in labels and f in labels for g, f in zip(gold, found, strict=True))
    n, given = sum(g in labels for g in gold), sum(f in labels for f in found)
    return prf(right, given, n) | {"n": n}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["figures", "disputes"])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--half", choices=["tune", "judge", "both"], default="tune")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    texts = Texts(args.data, args.kind)
    take = texts.figure if args.kind == "figures" else texts.statement
    ours, plain = (of_figures, plain_figures) if args.kind == "figures" else (of_statements, plain_statements)
    rows = [json.loads(line) for line in (GOLD / args.kind / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if args.half in (row["half"], "both")]
    pairs = [(take(row["a"]), take(row["b"])) for row in rows]
    gold = [row["label"] for row in rows]
    measures = (
        {"same count": {"agree", "differ"}, "differ": {"differ"}} if args.kind == "figures" else {"denies": {"denies"}}
    )
    scores = {"pairs": {"n": len(rows)}}
    for name, judge in (("", ours), ("plain way: ", plain)):
        found = [judge(a, b) if a is not None and b is not None else "other" for a, b in pairs]
        scores |= {name + measure: f1(gold, found, labels) for measure, labels in measures.items()}
        if args.misses and judge is ours:
            for row, told in zip(rows, found, strict=True):
                if row["label"] != told:
                    print(row["label"], "taken for", told, row["a"], row["b"])
    if args.json:
        print(json.dumps(scores))
        return
    for name, s in scores.items():
        print(f"{name:24s} " + " ".join(f"{k} {v}" for k, v in s.items()))


if __name__ == "__main__":
    main()
