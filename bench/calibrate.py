#!/usr/bin/env python3
"""Fit and check the tagger's confidence on PolNeAR dev.

usage: calibrate.py GOLD [--model DIR] [--write] [--json FILE]

GOLD is a folder with `attributions/*.ann` and `text/*.txt`. A statement is right by `who_said_what`'s rule (content tokens
overlap by half or more and the sources agree, one to one). The figures are cross-fitted: five folds by document, each
scored by weights fitted on the other four. `--write` fits on all of GOLD and puts the weights into the model's config.json.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import score_statements as scorer
from onrecord import pipeline
from onrecord.reading.confidence import FEATURES
from onrecord.reading.folder import ModelFolder, packaged
from onrecord.reading.tagger import OnnxTagger

FOLDS, RIDGE = 5, 1.0
HEADING = "## How sure it is, and how often right"


def statements_with_features(tagger: OnnxTagger, path: str) -> tuple[str, list[tuple[dict, list[float]]]]:
    """One file's statements in raw offsets, each with its features."""
    article = pipeline.article_from(Path(path))
    clean = pipeline.clean_article(article)
    made = []
    for statement, features in tagger.explain_statements(clean):
        raw = {
            role: [tuple(piece) for span in getattr(statement, role) for piece in clean.to_raw(span)]
            for role in ("source", "cue", "content")
        }
        made.append((raw, features))
    return article.raw, made


def right_ones(text: str, predicted: list[dict], gold: list[dict]) -> list[bool]:
    """Which predictions are right by who_said_what's rule, matched one to one, best first."""
    tokens = [m.span() for m in scorer.TOKEN.finditer(text)]

    def sets(s: dict) -> tuple[frozenset, frozenset]:
        return scorer.tokens_in(s["content"], tokens), scorer.tokens_in(s["source"], tokens)

    p, g = [sets(s) for s in predicted], [x for x in map(sets, gold) if x[0]]
    pairs = sorted(
        (
            (len(a[0] & b[0]) / len(a[0] | b[0]), i, j)
            for i, a in enumerate(p)
            for j, b in enumerate(g)
            if a[0] & b[0] and scorer.sources_agree(a[1], b[1])
        ),
        reverse=True,
    )
    right, used = [False] * len(p), set()
    for iou, i, j in pairs:
        if iou >= 0.5 and not right[i] and j not in used:
            right[i] = True
            used.add(j)
    return right


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Logistic regression with a small ridge, by Newton's method; the last weight is the bias."""
    x = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x.shape[1])
    ridge = RIDGE * np.eye(len(w))
    ridge[-1, -1] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge, x.T @ (y - p) - ridge @ w)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return w


def chances(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """The probability of being right under weights ``w``."""
    return 1 / (1 + np.exp(-np.clip(x @ w[:-1] + w[-1], -30, 30)))


def table(p: np.ndarray, y: np.ndarray) -> list[dict]:
    """Ten bins: how many statements, what they were given, how many were right."""
    rows = []
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1 if low < 0.85 else p <= 1)
        if inside.any():
            rows.append(
                {
                    "from": round(float(low), 1),
                    "n": int(inside.sum()),
                    "given": round(float(p[inside].mean()), 3),
                    "right": round(float(y[inside].mean()), 3),
                }
            )
    return rows


def write_card(card: Path, report: dict) -> None:
    """Puts the table into the model's card, in place of an older one."""
    rows = [f"| {row['from']:.1f} and up | {row['n']} | {row['given']} | {row['right']} |" for row in report["table"]]
    sure = f"{100 * report['sure_share']:.1f}% of all are given 0.9 or more; {100 * report['sure_right']:.1f}% of these are right"
    lines = [
        HEADING, "",
        f"{report['statements']} statements of PolNeAR dev, cross-fitted in {FOLDS} folds by document; right is meant by "
        f"who_said_what's rule. {sure}.", "",
        "| confidence | statements | given, mean | right |", "| --- | ---: | ---: | ---: |", *rows,
    ]  # fmt: skip
    before = card.read_text("utf-8").split(HEADING)[0].rstrip()
    card.write_text(before + "\n\n" + "\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Collects, cross-fits, reports and, if asked, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    folder = args.model or packaged()
    tagger = OnnxTagger(ModelFolder.open(folder))
    rows, right, fold = [], [], []
    for number, (name, doc) in enumerate(sorted(scorer.read_brat(args.gold).items())):
        text, made = statements_with_features(tagger, os.path.join(args.gold, "text", name + ".txt"))
        rows += [features for _, features in made]
        right += right_ones(text, [s for s, _ in made], doc["statements"])
        fold += [number % FOLDS] * len(made)
    x, y, fold = np.array(rows), np.array(right, float), np.array(fold)
    p = np.zeros(len(y))
    for k in range(FOLDS):
        p[fold == k] = chances(x[fold == k], fit(x[fold != k], y[fold != k]))
    sure = p >= 0.9
    report = {
        "statements": len(y),
        "right": round(float(y.mean()), 3),
        "sure_share": round(float(sure.mean()), 3),
        "sure_right": round(float(y[sure].mean()), 3) if sure.any() else None,
        "brier": round(float(((p - y) ** 2).mean()), 4),
        "table": table(p, y),
    }
    print(json.dumps(report, indent=1))
    if args.json:
        args.json.write_text(json.dumps(report, indent=1))
    if args.write:
        w = fit(x, y)
        path = folder / "config.json"
        config = json.loads(path.read_text("utf-8"))
        config["confidence"] = {"bias": round(float(w[-1]), 5)} | {
            name: round(float(v), 5) for name, v in zip(FEATURES, w, strict=False)
        }
        path.write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", "utf-8")
        write_card(folder / "MODEL_CARD.md", report)


if __name__ == "__main__":
    main()
