"""Two small networks in plain numpy: one judges joints, one judges pieces in their context.

Weights are arrays in an ``.npz`` file beside this module, made by ``training/train_lines.py``. Several nets of one kind
stand in one file and their answers are averaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_WIDEST = 4.0


class Network:
    """Dense layers with, in between, convolutions over neighbouring rows: what the arrays say."""

    def __init__(self, arrays: dict[str, Floats]) -> None:
        self._arrays = {name: np.asarray(array, dtype=np.float32) for name, array in arrays.items()}
        self._members = 1 + max(int(name.split(".")[0]) for name in self._arrays)

    def chances(self, rows: Floats) -> Floats:
        """For each row the chance of each class; rows are neighbours in text order."""
        if not len(rows):
            return np.zeros((0, len(self._arrays["0.out.b"])), dtype=np.float32)
        return np.asarray(sum(self._member(rows, f"{k}.") for k in range(self._members)) / self._members, np.float32)

    def _member(self, rows: Floats, name: str) -> Floats:
        part = self._arrays
        scaled = (rows - part[name + "mean"]) / part[name + "scale"]
        hidden = np.clip(scaled, -_WIDEST, _WIDEST, out=scaled)
        layer = 0
        while f"{name}dense{layer}.w" in part:
            hidden = np.maximum(hidden @ part[f"{name}dense{layer}.w"] + part[f"{name}dense{layer}.b"], 0)
            layer += 1
        layer = 0
        while f"{name}conv{layer}.w" in part:
            step = int(part[f"{name}conv{layer}.step"])
            hidden = hidden + _convolved(hidden, part[f"{name}conv{layer}.w"], part[f"{name}conv{layer}.b"], step)
            layer += 1
        scores = hidden @ part[name + "out.w"] + part[name + "out.b"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _convolved(rows: Floats, weights: Floats, bias: Floats, step: int) -> Floats:
    """Each row with its neighbours at multiples of ``step``: weights are taps x inputs x outputs."""
    taps, reach = len(weights), len(weights) // 2 * step
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    total = np.tile(bias, (len(rows), 1))
    for tap in range(taps):
        total += padded[tap * step : tap * step + len(rows)] @ weights[tap]
    return np.asarray(np.maximum(total, 0), dtype=np.float32)


def use_folder(folder: Path | None) -> None:
    """Takes nets and words from ``folder`` from now on, None: the package's own.

    For measuring only: nets are judged on pages that they were not trained on, by the very code that ships.
    """
    _other[:] = [folder] if folder else []
    load_network.cache_clear()
    load_words.cache_clear()


_other: list[Path] = []


def _file(name: str) -> Traversable:
    return _other[0] / name if _other else files(__package__).joinpath(name)


@cache
def load_network(name: str) -> Network:
    """The network of that name in this package, read once."""
    with _file(f"{name}.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return Network({key: arrays[key] for key in arrays.files})


@dataclass(frozen=True)
class WordOdds:
    """How much more often words and pairs of words stand in furniture than in articles (log odds).

    A key with a blank is a pair; one that begins with a blank is a word that begins its piece. ``first`` and ``second``
    are the words of the pairs: few are, so most pairs of a text need not be looked up.
    """

    odds: Mapping[str, float]
    first: frozenset[str]
    second: frozenset[str]

    @classmethod
    def of(cls, odds: Mapping[str, float]) -> WordOdds:
        """The table with its words of pairs."""
        pairs = [key.split(" ", 1) for key in odds if " " in key]
        return cls(odds, frozenset(a for a, _ in pairs), frozenset(b for _, b in pairs))


@cache
def load_words() -> WordOdds:
    """The table of words in this package, read once."""
    text = _file("words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return WordOdds.of({word: float(value) for word, value in rows})
