"""Small nets trained in plain numpy: dense layers, then convolutions over neighbouring rows, then scores of classes.

The cleaning room's nets have some ten thousand weights; a page of backpropagation is quicker here than importing a
framework. What :class:`Net` computes is what ``onrecord.cleaning.network`` computes from :meth:`Net.arrays`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
TAPS = 5


@dataclass(frozen=True)
class Shape:
    """How a net is built (sizes of dense layers, steps of convolutions, classes) and how it learns."""

    dense: tuple[int, ...]
    steps: tuple[int, ...]
    classes: int
    drop: float = 0.2
    rate: float = 4e-3
    decay: float = 0.02
    smooth: float = 0.03


Trace = tuple[str, Floats, Floats, int]
"""A layer's name, what went in and what came out, and the step of a convolution (0: dense)."""


class Net:
    """The weights and one step of learning."""

    def __init__(self, shape: Shape, width: int, seed: int) -> None:
        self.shape, self.random = shape, np.random.default_rng(seed)
        self.weights: dict[str, Floats] = {}
        for k, size in enumerate(shape.dense):
            self._make(f"dense{k}", (width, size), width)
            width = size
        for k in range(len(shape.steps)):
            self._make(f"conv{k}", (TAPS, width, width), TAPS * width)
        self._make("out", (width, shape.classes), width)
        self._first = {name: np.zeros_like(w) for name, w in self.weights.items()}
        self._second = {name: np.zeros_like(w) for name, w in self.weights.items()}
        self._steps = 0

    def _make(self, name: str, size: tuple[int, ...], fan: int) -> None:
        self.weights[name + ".w"] = (self.random.standard_normal(size) * np.sqrt(1.5 / fan)).astype(np.float32)
        self.weights[name + ".b"] = np.zeros(size[-1], dtype=np.float32)

    def learn(self, rows: Floats, gold: Ints, weights: Floats, mask: Floats, pace: float) -> None:
        """One step on a batch; ``mask`` is 0 on rows that only keep texts apart."""
        w, drop = self.weights, self.shape.drop
        trail: list[Trace] = []
        hidden = self._dropped(rows, drop / 2)
        for k in range(len(self.shape.dense)):
            before = hidden
            hidden = np.maximum(before @ w[f"dense{k}.w"] + w[f"dense{k}.b"], 0) * mask
            trail.append((f"dense{k}", before, hidden, 0))
            hidden = self._dropped(hidden, drop) if k + 1 < len(self.shape.dense) else hidden
        for k, step in enumerate(self.shape.steps):
            before = self._dropped(hidden, drop)
            risen = np.maximum(_slide(before, w[f"conv{k}.w"], step) + w[f"conv{k}.b"], 0) * mask
            trail.append((f"conv{k}", before, risen, step))
            hidden = hidden + risen
        last = self._dropped(hidden, drop)
        scores = last @ w["out.w"] + w["out.b"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        wanted = np.full_like(powers, self.shape.smooth / self.shape.classes)
        wanted[np.arange(len(gold)), np.maximum(gold, 0)] += 1 - self.shape.smooth
        back = (powers / powers.sum(axis=1, keepdims=True) - wanted) * (weights[:, None] * mask)
        slopes = {"out.w": last.T @ back, "out.b": back.sum(axis=0)}
        self._descend(trail, (back @ w["out.w"].T) * (last != 0) / (1 - drop), slopes)
        self._move(slopes, pace)

    def _descend(self, trail: Sequence[Trace], back: Floats, slopes: dict[str, Floats]) -> None:
        """Carries the error back through the layers of a trail."""
        drop = self.shape.drop
        for place in range(len(trail) - 1, -1, -1):
            name, before, after, step = trail[place]
            risen = back * (after > 0)
            slopes[name + ".b"] = risen.sum(axis=0)
            if step:
                slopes[name + ".w"], below = _slide_back(before, risen, self.weights[name + ".w"], step)
                back = back + below * (before != 0) / (1 - drop)
            else:
                slopes[name + ".w"] = before.T @ risen
                if place:
                    back = (risen @ self.weights[name + ".w"].T) * (before != 0) / (1 - drop)

    def _dropped(self, rows: Floats, share: float) -> Floats:
        kept = self.random.random(rows.shape, dtype=np.float32) >= share
        return np.asarray(rows * kept / (1 - share), dtype=np.float32)

    def _move(self, slopes: dict[str, Floats], pace: float) -> None:
        """AdamW."""
        self._steps += 1
        norm = np.sqrt(sum(float((s * s).sum()) for s in slopes.values()))
        factor = min(1.0, 1.0 / (norm + 1e-9))
        for name, slope in slopes.items():
            slope = slope * factor
            self._first[name] += 0.1 * (slope - self._first[name])
            self._second[name] += 0.01 * (slope * slope - self._second[name])
            mean = self._first[name] / (1 - 0.9**self._steps)
            spread = np.sqrt(self._second[name] / (1 - 0.99**self._steps)) + 1e-8
            fade = self.shape.decay * self.weights[name] if name.endswith(".w") else 0.0
            self.weights[name] -= (self.shape.rate * pace * (mean / spread + fade)).astype(np.float32)

    def arrays(self, member: int, mean: Floats, scale: Floats) -> dict[str, Floats]:
        """The net as ``onrecord.cleaning.network`` reads it."""
        found = {f"{member}.{name}": w for name, w in self.weights.items()}
        found |= {f"{member}.mean": mean, f"{member}.scale": scale}
        steps = {f"{member}.conv{k}.step": np.array(s, dtype=np.float32) for k, s in enumerate(self.shape.steps)}
        return {name: np.asarray(a, dtype=np.float32) for name, a in (found | steps).items()}


def _slide(rows: Floats, weights: Floats, step: int) -> Floats:
    """Each row with its neighbours at multiples of ``step``, without the bias."""
    reach, count = TAPS // 2 * step, len(rows)
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    return np.asarray(sum(padded[t * step : t * step + count] @ weights[t] for t in range(TAPS)), dtype=np.float32)


def _slide_back(rows: Floats, back: Floats, weights: Floats, step: int) -> tuple[Floats, Floats]:
    """The slopes of the weights and of the rows."""
    reach, count = TAPS // 2 * step, len(rows)
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    below = np.zeros_like(padded)
    slopes = np.empty_like(weights)
    for t in range(TAPS):
        slopes[t] = padded[t * step : t * step + count].T @ back
        below[t * step : t * step + count] += back @ weights[t].T
    return slopes, below[reach : reach + count]


Text = tuple[Floats, Ints, Floats]
"""Rows, gold class (-1: unknown) and weight of each row of one text."""


def fit(texts: Sequence[Text], shape: Shape, seed: int, epochs: int, batch: int) -> tuple[Net, Floats, Floats]:
    """Trains a net; ``batch`` is in texts where rows are neighbours, else in rows. Returns it with its scaling."""
    stacked = np.concatenate([rows for rows, _, _ in texts])
    mean, scale = stacked.mean(axis=0), stacked.std(axis=0) + np.float32(1e-3)
    ready = [(np.clip((rows - mean) / scale, -4, 4).astype(np.float32), gold, w) for rows, gold, w in texts]
    net = Net(shape, stacked.shape[1], seed)
    total, done = epochs * max(1, _count(ready, shape, batch)), 0
    for _ in range(epochs):
        for rows, gold, weights, mask in _batches(ready, shape, batch, net.random):
            share = done / total
            net.learn(rows, gold, weights, mask, min(1.0, share * 4 + 0.05) * (1 - share) + 0.01)
            done += 1
    return net, mean, scale


def _count(texts: Sequence[Text], shape: Shape, batch: int) -> int:
    size = len(texts) if shape.steps else sum(len(g) for _, g, _ in texts)
    return -(-size // batch)


def _batches(
    texts: Sequence[Text], shape: Shape, batch: int, random: np.random.Generator
) -> Iterator[tuple[Floats, Ints, Floats, Floats]]:
    """Batches of rows in random order; texts whose rows are neighbours stay whole, blank rows between them."""
    if not shape.steps:
        rows, gold, weights = (np.concatenate([t[k] for t in texts]) for k in range(3))
        order = random.permutation(len(gold))
        for k in range(0, len(order), batch):
            part = order[k : k + batch]
            yield (
                rows[part],
                gold[part],
                (weights[part] / len(part)).astype(np.float32),
                np.ones((len(part), 1), np.float32),
            )
        return
    blank = TAPS // 2 * max(shape.steps)
    order = random.permutation(len(texts))
    for k in range(0, len(order), batch):
        part = [texts[j] for j in order[k : k + batch]]
        size = sum(len(g) + blank for _, g, _ in part)
        rows, mask = np.zeros((size, part[0][0].shape[1]), np.float32), np.zeros((size, 1), np.float32)
        gold, weights = np.zeros(size, np.int64), np.zeros(size, np.float32)
        at = 0
        for r, g, w in part:
            end = at + len(g)
            rows[at:end], gold[at:end], mask[at:end] = r, g, 1
            weights[at:end] = w / max(1.0, float(w.sum())) / len(part)
            at = end + blank
        yield rows, gold, weights, mask
