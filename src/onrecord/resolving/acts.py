"""What a cue says was done: its act, whether it is denied ("did not say") and whether it is hedged."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.resolving.page import Page
from onrecord.types import Statement
from onrecord.words import acts, against

_WORD = re.compile(r"n['’]t\b|\w+(?:-\w+)*")
_REJECTS = re.compile(
    r"\s+(?:(?:has|have|had|also|since|repeatedly) ){0,3}(?:(?P<deny>den[iy]\w*)|(?:reject|disput|dismiss|refut)\w*)"
)
_LATER = re.compile(r"\bwould (?:later|often|sometimes|always|go on)\b")
"""The past told from before it: no hedge."""
_SPLIT_NOT = re.compile(r"(?<=\w)n['’]t\b")


class Act(NamedTuple):
    """A cue read."""

    act: str
    negated: bool = False
    hedged: bool = False


def act_of(page: Page, statement: Statement) -> Act:
    """The act of a statement's cue; "say" where it has none, or none that we know."""
    cue = " ".join(page.text[s.start : s.end] for s in statement.cue).lower()
    if not cue:
        return Act("say")
    rejected = told_by_noun(page, statement)
    if rejected:
        return Act(rejected)
    return read_cue(cue, _lead(page, statement))


def told_by_noun(page: Page, statement: Statement) -> str | None:
    """The act of "a claim Kyiv has rejected", where the tagger took the noun for the cue and left the verb out."""
    cue, source = statement.cue, statement.source
    if not (cue and source) or not 0 <= source[0].start - cue[-1].end <= 8:
        return None
    if page.text[cue[0].start : cue[-1].end].lower() not in against.anaphors():
        return None
    match = _REJECTS.match(page.text, source[-1].end)
    return None if match is None else "deny" if match["deny"] else "reject"


def _lead(page: Page, statement: Statement) -> str:
    """The two words before the cue, which taggers leave out of it: "did not", "may have"."""
    start = statement.cue[0].start
    before = page.text[max(page.sentence(start).start, start - 24) : start].lower()
    for source in statement.source:
        if source.end <= start and start - source.end < 24:
            before = page.text[source.end : start].lower()
    return " ".join(before.split()[-3:])


def read_cue(cue: str, lead: str = "") -> Act:
    """The act of a cue's words, lower case, with the words just before it.

    >>> read_cue("has rejected"), read_cue("say", "did not")
    (Act(act='reject', negated=False, hedged=False), Act(act='say', negated=True, hedged=False))
    """
    words = _WORD.findall(_SPLIT_NOT.sub(" n't", cue))
    lead_words = _WORD.findall(_SPLIT_NOT.sub(" n't", lead))
    flat = " ".join(words)
    phrase = acts.phrase_pattern().search(flat)
    act = acts.acts_by_phrase()[phrase.group()] if phrase else None
    around = (*lead_words, *words)
    told = phrase.group().split() if phrase else []  # "pleaded not guilty" denies; nothing of it is negated
    negated = any(w in acts.negations() and w not in told for w in around) or "short of" in flat
    hedged = any(w in acts.hedges() for w in around) and not _LATER.search(" ".join(around))
    if act is None:
        act = _from_words(words) or "say"
    return Act(act, negated, hedged)


def _from_words(words: list[str]) -> str | None:
    """The act of the most telling word: a strong one before a weak one, the earlier before the later."""
    weak = None
    for word in words:
        found = acts.acts_by_form().get(word)
        if found is None:
            continue
        if not found[1]:
            return found[0]
        weak = weak or found[0]
    return weak
