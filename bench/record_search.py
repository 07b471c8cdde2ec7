"""Searches for the record's bench: words, and every filter alone and with others, of much and of little."""

from __future__ import annotations

import random
from typing import Any

from record_made import EXTRA, OUTLETS, RARE_ACT, RARE_OUTLET, SUBJECTS, WORDS

Asked = tuple[str, dict[str, Any]]

FILTERS: dict[str, list[dict[str, Any]]] = {
    "by": [{"by": "Ana Ruiz"}, {"by": "Brandt"}, {"by": "Balandcoret"}],
    "about": [{"about": "Ana Ruiz"}, {"about": "Brandt"}],
    "since": [{"since": "2024-11"}, {"since": "2011-01-01"}],
    "until": [{"until": "2010-02"}, {"until": "2024-12-31"}],
    "outlet": [{"outlet": OUTLETS[0]}, {"outlet": OUTLETS[3]}, {"outlet": RARE_OUTLET}],
    "kind": [{"kind": "mixed"}, {"kind": "indirect"}],
    "act": [{"act": "say"}, {"act": "deny"}, {"act": RARE_ACT}],
    "disputed": [{"disputed": True}, {"disputed": False}],
}
"""Each option of ``onrecord search``, asked for much and for little."""


def queries(count: int, seed: int) -> list[str]:
    """Words as people type them: two rare ones, a phrase, a beginning, a rare and a common one, one alone, a common one."""
    rng = random.Random(seed + 1)
    made = []
    for n in range(count):
        one, two = rng.choice(WORDS), rng.choice(SUBJECTS)
        kinds = [f"{two} {one}", f'"{two} near"', f"{one[:4]}* {two}", f"{one} {rng.choice(EXTRA)}", one, two]
        made.append(kinds[n % len(kinds)])
    return made


def filtered(count: int, seed: int) -> list[Asked]:
    """Words with one option, or two or three of different kinds, in turn; each option as often as any other."""
    rng, words = random.Random(seed + 2), queries(count, seed)
    names = list(FILTERS)
    made = []
    for n, query in enumerate(words):
        chosen = [names[n % len(names)], *rng.sample(names, n // len(names) % 3)]
        asked: dict[str, Any] = {}
        for name in dict.fromkeys(chosen):
            asked |= rng.choice(FILTERS[name])
        made.append((query, asked))
    return made


def without_words(count: int, seed: int) -> list[Asked]:
    """The same options, and no words: the newest that they leave."""
    return [("", asked) for _, asked in filtered(count, seed)]
