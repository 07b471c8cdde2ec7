"""Words of number: ``reckoning.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("onrecord.words").joinpath("reckoning.toml").read_text("utf-8"))


def vague_amounts() -> tuple[str, ...]:
    """ "scores", "tens of thousands": longest first."""
    return tuple(sorted(_table()["vague"], key=len, reverse=True))


@cache
def comparators() -> Mapping[str, str]:
    """Words before a number -> the sign they stand for."""
    return {w: sign for sign, words in _table()["comparators"].items() for w in words}


def scales() -> Mapping[str, float]:
    """ "million" -> 1e6."""
    table: Mapping[str, float] = _table()["scales"]
    return table


def currencies() -> Mapping[str, str]:
    """Sign or name -> ISO 4217 code."""
    table: Mapping[str, str] = _table()["currencies"]
    return table


@cache
def units() -> Mapping[str, str]:
    """Any spelling of a unit -> the one we give."""
    return {spelling: unit for unit, spellings in _table()["units"].items() for spelling in spellings}


@cache
def people_nouns() -> frozenset[str]:
    """Nouns that count people."""
    return frozenset(_table()["people"]["nouns"])


@cache
def fates() -> frozenset[str]:
    """What befell those that a report counts."""
    return frozenset(_table()["people"]["fates"])


@cache
def time_nouns() -> frozenset[str]:
    """Nouns of time: a number before one is no figure of ours."""
    return frozenset(_table()["time"]["nouns"])


def number_words() -> Mapping[str, float]:
    """ "two" -> 2."""
    table: Mapping[str, float] = _table()["numbers"]
    return table
