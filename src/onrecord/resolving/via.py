"""Through whom a statement came, to whom it was said, and of whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.resolving.nouns import Finding
from onrecord.resolving.page import Page
from onrecord.resolving.roster import Draft
from onrecord.resolving.speakers import Speakers
from onrecord.types import Statement
from onrecord.words import people
from onrecord.words.common import MONTHS

_CARRIED = re.compile(
    r"\b(?:(?:carried|reported|quoted|cited|published|broadcast|aired|posted|relayed|released|shared|obtained|seen)\s+"
    r"(?:on\s+\w+day\s+)?by|(?:released|issued|made|given|sent|said)\s+(?:(?:in\s+)?a\s+statement\s+)?(?:through|via)|"
    r"according to|as told by)\s+",
    re.IGNORECASE,
)
_WHO = r"(?P<who>(?:[Tt]he\s+)?[\w.’'& -]{2,60}?)"
_REPORTED_AFTER = re.compile(rf"[\"”’']?,[\"”’']?\s+{_WHO}\s+(?:has\s+|have\s+|had\s+)?(?:report(?:s|ed)?|quoted)\b")
_REPORTED_BEFORE = re.compile(
    rf"{_WHO}\s+(?:has\s+|have\s+|had\s+)?report(?:s|ed)?\s+(?:(?:on\s+)?\w+day\s+)?(?:that\s+)?$"
)
"""A second attribution just outside: "X said ..., the Times reported", "the Times reported that X said"."""
_INSIDE_END = re.compile(r",\s+(?:according to\s+(?P<who>[\w.’'& -]{2,60}))[\s.,\"”]*$")
_INSIDE_REPORTED = re.compile(rf",\s+{_WHO}\s+(?:has\s+|had\s+)?report(?:s|ed)[\s.,\"”]*$")
_THEIR_SOURCES = re.compile(r"(?P<who>[\w.’'& -]{2,60}?)(?:['’]s|s['’])\s+(?:own\s+)?sources?\W*")
_REPORT = re.compile(r"\breport(?:s|ed)\b")
_READ_ON = re.compile(r"(?:Read|See)\s+(?:the\s+)?(?:rest|more|full|whole|entire)\b[^\n]{0,50}$")
_QUOTED = re.compile(r"\b(?:quoted|quotes|quoting|cited|cites|citing|quoted by)\s+$", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:told|tells?|telling|informed|assured|assures|assuring|reminded|reminding|warned|warns|warning|urged|"
    r"urges|urging|asked|asks|"
    r"advised|instructed|ordered|promised|addressed|addressing|notified|begged|implored|encouraged|convinced|"
    r"persuaded)$"
)
_TO = re.compile(
    r"\b(?:interview (?:with|to|on)|(?:letter|message|memo|email|appeal|remarks|statement|comments|speech|report|"
    r"note) to|"
    r"(?:speaking|spoke|talking|talked|speak|said|says|explained|complained|wrote|writing|added) (?:exclusively "
    r")?(?:to|with))\s+"
)
_NP_END = re.compile(
    r"[,.;:!?\"“”«»()\n—]|\bthat\b|\bto\s+(?!the\b|a\b)|\b(?:on|in|at|after|before|during|by|last|this|as|from|when|while|who|"
    r"whether|if|how|what|why|about|of (?:his|her|their)|not|ahead|(?:urg|say|ask|demand|call|warn)ing|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|and\s+\w+ed)\b"
)


def enclosing(statements: Sequence[Statement]) -> dict[int, list[int]]:
    """For each statement the others inside whose content its source and cue stand, the innermost last.

    Statements come sorted by start, so one stack of open contents is enough.
    """
    anchors = []
    starts_at: dict[int, int] = {}
    for i, statement in enumerate(statements):
        anchor = (*statement.source, *statement.cue)
        if statement.source and statement.cue and statement.source[0].start < statement.cue[0].start:
            starts_at[i] = statement.source[-1].end  # whose source stands in a content stands in it
        if anchor:
            anchors.append((min(s.start for s in anchor), max(s.end for s in anchor), i))
    contents = sorted((s, i) for i, st in enumerate(statements) for s in st.content)
    inside: dict[int, list[int]] = {}
    open_: list[tuple[Span, int]] = []
    at = 0
    for start, end, i in sorted(anchors):
        while at < len(contents) and contents[at][0].start <= start:
            open_.append(contents[at])
            at += 1
        open_ = [c for c in open_ if c[0].end > start][-8:]
        reach = starts_at.get(i, end)
        inside[i] = [k for span, k in open_ if k != i and span.end >= reach]
    return inside


def chains(inside: dict[int, list[int]], findings: Sequence[Finding]) -> list[tuple[Draft, ...]]:
    """For each statement those whose own statements it stands inside: "Y said X had promised ..." comes through Y."""
    made: list[tuple[Draft, ...]] = []
    for i, finding in enumerate(findings):
        via = list(finding.via)
        for k in reversed(inside.get(i, [])):
            outer = findings[k].draft
            if outer is not None and outer is not finding.draft and outer not in via:
                via.append(outer)
        made.append(tuple(via[:3]))
    return made


def copied_from(page: Page, statements: Sequence[Statement], findings: Sequence[Finding]) -> dict[int, Draft]:
    """Statements inside a block quotation: from "the Times reports ..." to "Read the rest here." all is the Times's.

    Only that last line shows where such a block ends, so nothing is said where it is missing.
    """
    ends = [p.start for p in page.paragraphs if _READ_ON.match(page.text, p.start, p.end)]
    if not ends:
        return {}
    made: dict[int, Draft] = {}
    outlet: tuple[int, Draft] | None = None
    for i, (statement, finding) in enumerate(zip(statements, findings, strict=True)):
        here = page.paragraph_at(statement.content[0].start)
        cue = " ".join(page.text[s.start : s.end] for s in statement.cue)
        if outlet and outlet[0] < here and statement.start < ends[-1] and finding.draft not in (None, outlet[1]):
            made[i] = outlet[1]
        elif finding.draft and finding.draft.type != "person" and _carries(finding.draft) and _REPORT.search(cue):
            outlet = (here, finding.draft)
    return made


def told_behind(page: Page, statements: Sequence[Statement], findings: Sequence[Finding]) -> dict[int, Draft]:
    """Statements inside what is attributed at their sentence's end: "... she yelled 'run', the sergeant said".

    The tagger often cuts the outer content where the inner statement begins. Six at most a sentence.
    """
    made: dict[int, Draft] = {}
    for k, outer in enumerate(statements):
        anchor, speaker = (*outer.source, *outer.cue), findings[k].draft
        if (
            not outer.source
            or not outer.cue
            or speaker is None
            or outer.content[0].start >= min(s.start for s in anchor)
        ):
            continue
        tail = min(s.start for s in anchor)
        sentence = page.sentence(tail)
        for i in range(max(0, k - 6), min(len(statements), k + 7)):
            own = statements[i]
            spans = (*own.source, *own.cue, *own.content)
            first, last = min(s.start for s in spans), max(s.end for s in spans)
            within = max(outer.content[0].start, sentence.start) < first and last <= tail
            if i != k and within and own.cue and findings[i].draft is not speaker:
                made[i] = speaker
    return made


def carried_by(page: Page, speakers: Speakers, statement: Statement, speaker: Draft | None) -> Draft | None:
    """ "In a statement carried by Z", "X said, according to Y", "Y quoted X as saying"."""
    anchor = statement.cue or statement.source
    if not anchor:
        return None
    sentence = page.sentence(anchor[0].start)
    for match in _CARRIED.finditer(page.text, sentence.start, sentence.end):
        place = match.end()
        if _held(place, statement) or any(
            s.start < place <= s.end + 1 for s in statement.cue if "according" in page.text[s.start : s.end].lower()
        ):
            continue
        near = min(abs(place - s.end) for s in (*anchor, *statement.content))
        found = _named(page, speakers, place, sentence.end) if near < 120 else None
        if found is not None and found is not speaker and _carries(found):
            return found
    if statement.source and speaker is not None:
        theirs = _THEIR_SOURCES.fullmatch(page.text, *statement.source[-1])
        found = speakers.anyone(Span(*theirs.span("who"))) if theirs is not None else None
        if found is not None and found.type != "person":
            return found
        found = _reported(page, speakers, statement, sentence)
        if found is not None and found is not speaker:
            return found
        start = statement.source[0].start
        if _QUOTED.search(page.text, max(sentence.start, start - 14), start):
            spots = speakers.roster.within(sentence.start, start)
            if spots and spots[-1][2] is not speaker:
                return spots[-1][2]
    return None


def _reported(page: Page, speakers: Speakers, statement: Statement, sentence: Span) -> Draft | None:
    """Who reports what stands beside, or at the end of, a statement that has its own source."""
    spans = (*statement.source, *statement.cue, *statement.content)
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    tail = statement.content[-1]
    at = page.sentence(max(tail.start, tail.end - 1))
    for match in (
        _REPORTED_AFTER.match(page.text, last, page.sentence(last - 1).end),
        _REPORTED_BEFORE.search(page.text, max(sentence.start, first - 100), first),
        _INSIDE_END.search(page.text, max(tail.start, at.start, tail.end - 100), tail.end),
        _INSIDE_REPORTED.search(page.text, max(tail.start, at.start, tail.end - 100), tail.end),
    ):
        if match is not None and page.quote_at(match.start("who")) is None:
            found = speakers.anyone(Span(*match.span("who")))
            if found is not None and _carries(found):
                return found
    return None


_MEDIA = re.compile(r"\b(?:media|agency|agencies|television|radio|newspaper|broadcaster|press)\b", re.IGNORECASE)


def _carries(draft: Draft) -> bool:
    """True for what can carry a statement: a name, or "state media"."""
    named = draft.name[:1].isupper() and draft.type not in ("group", "document") and draft.code is None
    return (named and draft.name.lower() not in MONTHS) or bool(_MEDIA.search(draft.name))


def _held(place: int, statement: Statement) -> bool:
    return any(s.start <= place < s.end for s in (*statement.content, *statement.source))


def _named(page: Page, speakers: Speakers, start: int, end: int) -> Draft | None:
    span = _noun_phrase(page, start, end)
    if span is None:
        return None
    return speakers.anyone(span)


def _noun_phrase(page: Page, start: int, end: int) -> Span | None:
    stop = _NP_END.search(page.text, start, min(end, start + 90))
    close = stop.start() if stop else min(end, start + 90)
    while close > start and page.text[close - 1].isspace():
        close -= 1
    return Span(start, close) if close - start > 1 else None


def addressee_of(page: Page, speakers: Speakers, statement: Statement, speaker: Draft | None) -> Draft | None:
    """ "Told a group of foreign journalists", "in an interview with X": to whom it was said, where the text tells."""
    if not statement.cue:
        return None
    for cue in statement.cue:
        if _TELLS.search(page.text[cue.start : cue.end].lower()):
            span = _noun_phrase(
                page, _skip_space(page.text, cue.end), _until(statement, cue.end, page.sentence(cue.start).end)
            )
            found = speakers.anyone(span) if span else None
            if found is not None and found is not speaker:
                return found
    cue = statement.cue[0]
    sentence = page.sentence(cue.start)
    for match in _TO.finditer(page.text, sentence.start, sentence.end):
        if (
            not _held(match.start(), statement)
            and abs(match.start() - cue.start) < 120
            and page.quote_at(match.start()) is None
        ):
            span = _noun_phrase(page, match.end(), _until(statement, match.end(), sentence.end))
            found = speakers.anyone(span) if span else None
            if found is not None and found is not speaker:
                return found
    return None


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _until(statement: Statement, start: int, end: int) -> int:
    return min([s.start for s in statement.content if s.start >= start] + [end])


_BY_COUNTRY = re.compile(r"\b[Tt]he\s+[A-Z][\w’'.-]+\s+([a-z]+)\b")


def about(page: Page, speakers: Speakers, statement: Statement, speaker: Draft | None) -> list[Draft]:
    """Who and what is named in the content ("the Ukrainian leader" too), the speaker aside, in text order."""
    found: list[tuple[int, Draft]] = []
    for span in statement.content:
        found += [(start, draft) for start, _, draft in speakers.roster.within(span.start, span.end)]
        for match in _BY_COUNTRY.finditer(page.text, span.start, span.end):
            if people.is_role(match.group(1)):
                draft = speakers.by_role(Span(match.start(), match.end()))
                found += [(match.start(), draft)] if draft is not None else []
    made = {id(d): d for _, d in sorted(found, key=lambda f: f[0]) if d is not speaker}
    return list(made.values())[:20]
