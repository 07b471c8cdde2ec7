"""Fits the weights of `onrecord.resolving.salience` on GAP's development pronouns.

usage: python -m training.fit_pronouns GAP-DEVELOPMENT.tsv

Each pronoun whose antecedent our own names cover is one case: a softmax over the persons in focus, with a small ridge,
minimised by Adam. Prints the weights and the accuracy on the cases; paste the weights into `salience.py`.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.offsets import Span
from onrecord.resolving import entities, focus, mentions, roles
from onrecord.resolving.page import Page, split_sentences
from onrecord.types import CleanText

FloatArray = NDArray[np.float64]
RIDGE, RATE, STEPS = 0.002, 0.05, 800


class Recorder(focus.Focus):
    """A walk that keeps the candidates and features of one pronoun."""

    target = -1
    seen: tuple[list[focus.Candidate], list[list[float]]] | None = None

    def features(self, fits, place, word):  # type: ignore[no-untyped-def]
        """As the walk computes them; kept when the pronoun is the one asked for."""
        rows = super().features(fits, place, word)
        if place == Recorder.target:
            Recorder.seen = (list(fits), rows)
        return rows


def cases(path: Path) -> Iterator[tuple[FloatArray, int]]:
    """Each usable pronoun's features (candidates, weights) and the number of the right candidate."""
    focus.Focus = Recorder  # type: ignore[misc]
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = row["Text"]
            page = Page(CleanText(text, text, (), (Span(0, len(text)),), tuple(_sentences(text)), language="en"))
            names = mentions.find_names(page, ())
            roster = entities.merge(page, names)
            roles.learn(page, roster, names)
            Recorder.target, Recorder.seen = int(row["Pronoun-offset"]), None
            focus.follow(page, roster)
            gold = next((roster.at(int(row[f"{k}-offset"])) for k in "AB" if row[f"{k}-coref"] == "TRUE"), None)
            if gold is None or Recorder.seen is None:
                continue
            fits, rows = Recorder.seen
            right = [i for i, candidate in enumerate(fits) if candidate.draft is gold]
            if right and np.ndim(rows) == 2:
                yield np.array(rows, dtype=np.float64), right[0]


def _sentences(text: str) -> list[Span]:
    return list(split_sentences(text, Span(0, len(text))))


def fit(data: list[tuple[FloatArray, int]]) -> tuple[FloatArray, float]:
    """The weights and the share of cases whose likeliest candidate is right."""
    most = max(len(rows) for rows, _ in data)
    table = np.zeros((len(data), most, data[0][0].shape[1]))
    real = np.zeros((len(data), most), dtype=bool)
    right = np.array([number for _, number in data])
    for at, (rows, _) in enumerate(data):
        table[at, : len(rows)], real[at, : len(rows)] = rows, True
    weights = np.zeros(table.shape[2])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    scores = np.zeros(real.shape)
    for step in range(1, STEPS + 1):
        scores = np.where(real, table @ weights, -1e9)
        chance = np.exp(scores - scores.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        chance[np.arange(len(right)), right] -= 1
        slope = np.einsum("nk,nkd->d", chance, table) / len(right) + RIDGE * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights, float((scores.argmax(1) == right).mean())


def main() -> None:
    """Fits and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gap", type=Path)
    data = list(cases(parser.parse_args().gap))
    weights, accuracy = fit(data)
    print(f"{len(data)} pronouns, the right person first for {accuracy:.3f}")
    print("WEIGHTS = (" + ", ".join(f"{w:.2f}" for w in weights) + ")")


if __name__ == "__main__":
    main()
