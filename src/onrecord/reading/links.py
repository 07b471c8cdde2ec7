"""Spans -> statements: each content and each source is tied to its cue.

For a cue the model gives a query, for every piece a key; their product plus a bias for the distance between them is the
log-odds that the piece belongs to the cue's source (or content). A span's score is the mean over its pieces, and since
the product is linear, the mean of the keys serves: the cost is spans times cues, not pieces times cues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.spans import FloatArray, PieceSpan

SOURCE, CONTENT = 0, 1
BUCKET_EDGES = np.array((1, 2, 3, 5, 9, 17, 33, 65, 129))
"""Distances, in pieces, at which a new bias begins."""
_FAR = 512
"""Beyond this many pieces every distance counts the same."""


@dataclass(frozen=True, slots=True)
class Linked:
    """One statement as spans of pieces, with the probability of its links (0 where there is none)."""

    cue: PieceSpan | None
    source: PieceSpan | None
    content: tuple[PieceSpan, ...]
    source_link: float
    content_link: float
    margin: float
    """How far the chosen cue's score lies above the next one's, for the least certain content."""


def distance_sums(biases: FloatArray) -> NDArray[np.float64]:
    """For each role, running sums of the bias over signed distances from ``-_FAR`` to ``_FAR``."""
    at = np.arange(-_FAR, _FAR + 1)
    bucket = len(BUCKET_EDGES) + np.sign(at) * np.searchsorted(BUCKET_EDGES, np.abs(at), side="right")
    by_distance = biases[:, bucket].astype(np.float64)
    return np.concatenate((np.zeros((len(biases), 1)), np.cumsum(by_distance, axis=1)), axis=1)


def span_scores(
    vectors: FloatArray, cues: list[PieceSpan], spans: list[PieceSpan], role: int, sums: NDArray[np.float64]
) -> FloatArray:
    """Log-odds (cues, spans) that a span is the cue's source or content. ``vectors``: (N, roles, query or key, d)."""
    queries = np.stack([vectors[first:last, role, 0].mean(0) for first, last in cues])
    keys = np.stack([vectors[first:last, role, 1].mean(0) for first, last in spans])
    products = queries @ keys.T * vectors.shape[-1] ** -0.5
    scores: FloatArray = products + _distance_bias(np.array(cues), np.array(spans), sums[role])
    return scores


def _distance_bias(cues: NDArray[np.int64], spans: NDArray[np.int64], sums: NDArray[np.float64]) -> FloatArray:
    """The mean distance bias of a span's pieces towards each cue; spans and cues do not overlap."""
    first, last = cues[:, :1], cues[:, 1:]
    start, end = spans[None, :, 0], spans[None, :, 1]
    before = end <= first
    low = np.where(before, start - first, start - last + 1)
    high = np.where(before, end - first, end - last + 1)
    low, high = (np.clip(x, -_FAR, _FAR) + _FAR for x in (low, high))
    high = np.maximum(high, low + 1)
    mean: FloatArray = ((sums[np.minimum(high, 2 * _FAR + 1)] - sums[low]) / (high - low)).astype(np.float32)
    return mean


def tie(
    vectors: FloatArray, spans: Mapping[str, list[PieceSpan]], sums: NDArray[np.float64], least: Mapping[str, float]
) -> list[Linked]:
    """Gives every content a cue and every such cue a source; ``least`` holds the log-odds below which none is given.

    A content that no cue claims stands alone; a cue without content is no statement.
    """
    cues, sources, contents = spans["cue"], spans["source"], spans["content"]
    if not contents:
        return []
    if not cues:
        return [Linked(None, None, (span,), 0.0, 0.0, 0.0) for span in contents]
    content_scores = span_scores(vectors, cues, contents, CONTENT, sums)
    source_scores = span_scores(vectors, cues, sources, SOURCE, sums) if sources else None
    owned: dict[int, list[int]] = {}
    alone: list[Linked] = []
    for number, cue in enumerate(content_scores.argmax(0).tolist()):
        if content_scores[cue, number] < least["content"]:
            alone.append(Linked(None, None, (contents[number],), 0.0, _sigmoid(content_scores[cue, number]), 0.0))
        else:
            owned.setdefault(cue, []).append(number)
    found = [_statement(cue, its, spans, content_scores, source_scores, least) for cue, its in sorted(owned.items())]
    return [*found, *alone]


def _statement(
    cue: int,
    its: list[int],
    spans: Mapping[str, list[PieceSpan]],
    content_scores: FloatArray,
    source_scores: FloatArray | None,
    least: Mapping[str, float],
) -> Linked:
    source, source_link = None, 0.0
    if source_scores is not None:
        best = int(source_scores[cue].argmax())
        source_link = _sigmoid(source_scores[cue, best])
        source = spans["source"][best] if source_scores[cue, best] >= least["source"] else None
    weakest = min(its, key=lambda number: float(content_scores[cue, number]))
    rivals = np.delete(content_scores[:, weakest], cue)
    margin = float(content_scores[cue, weakest] - rivals.max()) if len(rivals) else 10.0
    content = tuple(spans["content"][number] for number in its)
    return Linked(
        spans["cue"][cue], source, content, source_link, _sigmoid(content_scores[cue, weakest]), min(margin, 10.0)
    )


def _sigmoid(score: float | np.floating) -> float:
    return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))
