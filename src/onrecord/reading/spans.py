"""Tag scores -> spans of pieces: the best path through the tags, and what it marks.

The transition weights are those of the linear-chain CRF the model was trained with (Lafferty, McCallum and Pereira,
2001); the best path is Viterbi's, over all windows of a batch at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

PieceSpan = tuple[int, int]
"""A half-open range of piece indices."""


def best_paths(scores: Sequence[FloatArray], moves: FloatArray, starts: FloatArray) -> list[IntArray]:
    """The likeliest tags of each window, given its (n, tags) scores; ``moves[a, b]`` weighs b after a."""
    if not scores:
        return []
    lengths = [len(s) for s in scores]
    width = moves.shape[0]
    padded = np.zeros((len(scores), max(lengths), width), dtype=np.float32)
    for row, window in enumerate(scores):
        padded[row, : len(window)] = window
    back = np.zeros(padded.shape, dtype=np.int64)
    reached = starts + padded[:, 0]
    best = np.tile(reached[:, None], (1, padded.shape[1], 1))
    for at in range(1, padded.shape[1]):
        onward = reached[:, :, None] + moves
        back[:, at] = onward.argmax(1)
        reached = onward.max(1) + padded[:, at]
        best[:, at] = reached
    return [_trace(back[row], best[row, n - 1], n) for row, n in enumerate(lengths)]


def _trace(back: IntArray, last: FloatArray, length: int) -> IntArray:
    """Walks one window's best path backwards."""
    path = np.zeros(length, dtype=np.int64)
    path[-1] = tag = int(last.argmax())
    for at in range(length - 1, 0, -1):
        path[at - 1] = tag = int(back[at, tag])
    return path


def spans_of(path: IntArray, kind: int) -> list[PieceSpan]:
    """The stretches of one kind in a BIO path: tag ``2 * kind + 1`` begins, ``2 * kind + 2`` goes on."""
    begin, inside = 2 * kind + 1, 2 * kind + 2
    spans: list[PieceSpan] = []
    for at in np.flatnonzero((path == begin) | (path == inside)).tolist():
        if path[at] == inside and spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans
