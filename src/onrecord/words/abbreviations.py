"""Abbreviations written with a full stop, and the words that open sentences."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Forms without their last full stop, in lower case, by what may follow them."""

    before: frozenset[str]
    """Stand before a name or a number ("Mr", "No"): never the end of a sentence."""
    dates: frozenset[str]
    """Months and weekdays."""
    either: frozenset[str]
    """May close a sentence ("Inc", "U.S", "p.m")."""
    openers: frozenset[str]
    """Words that open sentences and seldom names, in lower case."""


@cache
def abbreviations() -> Abbreviations:
    """The package's list, read once."""
    text = files(__package__).joinpath("abbreviations.toml").read_text(encoding="utf-8")
    return Abbreviations(**{name: frozenset(words.split()) for name, words in tomllib.loads(text).items()})
