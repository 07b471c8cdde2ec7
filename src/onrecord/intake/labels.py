"""Short lines that give themselves away by their words: what stands on a page around an article."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from onrecord.types import FurnitureKind

_DATE = re.compile(r"[^.!?]{0,40}?(?:\b\d{1,2}[:h]\d{2}\b|\b(?:19|20)\d{2}\b)[^.!?]{0,40}")
_LONGEST = 400
"""A block longer than this is judged by its place, not its first words."""


@cache
def patterns_of(name: str) -> dict[str, list[str]]:
    """The regular expressions of a table beside this file, by kind of furniture, in the file's order."""
    return tomllib.loads(files("onrecord.intake").joinpath(name).read_text("utf-8"))


@cache
def _label() -> re.Pattern[str]:
    kinds = patterns_of("labels.toml").items()
    return re.compile("|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in kinds), re.IGNORECASE)


def kind_of_line(text: str) -> FurnitureKind | None:
    """The kind of furniture a short block says it is by its words, or None.

    Costs an article a line that begins "Read more" or "Follow us on"; such lines are rarely its own words.
    """
    if len(text) > _LONGEST:
        return None
    match = _label().match(text.lstrip("•·*►▶»>|-–—[( \t\n\u200b").replace("\xa0", " ").replace("’", "'"))
    return match.lastgroup if match else None  # type: ignore[return-value]


def is_dateline(text: str) -> bool:
    """True for a line that is a date and little else ("22 October 2010 at 20:13")."""
    return len(text) <= 70 and len(text.split()) <= 10 and bool(_DATE.fullmatch(text))
