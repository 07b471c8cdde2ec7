"""``jsonl`` and ``json``: the article object of the contract, one a line or as one array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.formats.safe import json_line
from onrecord.outcome import Reading


def jsonl(readings: Iterable[Reading]) -> Iterator[str]:
    """One article object a line."""
    for reading in readings:
        yield json_line(reading.to_dict()) + "\n"


def json(readings: Iterable[Reading]) -> Iterator[str]:
    """One array of article objects, an article a line."""
    before = "[\n"
    for reading in readings:
        yield before + json_line(reading.to_dict())
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
