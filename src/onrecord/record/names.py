"""Strings as the record keeps and compares them."""

from __future__ import annotations

import re
import unicodedata

_SURROGATES = re.compile("[\0\ud800-\udfff]")
_APART = re.compile(r"[^\w'’]+")
_LONGEST_KEY = 500
"""Characters by which names are told apart: a database's index takes no more."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def storable(text: str) -> str:
    """The text with what not every database takes (lone surrogates, NUL), each replaced by one U+FFFD: offsets hold."""
    return text if text.isascii() and "\0" not in text else _SURROGATES.sub("\ufffd", text)


def storable_or_none(text: str | None) -> str | None:
    """The same for a text that may be missing."""
    return None if text is None else storable(text)


def fold(name: str) -> str:
    """A name as it is compared: case, accents and punctuation gone, one space between words.

    >>> fold("  Łukasz  GÓRSKI-Nowak ")
    'łukasz gorski nowak'
    """
    apart = unicodedata.normalize("NFKD", storable(name).casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c)).replace("’", "'")
    return " ".join(_APART.sub(" ", plain.replace("_", " ")).split())


def key_of(name: str) -> str:
    """A name as its key in the table of names: folded, or as it is where nothing of it is a letter or digit."""
    return (fold(name) or storable(name))[:_LONGEST_KEY]


def surname(key: str) -> str:
    """The last word of a folded name, a "Jr." passed over."""
    words = key.split()
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words[-1] if words else ""
