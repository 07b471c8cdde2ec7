"""The part of the record's face that shows what was judged across articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Engine

from onrecord.record import disputed, figured, identities, stories
from onrecord.record.authorities import Authorities
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

    @property
    def authorities(self) -> Authorities:
        """What reconciliation with a local file sees and appends; ``pipeline.reconcile`` does it."""
        return Authorities(self._engine)

    def stories(self, *, at_least: int = 1, limit: int = 50, offset: int = 0) -> list[Json]:
        """Stories of at least so many articles: those of several first, then the newest.

        Each is ``id label articles first last speakers outlets texts``. An article has its ``id key origin`` and what
        tells a reader which it is, ``how score reason``: how it came into the story, and ``copy``: None, or ``id first
        agency share`` where other articles have the same text. ``first`` and ``last`` are dates; ``texts`` counts
        copies as one.
        """
        self._bring_up_to_date("stories")
        self._bring_up_to_date("copies")
        with reading_from(self._engine) as connection:
            return stories.stories(connection, at_least=at_least, limit=limit, offset=offset)

    def story(self, id_or_prefix: str) -> Json | None:
        """One story with its ``statements`` in order of time, each with its disputes and context; or None."""
        self._bring_up_to_date("stories")
        self._bring_up_to_date("copies")
        with reading_from(self._engine) as connection:
            return stories.story(connection, id_or_prefix)

    def repeats(self, *, articles: Sequence[str] = (), limit: int = 50, offset: int = 0) -> list[Json]:
        """Groups of statements of several articles that say the same, the newest first: ``id texts statements``.

        In a group the earliest comes first. Each is a statement whose ``article`` is the article's id, with ``origin``,
        ``article_brief``, ``how score reason``: how it repeats one before it, and ``copy`` as in a story's articles.
        ``texts``: how many texts hold it, wire copy counted once. ``articles``: only groups that hold
        something of these (ids).
        """
        self._bring_up_to_date("stories")
        self._bring_up_to_date("copies")
        self._bring_up_to_date("repeats")
        with reading_from(self._engine) as connection:
            return stories.repeats(connection, articles=articles, limit=limit, offset=offset)

    def unsure(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Pairs of names that may be one and wait for a person, the likeliest first.

        Each is ``id verdict score reason type names articles``: two names, and the articles that have them.
        """
        self._bring_up_to_date("stories")
        self._bring_up_to_date("entities")
        with reading_from(self._engine) as connection:
            return identities.unsure(connection, limit=limit, offset=offset)

    def disputes(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Statements that speak against another, inside one article and across those of a story; the newest first.

        Each is ``id how score reason statement against``, both statements whole. ``how``: "denies", or "changed" where
        one speaker said two things of one matter.
        """
        self._bring_up_to_date("stories")
        self._bring_up_to_date("disputes")
        with reading_from(self._engine) as connection:
            return disputed.disputes(connection, limit=limit, offset=offset)

    def figures(self, *, articles: Sequence[str] = (), limit: int = 50, offset: int = 0) -> list[Json]:
        """Counts that articles of one story report differently, the newest first: ``id figures``.

        In a group the earliest report comes first. Each is the contract's figure with ``words sentence at`` (raw),
        ``owner_name``, ``statement`` (the whole statement it stands in, or None), ``article`` and ``how score reason``:
        how it came into the group. ``articles``: only groups that hold something of these (ids).
        """
        self._bring_up_to_date("stories")
        self._bring_up_to_date("figures")
        with reading_from(self._engine) as connection:
            return figured.figures(connection, articles=articles, limit=limit, offset=offset)

    def agenda(self, since: str, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Happenings that were ahead when their article came out, from a day (ISO) on, the nearest first.

        Each is the contract's event with ``id words sentence at article statements``: the statements, whole, that its
        words stand in.
        """
        self._bring_up_to_date("agenda")
        with reading_from(self._engine) as connection:
            return figured.agenda(connection, since=since, limit=limit, offset=offset)

    def named(self, kind: str, first: str, last: str) -> dict[str, tuple[str, int]]:
        """In how many articles published from one ISO day to another each thing is named: key -> (name, count).

        ``kind``: "topic", "country", or a type of entity, whose merged names count as one. Undated articles are none.
        """
        with reading_from(self._engine) as connection:
            return figured.named(connection, kind, first, last)

    def count_dated(self, first: str, last: str) -> int:
        """How many articles were published from one ISO day to another."""
        with reading_from(self._engine) as connection:
            return figured.dated_articles(connection, first, last)

    def newest_day(self, today: str) -> str | None:
        """The newest day of publication on record, of those not after today; None where no article has a date."""
        with reading_from(self._engine) as connection:
            return figured.newest_day(connection, today)
