"""The record's one face. Thin: each method opens a transaction and hands it to the file that knows the matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine

from onrecord.errors import RecordError
from onrecord.outcome import Reading
from onrecord.record import adding, collecting, counting, holding, listing, people, proving, searching, views
from onrecord.record.across import Across
from onrecord.record.adding import Added
from onrecord.record.alerts import Alerts
from onrecord.record.carrying import Carrying
from onrecord.record.comparisons import Comparisons
from onrecord.record.connect import open_engine, reading_from, writing_to
from onrecord.record.desk import Desk
from onrecord.record.feeds import Feeds
from onrecord.record.narrowing import Filter
from onrecord.record.upkeep import Upkeep
from onrecord.record.vectors import Vectors
from onrecord.types import Refusal

Json = dict[str, Any]
"""One object as JSON has it. The shapes:

*statement*: the contract's statement object with ``uid`` and, always: ``speaker_name``, ``speaker_type``,
``speaker_key`` (None where nobody can be named), ``via_names``, ``article`` (``id title label site outlet published
origin url``), ``disputes_statement`` (None, or a brief statement), ``disputed_by`` (brief statements) and ``context``
(each ``kind voice span`` and ``text``, ``voice_name``). Standing alone its ``id`` is the global one (equal to ``uid``)
and ``local_id`` the article's; inside :meth:`Record.article` its ``id`` is the article's ("s1").

*brief statement*: ``uid quote kind act negated hedged speaker_name speaker_type speaker_key via_names context
disputed_by article_id``: itself never without its disputes and context.

*article summary*: ``id key origin url title label headline byline site outlet published language seen_at lead
countries topics media statement_count speaker_names sightings`` (a count). ``label`` is never empty; ``lead`` is the
text's beginning, widened where needed to hold what is set against the statements in it.

