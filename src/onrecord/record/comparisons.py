"""The part of the record's face that shows what was judged across articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from onrecord.record import stories
from onrecord.record.connect import reading_from

Json = dict[str, Any]


class Comparisons:
    """See :class:`onrecord.record.Record`."""

    _engine: Engine
    joined_by: Callable[[Any, str], None] | None = None
    """Runs a pass over what is new before its list is shown; handed in by the pipeline."""

    def _bring_up_to_date(self, name: str) -> None:
        if self.joined_by is not None:
            self.joined_by(self, name)

    def stories(self, *, at_least: int = 1, limit: int = 50, offset: int = 0) -> list[Json]:
        """Stories of at least so many articles: those of several first, then the newest.

        Each is ``id label articles first last speakers outlets``. An article has its ``id key origin`` and what tells a
        reader which it is, and ``how score reason``: how it came into the story. ``first`` and ``last`` are dates.
        """
        self._bring_up_to_date("stories")
        with reading_from(self._engine) as connection:
            return stories.stories(connection, at_least=at_least, limit=limit, offset=offset)

    def story(self, id_or_prefix: str) -> Json | None:
        """One story with its ``statements`` in order of time, each with its disputes and context; or None."""
        self._bring_up_to_date("stories")
        with reading_from(self._engine) as connection:
            return stories.story(connection, id_or_prefix)

    def repeats(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Groups of statements of several articles that say the same, the newest first: ``id statements``.

        In a group the earliest comes first. Each is a statement whose ``article`` is the article's id, with ``origin``,
        ``article_brief`` and ``how score reason``: how it repeats one before it.
        """
        self._bring_up_to_date("repeats")
        with reading_from(self._engine) as connection:
            return stories.repeats(connection, limit=limit, offset=offset)
