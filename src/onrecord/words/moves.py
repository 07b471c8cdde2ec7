"""Words of markets and matches: ``moves.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(files("onrecord.words").joinpath("moves.toml").read_text("utf-8"))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def moving() -> re.Pattern[str]:
    """What a price did; the group says which way: ``up side_up down side_down at``; ``bare``: told after the figure."""
    t = _table()["moves"]
    sides = f"(?:{_any(t['up_or_down'])})"
    bare = "|".join(("closed", "ended", "finished"))  # "closed 2% lower": the side comes after the figure
    return re.compile(
        rf"\b(?:(?P<side_up>{sides}\s+(?:{_any(t['sides_up'])}))|(?P<side_down>{sides}\s+(?:{_any(t['sides_down'])}))"
        rf"|(?P<up>{_any(t['up'])})|(?P<down>{_any(t['down'])})|(?P<at>{_any(t['at'])})|(?P<bare>{bare}))\b"
    )


@cache
def sides() -> Mapping[str, str]:
    """A side word ("higher") -> ``up`` or ``down``."""
    t = _table()["moves"]
    return {**dict.fromkeys(t["sides_up"], "up"), **dict.fromkeys(t["sides_down"], "down")}


@cache
def instruments() -> frozenset[str]:
    """Nouns for what has a price or a level."""
    return frozenset(_table()["instruments"]["words"])


@cache
def raising() -> re.Pattern[str]:
    """What a company does with money from investors."""
    return re.compile(rf"\b(?:{_any(_table()['raised']['verbs'])})\b")


@cache
def funding() -> re.Pattern[str]:
    """Words without which money raised is no round of funding ("raised prices")."""
    return re.compile(rf"\b(?:{_any(_table()['raised']['signs'])})\b", re.IGNORECASE)


@cache
def match_verbs() -> re.Pattern[str]:
    """How one side did against the other; the group says which: ``won``, ``drew``, ``lost``."""
    t = _table()["matches"]
    return re.compile(rf"\b(?:(?P<won>{_any(t['won'])})|(?P<drew>{_any(t['drew'])})|(?P<lost>{_any(t['lost'])}))\b")


@cache
def match_nouns() -> str:
    """How a match ended, as a noun: an alternation for a pattern."""
    return _any(_table()["matches"]["nouns"])


@cache
def openers() -> frozenset[str]:
    """Words with a capital that only open a sentence or name a role: no part of a side's name."""
    return frozenset(_table()["matches"]["openers"])
