"""A feed is measured against its own past."""

from __future__ import annotations

import pytest

from onrecord.record.feed_health import Yield, notice

GOOD, SHORT, SILENT, EMPTY = Yield(False, 2000, 3), Yield(False, 90, 3), Yield(False, 2000, 0), Yield(True, 0, 0)


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([GOOD] * 30, None),
        ([GOOD] * 20 + [EMPTY] * 5, "5 of the last 5 items came out empty, 0 of the 20 before"),
        ([GOOD] * 20 + [EMPTY] * 3 + [GOOD] + [EMPTY], "4 of the last 5"),
        ([GOOD] * 20 + [EMPTY] * 2 + [GOOD] * 3, None),
        ([GOOD] * 5 + [EMPTY] * 5, None),
        ([EMPTY] * 30, None),
        ([GOOD] * 20 + [SHORT] * 5, "90 characters in the middle, those before had 2,000"),
        ([GOOD] * 20 + [SILENT] * 5, "no statement was found in the last 5 items, and some in 20 of the 20 before"),
        ([SILENT] * 30, None),
        ([], None),
    ],
)
def test_notice(items: list[Yield], words: str | None) -> None:
    found = notice(items)
    assert (found is None) if words is None else (words in (found or ""))
