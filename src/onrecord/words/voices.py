"""Who speaks in a line of a transcript: labels ("SMITH:", "Q.", ">>"), and lines that are sounds and no words."""

from __future__ import annotations

import re

from onrecord.words import people
from onrecord.words.lists import word_list

_START = re.compile(r"(?:>>\s*)?(?:[QA][.:](?=\s)|([^:\n]{1,90}):(?=\s|$))|>>|[-–—](?=\s)")
_ASIDE = re.compile(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]")
_WORD = re.compile(r"[^\W_]\S*")
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


def name_in(label: str) -> tuple[int, int] | None:
    """Where in a label the name stands, without title, office, party and aside; None for a part ("HOST:") or a note.

    >>> label = "SEN. DARIO VENN (R), TOLM:"
    >>> start, end = name_in(label)
    >>> label[start:end]
    'DARIO VENN'
    """
    end = min((label.index(mark) for mark in "([,:" if mark in label), default=len(label))
    words = list(_WORD.finditer(label, 0, end))
    folds = [m.group().lower().rstrip(".") for m in words]
    known = word_list("voices") | word_list("no_voices")
    if not folds or any(f.isdigit() for f in folds) or all(f in known for f in folds):
        return None
    first = 0
    while first < len(folds) and _is_office(folds[first]):
        first += 1
    return (words[first].start(), words[-1].end()) if first < len(words) else None


def is_part(label: str) -> bool:
    """True for a label that gives a part in place of a name: "HOST:", "Q.", "THE MAYOR:", "Speaker 2:"."""
    folds = [w.lower().rstrip(".:") for w in _WORD.findall(_ASIDE.sub(" ", label))]
    told = [f for f in folds if not f.isdigit()]
    return bool(told) and all(f in word_list("voices") or _is_office(f) for f in told)


def is_note(label: str) -> bool:
    """True for a label that no speaker bears: "Update:", "Photo:", "Score:", and a letter's "Dear Ana:"."""
    words = _WORD.findall(label.lower().rstrip(":. "))
    return bool(words) and (words[0] == "dear" or (words[0] in word_list("no_voices") and name_in(label) is None))


def _is_office(fold: str) -> bool:
    """True for a word that stands before a name and is no part of it."""
    return people.is_role(fold) or fold in people.titles() or fold in people.modifiers() or fold in ("of", "the", "for")


def _is_name(text: str) -> bool:
    """True for a name in capitals, with or without an office, and for up to five capitalised words."""
    words = _ASIDE.sub(" ", text).replace(",", " ").split()
    if not words or not {"!", "?", ";"}.isdisjoint(text):
        return False
    if all(w == w.upper() for w in words):
        return len(words) <= _MOST_CAPITALS and any(c.isalpha() for c in words[0])
    numbered = words[0].lower() in word_list("voices")
    named = all(w[0].isupper() or w.lower() in _SMALL or (numbered and w.isdigit()) for w in words)
    return named and words[0][0].isupper() and len(words) <= _MOST and "," not in text
