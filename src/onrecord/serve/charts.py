"""Small charts as numbers that a template draws: bars a month, laid out on the server, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

HEIGHT = 48
MOST_MONTHS = 60
_WIDE = 11
"""A bar and the gap after it, in the drawing's own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: where it stands and what it says."""

    x: int
    height: int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the first month to the last, none left out; ``told`` says the same in words."""

    bars: tuple[Bar, ...]
    width: int
    told: str
    height: int = HEIGHT


def months(counted: Sequence[dict[str, Any]]) -> Chart | None:
    """The chart of ``{"month": "2025-06", "statements": 3}``; None where there is less than two months to compare.

    >>> months([{"month": "2025-11", "statements": 4}, {"month": "2026-01", "statements": 1}]).told
    'November 2025: 4, January 2026: 1'
    """
    known = {str(c["month"]): int(c["statements"]) for c in counted if len(str(c["month"])) == 7}
    if len(known) < 2:
        return None
    every = _between(min(known), max(known))[-MOST_MONTHS:]
    top = max(known.get(m, 0) for m in every) or 1
    bars = tuple(
        Bar(n * _WIDE, round(HEIGHT * known.get(m, 0) / top), _name(m), known.get(m, 0)) for n, m in enumerate(every)
    )
    told = ", ".join(f"{b.label}: {b.count}" for b in bars if b.count)
    return Chart(bars, len(bars) * _WIDE, told)


def _between(first: str, last: str) -> list[str]:
    try:
        (year, month), end = map(int, first.split("-")), tuple(map(int, last.split("-")))
    except ValueError:
        return [first, last]
    found: list[str] = []
    while (year, month) <= end and len(found) < 2400:
        found.append(f"{year:04d}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _name(month: str) -> str:
    names = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    )  # fmt: skip
    year, _, number = month.partition("-")
    return f"{names[(int(number) - 1) % 12]} {year}" if number.isdigit() else month
