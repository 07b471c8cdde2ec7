"""How strangers' servers are asked: seldom, only where they let us, and not again before they said.

Every request of a poll goes through :meth:`Manners.ask`, so there is one place where robots.txt, the reservation of
text and data mining, the pause between two requests and a server's own "later" are kept. A redirect to another host is
followed by the client; what comes back is thrown away unless that host, too, lets us have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord import intake
from onrecord.errors import RefusedInput, TooLarge, UnsafeAddress
from onrecord.watching.world import DAY, World, retry_after, stamp

if TYPE_CHECKING:
    from onrecord.pipeline import Feeds

PAUSE = 2.0
"""Seconds between two requests to one host, unless its robots.txt asks for more."""
_LONGEST_PAUSE = 60.0
_RULES_LAST = DAY
_RULES_AGAIN = 600.0
"""Seconds before a host whose rules could not be had is asked anything again."""
_MOST_RULES = 2 * 1024 * 1024
_BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))


class Declined(RefusedInput):
    """What was not fetched. ``later``: it may be had another time, after ``seconds`` where that is known.

    ``why``: "robots", "reserved" or "failed".
    """

    def __init__(self, reason: str, *, later: bool, seconds: float | None = None, why: str = "failed") -> None:
        super().__init__(reason)
        self.later, self.seconds, self.why = later, seconds, why


@dataclass(frozen=True, slots=True)
class _Rules:
    robots: intake.Robots
    tdm: str
    until: datetime


class Manners:
    """One per run; what hosts said is kept in the record, so the next run knows it too."""

    def __init__(self, hosts: Feeds, options: intake.Options, world: World, *, pause: float = PAUSE) -> None:
        self._hosts, self._options, self._world, self._pause = hosts, options, world, pause
        self._rules: dict[str, _Rules] = {}
        self._free_at: dict[str, datetime] = {}

    def ask(
        self, url: str, *, headers: Mapping[str, str] | None = None, limit: int | None = None
    ) -> intake.Fetched:  # fmt: skip
        """Fetches an address, as far as its host allows. Raises Declined with the reason."""
        options = replace(self._options, max_bytes=limit, max_unpacked=limit) if limit else self._options
        self._check(url)
        answer = self._fetch(url, options, headers)
        if answer.status in _BUSY:
            raise self._later(url, answer)
        if _host(answer.url) != _host(url):
            self._check(answer.url)
        if 200 <= answer.status < 300 and intake.reserved_by_answer(answer.headers, answer.body):
            raise Declined(f"{_host(answer.url)} reserves text and data mining here", later=False, why="reserved")
        return answer

    def _check(self, url: str) -> None:
        """Raises Declined unless the host lets the address be fetched now."""
        host, now = _host(url), self._world.now()
        known = self._hosts.host(host) or {}
        if (until := known.get("not_before")) and until > stamp(now):
            seconds = (datetime.fromisoformat(until) - now).total_seconds()
            raise Declined(f"{host} asked to be left alone until {until}", later=True, seconds=seconds)
        rules = self._rules_of(host, known, now)
        if not rules.robots.allows(url):
            agent = self._options.user_agent
            raise Declined(f"robots.txt of {host} does not let '{agent}' fetch it", later=False, why="robots")
        if intake.reserved_on_host(rules.tdm, url):
            raise Declined(f"{host} reserves text and data mining here", later=False, why="reserved")

    def _rules_of(self, host: str, known: Mapping[str, str | None], now: datetime) -> _Rules:
        """A host's rules: those in hand, those in the record, or asked for now."""
        rules = self._rules.get(host)
        if rules is not None and rules.until > now:
            return rules
        robots, tdm, asked = known.get("robots"), known.get("tdm"), known.get("asked_at")
        until = datetime.fromisoformat(asked) + timedelta(seconds=_RULES_LAST) if asked else now
        if robots is None or until <= now:
            robots, tdm = self._asked(host, intake.ROBOTS_PATH), self._asked(host, intake.TDM_PATH, strict=False)
            until = now + timedelta(seconds=_RULES_LAST)
            self._hosts.keep_host(host, robots=robots, tdm=tdm, asked_at=stamp(now))
        self._rules[host] = made = _Rules(intake.Robots(robots, self._options.user_agent), tdm or "", until)
        return made

    def _asked(self, host: str, path: str, *, strict: bool = True) -> str:
        """A file of rules, "" where there is none. ``strict``: while it cannot be had, nothing on the host may be."""
        small = replace(self._options, max_bytes=_MOST_RULES, max_unpacked=_MOST_RULES)
        try:
            answer = self._fetch(host + path, small, None)
            if answer.status < 300:
                return answer.body.decode("utf-8-sig", "replace").replace("\0", "")
            if answer.status < 500 and answer.status != 429:
                return ""
            reason = f"status {answer.status}"
        except Declined as error:
            if isinstance(error.__context__, UnsafeAddress):
                raise
            reason = error.reason
        if not strict:
            return ""
        self._hosts.keep_host(host, not_before=self._world.at(_RULES_AGAIN))
        raise Declined(f"{host}{path} cannot be had ({reason}): until it can, nothing there is fetched", later=True)

    def _fetch(self, url: str, options: intake.Options, headers: Mapping[str, str] | None) -> intake.Fetched:
        """One request, when it is this host's turn."""
        host = _host(url)
        rules = self._rules.get(host)
        pause = max(self._pause, min(rules.robots.delay(), _LONGEST_PAUSE)) if rules else self._pause
        wait = (self._free_at.get(host, self._world.now()) - self._world.now()).total_seconds()
        if wait > 0:
            self._world.sleep(wait)
        try:
            return intake.fetch(url, options, headers=headers)
        except RefusedInput as error:
            raise Declined(error.reason, later=not isinstance(error, (UnsafeAddress, TooLarge))) from error
        finally:
            self._free_at[host] = self._world.now() + timedelta(seconds=pause)

    def _later(self, url: str, answer: intake.Fetched) -> Declined:
        """A server that is busy, or had enough of us: when it names a time, the whole host is left alone till then."""
        seconds = retry_after(answer.headers.get("retry-after", ""), self._world.now())
        if seconds is not None and answer.status in (429, 503):
            self._hosts.keep_host(_host(answer.url), not_before=self._world.at(seconds))
        return Declined(f"the server answered with status {answer.status}", later=True, seconds=seconds)


def _host(url: str) -> str:
    """Scheme, host and port: what a robots.txt is good for."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"
