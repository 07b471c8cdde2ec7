"""The small networks: blocks of rows and members side by side give what one row after the other gives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from onrecord.cleaning.network import Network

Arrays = dict[str, npt.NDArray[np.float32]]


def _arrays(members: int, steps: tuple[int, ...]) -> Arrays:
    """Random weights: 6 numbers in, 5 in the middle, 3 classes out."""
    chance = np.random.default_rng(3)
    made: Arrays = {}
    for m in range(members):
        made |= {f"{m}.mean": np.arange(6, dtype=np.float32), f"{m}.scale": np.full(6, 2, dtype=np.float32)}
        shapes = {"dense0.w": (6, 5), "dense0.b": (5,), "out.w": (5, 3), "out.b": (3,)}
        for k, step in enumerate(steps):
            shapes |= {f"conv{k}.w": (5, 5, 5), f"conv{k}.b": (5,)}
            made[f"{m}.conv{k}.step"] = np.array(step, dtype=np.float32)
        made |= {f"{m}.{name}": chance.standard_normal(shape).astype(np.float32) / 3 for name, shape in shapes.items()}
    return made


def _one(part: Arrays, m: int, rows: npt.NDArray[np.float32], steps: tuple[int, ...]) -> npt.NDArray[np.float32]:
    """One member, a row at a time."""
    scaled = np.clip((rows - part[f"{m}.mean"]) / part[f"{m}.scale"], -4, 4)
    hidden = np.maximum(scaled @ part[f"{m}.dense0.w"] + part[f"{m}.dense0.b"], 0)
    for k, step in enumerate(steps):
        risen = np.zeros_like(hidden)
        for row in range(len(hidden)):
            total = part[f"{m}.conv{k}.b"].copy()
            for tap in range(5):
                there = row + (tap - 2) * step
                if 0 <= there < len(hidden):
                    total += hidden[there] @ part[f"{m}.conv{k}.w"][tap]
            risen[row] = np.maximum(total, 0)
        hidden = hidden + risen
    powers = np.exp(hidden @ part[f"{m}.out.w"] + part[f"{m}.out.b"])
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@pytest.mark.parametrize("count", [0, 1, 3, 32, 33, 100])
@pytest.mark.parametrize("steps", [(), (1, 3)])
def test_blocks_and_members_change_nothing(count: int, steps: tuple[int, ...]) -> None:
    part = _arrays(2, steps)
    rows = np.random.default_rng(count).standard_normal((count, 6)).astype(np.float32) * 4
    wanted = (_one(part, 0, rows, steps) + _one(part, 1, rows, steps)) / 2
    assert np.allclose(Network(part).chances(rows), wanted, atol=1e-5)
