"""Stage 3: the documents that are left go through the pipeline, into a shard's tables or straight into a record."""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from onrecord import pipeline
from onrecord.batch.choosing import left_out_of
from onrecord.batch.scanning import Told, notes_of
from onrecord.batch.settings import Manifest, RunSettings, shard_name
from onrecord.batch.spill import put_aside
from onrecord.batch.tables import COLUMNS, month_of, rows, schema
from onrecord.errors import RecordError, import_extra
from onrecord.outcome import Reading
from onrecord.types import Refusal
from onrecord.whole import part_of, write_whole

Json = dict[str, Any]
_AT_ONCE = 500
"""Articles whose rows are held before they are written."""
_PATIENCE = 300.0
"""Seconds that a record may be away before the run gives up."""


def read(
    settings: RunSettings, manifest: Manifest, number: int, skipped: frozenset[int], told: Told,
    reader: pipeline.Pipeline,
) -> Json:  # fmt: skip
    """Reads one shard's documents and gives its counts; done again, it makes the same."""
    began = time.process_time()
    counts: Counter[str] = Counter()
    left_out = left_out_of(settings.folder, number)
    outcomes = _outcomes(settings, number, skipped, told, reader, left_out, counts)
    if settings.into_record:
        _into_record(settings, manifest, outcomes, counts)
    else:
        _into_tables(settings, number, outcomes, left_out, counts)
    done = dict(counts) | {"seconds": round(time.process_time() - began, 3)}
    write_whole([json.dumps(done)], settings.folder / "read" / f"{shard_name(number)}.done")
    return done


def _outcomes(
    settings: RunSettings, number: int, skipped: frozenset[int], told: Told, reader: pipeline.Pipeline,
    left_out: dict[int, Json], counts: Counter[str],
) -> Iterator[pipeline.Outcome]:  # fmt: skip
    for put in put_aside(settings.folder / "scan" / f"{shard_name(number)}.arrow"):
        if put.number in left_out:
            continue
        told(put.number)
        if put.number in skipped:
            outcome: pipeline.Outcome = Refusal(put.article.origin, "reading", pipeline.ENDED_PROCESS, put.article.id)
        else:
            outcome = reader.run(put.article, published=settings.published)
        if isinstance(outcome, Reading):
            counts.update(articles=1, statements=len(outcome.statements), words=len(outcome.clean.text.split()))
        else:
            counts["refused"] += 1
        yield outcome


def _into_tables(
    settings: RunSettings, number: int, outcomes: Iterator[pipeline.Outcome], left_out: dict[int, Json],
    counts: Counter[str],
) -> None:  # fmt: skip
    """Writes the shard's rows, table by table, and the months that each group of rows is of."""
    whole = settings.folder / "read" / shard_name(number)
    part = part_of(whole)
    part.mkdir(parents=True, exist_ok=True)
    with ShardTables(part) as tables:
        for note in notes_of(settings.folder, number):
            if row := _dropped(note, left_out):
                tables.put("dropped", month_of(note["date"]), [row])
        for outcome in outcomes:
            if isinstance(outcome, Reading):
                for table, its in rows(outcome).items():
                    tables.put(table, month_of(outcome.published), its)
            else:
                why = {"why": "refused", "detail": f"{outcome.stage}: {outcome.reason}", "same_as": None}
                row = {"id": outcome.article_id, "origin": outcome.origin, "url": None, "published": None, **why}
                tables.put("dropped", month_of(None), [row])
    shutil.rmtree(whole, ignore_errors=True)
    part.replace(whole)


def _dropped(note: Json, left_out: dict[int, Json]) -> Json | None:
    double = left_out.get(note["number"])
    if note["why"] is None and double is None:
        return None
    told = double or {"why": note["why"], "same_as": None}
    kept = {"id": note["id"], "origin": note["origin"], "url": note["url"], "published": note["date"]}
    return {**kept, "why": told["why"], "detail": note.get("more"), "same_as": told["same_as"]}


class ShardTables:
    """Writes one shard's tables as Arrow files whose groups of rows are each of one month; ``with`` it."""

    def __init__(self, folder: Path) -> None:
        self._arrow = import_extra("pyarrow", "batch")
        self._folder = folder
        self._held: dict[str, dict[str, list[Json]]] = {}
        self._months: dict[str, list[str]] = {table: [] for table in COLUMNS}
        self._count = 0

    def __enter__(self) -> ShardTables:
        options = self._arrow.ipc.IpcWriteOptions(compression="zstd")
        self._schemas = {table: schema(table) for table in COLUMNS}
        self._writers = {
            table: self._arrow.ipc.new_file(str(self._folder / f"{table}.arrow"), self._schemas[table], options=options)
            for table in COLUMNS
        }
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        for writer in self._writers.values():
            writer.close()
        write_whole([json.dumps(self._months)], self._folder / "months.json")

    def put(self, table: str, month: str, found: list[Json]) -> None:
        """Some rows of one month."""
        if found:
            self._held.setdefault(table, {}).setdefault(month, []).extend(found)
        self._count += table in {"articles", "dropped"}
        if self._count >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        for table, months in self._held.items():
            for month in sorted(months):
                batch = self._arrow.RecordBatch.from_pylist(months[month], schema=self._schemas[table])
                self._writers[table].write_batch(batch)
                self._months[table].append(month)
        self._held.clear()
        self._count = 0


def _into_record(
    settings: RunSettings, manifest: Manifest, outcomes: Iterator[pipeline.Outcome], counts: Counter[str]
) -> None:
    """Keeps outcomes one by one."""
    with closing(_Patient(settings.out)) as store:
        for outcome in outcomes:
            counts["new"] += store.keep(outcome, seen_at=_met(outcome) or manifest.started)


def _met(outcome: pipeline.Outcome) -> str | None:
    """When a crawler fetched the page, as the archive says."""
    return outcome.article.extra.get("warc-date") if isinstance(outcome, Reading) else None


class _Patient:
    """A record that is waited for while it cannot be reached, at growing intervals. Adding again adds nothing."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._store: pipeline.Record | None = None

    def keep(self, outcome: pipeline.Outcome, *, seen_at: str) -> int:
        """Keeps one outcome and gives how many articles are new. Raises RecordError when patience ends."""
        began, pause = time.monotonic(), 0.5
        while True:
            try:
                self._store = self._store or pipeline.open_record(self._place)
                kept = list(pipeline.keep([outcome], self._store, seen_at=seen_at))
                return sum(not isinstance(added, Refusal) and added.new for added in kept)
            except RecordError:
                self.close()
                if time.monotonic() - began > _PATIENCE:
                    raise
                time.sleep(pause)
                pause = min(10.0, 2 * pause)

    def close(self) -> None:
        """Lets go of the record."""
        if self._store is not None:
            self._store.close()
        self._store = None
