"""What was worked out for a page, kept as long as the record is the one it was worked out from."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from onrecord.serve.needs import Record

LASTS = 30.0
"""Seconds after which a thing is worked out anew though the record looks the same: some changes leave no trace in its
:meth:`~onrecord.serve.needs.Editing.state`."""
MOST = 128
"""Things kept at once, so that memory stays bounded."""

T = TypeVar("T")


@dataclass(slots=True)
class _Thing:
    """One thing kept; its lock lets one request work it out while those that ask for the same wait."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    state: str | None = None
    at: float = 0.0
    value: Any = None


class Kept:
    """See :meth:`of`."""

    def __init__(self, lasts: float = LASTS) -> None:
        self._lasts, self._turn = lasts, threading.Lock()
        self._things: OrderedDict[object, _Thing] = OrderedDict()

    def of(self, record: Record, key: object, make: Callable[[], T]) -> T:
        """What ``make`` gives, from before where the record has not changed since. Nobody may change what it gives."""
        state, thing = record.desk.state(), self._thing(key)
        with thing.turn:
            now = time.monotonic()
            if thing.state != state or now - thing.at > self._lasts:
                thing.value = make()
                thing.state, thing.at = state, now
            value: T = thing.value
            return value

    def _thing(self, key: object) -> _Thing:
        with self._turn:
            thing = self._things.setdefault(key, _Thing())
            self._things.move_to_end(key)
            while len(self._things) > MOST:
                self._things.popitem(last=False)
            return thing
