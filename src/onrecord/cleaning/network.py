"""Two small networks in plain numpy: one judges joints, one judges pieces in their context.

Weights are arrays in an ``.npz`` file beside this module, made by ``training/train_lines.py``. Several nets of one kind
stand in one file and their answers are averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.cleaning.codes import WordTable
from onrecord.words.lists import word_list

Floats = npt.NDArray[np.float32]
_WIDEST = 4.0
_BLOCK = 32
"""Rows of one product: times inputs and outputs of any layer here, at most the 2**18 that OpenBLAS does alone."""


class Network:
    """Dense layers, then convolutions over neighbouring rows: what the arrays say, all members at once.

    Members share the scaling of rows, since they learned from the same ones. Products go in blocks of few rows: BLAS
    wakes a thread on every core for a larger one, and these spin for longer than they work.
    """

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        members = 1 + max(int(name.split(".")[0]) for name in arrays)

        def stacked(name: str) -> Floats:
            return np.stack([np.asarray(arrays[f"{m}.{name}"], dtype=np.float32) for m in range(members)])

        means, scales = stacked("mean"), stacked("scale")
        if np.ptp(means, axis=0).any() or np.ptp(scales, axis=0).any():
            raise ValueError("members of one file must share mean and scale: train them on the same rows, or apart")
        self._mean, self._scale = means[0], scales[0]
        self._dense: list[tuple[Floats, Floats]] = []
        while f"0.dense{len(self._dense)}.w" in arrays:
            self._dense.append(_layer(stacked, f"dense{len(self._dense)}"))
        self._slides: list[tuple[Floats, Floats, int]] = []
        while f"0.conv{len(self._slides)}.w" in arrays:
            name = f"conv{len(self._slides)}"
            weights = stacked(name + ".w")  # members x taps x inputs x outputs, here with taps beside each other
            beside = np.concatenate([weights[:, tap] for tap in range(weights.shape[1])], axis=2)
            self._slides.append((beside[:, None], stacked(name + ".b")[:, None], int(arrays[f"0.{name}.step"])))
        self._out = _layer(stacked, "out")

    def chances(self, rows: Floats) -> Floats:
        """For each row the chance of each class, the members' mean; rows are neighbours in text order."""
        count = len(rows)
        hidden = np.zeros((1, -(-count // _BLOCK), _BLOCK, len(self._mean)), dtype=np.float32)
        inner = hidden.reshape(-1, len(self._mean))[:count]
        np.clip((rows - self._mean) / self._scale, -_WIDEST, _WIDEST, out=inner)
        for weights, bias in self._dense:
            hidden = hidden @ weights
            hidden += bias
            np.maximum(hidden, 0, out=hidden)
        for weights, bias, step in self._slides:
            hidden = hidden + _slid(hidden @ weights, bias, step, count).reshape(hidden.shape)
        scores = (hidden @ self._out[0] + self._out[1]).reshape(len(hidden), -1, self._out[1].shape[-1])[:, :count]
        powers = np.exp(scores - scores.max(axis=2, keepdims=True))
        powers /= powers.sum(axis=2, keepdims=True)
        return np.asarray(powers.mean(axis=0), dtype=np.float32)


def _layer(stacked: Callable[[str], Floats], name: str) -> tuple[Floats, Floats]:
    """Weights and bias of one dense layer, to be spread over blocks of rows."""
    return stacked(name + ".w")[:, None], stacked(name + ".b")[:, None, None]


def _slid(taps: Floats, bias: Floats, step: int, count: int) -> Floats:
    """What a convolution adds to each row: its own tap, and those of its neighbours at multiples of ``step``.

    ``taps`` holds for each member and row what the row gives to each place around it; rows from ``count`` on are none.
    """
    members, width = len(taps), bias.shape[-1]
    parts = taps.reshape(members, -1, taps.shape[-1] // width, width)
    middle = parts.shape[2] // 2
    total = parts[:, :, middle] + bias
    for tap in range(parts.shape[2]):
        shift = (tap - middle) * step
        if shift and abs(shift) < count:
            low, high = max(0, -shift), min(count, count - shift)
            total[:, low:high] += parts[:, low + shift : high + shift, tap]
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

    A key with a blank is a pair; one that begins with a blank is a word that begins its piece. Few words stand in
    pairs, so most pairs of a text need not be looked up.
    """

    odds: Mapping[str, float]
    about: WordTable
    """A word's log odds; whether it is a function word, a word of times, a long word, first or second in a pair."""

    @classmethod
    def of(cls, odds: Mapping[str, float]) -> WordOdds:
        """The table with its words of pairs."""
        pairs = [key.split(" ", 1) for key in odds if " " in key]
        first, second = frozenset(a for a, _ in pairs), frozenset(b for _, b in pairs)
        function, times = word_list("function"), word_list("times")

        def about(word: str) -> tuple[float, ...]:
            is_long = len(word) > 3 and word not in function
            return odds.get(word, 0.0), word in function, word in times, is_long, word in first, word in second

        return cls(odds, WordTable(about))


@cache
def load_words() -> WordOdds:
    """The table of words in this package, read once."""
    text = _file("words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return WordOdds.of({word: float(value) for word, value in rows})
