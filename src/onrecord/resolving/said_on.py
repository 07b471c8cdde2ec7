"""Which date of a sentence tells when a statement was made, and weekdays of one event that disagree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.resolving.dates import Dated
from onrecord.resolving.nouns import Finding
from onrecord.resolving.page import Page
from onrecord.resolving.roster import Draft
from onrecord.types import Caution, CleanText, Statement
from onrecord.words.common import WEEKDAYS

_ASIDE = re.compile(
    r"\b(?:(?:after|before)(?!\s+(?:midnight|noon|dawn|dusk|sunset))|since|until|when|if|following|whose|who|which|"
    r"because|despite|ahead of|for)\b(?=[^,]*$)",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(r",\s+(?:and|but|while|as)\s")
_CAME_OUT = re.compile(
    r"\b(?:released|published|issued|posted|filed|unveiled|aired|dated|out)\s+(?:(?:by|in|on)\s+[^,;]{2,60}?\s+)?"
    r"(?:(?:on|late|early|earlier)\s+)*$"
)
_EVENT = re.compile(
    r"\b(?P<lead>[Tt]he|[Tt]hat|[Tt]his|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)\s+(?:[\w.’'-]+\s+){0,4}?"
    r"(?P<event>press conference|news conference|interview|speech|rally|meeting|summit|briefing|debate|hearing|"
    r"conference|address|"
    r"trial|vote|election|attack|crash|explosion|earthquake|shooting|match|game|protest|strike|raid|ceremony|talks)\b"
)


class Calendar:
    """The dates of one article, by place."""

    def __init__(self, dates: Sequence[Dated]) -> None:
        self.dates = list(dates)
        self._starts = [d.span.start for d in self.dates]

    def within(self, span: Span) -> list[Dated]:
        """The dates inside a span."""
        return self.dates[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def said_on(page: Page, calendar: Calendar, statement: Statement, others: Sequence[Span]) -> Dated | None:
    """The date beside a statement's cue or source, in its sentence, outside what is said.

    ``others`` are the contents of all statements near: a date inside one belongs to what was said there. A date in a
    side clause ("after her arrest on Monday, she said") is not the day it was said.
    """
    anchor = (*statement.cue, *statement.source)
    if not anchor:
        return None
    sentence = page.sentence(anchor[0].start)
    said = (*statement.content, *others)
    best: tuple[int, Dated] | None = None
    for dated in calendar.within(sentence):
        inside = any(s.covers(dated.span) for s in statement.source)
        if any(s.covers(dated.span) for s in said) or page.quote_at(dated.span.start) is not None:
            continue
        if inside and not _CAME_OUT.search(page.text, sentence.start, dated.span.start):
            continue
        far = min(_distance(dated.span, s) for s in anchor)
        loose = re.fullmatch(r"(?:19|20)\d\d|this (?:year|month)", dated.when.text) is not None
        if far > 70 or dated.ahead or (loose and far > 25):
            continue
        if inside or not _in_side_clause(page, anchor, dated.span, said):
            best = (far, dated) if best is None or far < best[0] else best
    return best[1] if best else None


def _in_side_clause(page: Page, anchor: Sequence[Span], dated: Span, said: Sequence[Span]) -> bool:
    """True where a date belongs to another clause than the cue: "after her arrest on Monday, she said"."""
    first, last = min(s.start for s in anchor), max(s.end for s in anchor)
    floor = page.sentence(first).start
    if dated.end <= first:
        between = page.text[dated.end : first]
        if _OTHER_CLAUSE.match(between) and page.text[floor : dated.start].count(" ") > 3:
            return True
    elif dated.start >= last:
        floor = last
    else:
        return False
    floor = max(floor, dated.start - 300)
    asides = _ASIDE.finditer(page.text[floor : dated.start])
    return any(not any(s.start <= floor + m.start() < s.end for s in said) for m in asides)


def _distance(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)


def disagreements(
    page: Page,
    clean: CleanText,
    calendar: Calendar,
    statements: Sequence[Statement],
    findings: Sequence[Finding],
    days: Sequence[Dated | None],
) -> list[Caution]:
    """A caution where one speaker's one event (the same kind of event, "the" the second time) has two weekdays."""
    seen: dict[tuple[int, str], Dated] = {}
    last: dict[int, Dated] = {}
    told: set[tuple[int, str]] = set()
    made: list[Caution] = []
    for statement, finding, day in zip(statements, findings, days, strict=True):
        if finding.draft is None or not (statement.cue or statement.source):
            continue
        key = id(finding.draft)
        match = _event_beside(page, statement)
        if match is None:
            if day is not None and day.weekday is not None:
                last[key] = day
            continue
        event = (key, match["event"])
        held = day if day is not None and day.weekday is not None else None
        if event not in seen:
            known = held or _recent(page, last.get(key), statement)
            if known is not None:
                seen[event] = known
        elif (
            held
            and held.weekday != seen[event].weekday
            and match["lead"].lower() in ("the", "that", "this", "his", "her")
            and event not in told
        ):
            told.add(event)
            made.append(_caution(clean, seen[event], held, finding.draft))
        if held:
            last[key] = held
    return made


def _event_beside(page: Page, statement: Statement) -> re.Match[str] | None:
    sentence = page.sentence((*statement.cue, *statement.source)[0].start)
    for match in _EVENT.finditer(page.text, sentence.start, sentence.end):
        if not any(s.start <= match.start() < s.end for s in statement.content):
            return match
    return None


def _recent(page: Page, dated: Dated | None, statement: Statement) -> Dated | None:
    if dated is None or page.sentence_at(statement.start) - page.sentence_at(dated.span.start) > 2:
        return None
    return dated


def _caution(clean: CleanText, a: Dated, b: Dated, _: Draft) -> Caution:
    first, second = (WEEKDAYS[d.weekday or 0].capitalize() for d in (a, b))
    apart = abs((a.weekday or 0) - (b.weekday or 0)) in (1, 6)
    message = f"{first} and {second} of one event" + (": perhaps one night" if apart else "")
    return Caution("dates_disagree", message, tuple(raw for d in (a, b) for raw in clean.to_raw(d.span)))
