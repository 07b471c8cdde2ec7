"""How sure a statement is: a logistic model over what the tagger saw, fitted so that 0.9 means nine in ten.

The weights come with the model (``config.json``), fitted on dev by ``bench/calibrate.py``; the card has the table.
Method: Platt scaling (Platt, 1999) over several features instead of one score.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from onrecord.reading.decoding import CONTENT, CUE, SOURCE, Linked
from onrecord.reading.spans import FloatArray, PieceSpan

FEATURES = (
    "content_mean", "content_least", "content_edges", "cue_mean", "source_mean", "source_link", "content_link",
    "margin", "has_source", "has_cue", "pieces", "content_length",
)  # fmt: skip
"""What the logistic model looks at, in the order of its weights."""


def evidence(linked: Linked, chances: FloatArray) -> list[float]:
    """The features of one statement; ``chances`` holds the (N, 7) probabilities of the tags, before decoding."""
    sure = _of_role(chances, CONTENT)
    content = np.concatenate([sure[first:last] for first, last in linked.content])
    edges = [float(sure[at]) for first, last in linked.content for at in (first, last - 1)]
    return [
        log_odds(float(content.mean())), log_odds(float(content.min())), log_odds(min(edges)),
        _mean(linked.cue, chances, CUE), _mean(linked.source, chances, SOURCE),
        log_odds(linked.source_link), log_odds(linked.content_link), min(linked.margin, 10.0),
        float(linked.source is not None), float(linked.cue is not None),
        float(len(linked.content)), float(np.log(len(content))),
    ]  # fmt: skip


def confidence(features: list[float], fitted: Mapping[str, float]) -> float:
    """The probability that source and content are right by the scorer's rule. Unfitted: 0.5."""
    if not fitted:
        return 0.5
    score = fitted["bias"] + sum(fitted[name] * value for name, value in zip(FEATURES, features, strict=True))
    return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def _of_role(chances: FloatArray, role: int) -> FloatArray:
    """The probability of each piece being of a role, beginning or inside."""
    return chances[:, 2 * role + 1] + chances[:, 2 * role + 2]


def _mean(span: PieceSpan | None, chances: FloatArray, role: int) -> float:
    """The mean log-odds of a span being of its role; 0 where there is none."""
    return log_odds(float(_of_role(chances[span[0] : span[1]], role).mean())) if span else 0.0


def log_odds(probability: float) -> float:
    """The logarithm of a probability's odds, kept finite."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return float(np.log(kept / (1 - kept)))
