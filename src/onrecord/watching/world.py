"""Time and chance, handed down; and how long to wait after a failure."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY = 86_400.0


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class World:
    """The clock, the way to wait, and a number between 0 and 1 nobody can foretell."""

    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def at(self, seconds: float = 0.0) -> str:
        """The moment so many seconds from now, as the record keeps it: such strings sort by time."""
        return stamp(self.now() + timedelta(seconds=seconds))

    def around(self, seconds: float) -> float:
        """About so long, a tenth more or less: what began together does not stay together."""
        return seconds * (0.9 + 0.2 * self.chance())

    def backoff(self, failures: int, first: float) -> float:
        """How long to wait after so many failures in a row: twice as long each time, up to a day, by chance down to
        half of it, so that those who failed together do not come back together."""
        return min(first * 2.0 ** min(failures, 32), DAY) * (0.5 + 0.5 * self.chance())


def stamp(moment: datetime) -> str:
    """A moment as text in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header names, as a number or a date, up to a day; None for anything else."""
    value = value.strip()
    if value.isdecimal():
        return min(float(value[:9]), DAY)
    try:
        return min(max((parsedate_to_datetime(value) - now).total_seconds(), 0.0), DAY)
    except (TypeError, ValueError, OverflowError):
        return None
