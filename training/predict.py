"""A document through the model: windows in, scores for every piece of the document out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.inference import open_session
from training.model import Tagger
from training.pieces import CLS, PAD, SEP, IntArray, Pieces

FloatArray = NDArray[np.float32]
Arrays = tuple[FloatArray, FloatArray, FloatArray]
Backend = Callable[[IntArray, IntArray, IntArray], Arrays]  # ids, features, mask -> tags, names, links
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of each of a document's N pieces."""

    tags: list[FloatArray]  # (n, 7) a window
    names: FloatArray  # (N, 11)
    links: FloatArray  # (N, 4 d)


def torch_backend(model: Tagger, bfloat16: bool = False) -> Backend:
    """Run the model in torch."""

    def run(ids: IntArray, features: IntArray, mask: IntArray) -> Arrays:
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            out = model(torch.from_numpy(ids), torch.from_numpy(features), torch.from_numpy(mask) > 0)
        return out.tags.numpy(), out.names.numpy(), out.links.numpy()

    return run


def onnx_backend(path: Path, threads: int = 1) -> Backend:
    """Run an exported model in onnxruntime as the run-time tagger does: each window alone, without its padding."""
    session = open_session(path, threads)

    def one(ids: IntArray, features: IntArray) -> Arrays:
        feeds = {"input_ids": ids[None].astype(np.int32), "features": features[None].astype(np.int32)}
        tags, names, links = session.run(["tags", "names", "links"], feeds)
        return tags[0], names[0], links[0]

    def run(ids: IntArray, features: IntArray, mask: IntArray) -> Arrays:
        length = ids.shape[1]
        rows = [one(row[:real], part[:real]) for row, part, real in zip(ids, features, mask.sum(1), strict=True)]
        tags, names, links = (
            np.stack([np.pad(row[kind], ((0, length - len(row[kind])), (0, 0))) for row in rows]) for kind in range(3)
        )
        return tags, names, links

    return run


def predict(documents: Sequence[Pieces], backend: Backend, window: int) -> list[Scores]:
    """Score every piece of every document; windows of like length share a batch."""
    room = window - 2
    jobs = [(number, start, end) for number, pieces in enumerate(documents) for start, end in pieces.windows(room)]
    parts: dict[tuple[int, int], Arrays] = {}
    for batch in _batches(jobs):
        feeds = _feeds([(documents[number], start, end) for number, start, end in batch])
        outputs = backend(*feeds)
        for row, (number, start, end) in enumerate(batch):
            tags, names, links = (array[row, 1 : end - start + 1] for array in outputs)
            parts[number, start] = tags, names, links
    return [_join([parts[key] for key in sorted(parts) if key[0] == number]) for number in range(len(documents))]


def _batches(jobs: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    ordered = sorted(jobs, key=lambda job: job[2] - job[1], reverse=True)
    for at in range(0, len(ordered), _BATCH):
        yield ordered[at : at + _BATCH]


def _feeds(stretches: list[tuple[Pieces, int, int]]) -> tuple[IntArray, IntArray, IntArray]:
    length = max(end - start for _, start, end in stretches) + 2
    ids = np.full((len(stretches), length), PAD)
    features = np.zeros((len(stretches), length, 3), dtype=np.int64)
    for row, (pieces, start, end) in enumerate(stretches):
        stop = end - start + 1
        ids[row, 0], ids[row, 1:stop], ids[row, stop] = CLS, pieces.ids[start:end], SEP
        features[row, 1:stop] = pieces.features[start:end]
    return ids, features, (ids != PAD).astype(np.int64)


def _join(parts: list[Arrays]) -> Scores:
    if not parts:
        return Scores([], np.zeros((0, 11), np.float32), np.zeros((0, 512), np.float32))
    tags, names, links = zip(*parts, strict=True)
    return Scores(list(tags), np.concatenate(names), np.concatenate(links))
