"""How common English words are: ``frequent.txt``, 20,000 of them, the most common first.

The order is that of the vocabulary of the uncased BERT model (Google, Apache License 2.0), which was sorted by
frequency in English Wikipedia and books; single characters and pieces of words are left out.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

_UNLISTED = 40_000
"""The rank of a word that is not in the list."""
_ARTICLE = 400
"""Words of a middling article."""


@cache
def _ranks() -> dict[str, int]:
    words = files("onrecord.words").joinpath("frequent.txt").read_text("utf-8").split()
    ranks: dict[str, int] = {}
    for rank, word in enumerate(words, 1):
        ranks.setdefault(stem(word), rank)
    return ranks


def is_common(stemmed: str, *, among: int = 3000) -> bool:
    """Whether a word is one of the ``among`` most common."""
    return _ranks().get(stemmed, _UNLISTED) <= among


@cache
def share(stemmed: str) -> float:
    """In what share of articles a word is to be expected.

    Its probability follows from its rank by Zipf's law as Mandelbrot corrected it (``0.1 / (rank + 2.7)``), and the
    share from that for an article of 400 words.
    """
    chance = 0.1 / (_ranks().get(stemmed, _UNLISTED) + 2.7)
    return float(1 - (1 - chance) ** _ARTICLE)


@cache
def rarity(stemmed: str) -> float:
    """The inverse document frequency of a word, a natural logarithm (Spärck Jones 1972).

    >>> round(rarity("the"), 1), round(rarity("court"), 1), round(rarity("klitschko"), 1)
    (0.0, 2.4, 6.9)
    """
    return -math.log(share(stemmed))


@cache
def stem(word: str) -> str:
    """A lower-case word without the commonest endings: rough, quick, the same everywhere.

    >>> [stem(w) for w in ("robberies", "robbery", "killed", "killing", "kills", "obama's", "press")]
    ['robbery', 'robbery', 'kill', 'kill', 'kill', 'obama', 'press']
    """
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    if len(word) > 5 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending, longer_than in (("ing", 6), ("ed", 5), ("es", 4)):
        if len(word) > longer_than and word.endswith(ending):
            return word[: -len(ending)]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
