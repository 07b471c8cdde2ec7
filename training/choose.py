"""The numbers of decoding, chosen one after another: thresholds, and a bias for the tags of each role.

They are chosen on PolNeAR dev and on the tune half of our own gold at once, each counting half.

A bias on a tag is the same as one on every move to it and on starting with it, so it needs no place of its own in the
model folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.reading.decoding import Rules
from training.config import ROLES
from training.evaluate import score_statements
from training.pieces import Pieces
from training.predict import Scores

GRID = {
    "source_pull": (0.0, 0.25, 0.5, 0.75, 1.0),
    "cue_favour": (0.0, 1.0, 2.0, 3.0, 4.0),
    "least_source": (0.1, 0.2, 0.3, 0.4),
    "least_content": (0.02, 0.05, 0.1, 0.2),
    "grown_source": (0.4, 0.5, 0.6, 0.7, 0.8),
}
Scored = tuple[Sequence[Pieces], Sequence[Scores]]
"""Documents and what a model says of each."""
BIASES = (-0.4, -0.2, 0.2, 0.4)
COUNTED = {"who_said_what": 1.0, "said_what": 0.5, "strict": 0.25, "source_token": 0.1, "cue_token": 0.1}
"""What is maximised: the figures readers feel, weighed."""


def choose_rules(sets: Sequence[Scored], rules: Rules, scorer: Path) -> Rules:
    """The rules with every number at the value that does best on all sets together, the others held."""

    def worth(rules: Rules) -> float:
        figures = [score_statements(documents, scores, rules, scorer) for documents, scores in sets]
        return sum(weight * float(one[name]["f1"]) for one in figures for name, weight in COUNTED.items())

    best, most = rules, worth(rules)
    for variants in _steps():
        for candidate in variants(best):
            value = worth(candidate)
            if value > most:
                best, most = candidate, value
    return best


def _steps() -> Iterator[Callable[[Rules], list[Rules]]]:
    """Each step gives, for rules, the variants in one number."""
    for role in range(len(ROLES)):
        yield lambda rules, role=role: [biased(rules, role, by) for by in BIASES]  # type: ignore[misc]
    for name, values in GRID.items():
        yield lambda rules, name=name, values=values: [replace(rules, **{name: value}) for value in values]  # type: ignore[misc]


def biased(rules: Rules, role: int, by: float) -> Rules:
    """The rules with a bias on beginning and going on in one role."""
    moves, starts = rules.moves.copy(), rules.starts.copy()
    moves[:, 2 * role + 1 : 2 * role + 3] += by
    starts[2 * role + 1 : 2 * role + 3] += by
    return replace(rules, moves=moves, starts=starts)
