"""Lists of feeds, in and out (OPML)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from onrecord import intake
from onrecord.errors import RefusedInput


def read_list(path: Path) -> list[intake.Subscription]:
    """The feeds on a list in a file. Raises RefusedInput for what is no list."""
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise RefusedInput(f"{path} cannot be read: {error.strerror or error}", origin=str(path)) from error
    return intake.read_opml(payload, str(path))


def list_of(feeds: Iterable[Mapping[str, Any]]) -> str:
    """The feeds as a list."""
    return intake.write_opml(intake.Subscription(f["url"], f["title"] or f["outlet"]) for f in feeds)
