"""The engine of one machine: processes with a model each, given one shard at a time.

A worker that dies (killed, out of memory, a fault in a library) costs the shard it was at, which another does again.
A document that ends two processes is refused by name and the shard goes on without it. A worker that grew too large
is replaced between two shards.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from onrecord.batch.settings import RunSettings
from onrecord.batch.working import Stage, Worker
from onrecord.errors import OnrecordError

_TRIES = 20
"""Deaths over one shard before the run gives up: more than any document explains."""
_PATIENCE = 900.0
"""Seconds without a sign of life after which a worker is taken to hang."""
_MOST_MEMORY = 550 * 1024 * 1024
"""Bytes of resident memory at which a worker is replaced."""


@dataclass(slots=True)
class _Work:
    number: int
    skipped: set[int] = field(default_factory=set)
    deaths: int = 0
    last_death: int = -1
    """The document at which the last worker died."""


class _Hand:
    """A worker process as the driver sees it."""

    def __init__(self, settings: RunSettings) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(settings, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.work: _Work | None = None
        self.at, self.heard = -1, time.monotonic()

    def give(self, stage: Stage, work: _Work) -> None:
        """Hands over a shard."""
        self.work, self.at, self.heard = work, -1, time.monotonic()
        self.pipe.send((stage, work.number, frozenset(work.skipped)))

    def end(self) -> None:
        """Ends the process, at once."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


class Pool:
    """The workers of one run; ``with`` it. They stay from stage to stage, so that each loads its libraries once."""

    def __init__(self, settings: RunSettings) -> None:
        self._settings = settings
        self._hands: list[_Hand] = []
        self._waiting: deque[_Work] = deque()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.end()
        self._hands.clear()

    def do(self, stage: Stage, numbers: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """Does one stage of some shards and gives the counts of each as it is done. Raises OnrecordError."""
        self._waiting = deque(_Work(number) for number in numbers)
        left = len(numbers)
        while left:
            while self._waiting and (idle := self._idle()) is not None:
                self._give(idle, stage)
            for hand in self._heard():
                for number, counts in self._listen(hand):
                    left -= 1
                    yield number, counts

    def _idle(self) -> _Hand | None:
        """A worker without work, started if there may be one more."""
        free = next((hand for hand in self._hands if hand.work is None), None)
        if free is None and len(self._hands) < self._settings.workers:
            free = _Hand(self._settings)
            self._hands.append(free)
        return free

    def _give(self, hand: _Hand, stage: Stage) -> None:
        work = self._waiting.popleft()
        try:
            hand.give(stage, work)
        except OSError:
            self._bury(hand)

    def _heard(self) -> list[_Hand]:
        """The workers that said something, died, or have been silent for too long."""
        hands = self._hands
        ready = set(wait([hand.pipe for hand in hands] + [hand.process.sentinel for hand in hands], timeout=5.0))
        late = time.monotonic() - _PATIENCE
        for hand in hands:
            if hand.work is not None and hand.heard < late:
                hand.process.kill()
        return [hand for hand in hands if hand.pipe in ready or hand.process.sentinel in ready]

    def _listen(self, hand: _Hand) -> Iterator[tuple[int, Any]]:
        """What a worker has to say: where it is, or that a shard is done."""
        try:
            while hand.pipe.poll():
                kind, *told = hand.pipe.recv()
                hand.heard = time.monotonic()
                if kind == "at":
                    [hand.at] = told
                elif kind == "failed":
                    raise OnrecordError(told[0])
                elif hand.work is not None:
                    counts, memory = told
                    number, hand.work = hand.work.number, None
                    if memory > _MOST_MEMORY:
                        self._hands.remove(hand)
                        hand.end()
                    yield number, counts
                    return
            if hand.process.is_alive():
                return
        except (EOFError, OSError):
            pass
        self._bury(hand)

    def _bury(self, hand: _Hand) -> None:
        """Takes a dead worker away; its shard is done again, without a document that killed two."""
        if hand in self._hands:
            self._hands.remove(hand)
        hand.end()
        work = hand.work
        if work is None:
            return
        work.deaths += 1
        if hand.at >= 0 and hand.at == work.last_death:
            work.skipped.add(hand.at)
        work.last_death = hand.at
        if work.deaths >= _TRIES:
            raise OnrecordError(
                f"shard {work.number} ended {work.deaths} workers, the last at document {hand.at}: is there memory"
                " enough?"
            )
        self._waiting.appendleft(work)


def _serve(settings: RunSettings, pipe: Connection) -> None:
    """A worker's life: it ends when the driver's end of the pipe does."""
    worker: Worker | None = None
    try:
        while True:
            stage, number, skipped = pipe.recv()
            try:
                worker = worker or Worker(settings)
                counts = worker.do(stage, number, skipped, lambda at: pipe.send(("at", at)))
            except OnrecordError as error:
                pipe.send(("failed", str(error)))
                continue
            pipe.send(("done", counts, _resident()))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _resident() -> int:
    """This process's resident memory in bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
