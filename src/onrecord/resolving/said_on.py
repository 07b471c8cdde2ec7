"""Which date of a sentence tells when a statement was made, and weekdays of one event that disagree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.offsets import Span
from onrecord.resolving.dates import Dated
from onrecord.resolving.nouns import Finding
from onrecord.resolving.page import Page
from onrecord.resolving.roster import Draft
from onrecord.types import Caution, CleanText, Statement
from onrecord.words.common import WEEKDAYS

_TALK = (
    r"(?:lunch|dinner|breakfast|meeting|debate|hearing|talks|session|summit|rally|speech|briefing|conference|visit|tour|"
    r"call|game|match|race|win|loss|defeat|victory|draw|practice|training|ceremony|event|vote|verdict|ruling|trial)"
)
_ASIDE = re.compile(
    rf"\b(?:(?:after|before|following)(?!\s+(?:midnight|noon|dawn|dusk|sunset)|\s+(?:an?|the|his|her|its|their)\s+"
    rf"(?:[\w’'-]+\s+){{0,3}}{_TALK}(?:\s+(?:with|at|in)\s+[\w’'. -]{{2,40}}?)?\s*(?:on\s+|late\s+)?$)|since|"
    r"until|when|if|whose|who|which|because|despite|ahead of|for(?!\s+the\s+(?:first|second|third)\s+time))\b"
    r"(?=[^,]*$)",
    re.IGNORECASE,
)
"""What opens a side clause, whose date is another's; "after a meeting on Monday" is the day itself."""
_OTHER_CLAUSE = re.compile(r",\s+(?:and|but|while|as)\s")
_CONJOINED = re.compile(r"(?:,\s+(?:and|but|while|so|yet)|\b(?:after|before|since|until|because|although|though))\s+$")
"""What stands right before the source of a clause that the date does not belong to."""
_OF_A_NOUN = re.compile(r"\b(?:an?|[\w’']+['’]s)\s+$", re.IGNORECASE)
_SPOKEN_AT = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,3}?(?:speech|interview|statement|rally|address|letter|report|article|debate|hearing|briefing|"
    r"meeting|memo|book|memoir|paper|study|survey|poll|review|analysis|essay|tweet|post|testimony|email|conference|filing|ruling|op-ed|column|call|"
    r"ceremony|summit|session|event|press)\b"
)
"""The nouns that take a date before them when something was said then: "in a May 4 letter", "at Monday's hearing"."""
_SAID_THEN = re.compile(
    r"\b(?:said|says|claimed|told (?:him|her|them|reporters)|wrote|tweeted|argued|insisted|warned)\s+$"
)
_TOLD_THEN = re.compile(r"\s+(?:not\s+)?(?:to|for|over|of|that|about)\b")
_TELLING = frozenset({"ask", "accuse", "warn", "demand", "order", "call"})
_IN_MIND = frozenset({"think", "expect", "know", "want", "plan", "hope", "show"})
_CAME_OUT = re.compile(
    r"\b(?:released|published|issued|posted|filed|unveiled|aired|dated|written|sent|signed|drafted|prepared|out)\s+(?:(?:by|in|on)\s+[^,;]{2,60}?\s+)?"
    r"(?:(?:on|late|early|earlier)\s+)*$"
)
_EVENT = re.compile(
    r"\b(?P<lead>[Tt]he|[Tt]hat|[Tt]his|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir)\s+(?:[\w.’'-]+\s+){0,4}?"
    r"(?P<event>press conference|news conference|interview|speech|rally|meeting|summit|briefing|debate|hearing|"
    r"conference|address|"
    r"trial|vote|election|attack|crash|explosion|earthquake|shooting|match|game|protest|strike|raid|ceremony|talks)\b"
)


_FAR = 70
"""How many characters may lie between a cue and its date."""


