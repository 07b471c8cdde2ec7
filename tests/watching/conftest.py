"""A record, a reader without a model, and a world whose clock moves only when somebody sleeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.pipeline import Pipeline, open_record
from onrecord.record import Record
from onrecord.watching import World
from tests.factory import FakeTagger


class Clock:
    """A clock that is moved by hand, and by sleeping."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 4, 12, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock.now, clock.sleep, lambda: 0.5)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(str(tmp_path / "record.db")) as opened:
        yield opened


@pytest.fixture
def reader() -> Pipeline:
    return Pipeline(FakeTagger())