*speaker*: ``key name type statements articles`` (counts).
"""


Checker = Callable[["Record", str | bytes | Path, str | None], Json]
"""What checks a draft against a record: the record, the draft, the day its weekdays count from."""


class Record(Upkeep, Carrying, Comparisons):
    """A database of articles and their statements. Open it with :meth:`open`; safe to share between threads.

    Every list takes ``limit`` (0: all) and ``offset``. What is asked for and not there gives None or an empty list;
    what the database refuses is a RecordError.
    """

    checked_by: Checker | None = None
    """What :meth:`check_draft` does, handed in by whoever opens the record: it knows no draft and no model."""

    def __init__(self, engine: Engine, location: str) -> None:
        self._engine, self.location = engine, location

    # -- opening and closing

    @classmethod
    def open(cls, url_or_path: str, *, create: bool = True) -> Record:
        """Opens the record at a path or a ``sqlite:///`` or ``postgresql://`` URL.

        Makes it (private to its owner) and migrates it as needed.

        Raises RecordError for a file that is no record, one written by newer code, one that is missing
        (``create=False``), and for a URL of a database that is not supported.
        """
        engine, location = open_engine(url_or_path, create=create)
        return cls(engine, location)

    def close(self) -> None:
        """Gives every connection back; the record is not to be used afterwards."""
        self._engine.dispose()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # -- writing

    def add(self, reading: Reading, *, seen_at: str, outlet: str | None = None) -> Added:
        """Keeps one reading, whole or not at all.

        The same payload again, or the same clean text under other bytes, adds a sighting to the article that is there;
        the same payload at the same origin adds nothing. ``seen_at`` is an ISO date and time.
        """
        with writing_to(self._engine) as connection:
            return adding.add(connection, reading, seen_at=seen_at, outlet=outlet)

    def add_refusal(self, refusal: Refusal, *, seen_at: str) -> None:
        """Keeps what could not be read, with the reason; the same refusal again only moves its time."""
        with writing_to(self._engine) as connection:
            adding.add_refusal(connection, refusal, seen_at=seen_at)

    # -- articles

    def article(self, id_or_prefix: str) -> Json | None:
        """The contract's article object plus ``label lead outlet seen_at sightings countries topics``, or None.

        The id may be shortened (``sha256:`` may go too) as long as one article fits; raises RecordError where several
        do. Each of ``sightings`` is ``origin url outlet seen_at payload_id``.
        """
        with reading_from(self._engine) as connection:
            return views.article(connection, id_or_prefix)

    def raw_text(self, article_id: str) -> str | None:
        """The raw text that the article's offsets count in, or None."""
        with reading_from(self._engine) as connection:
            return views.raw_text(connection, article_id)

    def payload(self, payload_id: str) -> bytes | None:
        """The bytes as they arrived, of an article or of one of its sightings, or None."""
        with reading_from(self._engine) as connection:
            return views.payload(connection, payload_id)

    def articles(
        self, *, country: str | Sequence[str] | None = None, topic: str | Sequence[str] | None = None,
        medium: str | Sequence[str] | None = None, furniture: str | Sequence[str] | None = None,
        outlet: str | None = None, limit: int = 50, offset: int = 0, after: str | None = None,
    ) -> list[Json]:  # fmt: skip
        """Article summaries, newest first (by publication date, else by when first seen).

        ``country`` takes ISO 3166 codes ("RU"), ``topic`` IPTC ids ("medtop:15000000"), ``medium`` kinds of linked
        media ("video"), ``furniture`` kinds of furniture on the page ("advert"): one, or several of which any fits.
        ``outlet`` fits the outlet named when added, or the site. ``after``: only those behind the article of that id
        (raises RecordError where it is gone), which stays right while articles are added and is quick at any depth.
        """
        wanted = listing.ArticleFilter(country, topic, medium, furniture, outlet)
        with reading_from(self._engine) as connection:
            return listing.articles(connection, wanted, limit=limit, offset=offset, after=after)

    def count_articles(
        self, *, country: str | Sequence[str] | None = None, topic: str | Sequence[str] | None = None,
        medium: str | Sequence[str] | None = None, furniture: str | Sequence[str] | None = None,
        outlet: str | None = None,
    ) -> int:  # fmt: skip
        """How many articles :meth:`articles` would list."""
        wanted = listing.ArticleFilter(country, topic, medium, furniture, outlet)
        with reading_from(self._engine) as connection:
            return listing.count_articles(connection, wanted)

    def export(self) -> Iterator[Json]:
        """Every article object whole, oldest first, one at a time: memory stays flat."""
        for article_id in self.article_ids():
            found = self.article(article_id)
            if found is not None:
                yield found

    def article_ids(self) -> list[str]:
        """Every article's id, in the order they were added."""
        with reading_from(self._engine) as connection:
            return listing.article_ids(connection)

    # -- statements

    def statements(
        self, *, speaker: str | None = None, article: str | None = None, disputed: bool | None = None,
        act: str | None = None, kind: str | None = None, limit: int = 50, offset: int = 0, after: str | None = None,
    ) -> list[Json]:  # fmt: skip
        """Statements, those of the newest articles first, in text order inside an article.

        ``speaker`` is a name or a speaker's key, ``article`` an id, ``disputed`` True for those that another statement
        disputes or that the outlet rebuts. ``after``: only those behind the statement of that global id, see
        :meth:`articles`.
        """
        wanted = listing.StatementFilter(speaker, article, disputed, act, kind)
        with reading_from(self._engine) as connection:
            return listing.statements(connection, wanted, limit=limit, offset=offset, after=after)

    def statement(self, uid: str) -> Json | None:
        """The statement of that global id (which may be shortened while one fits), or None."""
        with reading_from(self._engine) as connection:
            return views.statement(connection, uid)

    def prove(self, uid: str, *, read_again: Callable[[bytes, Json], str] | None = None) -> Json:
        """Checks a statement against its evidence: ``{"id", "ok", "faults": [sentence, ...]}``. Repairs nothing.

        The payload must still have the article's digest; raw text and edits must give the clean text; the quote, its
        spans and its context must be found there. ``read_again(payload, {"origin", "url", "media_type", "key"})``
        gives the raw text anew, where the caller has an intake at hand. Raises RecordError for an unknown id.
        """
        with reading_from(self._engine) as connection:
            return proving.prove(connection, uid, read_again)

    # -- finding

    def search(
        self, query: str = "", *, what: str = "all", by: str | None = None, about: str | None = None,
        since: str | None = None, until: str | None = None, outlet: str | None = None, kind: str | None = None,
        act: str | None = None, disputed: bool | None = None, limit: int = 50, offset: int = 0,
    ) -> list[Json]:  # fmt: skip
        """What holds all the words, best first: statements, then articles (``what``: "all statements articles").

        Words are stemmed, accents and case folded; ``"a phrase"`` and ``prefi*`` work; nothing typed here is an error.
        ``by`` and ``about`` are names, ``since`` and ``until`` ISO dates (of publication, or of the first meeting where
        none is known), ``outlet`` a site or outlet; with ``by about kind act disputed`` only statements answer. Without
        words: the statements that the rest leaves, newest first.

        Each item is a statement or an article summary plus ``found`` ("statement" or "article"), ``score`` (higher is
        better) and ``highlights``: spans in its ``quote``, or in its ``snippet`` (articles), ``label_highlights`` in
        its ``label``. A snippet holds what is set against the statements in it.
        """
        asked = Filter(by, about, since, until, outlet, kind, act, disputed)
        with reading_from(self._engine) as connection:
            return searching.search(connection, query, what=what, limit=limit, offset=offset, asked=asked)

    @staticmethod
    def filter(**asked: Any) -> Filter:
        """What :meth:`search` takes besides words, as :meth:`Vectors.like` takes it."""
        return Filter(**asked)

    def count_found(self, query: str) -> dict[str, int]:
        """How many ``{"statements", "articles"}`` a search finds."""
        with reading_from(self._engine) as connection:
            return searching.count_found(connection, query)

    def holding(self, phrases: Sequence[str], *, limit: int = 20) -> list[Json]:
        """Articles in whose text or headline one of the phrases or more stands, best first: ``id headline text``.

        A phrase is words in a row, compared as :meth:`search` compares them; at most 32 are looked for.
        """
        with reading_from(self._engine) as connection:
            return holding.holding(connection, phrases, limit=limit)

    def statements_holding(self, phrases: Sequence[str], *, limit: int = 20) -> list[Json]:
        """Statements in whose words (or speaker's name) one of the phrases or more stands, best first."""
        with reading_from(self._engine) as connection:
            return holding.statements_holding(connection, phrases, limit=limit)

    def check_draft(self, draft: str | bytes | Path, *, published: str | None = None) -> Json:
        """What the record holds of a draft's quotations and reported statements, and what the draft leaves out.

        A ``str`` is the text, never a path; ``bytes`` a document; a ``Path`` a file. ``published`` (ISO) is the day
        that "on Monday" counts from. The report's shape is told in docs/checking.md. Raises RefusedInput for a draft
        that cannot be read.
        """
        if self.checked_by is None:
            raise RecordError("this record was opened without what reads drafts: open it with onrecord.open_record")
        return self.checked_by(self, draft, published)

    # -- speakers

    def speakers(
        self, prefix: str = "", *, limit: int = 50, offset: int = 0, after: str | None = None
    ) -> list[Json]:  # fmt: skip
        """Speakers, those with most statements first; ``prefix`` begins any word of the name; ``after``: that key."""
        with reading_from(self._engine) as connection:
            return people.speakers(connection, prefix, limit=limit, offset=offset, after=after)

    def who(self, name: str, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Speakers whose names fit (case and accents folded; a surname or several words of the name do).

        Each is a speaker with its newest statements under ``said`` (``limit`` and ``offset`` count these). After those
        whose names fit come those judged to be the same under another name ("Zelenskyy" for "Zelensky").
        """
        with suppress(RecordError):  # a record that may only be read still tells what it knows
            self._bring_up_to_date("entities")
        with reading_from(self._engine) as connection:
            return people.who(connection, name, limit=limit, offset=offset)

    def speaker(self, key: str, *, limit: int = 50, offset: int = 0) -> Json | None:
        """One speaker by key, or name, with ``said``, ``stands_for``, ``first`` and ``last`` (dates), or None."""
        with reading_from(self._engine) as connection:
            return people.speaker(connection, key, limit=limit, offset=offset)

    def media(self, kind: str | None = None, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Linked media, newest first: ``id kind url title article``; http and https addresses only."""
        with reading_from(self._engine) as connection:
            return listing.media(connection, kind, limit=limit, offset=offset)

    def adverts(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Offers and sponsored items found on pages: ``id label ("Advertisement") words span article``."""
        with reading_from(self._engine) as connection:
            return listing.adverts(connection, limit=limit, offset=offset)

    def refusals(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """What could not be read, latest first: ``id origin stage reason article_id seen_at``."""
        with reading_from(self._engine) as connection:
            return listing.refusals(connection, limit=limit, offset=offset)

    # -- collections

    def collection_new(self, name: str, *, note: str = "", at: str = "") -> Json:
        """Makes an empty collection; raises RecordError where the name is taken or empty. ``at``: ISO time."""
        with writing_to(self._engine) as connection:
            return collecting.new(connection, name, note=note, at=at)

    def collection_add(
        self, name: str, ref: str, *, kind: str | None = None, note: str = "", at: str = "", position: int | None = None
    ) -> Json:
        """Puts an item in a collection, last or at ``position`` (from 0); again: changes its note and place.

        ``kind``: "statement", "article" or "search"; by default told from ``ref`` (an id in the record, else a search).
        Raises RecordError where the collection, or the thing of the kind asked for, is not there.
        """
        with writing_to(self._engine) as connection:
            return collecting.add(connection, name, ref, kind=kind, note=note, at=at, position=position)

    def collection_list(self, *, limit: int = 50, offset: int = 0) -> list[Json]:
        """Collections by name: ``id name note at count``."""
        with reading_from(self._engine) as connection:
            return collecting.listed(connection, limit=limit, offset=offset)

    def collection_remove(self, name: str, ref: str | None = None) -> bool:
        """Takes an item out, or removes the whole collection; False where it was not there."""
        with writing_to(self._engine) as connection:
            return collecting.remove(connection, name, ref)

    def collection_export(self, name: str) -> Json | None:
        """A collection with ``items``: ``id kind ref position note at`` and the ``statement article`` or ``query``."""
        with reading_from(self._engine) as connection:
            return collecting.export(connection, name)

    # -- feeds, alerts, likeness: each a face of its own

    @property
    def feeds(self) -> Feeds:
        """The feeds that are followed, their items and their health."""
        return Feeds(self._engine)

    @property
    def alerts(self) -> Alerts:
        """What is asked for, and what of it was sent."""
        return Alerts(self._engine)

    @property
    def desk(self) -> Desk:
        """What editors of a site ask: the queue of doubtful statements, a speaker from all sides."""
        return Desk(self._engine)

    @property
    def vectors(self) -> Vectors:
        """The vectors of statements, for finding by meaning."""
        return Vectors(self._engine)

    @property
    def across(self) -> Across:
        """What the passes across articles see and append; ``pipeline.join`` runs them."""
        return Across(self._engine)

    # -- the front page

    def counts(self) -> dict[str, int]:
        """``articles statements speakers sightings refusals collections``."""
        with reading_from(self._engine) as connection:
            return counting.counts(connection)

    def subject_counts(self, scheme: str) -> list[Json]:
        """How many articles each ``country`` or ``topic`` has, most first: ``id name articles``."""
        with reading_from(self._engine) as connection:
            return counting.subject_counts(connection, scheme)

    def freshness(self) -> Json:
        """``last_seen`` (newest sighting), ``newest_published``, ``oldest_published``, ``undated`` (a count)."""
        with reading_from(self._engine) as connection:
            return counting.freshness(connection)
