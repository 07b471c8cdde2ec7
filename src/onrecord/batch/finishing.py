"""Stage 4: the shards' tables become one dataset: ``TABLE/month=2025-06/part-00000.parquet``.

A work is one month. Rows stand in the order of the shards, which is that of the inputs, and one group of rows is in
memory at a time.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.batch.settings import RunSettings, shard_name
from onrecord.batch.tables import COLUMNS, UNDATED, schema
from onrecord.errors import import_extra
from onrecord.whole import part_of, write_whole

_GROUP_ROWS = 8_000
"""Rows of one row group, or a few more."""
_FILE_ROWS = 400_000

Places = list[tuple[int, int]]
"""Where one month's rows of one table lie: a shard and a group in its file."""


def plan(settings: RunSettings, shards: int) -> list[str]:
    """The months there are, in order; writes down where the rows of each lie."""
    found: dict[str, dict[str, Places]] = {UNDATED: {}}  # a table of no rows is still a table, with its columns
    for shard in range(shards):
        groups = json.loads((_folder(settings, shard) / "months.json").read_text("utf-8"))
        for table, its in groups.items():
            for group, month in enumerate(its):
                found.setdefault(month, {}).setdefault(table, []).append((shard, group))
    folder = settings.folder / "finish"
    folder.mkdir(exist_ok=True)
    months = sorted(found)
    for number, month in enumerate(months):
        write_whole([json.dumps({"month": month, "places": found[month]})], folder / f"{shard_name(number)}.json")
    return months


def finish(settings: RunSettings, number: int) -> dict[str, float]:
    """Writes one month of every table and gives the rows of each, and ``seconds``; done again, it writes the same."""
    began = time.process_time()
    folder = settings.folder / "finish"
    planned = json.loads((folder / f"{shard_name(number)}.json").read_text("utf-8"))
    counts: dict[str, float] = {}
    for table in COLUMNS:
        places = planned["places"].get(table, [])
        if places or planned["month"] == UNDATED:
            counts[table] = _write(settings, table, places, folder / table / f"month={planned['month']}")
    counts["seconds"] = round(time.process_time() - began, 3)
    write_whole([json.dumps(counts)], folder / f"{shard_name(number)}.done")
    return counts


def publish(settings: RunSettings) -> None:
    """Puts the finished tables in their place: each appears when it is whole."""
    for table in COLUMNS:
        made, place = settings.folder / "finish" / table, Path(settings.out) / table
        if made.exists():
            shutil.rmtree(place, ignore_errors=True)
            made.replace(place)


def _write(settings: RunSettings, table: str, places: Places, folder: Path) -> int:
    arrow = import_extra("pyarrow", "batch")
    part = part_of(settings.folder / "finish" / f"{table}-{folder.name}")
    part.mkdir(parents=True, exist_ok=True)
    tables = _joined(_groups(settings, table, places), arrow) if places else iter([schema(table).empty_table()])
    count = sum(_one_file(part, number, _up_to(first, tables)) for number, first in enumerate(tables))
    folder.parent.mkdir(exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    part.replace(folder)
    return count


def _groups(settings: RunSettings, table: str, places: Places) -> Iterator[Any]:
    """One month's groups of rows, shard by shard."""
    arrow = import_extra("pyarrow", "batch")
    opened, reader = -1, None
    for shard, group in places:
        if shard != opened:
            opened, reader = shard, arrow.ipc.open_file(str(_folder(settings, shard) / f"{table}.arrow"))
        yield arrow.Table.from_batches([reader.get_batch(group)])  # type: ignore[union-attr]


def _joined(groups: Iterator[Any], arrow: Any) -> Iterator[Any]:
    """The groups joined until they are worth a row group."""
    held: list[Any] = []
    rows = 0
    for group in groups:
        held.append(group)
        rows += len(group)
        if rows >= _GROUP_ROWS:
            yield arrow.concat_tables(held)
            held, rows = [], 0
    if held:
        yield arrow.concat_tables(held)


def _up_to(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    """The first and as many more as go into one file."""
    count, table = 0, first
    while table is not None:
        yield table
        count += len(table)
        table = next(rest, None) if count < _FILE_ROWS else None


def _one_file(folder: Path, number: int, tables: Iterator[Any]) -> int:
    parquet = import_extra("pyarrow.parquet", "batch")
    path, count, writer = folder / f"part-{number:05d}.parquet", 0, None
    for table in tables:
        writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=max(1, len(table)))
        count += len(table)
    if writer is not None:
        writer.close()
    return count


def _folder(settings: RunSettings, shard: int) -> Path:
    return settings.folder / "read" / shard_name(shard)
