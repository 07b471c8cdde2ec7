"""What the site asks of a record. The pipeline hands in one that fits; a test may hand in another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

Json = dict[str, Any]
Chosen = str | Sequence[str] | None
"""One value, several of which any fits, or no matter which."""


class Alerts(Protocol):
    """What is asked for, and what was found for it."""

    def listed(self, names: Sequence[str] = (), *, limit: int = 0) -> list[Json]:
        """Alerts by name; raises RecordError for a name that is not there."""

    def entries(self, name: str, *, limit: int, unsent: bool = False) -> list[tuple[Json, str]]:
        """Statements found for an alert, the newest first, and when each was found."""


class Feeds(Protocol):
    """The feeds that are followed."""

    def listed(self, *, limit: int = 0, offset: int = 0) -> list[Json]:
        """Feeds with their health."""

    def one(self, url: str, *, limit: int = 50) -> Json | None:
        """One feed with what went wrong lately."""

    def add(
        self, url: str, *, at: str, every: int = 1800, pages: str = "auto", outlet: str | None = None,
        title: str | None = None,
    ) -> bool:  # fmt: skip
        """Follows a feed; False where it was followed already."""

    def remove(self, url: str) -> bool:
        """Follows a feed no longer."""


class Editing(Protocol):
    """What editors ask."""

    def state(self) -> str:
        """A text that changes when the record does."""

    def queue(self, *, limit: int, offset: int = 0) -> list[Json]:
        """Statements that nobody has judged, the least sure first."""

    def accept(self, uid: str, *, author: str, at: str, note: str = "") -> Json:
        """Judges a statement to be read rightly."""

    def judged(self, *, limit: int) -> list[Json]:
        """The latest judgements."""

    def portrait(self, key: str) -> Json:
        """A speaker from all sides."""


class Record(Protocol):
    """An open record, as far as the site needs one. Statements come with their disputes and context, always."""

    @property
    def alerts(self) -> Alerts:
        """The alerts."""

    @property
    def feeds(self) -> Feeds:
        """The feeds."""

    @property
    def desk(self) -> Editing:
        """What editors ask."""

    def correct(
        self, uid: str, *, speaker: str | None = None, reject: bool = False, author: str, at: str, note: str = ""
    ) -> Json:  # fmt: skip
        """Judges a statement: who said it, or that it is none."""

    def withdraw(self, uid: str, *, author: str, at: str, note: str = "") -> Json:
        """Takes back the last judgement on a statement."""

    def merge(self, kept: str, other: str, *, author: str, at: str, note: str = "", kind: str = "merge") -> Json:
        """Judges two names to be one speaker, or two."""

    def stories(self, *, at_least: int = 1, limit: int = 50, offset: int = 0) -> list[Json]:
        """Stories, those of several articles first."""

    def story(self, id_or_prefix: str) -> Json | None:
        """One story with its statements."""

    def disputes(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Statements that speak against another."""

    def repeats(self, *, articles: Sequence[str] = (), limit: int = 50, offset: int = 0) -> list[Json]:
        """Groups of statements that say the same."""

    def figures(self, *, articles: Sequence[str] = (), limit: int = 50, offset: int = 0) -> list[Json]:
        """Counts that are reported differently."""

    def agenda(self, since: str, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Happenings ahead."""

    def versions(self, url: str) -> list[Json]:
        """What stood at an address, time after time."""

    def counts(self) -> dict[str, int]:
        """``articles statements speakers sightings refusals collections``."""

    def freshness(self) -> Json:
        """``last_seen newest_published oldest_published undated``."""

    def subject_counts(self, scheme: str) -> list[Json]:
        """How many articles each ``country`` or ``topic`` has, most first."""

    def article(self, id_or_prefix: str) -> Json | None:
        """The contract's article object and what the record knows besides."""

    def raw_text(self, article_id: str) -> str | None:
        """The raw text that the article's offsets count in."""

    def articles(
        self, *, country: Chosen = None, topic: Chosen = None, outlet: str | None = None, limit: int = 50,
        offset: int = 0, after: str | None = None,
    ) -> list[Json]:  # fmt: skip
        """Article summaries, newest first."""

    def statement(self, uid: str) -> Json | None:
        """One statement by its global id."""

    def statements(
        self, *, speaker: str | None = None, article: str | None = None, disputed: bool | None = None,
        act: str | None = None, kind: str | None = None, limit: int = 50, offset: int = 0, after: str | None = None,
    ) -> list[Json]:  # fmt: skip
        """Statements, those of the newest articles first."""

    def search(
        self, query: str = "", *, what: str = "all", by: str | None = None, about: str | None = None,
        since: str | None = None, until: str | None = None, outlet: str | None = None, kind: str | None = None,
        act: str | None = None, disputed: bool | None = None, limit: int = 50, offset: int = 0,
    ) -> list[Json]:  # fmt: skip
        """What holds all the words, best first."""

    def count_found(self, query: str) -> dict[str, int]:
        """How many statements and articles a search finds."""

    def speakers(
        self, prefix: str = "", *, limit: int = 50, offset: int = 0, after: str | None = None
    ) -> list[Json]:  # fmt: skip
        """Speakers, those with most statements first."""

    def who(self, name: str, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Speakers whose names fit, with what they said."""

    def speaker(self, key: str, *, limit: int = 50, offset: int = 0) -> Json | None:
        """One speaker with what they said."""

    def media(self, kind: str | None = None, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Linked media, newest first."""

    def adverts(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Offers and sponsored items found on pages."""

    def refusals(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """What could not be read."""

    def collection_new(self, name: str, *, note: str = "", at: str = "") -> Json:
        """Makes an empty collection."""

    def collection_add(
        self, name: str, ref: str, *, kind: str | None = None, note: str = "", at: str = "",
        position: int | None = None,
    ) -> Json:  # fmt: skip
        """Puts an item in a collection, or changes its note."""

    def collection_remove(self, name: str, ref: str | None = None) -> bool:
        """Takes an item out."""

    def collection_list(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Collections by name."""

    def collection_export(self, name: str) -> Json | None:
        """A collection with its items."""
