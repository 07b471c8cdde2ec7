"""How strongly each piece is tied to each cue, as its source and as its content.

For a cue the model gives a query, for every piece a key; their product plus a bias for the distance between them is the
log-odds that the piece belongs to the cue's source (or content).
"""

from __future__ import annotations

import numpy as np

from onrecord.reading.spans import FloatArray, PieceSpan

SOURCE, CONTENT = 0, 1
BUCKET_EDGES = np.array((1, 2, 3, 5, 9, 17, 33, 65, 129))
"""Distances, in pieces, at which a new bias begins."""


def link_scores(links: FloatArray, cues: list[PieceSpan], distances: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log-odds (cues, N) of every piece being the source, and the content, of every cue.

    ``links`` holds (N, 4 d) vectors: query and key for sources, query and key for contents; ``distances`` one bias a
    role and distance bucket.
    """
    length, width = links.shape
    size = width // 4
    vectors = links.reshape(length, 2, 2, size)
    buckets = _buckets(cues, length)

    def scores(role: int) -> FloatArray:
        queries = np.stack([vectors[first:last, role, 0].mean(0) for first, last in cues])
        return np.asarray(queries @ vectors[:, role, 1].T * size**-0.5 + distances[role][buckets], dtype=np.float32)

    return scores(SOURCE), scores(CONTENT)


def _buckets(cues: list[PieceSpan], length: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The distance bucket of every piece from every cue: before it, inside, after it."""
    reach = np.arange(-length, length + 1)
    table = len(BUCKET_EDGES) + np.sign(reach) * np.searchsorted(BUCKET_EDGES, np.abs(reach), side="right")
    first, last = (np.array(ends)[:, None] for ends in zip(*cues, strict=True))
    at = np.arange(length)
    away = np.minimum(at - first, 0) + np.maximum(at - last + 1, 0)
    chosen: np.ndarray[tuple[int, ...], np.dtype[np.int64]] = table[away + length]
    return chosen


def sigmoid(scores: FloatArray) -> FloatArray:
    """Log-odds as probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)
