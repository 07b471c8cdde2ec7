"""Which language a text is in: a cheap test for English first, then a statistical one."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from onrecord.words.lists import word_list

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 6000
_CLASSIFIED = 2000
"""Characters that the statistical test is given: it looks at one byte after the other."""
_LEAST_WORDS = 6
_SURE = 0.8


class _Classifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(text: str, declared: str | None = None) -> str | None:
    """The ISO 639-1 code of a text's language; ``declared`` decides where the text does not.

    None where the text is too short to tell and nothing is declared.

    >>> language_of("The talks in the capital failed, and the delegation left for home on Monday.")
    'en'
    """
    told = (declared or "").replace("_", "-").split("-")[0].strip().lower() or None
    sample = _sample(text)
    if _plainly_english(sample):
        return "en"
    words = _WORD.findall(sample.lower())
    known = word_list("english")
    letters = sum(map(len, words))
    if len(words) >= _LEAST_WORDS and sum(map(known.__contains__, words)) > 0.2 * len(words):
        return "en"
    if letters < 20 or (len(words) < _LEAST_WORDS and sample.isascii()):
        return told
    best, chance = _classifier().classify(_sample(text, _CLASSIFIED))
    if best == told or chance >= _SURE:
        return str(best)
    return told or (str(best) if chance >= 0.5 else None)


def _plainly_english(sample: str) -> bool:
    """True where the test on words below surely holds: told from blanks and single characters, which is quicker.

    Every word found at a blank counts; between blanks there are at most as many words as other characters, and one.
    """
    found = sample.lower().split()
    known = sum(map(word_list("english").__contains__, found))
    others = sum(sample.count(c) for c in set(sample) if not c.isalpha())
    return known >= _LEAST_WORDS and known > 0.2 * (1 + others)


def _sample(text: str, size: int = _SAMPLE) -> str:
    """The middle of a long text: its edges may be in another language."""
    start = max(0, len(text) - size) // 2
    return text[start : start + size]


@cache
def _classifier() -> _Classifier:
    """py3langid's model with chances that sum to one, loaded when the first text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # the name of the maker differs between the releases we allow
    make = getattr(LanguageIdentifier, "from_model_file", None) or LanguageIdentifier.from_pickled_model
    made: _Classifier = make(MODEL_FILE, norm_probs=True)
    return made
