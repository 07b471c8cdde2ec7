"""What is written about more than usual, for the front page: worked out now and then, drawn as bars."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from onrecord import pipeline
from onrecord.serve.needs import Json, Record

if TYPE_CHECKING:
    from onrecord.pipeline import Record as WholeRecord

FRESH = 300.0
"""Seconds that an answer is shown before it is worked out anew: the count of many articles is no work for each page."""
WIDE = 100
_PEOPLE = ("person", "organization")


@dataclass(frozen=True, slots=True)
class Trend:
    """One thing that trends: its name, where it leads, and two lengths on one scale of :data:`WIDE`."""

    name: str
    href: str
    articles: int
    bar: int
    usual: int
    told: str


class Trends:
    """The trends of one record, kept for some minutes."""

    def __init__(self, fresh: float = FRESH) -> None:
        self._fresh, self._turn = fresh, threading.Lock()
        self._at, self._found = float("-inf"), list[Json]()

    def found(self, record: Record) -> list[Json]:
        """What :func:`onrecord.pipeline.trending` gives, at most some minutes old; who comes meanwhile waits for it."""
        with self._turn:
            if time.monotonic() - self._at > self._fresh:
                self._found = pipeline.trending(cast("WholeRecord", record))
                self._at = time.monotonic()
            return self._found

    def drawn(self, record: Record, most: int = 5) -> dict[str, list[Trend]]:
        """``people`` (and organizations) and ``topics`` (and countries), each list on a scale of its own."""
        found = self.found(record)
        people = [item for item in found if item["kind"] in _PEOPLE]
        topics = [item for item in found if item["kind"] not in _PEOPLE]
        return {"people": bars(people[:most]), "topics": bars(topics[:most])}


def bars(found: list[Json]) -> list[Trend]:
    """The bars of some trends: the longest takes the whole width, a mark stands where the usual number would end.

    >>> item = {"name": "Port Vell", "kind": "organization", "articles": 8, "expected": 2.0,
    ...         "window": {"from": "2025-06-14", "to": "2025-06-20"}}
    >>> bars([item])[0].told
    '8 articles from 2025-06-14 to 2025-06-20, usually 2'
    """
    longest = max((max(item["articles"], item["expected"]) for item in found), default=1)
    return [
        Trend(
            item["name"], f"/search?{urlencode({'q': _phrase(item['name'])})}", item["articles"],
            round(WIDE * item["articles"] / longest), round(WIDE * item["expected"] / longest),
            f"{item['articles']} articles from {item['window']['from']} to {item['window']['to']},"
            f" usually {item['expected']:.2g}",
        )
        for item in found
    ]  # fmt: skip


def _phrase(name: str) -> str:
    """A name as a search takes it: its words as they stand side by side."""
    return '"' + name.replace('"', " ") + '"'
