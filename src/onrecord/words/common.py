"""Words that begin sentences and are no names, months and days, and the small words that stand inside names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Monday first, as ``date.weekday`` counts."""

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
"""January first."""

PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "y",
        "e",
        "ul",
        "ur",
        "af",
        "av",
        "zu",
        "st",
        "abu",
        "ben",
    ]
)
"""Small words inside people's names."""

CONNECTORS = frozenset({"of", "for", "and", "on", "the", "in", "&"})
"""Small words inside organizations' names."""


@cache
def common_words() -> frozenset[str]:
    """Lower-case words that a capital at a sentence's start does not make a name."""
    lines = files("onrecord.words").joinpath("common.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
