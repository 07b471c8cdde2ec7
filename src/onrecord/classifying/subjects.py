"""Clean text -> countries and topics."""

from __future__ import annotations

from onrecord.classifying.countries import countries
from onrecord.classifying.phrases import Weigher, Words
from onrecord.classifying.topics import topics
from onrecord.outcome import Subjects
from onrecord.types import CleanText, Resolved

_LANGUAGES = frozenset({"en", None})
"""Languages whose words the topics know; names of places are read in any."""


def classify(title: str | None, clean: CleanText, resolved: Resolved) -> Subjects:
    """What an article is about, with the words it was told by.

    ``title`` is the source's own title, read where the text has no headline. Countries come from the places named (a
    headline weighs most, then the lead), topics from the words of a small list, for English alone. What is not clear
    is left out: an article may have neither.
    """
    words, weigh = Words(clean.text), Weigher(clean)
    places = countries(clean, words, resolved, weigh)
    told = []
    if clean.language in _LANGUAGES:
        told = topics(clean.text, words, weigh, title if title and clean.headline is None else "")
    return Subjects(
        tuple(code for code, _ in places), tuple(t for t, _ in told), tuple(why for _, why in [*places, *told])
    )
