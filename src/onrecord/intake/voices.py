"""Who speaks in a line of subtitles: labels ("SMITH:", "Q.", ">>"), and lines that are sounds and no words."""

from __future__ import annotations

import re

_START = re.compile(r"(?:>>\s*)?(?:[QA][.:](?=\s)|([^:\n]{1,90}):(?=\s|$))|>>|[-–—](?=\s)")
_ASIDE = re.compile(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]")
_SMALL = frozenset(("al", "and", "bin", "da", "de", "del", "der", "di", "dos", "du", "la", "of", "van", "von", "y"))
"""Words that names keep in small letters."""
_MOST, _MOST_CAPITALS = 5, 12
"""Words of a name, and of a name with its office in capitals ("DR. ANA RUIZ, MAYOR OF TOLM")."""
_SOUND = re.compile(r"(?:\[[^\[\]]{1,80}\]|\([^()]{1,80}\)|[♪♫#][^♪♫]{0,200}[♪♫#]|[♪♫\s]+)")


def label_of(line: str) -> str:
    """The label a line begins with, its colon with it; empty where it names no speaker."""
    match = _START.match(line)
    if not match:
        return ""
    name = match.group(1)
    if name is None or _is_name(name.lstrip("> ")):
        return match.group()
    return ">>" if line.startswith(">>") else ""


def is_sound(line: str) -> bool:
    """True for a line that is all sound: "[APPLAUSE]", "(music playing)", "♪ ... ♪"."""
    return _SOUND.fullmatch(line.strip()) is not None


def _is_name(text: str) -> bool:
    """True for a name in capitals, with or without an office, and for up to five capitalised words."""
    words = _ASIDE.sub(" ", text).replace(",", " ").split()
    if not words or not {"!", "?", ";"}.isdisjoint(text):
        return False
    if all(w == w.upper() for w in words):
        return len(words) <= _MOST_CAPITALS and any(c.isalpha() for c in words[0])
    named = all(w[0].isupper() or w.lower() in _SMALL for w in words)
    return named and words[0][0].isupper() and len(words) <= _MOST and "," not in text
