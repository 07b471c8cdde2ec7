"""The figures of cleaning with their intervals, from the counts that score_clean.py makes for each case.

A page gives up to four cases, so the pages are drawn, not the cases: 1,000 draws with replacement, seed 0, 95%.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from score_clean import score_case

DRAWS = 1000
Counts = Callable[[str], np.ndarray]


def share(top: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """A share, where nothing is nought."""
    return top / np.maximum(whole, 1)


def f1(tp: np.ndarray, fp: np.ndarray, fn: np.ndarray) -> np.ndarray:
    """F1 out of counts."""
    return share(2 * tp, 2 * tp + fp + fn)


MEASURES: dict[str, Callable[[Counts], np.ndarray]] = {
    "furniture F1": lambda c: f1(c("fur_cut"), c("art_lost"), c("fur_kept")),
    "retained": lambda c: share(c("art_kept"), c("art_kept") + c("art_lost")),
    "paragraph F1": lambda c: f1(c("paragraphs_tp"), c("paragraphs_fp"), c("paragraphs_fn")),
    "sentence F1": lambda c: f1(c("sentences_tp"), c("sentences_fp"), c("sentences_fn")),
    "glued found": lambda c: share(c("glued_found"), c("glued")),
    "false splits": lambda c: share(1000 * c("sentences_fp"), c("sents")),
}
"""Each as score_clean.py has it."""

COUNTED = {"furniture F1": "characters", "retained": "art_characters", "paragraph F1": "paragraphs",
           "sentence F1": "sents", "glued found": "glued", "false splits": "sents"}  # fmt: skip
"""What each measure's n counts."""


class Figure(dict):
    """A value with its interval: ``{"value", "low", "high"}``."""

    def __str__(self) -> str:
        digits = 1 if self["value"] > 1 else 3
        return f"{self['value']:.{digits}f} [{self['low']:.{digits}f}, {self['high']:.{digits}f}]"


def measured(cases: Iterable[dict], predictions: Path) -> dict:
    """Every measure of the cases with its interval over pages, and what was counted.

    ``{"cases", "pages", "counts", "measures": {name: Figure}}``
    """
    pred = {row["id"]: row for row in map(json.loads, predictions.read_text(encoding="utf-8").splitlines())}
    by_page: dict[str, Counter] = {}
    number = 0
    for case in cases:
        by_page.setdefault(case["page"], Counter()).update(score_case(case, pred[case["id"]]))
        number += 1
    names = sorted({name for counts in by_page.values() for name in counts})
    table = np.array([[counts[name] for name in names] for counts in by_page.values()], dtype=np.float64)
    chance = np.random.default_rng(0)
    drawn = chance.multinomial(len(table), np.full(len(table), 1 / len(table)), size=DRAWS) @ table
    figures = {}
    for name, measure in MEASURES.items():
        value = float(measure(lambda key: column(table.sum(axis=0), names, key)))
        low, high = np.quantile(measure(lambda key: column(drawn, names, key)), [0.025, 0.975])
        figures[name] = Figure(value=round(value, 4), low=round(float(low), 4), high=round(float(high), 4))
    return {"cases": number, "pages": len(by_page), "counts": counts_of(by_page.values()), "measures": figures}


def column(table: np.ndarray, names: list[str], key: str) -> np.ndarray:
    """One count in every row; none where no case has it."""
    return table[..., names.index(key)] if key in names else np.zeros(table.shape[:-1])


def counts_of(pages: Iterable[Counter]) -> dict[str, int]:
    """The n of each measure."""
    c = sum(pages, Counter())
    article, furniture = c["art_kept"] + c["art_lost"], c["fur_cut"] + c["fur_kept"]
    return {
        "characters": article + furniture, "art_characters": article,
        "paragraphs": c["paragraphs_tp"] + c["paragraphs_fn"], "sents": c["sents"], "glued": c["glued"],
    }  # fmt: skip


def english_dev(path: Path) -> list[dict]:
    """The cases that the figures are for."""
    cases = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [case for case in cases if case["split"] == "dev" and case["lang"] == "en"]
