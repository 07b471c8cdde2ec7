"""New statements that an alert asks for, sent once each: to an Atom file, by mail, to a webhook.

What is decided: where nobody can know whether something arrived (the run died, or the answer never came), it is not
sent again by itself. A person sees it under "unsure" and may say so. A file is another matter: it is written whole each
time, so it is simply written again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import intake
from onrecord.errors import NotAnswered, OnrecordError, RefusedInput, import_extra
from onrecord.formats import atom, statement_lines
from onrecord.settings import Settings
from onrecord.watching.mail import Mailer
from onrecord.watching.world import World, retry_after
from onrecord.whole import write_whole

if TYPE_CHECKING:
    from onrecord.pipeline import Record

BATCH = 20
"""Statements in one mail or request."""
MOST_TRIES = 8
_FIRST_WAIT = 300.0
_DEAD = 900.0
"""Seconds after which a run that is still sending is taken for dead: far beyond what one batch may take."""
_IN_FILE = 200
"""Statements in an Atom file, the newest."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an alert in this run: how many were found new, sent, put off, given up, and are unsure."""

    name: str
    found: int = 0
    sent: int = 0
    put_off: int = 0
    failed: int = 0
    unsure: int = 0
    reason: str | None = None


class Later(RefusedInput):
    """It surely did not arrive, and the server named the seconds to wait."""

    def __init__(self, reason: str, seconds: float | None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Alerter:
    """Finds what is new for each alert and sends it."""

    def __init__(
        self, store: Record, options: intake.Options | None = None, world: World | None = None,
        settings: Settings | None = None,
    ) -> None:  # fmt: skip
        self._store, self._alerts = store, store.alerts
        self._options, self._world = options or intake.Options(), world or World()
        self._settings = settings or Settings.from_environment()

    def run(self, names: Sequence[str] = (), *, again: bool = False) -> Iterator[Told]:
        """Each alert, or those named, in turn. ``again``: what is unsure or was given up, too.

        What is wrong with one (no mail server, a folder that cannot be written) is told in its turn, and the rest goes
        on. Raises RecordError for a name that is not there.
        """
        for alert in self._alerts.listed(names):
            if again:
                self._alerts.again(alert["name"], at=self._world.at())
            yield self._one(alert)

    def _one(self, alert: Json) -> Told:
        name = alert["name"]
        found = self._alerts.find(name, at=self._world.at())
        try:
            self._ready(alert)
            sent, put_off, given_up, reason = self._send(alert)
        except OnrecordError as error:
            sent, put_off, given_up, reason = 0, 0, 0, str(error)
        [after] = self._alerts.listed([name])
        unsure = after["items"]["unsure"]
        return Told(name, found, sent, put_off, given_up, unsure, reason)

    def _ready(self, alert: Json) -> None:
        """Raises OnrecordError where this cannot be sent at all: before anything is taken."""
        if alert["way"] == "mail":
            Mailer(self._settings.smtp, self._settings.mail_from)
        elif alert["way"] == "webhook":
            import_extra("httpx", "web")

    def _send(self, alert: Json) -> tuple[int, int, int, str | None]:
        """Batch by batch until nothing is due or one fails; sent, put off, given up, and the reason."""
        name, sent = alert["name"], 0
        is_file = alert["way"] == "atom"
        while True:
            taken = self._alerts.take(
                name, at=self._world.at(), dead=self._world.at(-_DEAD), limit=_IN_FILE if is_file else BATCH,
                harmless=is_file,
            )  # fmt: skip
            if not taken and not (is_file and sent == 0):
                return sent, 0, 0, None
            statements = [s for uid in taken if (s := self._store.statement(uid)) is not None]
            there = {s["uid"] for s in statements}
            self._alerts.settle(name, [u for u in taken if u not in there], "gone", at=self._world.at())
            if not statements and not is_file:
                continue
            try:
                self._deliver(alert, statements)
            except NotAnswered as error:
                self._alerts.settle(name, list(taken), "unsure", at=self._world.at(), reason=error.reason)
                return sent, 0, 0, error.reason
            except OnrecordError as error:
                given_up = self._put_off(name, taken, error)
                return sent, len(taken) - given_up, given_up, str(error)
            self._alerts.settle(name, list(taken), "sent", at=self._world.at())
            sent += len(statements)
            if not taken:
                return sent, 0, 0, None

    def _put_off(self, name: str, taken: Mapping[str, int], error: OnrecordError) -> int:
        wait = self._world.backoff(max(taken.values(), default=0), _FIRST_WAIT)
        if isinstance(error, Later) and error.seconds is not None:
            wait = max(wait, error.seconds)
        at, next_at = self._world.at(), self._world.at(wait)
        return self._alerts.put_off(name, list(taken), at=at, next_at=next_at, reason=str(error), most=MOST_TRIES)

    def _deliver(self, alert: Json, statements: list[Json]) -> None:
        """Raises NotAnswered where it may have arrived, another OnrecordError where it surely did not."""
        if alert["way"] == "atom":
            self._write(alert)
        elif alert["way"] == "mail":
            self._mail(alert, statements)
        else:
            self._post(alert, statements)

    def _write(self, alert: Json) -> None:
        entries = self._alerts.entries(alert["name"], limit=_IN_FILE)
        newest = max((found for _, found in entries), default=alert["made_at"])
        write_whole([atom(alert["name"], entries, newest)], Path(alert["target"]).expanduser())

    def _mail(self, alert: Json, statements: list[Json]) -> None:
        count = f"{len(statements)} new statement{'' if len(statements) == 1 else 's'}"
        parts = ["\n".join([*statement_lines(s), *_links(s)]) for s in statements]
        mailer = Mailer(self._settings.smtp, self._settings.mail_from)
        mailer.send(
            alert["target"], f"onrecord: {count} ({alert['name']})", "\n\n".join(parts) + "\n",
            key=_key(alert, statements), at=self._world.now(),
        )  # fmt: skip

    def _post(self, alert: Json, statements: list[Json]) -> None:
        body = {"alert": alert["name"], "kind": alert["kind"], "query": alert["query"], "statements": statements}
        key = _key(alert, statements)
        headers = {"Content-Type": "application/json", "Accept": "*/*", "Idempotency-Key": key}
        answer = intake.post(alert["target"], json.dumps(body).encode(), self._options, headers=headers)
        if not 200 <= answer.status < 300:
            seconds = retry_after(answer.headers.get("retry-after", ""), self._world.now())
            raise Later(f"the webhook answered with status {answer.status}", seconds)


def _links(statement: Json) -> list[str]:
    url = statement["article"]["url"]
    return [f"    {url}"] if url else []


def _key(alert: Json, statements: Sequence[Json]) -> str:
    """The same batch of the same alert has the same key, so that a receiver can tell a repetition."""
    words = "|".join([alert["name"], alert["made_at"], *sorted(s["uid"] for s in statements)])
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:40]
