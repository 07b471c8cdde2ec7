"""How texts speak against a claim: ``against.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files("onrecord.words").joinpath("against.toml").read_text("utf-8"))


def anaphors() -> Mapping[str, list[str]]:
    """Noun that takes up an earlier statement -> the acts it fits, likeliest first."""
    return _table()["anaphors"]


def _pattern(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def undercutting() -> re.Pattern[str]:
    """Adverbs and phrases beside a cue that undercut what is said; group ``rebuts`` or ``qualifies`` matched."""
    table = _table()["undercut"]
    return re.compile(
        rf"\b(?:(?P<rebuts>{_pattern(table['rebuts'])})|(?P<qualifies>{_pattern(table['qualifies'])}))\b", re.IGNORECASE
    )


@cache
def false_claim() -> re.Pattern[str]:
    """ "The debunked claim": an adjective of the outlet's before a noun for what is said."""
    nouns = (
        r"claims?|allegations?|accusations?|assertions?|statements?|theor(?:y|ies)|rumou?rs?|suggestions?|"
        r"notion|narrative|belief|charges?|reports?|story|stories"
    )
    return re.compile(
        rf"\b(?:{_pattern(_table()['undercut']['claims'])})\s+(?:\w+\s+){{0,2}}?(?:{nouns})\b", re.IGNORECASE
    )


@cache
def verdicts() -> tuple[str, ...]:
    """What somebody says of a claim that he holds to be untrue: "a lie", "nonsense"."""
    table = _table()["contrast"]
    return (*table["verdicts"], *table["scorn"])


@cache
def verdict() -> re.Pattern[str]:
    """ "... is a lie", "..., which is not true": what stands right after a statement; group ``says`` is the verdict."""
    words = _pattern(_table()["contrast"]["verdicts"])
    return re.compile(
        rf"[,\s]*(?:which\s+|that\s+)?(?P<says>(?:is|was|are|were|turned out to be|proved)\s+"
        rf"(?:\w+ly\s+)?(?:{words})\b[^,.;!?]*)",
        re.IGNORECASE,
    )


@cache
def trailing_contrast() -> re.Pattern[str]:
    """A concession that opens a side clause: "despite", "although"."""
    return re.compile(rf"\b(?:{_pattern(_table()['contrast']['trailing'])})\b", re.IGNORECASE)


@cache
def contrast_opener() -> re.Pattern[str]:
    """A sentence that begins against the one before: "However," or "But"."""
    return re.compile(rf"[\s(–—-]*(?:{_pattern(_table()['contrast']['openers'])})\b", re.IGNORECASE)


@cache
def refuting() -> re.Pattern[str]:
    """Words by which the outlet says that something is not so."""
    return re.compile(rf"\b(?:{_pattern(_table()['contrast']['refuting'])})\b", re.IGNORECASE)
