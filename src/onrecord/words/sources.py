"""Small words and nouns that tell how a source is built: ``sources.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, str]:
    return tomllib.loads(files("onrecord.words").joinpath("sources.toml").read_text("utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of the table, by its name ("pronouns", "deeds", "bodies" ...).

    >>> "refusal" in listed("deeds")
    True
    """
    return frozenset(_table()[name].split())
