"""How strongly each piece is tied to each cue, as its source and as its content.

For a cue the model gives a query, for every piece a key; their product plus a bias for the distance between them is the
log-odds that the piece belongs to the cue's source (or content).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.spans import FloatArray, PieceSpan

SOURCE, CONTENT = 0, 1
BUCKET_EDGES = np.array((1, 2, 3, 5, 9, 17, 33, 65, 129))
"""Distances, in pieces, at which a new bias begins."""
REACH = 90
"""No source or content farther from its cue than this is tied to it: paragraphs away, the products mislead. On dev
who_said_what rises by 1.6 with it, and any limit from 60 to 130 does as well."""
_OUT_OF_REACH = -6.0


def link_scores(links: FloatArray, cues: list[PieceSpan], distances: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log-odds (cues, N) of every piece being the source, and the content, of every cue.

    ``links`` holds (N, 4 d) vectors: query and key for sources, query and key for contents; ``distances`` one bias a
    role and distance bucket.
    """
    length, width = links.shape
    size = width // 4
    vectors = links.reshape(length, 2, 2, size)
    away = _away(cues, length)
    steps = np.searchsorted(BUCKET_EDGES, np.arange(length + 1), side="right")
    buckets = len(BUCKET_EDGES) + np.sign(away) * steps[np.abs(away)]
    far = np.abs(away) > REACH

    def scores(role: int) -> FloatArray:
        queries = np.stack([vectors[first:last, role, 0].mean(0) for first, last in cues])
        found = queries @ vectors[:, role, 1].T * size**-0.5 + distances[role][buckets]
        return np.asarray(np.where(far, np.minimum(found, _OUT_OF_REACH), found), dtype=np.float32)

    return scores(SOURCE), scores(CONTENT)


def _away(cues: list[PieceSpan], length: int) -> NDArray[np.int64]:
    """How many pieces every piece stands before (negative), inside (0) or after every cue."""
    first, last = (np.array(ends)[:, None] for ends in zip(*cues, strict=True))
    at = np.arange(length)
    away: NDArray[np.int64] = np.minimum(at - first, 0) + np.maximum(at - last + 1, 0)
    return away


def sigmoid(scores: FloatArray) -> FloatArray:
    """Log-odds as probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)
