"""How sure a statement is: a logistic model over what the tagger saw, fitted so that 0.9 means nine in ten.

The weights come with the model (``config.json``), fitted on dev by ``bench/calibrate.py``; the card has the table.
Method: Platt scaling (Platt, 1999) over several features instead of one score.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from onrecord.reading.links import Linked
from onrecord.reading.spans import FloatArray, PieceSpan

FEATURES = (
    "content_mean", "content_least", "content_edges", "cue_mean", "source_mean", "source_link", "content_link",
    "margin", "has_source", "has_cue", "pieces", "content_length",
)  # fmt: skip
"""What the logistic model looks at, in the order of its weights."""


def evidence(linked: Linked, sure: FloatArray) -> list[float]:
    """The features of one statement; ``sure`` is the probability of each piece's chosen tag."""
    content = np.concatenate([sure[first:last] for first, last in linked.content])
    edges = [float(sure[at]) for first, last in linked.content for at in (first, last - 1)]
    length = len(content)
    return [
        log_odds(float(content.mean())), log_odds(float(content.min())), log_odds(min(edges)),
        _of(linked.cue, sure), _of(linked.source, sure),
        log_odds(linked.source_link), log_odds(linked.content_link), min(linked.margin, 10.0),
        float(linked.source is not None), float(linked.cue is not None),
        float(len(linked.content)), float(np.log(length)),
    ]  # fmt: skip


def confidence(features: list[float], fitted: Mapping[str, float]) -> float:
    """The probability that source and content are right by the scorer's rule. Unfitted: 0.5."""
    if not fitted:
        return 0.5
    score = fitted["bias"] + sum(fitted[name] * value for name, value in zip(FEATURES, features, strict=True))
    return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def _of(span: PieceSpan | None, sure: FloatArray) -> float:
    return log_odds(float(sure[span[0] : span[1]].mean())) if span else 0.0


def log_odds(probability: float) -> float:
    """The logarithm of a probability's odds, kept finite."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return float(np.log(kept / (1 - kept)))
