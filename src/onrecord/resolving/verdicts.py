"""Statements that say of another that it is not so: "That's simply not true", "called the claim a lie"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.resolving.page import Page
from onrecord.resolving.roster import Draft
from onrecord.types import Statement
from onrecord.words import against

_BACK = 5
_NEAR = 3
"""How many sentences before a bare "That's not true" what it is about may stand."""
_WHICH = re.compile(r"\W*which\b", re.IGNORECASE)


def content_of(page: Page, statement: Statement) -> str:
    """The words of a statement's content."""
    return " ".join(page.text[s.start : s.end] for s in statement.content)


def calls_it_false(page: Page, statement: Statement) -> bool:
    """True for a verdict on something that a noun takes up: "termed the minister's claim a 'blatant lie'"."""
    content = content_of(page, statement)
    return _verdict_on_noun().search(content, 0, 160) is not None


def denied_by_verdict(
    page: Page, statements: Sequence[Statement], speakers: Sequence[Draft | None], i: int
) -> int | None:
    """The statement that "That is not true" answers: the last one of somebody else; None where it is no verdict.

    "..., which prosecutors say is false" answers the statement before it in its sentence.
    """
    content = content_of(page, statements[i])
    relative = _WHICH.match(content) is not None and _verdict().search(content) is not None and len(content) < 60
    if speakers[i] is None or not (relative or _opens_with_verdict().match(content)):
        return None
    here = page.sentence_at(statements[i].content[0].start)
    for k in range(i - 1, max(-1, i - 1 - _BACK), -1):
        apart = here - page.sentence_at(statements[k].content[-1].start)
        if apart > (0 if relative else _NEAR):
            return None
        if speakers[k] is not None and speakers[k] is not speakers[i]:
            return k
    return None


@cache
def _words() -> str:
    return "|".join(re.escape(w) for w in sorted(against.verdicts(), key=len, reverse=True))


@cache
def _verdict() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words()})\b", re.IGNORECASE)


@cache
def _opens_with_verdict() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?:(?:that|this|it|these|those|they)(?:['’]s|['’]re| is| was| are| were)|all)\s+(?:an?\s+)?"
        rf"(?:\w+ly\s+|just\s+|all\s+|\w+\s+(?=lie|fabrication|falsehood))?(?:{_words()})\b(?!\s+(?:that|to|for|how)\b)",
        re.IGNORECASE,
    )


@cache
def _verdict_on_noun() -> re.Pattern[str]:
    scorn = r"smack(?:s|ed) of|(?:do|does|did)(?: not|n[’']t) hold (?:water|weight|up)"
    nouns = "|".join(sorted((*against.anaphors(), "lawsuit", "headline"), key=len, reverse=True))
    return re.compile(
        rf"\b(?:the|those|these|that|this|such|his|her|their|its|[\w.’']+['’]s?)\s+(?:[\w’'-]+\s+){{0,2}}?(?:{nouns})s?\b"
        rf"(?:(?! and\b| or\b)[^.;]{{0,30}}?[\"“‘' ](?:\w+\s+){{0,3}}?(?:{_words()})\b|"
        rf"[^.;]{{0,90}}?\s(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:{_words()})\b|\s(?:to\s+\w+\s+\w+\s+)?(?:{scorn})\b)",
        re.IGNORECASE,
    )
