"""Plain word lists, kept as data and read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = tomllib.loads(files(__package__).joinpath("lists.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data.items()}


def word_list(name: str) -> frozenset[str]:
    """The words of the list of that name in ``lists.toml``, in lower case."""
    return _lists()[name]
