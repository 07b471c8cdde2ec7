"""``parquet``: the table of ``csv`` as one Parquet file, for notebooks and data bases. Needs the extra ``export``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from onrecord.errors import import_extra
from onrecord.formats.table import COLUMNS, cells
from onrecord.outcome import Reading
from onrecord.whole import made_whole

_AT_ONCE = 200
"""Articles in one row group: memory stays flat."""
_KINDS = {"negated": "bool", "hedged": "bool", "confidence": "float64"}


def write_parquet(readings: Iterable[Reading], path: Path) -> int:
    """Writes the file, whole or not at all, and gives the number of rows. Raises MissingExtra or OnrecordError."""
    arrow, parquet = import_extra("pyarrow", "export"), import_extra("pyarrow.parquet", "export")
    kinds = {"bool": arrow.bool_(), "float64": arrow.float64(), "": arrow.string()}
    schema = arrow.schema([(name, kinds[_KINDS.get(name, "")]) for name in COLUMNS])
    count = 0
    with made_whole(path) as part, parquet.ParquetWriter(part, schema, compression="zstd") as writer:
        for rows in _groups(readings):
            pairs = zip(zip(*rows, strict=True), schema.types, strict=True)
            columns = [arrow.array(column, kind) for column, kind in pairs]
            writer.write_table(arrow.table(columns, schema=schema))
            count += len(rows)
    return count


def _groups(readings: Iterable[Reading]) -> Iterator[list[list[object]]]:
    left = iter(readings)
    while some := list(islice(left, _AT_ONCE)):
        rows = [row for reading in some for row in cells(reading)]
        if rows:
            yield rows
