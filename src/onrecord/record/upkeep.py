"""The part of the record's face that looks after it: checked, compared, read again, corrected, forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, select

from onrecord.errors import RecordError
from onrecord.outcome import Reading
from onrecord.record import adding, checking, forgetting, health, judging, proving, tables, versions, views
from onrecord.record.connect import reading_from, sentences, writing_to
from onrecord.record.differing import differences
from onrecord.record.forgetting import Doomed

Json = dict[str, Any]


class Upkeep:
    """See :class:`onrecord.record.Record`."""

    _engine: Engine

    # -- proving

    def health(self) -> Json:
        """How the database is: ``database version step steps bytes free_bytes writable faults counts``."""
        return health.health(self._engine)

    def check(self, *, read_again: proving.ReadAgain | None = None) -> Iterator[Json]:
        """Proves everything and repairs nothing: an item ``id what faults`` for each thing with faults.

        First one item ``what: "counts"`` with how many articles and statements are there to be proved. ``read_again``
        as for :meth:`onrecord.record.Record.prove`; its ``known`` has the kept ``raw`` and ``extra`` too.
        """
        with reading_from(self._engine) as connection:
            nums, statements = checking.to_check(connection)
        yield {"id": "record", "what": "counts", "articles": len(nums), "statements": statements, "faults": []}
        for num in nums:  # each in a transaction of its own: a long check must not hold up what others write
            with reading_from(self._engine) as connection:
                if connection.execute(select(tables.articles.c.num).where(tables.articles.c.num == num)).first():
                    yield from list(checking.article_faults(connection, num, read_again))
        with (writing_to if self._engine.dialect.name == "sqlite" else reading_from)(self._engine) as connection:
            yield from list(checking.record_faults(connection))

    def versions(self, url: str) -> list[Json]:
        """The versions of what stood at an address, oldest first: article summaries with ``version met_at changes``.

        ``changes`` (None for the first) are pairs of statements: ``change before after fields``, see ``differing.py``.
        """
        with reading_from(self._engine) as connection:
            return versions.versions(connection, url)

    # -- reading again

    def kept(self, article_id: str) -> Json | None:
        """What reading an article again needs: its ``payload``, ``raw`` text, and what the source said of itself."""
        with reading_from(self._engine) as connection:
            num = views.article_num(connection, article_id)
            if num is None:
                return None
            a, p = tables.articles.c, tables.payloads.c
            query = (
                select(a.id, a.origin, a.key, a.url, a.title, a.byline, a.site, a.published, p.media_type, p.extra)
                .join(tables.payloads, p.id == a.id).where(a.num == num)
            )  # fmt: skip
            row = connection.execute(query).one()
            payload = views.payload(connection, row.id)
            found = {**row._mapping, "extra": json.loads(row.extra), "raw": views.raw_of(connection, num)}
            return {**found, "payload": payload}

    def made_by_others(self, version: str, model_digest: str) -> list[str]:
        """The ids of the articles that another version of the code, or another model, has read; oldest first."""
        a, p = tables.articles.c, tables.provenances.c
        query = (
            select(a.id).join(tables.provenances, p.num == a.provenance)
            .where((p.version != version) | (p.model_digest != model_digest)).order_by(a.num)
        )  # fmt: skip
        with reading_from(self._engine) as connection:
            return list(connection.execute(query).scalars())

    def replace(self, reading: Reading, *, dry: bool = False) -> Json:
        """Puts a new reading of a kept article in the place of the old one, in one go; ``dry``: only tells.

        ``id origin label changes moved``: the pairs of statements that changed, came or went, and the corrections by
        people that went along from a statement to what it became. Those whose statement is no longer read stay on
        record and wait for it.
        """
        with self._trying(dry) as connection:
            num = views.article_num(connection, reading.article.id)
            if num is None:
                raise RecordError(f"the record has no article '{reading.article.id[:19]}'")
            before = versions.statements_of(connection, num)
            adding.replace(connection, num, reading)
            changes = differences(before, versions.statements_of(connection, num))
            moved = judging.move(connection, changes)
            if moved:
                changes = differences(before, versions.statements_of(connection, num))
            a = tables.articles.c
            row = connection.execute(select(a.id, a.origin, a.label).where(a.num == num)).one()
            found = [c for c in changes if c["change"] != "same"]
            return {**row._mapping, "changes": found, "moved": moved}

    @contextmanager
    def _trying(self, dry: bool) -> Iterator[Connection]:
        """A transaction that writes, or one whose work is undone."""
        with writing_to(self._engine) as connection:
            step = connection.begin_nested()
            yield connection
            if dry:
                step.rollback()
            else:
                step.commit()

    # -- people's judgements

    def correct(
        self, uid: str, *, speaker: str | None = None, reject: bool = False, author: str, at: str, note: str = ""
    ) -> Json:
        """Says who spoke (an empty name: nobody that can be named), or that it is no statement; the statement as it is.

        Nothing is overwritten: the judgement is appended with its author and time, reading applies it, and
        :meth:`withdraw` brings back what was there before. A rejected statement is in no list, count or search.
        """
        if (speaker is None) == (not reject):
            raise RecordError("a speaker's name was expected, or that the statement is rejected, one of the two")
        with writing_to(self._engine) as connection:
            return judging.correct(connection, uid, speaker=speaker, reject=reject, author=author, at=at, note=note)

    def withdraw(self, uid: str, *, author: str, at: str, note: str = "") -> Json:
        """Takes back the last judgement on a statement that still stands."""
        with writing_to(self._engine) as connection:
            return judging.withdraw(connection, uid, author=author, at=at, note=note)

    def merge(self, kept: str, other: str, *, author: str, at: str, note: str = "", kind: str = "merge") -> Json:
        """Judges two names to be one speaker, shown as ``kept``; ``kind`` "split": to be two; "withdraw": unsays it."""
        with writing_to(self._engine) as connection:
            return judging.merge(connection, kept, other, kind=kind, author=author, at=at, note=note)

    def judgements(self) -> list[Json]:
        """Every judgement, in order: ``id kind subject object author made_at note withdrawn``."""
        with reading_from(self._engine) as connection:
            return judging.judgements(connection)

    def corrections(self) -> Iterator[Json]:
        """People's judgements on statements as training data: the words, the spans, what was read, what was judged."""
        for made in self.judgements():
            if made["kind"] in ("speaker", "reject", "accept"):
                with reading_from(self._engine) as connection:
                    found = judging.as_example(connection, made)
                if found is not None:
                    yield found

    # -- forgetting

    def doomed(self, ref: str) -> Doomed:
        """What :meth:`forget` would delete: an article by id, or every article that names somebody."""
        with reading_from(self._engine) as connection:
            return forgetting.doomed(connection, ref)

    def forget(self, ref: str, *, reason: str, author: str, at: str) -> Json:
        """Deletes an article, or every article that names somebody, from every table, index and export.

        A tombstone with the reason stays, made of digests: the same payload, text or name is not kept again. The file
        is written anew, so that nothing can be read from what was deleted. Gives the counts of what went.
        """
        with writing_to(self._engine) as connection:
            gone = forgetting.forget(
                connection, forgetting.doomed(connection, ref), reason=reason, author=author, at=at
            )
        with sentences(self._engine):
            forgetting.sweep(self._engine)
        return gone

    def tombstones(self) -> list[Json]:
        """What was forgotten: ``id kind reason author at``."""
        with reading_from(self._engine) as connection:
            return forgetting.tombstones(connection)
