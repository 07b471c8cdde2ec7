"""The tables are what docs/batch.md says."""

import re
from pathlib import Path

from onrecord.batch.tables import COLUMNS, month_of

PAGE = Path(__file__).resolve().parents[2] / "docs/batch.md"


def test_the_documented_columns_are_the_columns() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| `([\w ]+)` \|$", PAGE.read_text("utf-8"), re.M)
    assert {table: tuple(names.split()) for table, names in rows} == {t: tuple(c) for t, c in COLUMNS.items()}


def test_the_partition_of_a_date() -> None:
    assert [month_of(day) for day in ("2024-05-03", "2024-05-03T10:00:00Z", None, "2024")] == [
        "2024-05", "2024-05", "undated", "undated",
    ]  # fmt: skip
