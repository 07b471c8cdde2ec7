"""What part a name plays in its clause, read off the words beside it, and how much that raises salience."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.resolving.page import Page
from onrecord.words import acts

_AUX = frozenset(
    [
        "is",
        "was",
        "has",
        "had",
        "will",
        "would",
        "could",
        "should",
        "can",
        "may",
        "might",
        "must",
        "does",
        "did",
        "do",
        "who",
        "whose",
        "also",
        "then",
        "later",
        "now",
        "never",
        "still",
        "are",
        "were",
        "told",
        "wrote",
        "made",
        "went",
        "came",
        "gave",
        "took",
        "got",
        "became",
        "began",
        "won",
        "lost",
        "left",
        "kept",
        "met",
        "led",
        "spoke",
        "ran",
        "set",
        "put",
        "hit",
        "says",
        "said",
    ]
)
_PREPOSITION = re.compile(
    r"\b(?:of|with|by|to|for|from|against|about|at|in|on|over|between|and|than|like|after|before|under|behind|"
    r"told|asked|"
    r"including|near|versus|beat|defeated|called|named|saw|married|replaced|succeeded)\s+(?:[\w.’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:,[^,.;]{2,80},)?\s*([a-z]+)")
Place = Literal["subject", "object", "complement", "possessor"]
"""What part a naming plays in its clause; a complement stands after a preposition."""
_WEIGHT: dict[Place, float] = {"subject": 1.0, "object": 0.6, "complement": 0.5, "possessor": 0.45}


def part_of(page: Page, start: int, end: int) -> Place:
    """What part a name plays in its clause, by the words beside it."""
    after = page.text[end : end + 100]
    if after[:2] in ("'s", "’s") or after[:1] in ("'", "’"):
        return "possessor"
    sentence = page.sentence(start)
    follow = _NEXT.match(after)
    word = follow.group(1) if follow else ""
    verb = word in _AUX or word.endswith("ed") or acts.is_cue_form(word)
    led = _PREPOSITION.search(page.text, max(sentence.start, start - 60), start)
    if led and not (verb and led.group().lower().startswith(("and", "after", "before", "than"))):
        return "complement"
    return "subject" if verb or start - sentence.start < 25 else "object"


def naming_weight(page: Page, start: int, end: int) -> float:
    """How much a naming raises salience: a subject most, a possessor or an object less, inside a quotation least."""
    weight = _WEIGHT[part_of(page, start, end)]
    if page.quote_at(start) is not None:
        weight *= 0.4
    return weight * (0.5 if page.headline_covers(start) else 1.0)
