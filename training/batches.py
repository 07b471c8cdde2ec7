"""Batches of windows of like length, padded and turned into tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.config import IGNORE
from training.pieces import CLS, PAD, SEP, IntArray
from training.windows import Window

BUCKET_EDGES = (1, 2, 3, 5, 9, 17, 33, 65, 129)  # smallest distance of each bucket
BUCKETS = 2 * len(BUCKET_EDGES) + 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step: B windows of N positions with at most K cues each."""

    ids: Tensor  # (B, N)
    features: Tensor  # (B, N, 3)
    mask: Tensor  # (B, N): all that is not padding
    real: Tensor  # (B, N): pieces, without [CLS] and [SEP]
    tags: Tensor  # (B, N), IGNORE where there is none
    names: Tensor  # (B, N)
    has_statements: Tensor  # (B,)
    cue_weights: Tensor  # (B, K, N): an average over each cue's pieces
    buckets: Tensor  # (B, K, N): distance of every position from the cue
    linked: Tensor  # (2, B, K, N): source and content of the cue
    cue_real: Tensor  # (B, K)


def distance_buckets(first: int, last: int, length: int) -> IntArray:
    """Bucket of the signed distance of every position from a cue; the middle bucket is the cue itself."""
    at = np.arange(length)
    before, after = np.maximum(first - at, 0), np.maximum(at - last + 1, 0)
    sizes = np.searchsorted(np.array(BUCKET_EDGES), before + after, side="right")
    return len(BUCKET_EDGES) + np.where(before > 0, -sizes, sizes)


def plan(lengths: Sequence[int], room: int, chance: random.Random) -> list[list[int]]:
    """Group windows of like length into batches of about `room` positions, in random order."""
    order = sorted(range(len(lengths)), key=lambda index: lengths[index] + chance.uniform(0, 16), reverse=True)
    batches: list[list[int]] = []
    current: list[int] = []
    longest = 0
    for index in order:
        longest = max(longest, lengths[index] + 2)
        if current and longest * (len(current) + 1) > room:
            batches.append(current)
            current, longest = [], lengths[index] + 2
        current.append(index)
    batches.append(current)
    chance.shuffle(batches)
    return batches


def collate(windows: Sequence[Window]) -> Batch:
    """Pad windows to one length and build their targets."""
    rows, length = len(windows), max(len(window.ids) for window in windows) + 2
    most_cues = max(1, *(len(window.cues) for window in windows)) if windows else 1
    ids = np.full((rows, length), PAD)
    features = np.zeros((rows, length, 3), dtype=np.int64)
    real = np.zeros((rows, length), dtype=bool)
    tags, names = np.full((rows, length), IGNORE), np.full((rows, length), IGNORE)
    weights = np.zeros((rows, most_cues, length), dtype=np.float32)
    buckets = np.zeros((rows, most_cues, length), dtype=np.int64)
    linked = np.zeros((2, rows, most_cues, length), dtype=bool)
    for row, window in enumerate(windows):
        stop = len(window.ids) + 1
        ids[row, 0], ids[row, 1:stop], ids[row, stop] = CLS, window.ids, SEP
        features[row, 1:stop], names[row, 1:stop], real[row, 1:stop] = window.features, window.names, True
        if window.has_statements:
            tags[row, 1:stop] = window.tags
        for number, cue in enumerate(window.cues):
            weights[row, number, cue.first + 1 : cue.last + 1] = 1 / (cue.last - cue.first)
            buckets[row, number] = distance_buckets(cue.first + 1, cue.last + 1, length)
            linked[0, row, number, 1:stop], linked[1, row, number, 1:stop] = cue.source, cue.content
    as_tensor = torch.from_numpy
    return Batch(
        as_tensor(ids), as_tensor(features), as_tensor(ids != PAD), as_tensor(real), as_tensor(tags), as_tensor(names),
        torch.tensor([window.has_statements for window in windows]), as_tensor(weights), as_tensor(buckets),
        as_tensor(linked), as_tensor(weights.sum(2) > 0),
    )  # fmt: skip
