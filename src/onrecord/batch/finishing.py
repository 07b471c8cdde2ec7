"""Stage 4: the shards' tables become one dataset: ``TABLE/month=2025-06/part-00000.parquet``.

Rows stand in the order of the shards, which is that of the inputs. One group of rows is in memory at a time.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.batch.settings import RunSettings, shard_name
from onrecord.batch.tables import COLUMNS, schema
from onrecord.errors import import_extra

_GROUP_ROWS = 8_000
"""Rows of one row group, or a few more."""
_FILE_ROWS = 400_000


def finish(settings: RunSettings, shards: int) -> dict[str, int]:
    """Writes the dataset anew and gives the rows of each table. A folder appears when it is whole."""
    out, counts = Path(settings.out), {}
    for table in COLUMNS:
        part, whole = settings.folder / f"{table}.part", out / table
        for folder in (part, whole):
            shutil.rmtree(folder, ignore_errors=True)
        part.mkdir(parents=True)
        counts[table] = _write_table(settings, table, shards, part)
        part.replace(whole)
    return counts


def _write_table(settings: RunSettings, table: str, shards: int, out: Path) -> int:
    arrow = import_extra("pyarrow", "batch")
    where: dict[str, list[tuple[int, int]]] = {}
    for shard in range(shards):
        months = json.loads((_folder(settings, shard) / "months.json").read_text("utf-8"))[table]
        for group, month in enumerate(months):
            where.setdefault(month, []).append((shard, group))
    count = 0
    if not where:  # a table of no rows is still a table, with its columns
        _one_file(out / "month=undated", 0, [schema(table).empty_table()])
    for month in sorted(where):
        for number, tables in enumerate(_files(_groups(settings, table, where[month]), arrow)):
            count += _one_file(out / f"month={month}", number, tables)
    return count


def _groups(settings: RunSettings, table: str, places: list[tuple[int, int]]) -> Iterator[Any]:
    """One month's groups of rows, shard by shard."""
    arrow = import_extra("pyarrow", "batch")
    opened = -1
    reader: Any = None
    for shard, group in places:
        if shard != opened:
            opened, reader = shard, arrow.ipc.open_file(str(_folder(settings, shard) / f"{table}.arrow"))
        yield arrow.Table.from_batches([reader.get_batch(group)])


def _files(groups: Iterator[Any], arrow: Any) -> Iterator[Iterator[Any]]:
    """The groups joined to row groups, and those shared out among files."""
    joined = _joined(groups, arrow)
    for first in joined:
        yield _up_to(first, joined)


def _up_to(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    count = 0
    table = first
    while table is not None:
        yield table
        count += len(table)
        table = next(rest, None) if count < _FILE_ROWS else None


def _joined(groups: Iterator[Any], arrow: Any) -> Iterator[Any]:
    held: list[Any] = []
    for group in groups:
        held.append(group)
        if sum(map(len, held)) >= _GROUP_ROWS:
            yield arrow.concat_tables(held)
            held = []
    if held:
        yield arrow.concat_tables(held)


def _one_file(folder: Path, number: int, tables: Any) -> int:
    parquet = import_extra("pyarrow.parquet", "batch")
    folder.mkdir(parents=True, exist_ok=True)
    count, writer = 0, None
    for table in tables:
        writer = writer or parquet.ParquetWriter(
            folder / f"part-{number:05d}.parquet", table.schema, compression="zstd"
        )
        writer.write_table(table, row_group_size=max(1, len(table)))
        count += len(table)
    if writer is not None:
        writer.close()
    return count


def _folder(settings: RunSettings, shard: int) -> Path:
    return settings.folder / "read" / shard_name(shard)
