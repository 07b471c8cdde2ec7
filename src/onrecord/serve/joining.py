"""Keeps what is judged across articles up to date while the site runs: beside the requests, never inside one."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from onrecord import pipeline
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.pipeline import Record

EVERY = 60.0
"""Seconds between two looks for articles that no pass has seen."""

_REST = 3.0

_log = logging.getLogger(__name__)


class Joiner:
    """A thread that runs the passes over what is new, some articles at a time. Use it in a ``with``."""

    def __init__(self, record: Record, every: float = EVERY) -> None:
        self._record, self._every, self._end = record, every, threading.Event()
        self._thread = threading.Thread(target=self._run, name="onrecord-joiner", daemon=True)

    def __enter__(self) -> None:
        self._record.joined_by = None  # a page shows what is judged so far and waits for nothing
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._end.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._end.is_set():
            try:
                began = time.monotonic()
                for _ in pipeline.join(self._record):
                    # It rests three times as long as the batch took, to leave the process to readers. What a page
                    # gains by it was not measured: pages were seen to be slow while the passes ran without a rest.
                    if self._end.wait(_REST * (time.monotonic() - began)):
                        return
                    began = time.monotonic()
            except OnrecordError as error:  # the record is away or busy: the next look tries again
                _log.warning("articles are not compared just now: %s", error)
            self._end.wait(self._every)
