"""The one reader of a site: its model is loaded for the first article, and it reads for one person at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from onrecord import pipeline
from onrecord.errors import Unavailable
from onrecord.serve.needs import Json, Record
from onrecord.types import Article, Refusal

if TYPE_CHECKING:
    from onrecord.pipeline import Record as WholeRecord

PATIENCE = 60
"""Seconds that somebody waits for the reader."""


class OneReader:
    """Cleans, reads and resolves for the site; what it reads is kept in the record."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._pipeline: pipeline.Pipeline | None = None

    def keep(
        self, record: Record, opened: Iterator[Article | Refusal], published: str | None, outlet: str | None
    ) -> Json:  # fmt: skip
        """What became of each article: ``kept`` (``id label new statements``) and ``refused`` (``origin reason``).

        Raises Unavailable where others have the reader for too long.
        """
        with self.borrowed() as reader:
            kept: list[Json] = []
            refused: list[Json] = []
            outcomes = reader.run_many(opened, published=published)
            for done in pipeline.keep(outcomes, cast("WholeRecord", record), outlet=outlet):
                if isinstance(done, Refusal):
                    refused.append({"origin": done.origin, "reason": done.reason})
                else:
                    known = {"id": done.article_id, "label": done.label, "new": done.new}
                    kept.append({**known, "statements": done.statements})
            return {"kept": kept, "refused": refused}

    def check(self, record: Record, draft: str, published: str | None) -> Json:
        """The report on a draft: see docs/checking.md. Raises RefusedInput, or Unavailable as :meth:`keep` does."""
        with self.borrowed() as reader:
            article = pipeline.article_from(draft)
            report = pipeline.check_draft(cast("WholeRecord", record), article, reader, published=published)
        # Where the record lies is no matter of who asks over the network.
        return {key: value for key, value in report.items() if key != "record"}

    @contextmanager
    def borrowed(self) -> Iterator[pipeline.Pipeline]:
        """The reader, for one person. Raises Unavailable where others have it for too long."""
        if not self._turn.acquire(timeout=PATIENCE):
            raise Unavailable("others are having articles read just now")
        try:
            self._pipeline = self._pipeline or pipeline.Pipeline()
            yield self._pipeline
        finally:
            self._turn.release()
