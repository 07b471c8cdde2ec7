"""Phrases that pages put around articles, and what kind of furniture each tells of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, cast, get_args

from onrecord.types import FurnitureKind

_LONGEST_START = 160
_DECORATION = "-–—*_=~• "
_EDGES = " \t\n.:;,!?…|»›>«<*•·-–—_=~+[](){}\"'“”‘’"


@cache
def _phrases() -> dict[FurnitureKind, dict[str, Any]]:
    data = tomllib.loads(files(__package__).joinpath("furniture.toml").read_text(encoding="utf-8"))
    unknown = set(data) - set(get_args(FurnitureKind))
    if unknown:
        raise ValueError(f"furniture.toml names kinds that do not exist: {sorted(unknown)}")
    return cast("dict[FurnitureKind, dict[str, Any]]", data)


@cache
def _whole() -> dict[str, FurnitureKind]:
    return {phrase.strip(_EDGES): kind for kind, lists in _phrases().items() for phrase in lists["whole"]}


def _any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the first that fits; grouped by first letter, so that few are tried."""
    by_letter: dict[str, list[str]] = {}
    for phrase in phrases:
        by_letter.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


@cache
def _starts() -> re.Pattern[str]:
    return re.compile(_any_of(p for lists in _phrases().values() for p in lists["starts"]))


@cache
def _start_kinds() -> dict[str, FurnitureKind]:
    return {phrase: kind for kind, lists in _phrases().items() for phrase in lists["starts"]}


@cache
def _shapes() -> list[tuple[str, re.Pattern[str], FurnitureKind]]:
    """What a shape never goes without (quicker to look for than the shape), the shape, and its kind."""
    return [
        (needed, re.compile(pattern), kind)
        for kind, lists in _phrases().items()
        for needed, pattern in lists.get("shapes", [])
    ]


@cache
def _hints() -> re.Pattern[str]:
    words = sorted({p for lists in _phrases().values() for p in lists["hints"]}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + _any_of(words) + r")(?!\w)")


@cache
def _hint_kinds() -> dict[str, FurnitureKind]:
    return {phrase: kind for kind, lists in reversed(_phrases().items()) for phrase in lists["hints"]}


def sure_kind(paragraph: str) -> FurnitureKind | None:
    """The kind of a paragraph that is furniture wherever it stands, by its own words alone; else None.

    >>> sure_kind("READ MORE: What the delegates ate")
    'teaser'
    """
    if len(paragraph) > _LONGEST_START:
        return None
    text = " ".join(paragraph.lower().split())
    kind = _whole().get(text.strip(_EDGES))
    if kind is None:
        match = _starts().match(text.lstrip(_DECORATION))
        kind = _start_kinds()[match.group()] if match else None
    if kind is None:
        inner = text.strip(_DECORATION)
        kind = next((told for needed, shape, told in _shapes() if needed in inner and shape.search(inner)), None)
    return kind


def likely_kind(piece: str) -> FurnitureKind:
    """The kind of a piece that is known to be furniture: what most of its telling words say, else by its shape."""
    kind = sure_kind(piece)
    if kind is not None:
        return kind
    text = " ".join(piece[:600].lower().split())
    votes: dict[FurnitureKind, int] = {}
    for match in _hints().finditer(text):
        told = _hint_kinds()[match.group()]
        votes[told] = votes.get(told, 0) + 1
    if votes and (len(text) < 60 or max(votes.values()) > 1):
        return max(votes, key=lambda k: votes[k])
    if len(text) <= 40:
        return "menu"
    return "teaser" if len(text) <= 160 else "other"
