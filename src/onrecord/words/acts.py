"""The closed list of acts and the words that show them: ``acts.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

ACTS = (
    "say", "ask", "deny", "claim", "promise", "demand", "refuse", "order", "warn", "think", "want", "know", "show",
    "decide", "expect", "plan", "hope", "agree", "accuse", "call", "confirm", "announce", "reject", "suggest",
)  # fmt: skip
"""Every act a statement may have; "say" where no cue tells."""

_Table = Mapping[str, Mapping[str, list[str]]]


@cache
def _table() -> _Table:
    return tomllib.loads(files("onrecord.words").joinpath("acts.toml").read_text("utf-8"))


def inflections(verb: str) -> tuple[str, ...]:
    """A regular verb's forms, doubled consonants included, since a form too many does no harm.

    >>> inflections("deny")
    ('deny', 'denies', 'denied', 'denying')
    >>> "admitted" in inflections("admit"), "claimed" in inflections("claim")
    (True, True)
    """
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2:-1] not in "aeou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"
    plain = (verb, third, f"{verb}ed", f"{verb}ing")
    if len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
        return (*plain, f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    return plain


@cache
def acts_by_form() -> Mapping[str, tuple[str, bool]]:
    """Inflected form -> (act, weak): the first act that lists a word has it."""
    table, forms = _table(), dict[str, tuple[str, bool]]()
    weak = frozenset(table["weak"]["words"])
    for act in ACTS:
        for word in table["words"][act]:
            spelled = (*inflections(word), *table["irregular"].get(word, ())) if " " not in word else (word,)
            for form in spelled:
                forms.setdefault(form, (act, word in weak))
    return forms


@cache
def acts_by_phrase() -> Mapping[str, str]:
    """Phrase of two or more words -> act."""
    phrases = {p: act for act, listed in _table()["phrases"].items() for p in listed}
    return phrases | {f: act for f, (act, _) in acts_by_form().items() if " " in f}


@cache
def phrase_pattern() -> re.Pattern[str]:
    """One pattern over all phrases, longest first."""
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, acts_by_phrase()), key=len, reverse=True))})\b")


@cache
def hedges() -> frozenset[str]:
    """Words in a cue that take back part of it."""
    return frozenset(_table()["hedges"]["words"])


@cache
def negations() -> frozenset[str]:
    """Words in a cue that deny that it happened."""
    return frozenset(_table()["negations"]["words"])


def is_cue_form(word: str) -> bool:
    """True for any form of a verb or noun that can be a cue (lower case)."""
    return word in acts_by_form()