class Calendar:
    """The dates of one article, by place."""

    def __init__(self, dates: Sequence[Dated]) -> None:
        self.dates = list(dates)
        self._starts = [d.span.start for d in self.dates]

    def within(self, span: Span) -> list[Dated]:
        """The dates inside a span."""
        return self.dates[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


class Near(NamedTuple):
    """What stands around a statement in its sentence."""

    contents: Sequence[Span]
    """Of all statements: a date inside one belongs to what was said there."""
    rivals: Sequence[Span]
    """The cues of other speakers: a date behind one is theirs."""
    own: Sequence[Span] = ()
    """The cues of the same speaker: "said Saturday ..., adding that" is one saying."""


def said_on(page: Page, calendar: Calendar, statement: Statement, act: str, near: Near) -> Dated | None:
    """The date beside a statement's cue or source, in its sentence, outside what is said.

    A date in a side clause ("after her arrest on Monday, she said") is not the day it was said.
    """
    anchor = (*statement.cue, *statement.source)
    if not anchor:
        return None
    sentence = page.sentence(anchor[0].start)
    said = (*statement.content, *near.contents)
    best: tuple[int, Dated] | None = None
    for dated in calendar.within(sentence):
        inside = any(s.covers(dated.span) for s in statement.source)
        if page.quote_at(dated.span.start) is not None:
            continue
        if any(s.covers(dated.span) for s in said):
            if act in _TELLING and _opens_or_ends(page, statement, dated):
                best = best or (_FAR, dated)
            continue
        of_then = (
            dated.when.text.isdigit() and _SPOKEN_AT.match(page.text, dated.span.end) is not None
        )  # "a 2014 study"
        if inside and not of_then and not _CAME_OUT.search(page.text, sentence.start, dated.span.start):
            continue
        far = min(_distance(dated.span, s) for s in anchor)
        if _is_dateline(page, dated):
            continue
        told = act not in _IN_MIND and page.text[dated.span.start : dated.span.start + 3].lower() == "on "
        if told and any(0 <= dated.span.start - s.end < 3 for s in statement.content):
            far = min(far, _FAR - 1)  # right behind all that was said
        if _is_anothers(page, statement, dated.span, near):
            continue
        loose = re.fullmatch(r"(?:19|20)\d\d|this (?:year|month)", dated.when.text) is not None
        if far > _FAR or dated.ahead or (loose and far > 25):
            continue
        if inside or not _in_side_clause(page, anchor, dated.span, said):
            best = (far, dated) if best is None or far < best[0] else best
    return best[1] if best else None


def _opens_or_ends(page: Page, statement: Statement, dated: Dated) -> bool:
    """True for "urged [the mayor last year not to close it]" and "asked about [them in April]": the day of asking."""
    if len(statement.content) > 1 or not statement.cue or statement.cue[-1].end > statement.content[0].start:
        return False
    content = statement.content[0]
    before, after = page.text[content.start : dated.span.start], page.text[dated.span.end : content.end]
    few = (
        len(before.split()) in range(1, 5)
        and before[:1] not in '"“'
        and not before.lower().startswith(("that ", "to "))
    )
    weekday = dated.weekday is not None or dated.when.text[:4].lower() in ("last", "earl", "this", "yest")
    return few and dated.when.first is not None and (bool(_TOLD_THEN.match(after)) if after.strip() else weekday)


def _is_dateline(page: Page, dated: Dated) -> bool:
    """True for the whole date that a scraped headline ends with: the day it came out."""
    number = page.paragraph_at(dated.span.start)
    ends = number < 2 and not page.text[dated.span.end : page.paragraphs[number].end].strip(" .")
    return ends and re.search(r"[A-Z][a-z]+\.? \d{1,2}, \d{4}$|\d{4}-\d\d-\d\d$", dated.when.text) is not None


def _is_anothers(page: Page, statement: Statement, dated: Span, near: Near) -> bool:
    """True for the date of another clause or noun: another speaker's verb lies between, or "a May 9 deadline"."""
    anchor = (*statement.cue, *statement.source)
    first, last = min(s.start for s in anchor), max(s.end for s in anchor)
    if any(last <= r.start < dated.start or dated.end <= r.start < first for r in near.rivals):
        return True
    text = page.text
    verb = _SAID_THEN.search(text, max(0, dated.start - 24), dated.start)
    if verb is not None and not any(s.start <= verb.start() < s.end for s in (*anchor, *near.own)):
        return True  # "was right when he said Wednesday": his verb's, whether or not it is read as a statement
    if _OF_A_NOUN.search(text, max(0, dated.start - 20), dated.start) and re.match(
        r"\s+[a-z]", text[dated.end : dated.end + 2]
    ):
        return _SPOKEN_AT.match(text, dated.end) is None
    source = statement.source[0].start if statement.source else first
    relative = text[source : source + 6].lower().startswith(("who ", "which ", "that ")) or text[
        source : source + 4
    ] in ("who", "that")
    if dated.end <= source:
        return relative or _CONJOINED.search(text, dated.end, source) is not None
    return False


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
