"""Keys under which different spellings of one name are the same: Zelensky, Zelenskyy, Zelenskiy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

_ALIKE = (
    (r"^kh|^gh", "h"), (r"kh", "h"), (r"gh", "g"), (r"dzh|dj", "j"), (r"zh", "j"), (r"tch|tsch", "ch"),
    (r"shch|sch", "sh"), (r"tz|ts", "c"), (r"ph", "f"), (r"ck|q|k", "k"), (r"c(?=[aoulrkt])", "k"), (r"x", "ks"),
    (r"w", "v"), (r"ff$|v$", "f"), (r"ou|oo", "u"), (r"ee", "i"), (r"iy|yy|ii|ij|yi|ey$|ei$|ie$|y", "i"),
    (r"i(?=[eaou])", ""), (r"(?<=[aeiou])h(?![aeiou])", ""), (r"(.)\1", r"\1"),
)  # fmt: skip
"""What romanizations of Slavic, Arabic and other names write in several ways, and one way to write it: in this order.
After the tables of ALA-LC, BGN/PCGN and the passports of Russia, Ukraine and Egypt, as far as they differ."""
_ALIKE_RE = tuple((re.compile(pattern), to) for pattern, to in _ALIKE)
_ARTICLES = re.compile(r"^(?:al|el|ul|as|ad|an|ar|ash)[-' ]+(?=\w{3})")


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """One spelling for a folded word.

    >>> {spelling(w) for w in ("zelensky", "zelenskyy", "zelenskiy", "zelenskii")}
    {'zelenski'}
    >>> spelling("yeltsin") == spelling("eltsin"), spelling("putin") == spelling("putina")
    (True, False)
    """
    word = word.replace("'", "").replace("’", "")
    for pattern, to in _ALIKE_RE:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """Its consonants, roughly: the vowels of Arabic and Persian names are anybody's guess.

    >>> {skeleton(w) for w in ("mohammed", "muhammad", "mohamed")}
    {'mhmd'}
    >>> {skeleton(w) for w in ("gaddafi", "qaddafi", "kadafi", "gadhafi")}
    {'kdf'}
    """
    word = spelling(word)
    bare = re.sub(r"(?<=[dt])h", "", re.sub(r"^h(?=[rnl])", "g", word).replace("g", "k").replace("v", "f"))
    bare = bare[:1] + re.sub(r"[aeiou]", "", bare[1:])
    return re.sub(r"(.)\1", r"\1", bare)


def without_article(name: str) -> str:
    """A folded name's last part without an Arabic article.

    >>> without_article("al-assad"), without_article("albert")
    ('assad', 'albert')
    """
    return _ARTICLES.sub("", name)


@cache
def _short_forms() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    text = files("onrecord.words").joinpath("nicknames.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    for number, names in enumerate(lines):
        for name in names:
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def one_given_name(first: str, second: str) -> bool:
    """Whether two folded given names may be one person's: spellings, short forms, the same name next door.

    >>> one_given_name("bill", "william"), one_given_name("volodymyr", "vladimir"), one_given_name("john", "james")
    (True, True, False)
    """
    if first == second or spelling(first) == spelling(second):
        return True
    known = _short_forms()
    return bool(known.get(first, frozenset()) & known.get(second, frozenset()))
