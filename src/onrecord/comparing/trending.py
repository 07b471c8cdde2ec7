"""What is written about more than usual: a burst score against a thing's own past.

The score is the signed root of the Poisson deviance, ``sqrt(2 (n ln(n / e) - (n - e)))`` for a count n above the
expected e: how surprising a Poisson count with mean e would be, as a normal deviate (the deviance residual;
McCullagh & Nelder, Generalized Linear Models, 2nd ed. 1989, 2.4.3). e is the share of articles that it had in its
past times the articles there are now, so that a record which grows makes nothing trend; half an article is added to
the past (Jeffreys' prior), so that something never seen before has an expectation too. Kleinberg's automaton (KDD 2002)
finds bursts over a whole history; here only the present is asked about, and a formula that a reader can check does it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_PRIOR = 0.5
LEAST_SCORE = 2.0
"""Below this a count is within what chance brings one time in forty."""
LEAST_ARTICLES = 3
"""A burst of two is none."""


@dataclass(frozen=True, slots=True)
class Count:
    """In how many dated articles a thing is named: now, and in the past it is held against."""

    id: str
    now: int
    past: int


@dataclass(frozen=True, slots=True)
class Burst:
    """A thing that is trending, with what was expected of it and why."""

    id: str
    now: int
    past: int
    expected: float
    score: float


def burst_score(now: int, expected: float) -> float:
    """The signed root of the Poisson deviance: 0 where the count is as expected, negative below.

    >>> round(burst_score(12, 3.0), 1)
    3.9
    """
    if now <= 0:
        return -math.sqrt(2 * expected)
    deviance = 2 * (now * math.log(now / expected) - (now - expected))
    return math.copysign(math.sqrt(max(deviance, 0.0)), now - expected)


def bursts(counts: Iterable[Count], *, articles_now: int, articles_past: int) -> list[Burst]:
    """The things that trend, the highest score first; none where there is no past to hold them against."""
    if not articles_past or not articles_now:
        return []
    found = []
    for count in counts:
        expected = (count.past + _PRIOR) * articles_now / articles_past
        score = burst_score(count.now, expected)
        if count.now >= LEAST_ARTICLES and score >= LEAST_SCORE:
            found.append(Burst(count.id, count.now, count.past, round(expected, 2), round(score, 2)))
    return sorted(found, key=lambda b: (-b.score, b.id))
