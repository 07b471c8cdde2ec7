"""Dated happenings ahead or past, as the article itself tells them: a clause with a verb and a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from onrecord.offsets import Span
from onrecord.resolving.dates import Dated
from onrecord.resolving.page import Page
from onrecord.types import Event

_EXPECTED = re.compile(
    r"\b(?:expected|likely|could|may|might|hopes? to|plans? to|planned|aims? to|tentatively|anticipated)\b"
)
_FORESEEN = re.compile(
    r"\b(?:is|are) (?:widely )?(?:expected|likely|planned|anticipated)\b|\b(?:may|might|could) \w+|\bplans? to\b"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:due|set|scheduled|slated|to)\b|due|scheduled|slated|upcoming|takes? "
    r"place|begins?|starts?|opens?|meets?|holds?)\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|took place|began|ended|expired|killed|died|struck|hit|won|lost|signed|met|held|launched|"
    r"opened|closed|left|resigned|"
    r"elected|appointed|arrested|charged|convicted|sentenced|passed|voted|attacked|invaded|declared|collapsed|"
    r"crashed|fell|rose|married|born|"
    r"injured|shot|fired|happened|occurred|erupted|arrived|released|published|announced|approved|became|broke|"
    r"came|went|\w{3,}ed)\b"
)
_CLAUSE_END = re.compile(r"[,;:—–]\s|[.!?][\"”’]?(?:\s|$)")


def find_events(page: Page, dates: Sequence[Dated], said: Iterable[Span], published: date | None) -> list[Event]:
    """The dated clauses outside quotations whose date is not the day something was said (``said``)."""
    taken, made, last_end = set(said), list[Event](), -1
    for dated in dates:
        if dated.span in taken or page.quote_at(dated.span.start) is not None or dated.span.start < last_end:
            continue
        if page.headline_covers(dated.span.start) or dated.when.text.startswith(("this year", "today", "this month")):
            continue
        clause = _clause(page, dated.span)
        words = page.text[clause.start : clause.end]
        status = _status(words, dated)
        if status == "past" and published and dated.when.first and dated.when.first > published.isoformat():
            status = "expected"
        if status is not None and clause.end - clause.start < 320:
            made.append(Event(clause, dated.when, status))
            last_end = clause.end
    return made


def _clause(page: Page, span: Span) -> Span:
    """The clause around a date: from the last break before it that leaves room for a verb to the next one after."""
    sentence = page.sentence(span.start)
    breaks = [m.end() for m in _CLAUSE_END.finditer(page.text, sentence.start, span.start)]
    start = sentence.start
    for at in reversed(breaks):
        if (
            _PAST.search(page.text, at, span.start)
            or _AHEAD.search(page.text, at, span.start)
            or _EXPECTED.search(page.text, at, span.start)
        ):
            start = at
            break
    after = _CLAUSE_END.search(page.text, span.end, sentence.end)
    end = after.start() if after else sentence.end
    if after and not _verb(page.text[start:end]):
        later = _CLAUSE_END.search(page.text, after.end(), sentence.end)
        end = later.start() if later else sentence.end
    while end > start and (page.text[end - 1].isspace() or page.text[end - 1] in ".,;:"):
        end -= 1
    while start < end and page.text[start].isspace():
        start += 1
    return Span(start, max(end, span.end))


def _verb(words: str) -> bool:
    return bool(_PAST.search(words) or _AHEAD.search(words) or _EXPECTED.search(words))


def _status(words: str, dated: Dated) -> Literal["scheduled", "expected", "past"] | None:
    """Scheduled, expected or past; None where the clause has no verb that tells."""
    if _FORESEEN.search(words) or (_EXPECTED.search(words) and (dated.ahead or _AHEAD.search(words))):
        return "expected"
    if dated.ahead or re.search(
        r"\b(?:will|shall|is due|are due|is set|are set|is scheduled|are scheduled|is to|are to)\b", words
    ):
        return "scheduled" if _AHEAD.search(words) or (dated.ahead and _verb(words)) else None
    return "past" if _PAST.search(words) else None
