"""Who is logged in, and how often somebody may ask for what is dear. Both live in memory: a restart begins anew."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable

from onrecord.serve.users import Person

LASTS = 14 * 24 * 3600
"""Seconds that a session lasts."""
MOST = 10_000
COOKIE = "onrecord"

Clock = Callable[[], float]


class Sessions:
    """Sessions by a number that nobody can guess, of which only the digest is kept."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock, self._lock, self._key = clock, threading.Lock(), secrets.token_bytes(32)
        self._open: dict[bytes, tuple[Person, float]] = {}

    def start(self, person: Person) -> str:
        """Begins a session and gives its number, for the cookie."""
        number = secrets.token_urlsafe(32)
        with self._lock:
            if len(self._open) >= MOST:
                del self._open[next(iter(self._open))]
            self._open[_digest(number)] = (person, self._clock() + LASTS)
        return number

    def find(self, number: str) -> Person | None:
        """Whose session that is; None where it is over, or none."""
        with self._lock:
            person, until = self._open.get(_digest(number), (None, 0.0))
            if person is not None and until < self._clock():
                del self._open[_digest(number)]
                return None
            return person

    def end(self, number: str) -> None:
        """Ends a session."""
        with self._lock:
            self._open.pop(_digest(number), None)

    def form_token(self, number: str) -> str:
        """What stands in the forms of that session's pages, so that no other page can send them."""
        return hmac.new(self._key, number.encode(), hashlib.sha256).hexdigest()[:32]


class Limit:
    """At most so many in a minute for each asker; who has waited may ask again, up to that many at once."""

    def __init__(self, a_minute: int, clock: Clock = time.monotonic) -> None:
        self._most, self._clock, self._lock = a_minute, clock, threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def allows(self, asker: str) -> bool:
        """Counts one request of an asker; False where it is one too many."""
        with self._lock:
            now = self._clock()
            if len(self._left) > MOST:
                self._left = {k: v for k, v in self._left.items() if now - v[1] < 60}
            left, since = self._left.get(asker, (float(self._most), now))
            left = min(float(self._most), left + (now - since) * self._most / 60)
            self._left[asker] = (left - 1, now) if left >= 1 else (left, now)
            return left >= 1


def _digest(number: str) -> bytes:
    return hashlib.sha256(number.encode("utf-8", "replace")).digest()
