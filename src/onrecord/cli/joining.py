"""Bringing a pass up to date before its list is shown, and telling so where it takes long."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.pipeline import Record

_EVERY = 5.0
"""Seconds between two lines about a long wait."""


def brought_up_to_date(store: Record, *names: str) -> None:
    """Runs the passes of these names over what is new."""
    from onrecord import pipeline

    left = sum(pipeline.count_unjoined(store, name) for name in names)
    told = time.monotonic()
    for name, count in pipeline.join(store, *names):
        left -= count
        if time.monotonic() - told > _EVERY:
            told = time.monotonic()
            print(f"onrecord: {name}: {left:,} articles are still to be compared", file=sys.stderr, flush=True)
