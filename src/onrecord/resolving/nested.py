"""Statements inside statements: "The company said that early estimates indicate that ..." holds one by the estimates.

The tagger marks no word twice, so it never returns what stands inside a content. Only plain forms are read here: a
name or noun that opens a clause, a verb of saying or showing, "that" and the rest of the sentence. A pronoun is left
alone, since it is nearly always the outer speaker again, but not in what an outlet reports ("She denied it, the Times
reported"); so are wishes and beliefs, which nobody need have uttered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.offsets import Span
from onrecord.resolving.page import Page
from onrecord.types import Statement
from onrecord.words.sources import listed

_SAYS = (
    r"sa(?:id|ys?)|claim(?:s|ed)?|den(?:y|ies|ied)|report(?:s|ed)?|warn(?:s|ed)?|promise[sd]?|insist(?:s|ed)?|"
    r"alleg(?:es?|ed)|assert(?:s|ed)?|argue[sd]?|admit(?:s|ted)?|confirm(?:s|ed)?|announce[sd]?|testif(?:y|ies|ied)|"
    r"stated|declare[sd]?|conclude[sd]?|indicate[sd]?|reveal(?:s|ed)?|show(?:s|ed|n)?|suggest(?:s|ed)?|found"
)
_NOUNS = (
    r"(?:(?:[Tt]he|[Aa]n?|[Oo]ur|[Tt]heir|[Hh]is|[Hh]er)\s+(?:[\w’'-]+\s+){0,2}|"
    r"(?:[Ii]nitial|[Ee]arly|[Rr]ecent|[Ss]ome|[Ss]everal|[Mm]any|[Nn]ew)\s+(?:[\w’'-]+\s+)?)[\w’'-]+"
)
_NAME = r"(?:[A-Z][\w.’'-]*\s+){0,3}[A-Z][\w’'-]+"
_ACTIVE = re.compile(
    rf"(?P<source>{_NOUNS}|{_NAME})\s+(?P<cue>(?:(?:ha[sd]|have|also|now)\s+)*(?:{_SAYS}))\s+(?=that\s)"
)
_TOLD = re.compile(
    rf"(?P<source>{_NOUNS}|{_NAME})\s+(?P<cue>(?:(?:ha[sd]|have|also|now|later)\s+)*(?:told|tells?|informed|assured|warned))\s+"
    r"(?:[\w’'-]+\s+){1,3}?(?=that\s)"
)
_TO_DO = re.compile(
    rf"(?P<source>{_NOUNS}|{_NAME})\s+(?P<cue>(?:(?:ha[sd]|have|also|now|later)\s+)*(?:promise[sd]?|refuse[sd]?|agree[sd]?|"
    rf"threaten(?:s|ed)?|vow(?:s|ed)?|pledge[sd]?|decline[sd]?|(?:asked|asks|urge[sd]?|order(?:s|ed)?|warn(?:s|ed)?)(?=\s+"
    rf"(?P<whom>{_NOUNS}|{_NAME}|him|her|them|us|me)\s+(?:not\s+)?to\s)))\s+(?:(?P=whom)\s+)?(?=(?:not\s+)?to\s)"
)
""" "The mayor promised to ...", "asked him to ...": what somebody says he or another is to do."""
_PASSIVE = re.compile(
    rf"[Ii]t\s+(?P<cue>(?:is|was|has\s+been)\s+\w+ed\s+by)\s+(?P<source>{_NOUNS}|{_NAME})\s+(?=that\s)"
)
_BEGINS = re.compile(r"(?:^|[.!?;:][\"”’]*\s+|[\"“‘]|\b(?:that|and|but|because|while|though|although),?\s+)$")
"""What stands before a clause."""
_LEAST_WORDS = 4
_REPORTS = re.compile(r"\breport(?:s|ed)?\b")
_REPORTED = re.compile(
    rf"[\"“]?(?:that\s+)?(?P<source>{_NOUNS}|{_NAME}|[Hh]e|[Ss]he|[Tt]hey)\s+"
    rf"(?P<cue>(?:(?:ha[sd]|have|also|now|later)\s+)*(?:{_SAYS}))\s+"
)
"""How what an outlet reports begins when somebody said it: "[Doe said the bridge was safe], the Times reported"."""
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:e[sd]?|ing)|disput(?:e[sd]?|ing))\b"
)
_DENIED = re.compile(
    r"[\"“]?(?:(?:the|these|those|any|all|media|press|recent|earlier|widespread|persistent)\s+){0,3}"
    r"(?P<cue>reports?|rumou?rs?|allegations?|claims?|accusations?|suggestions?|charges|speculation|assertions?)\s+(?=that\s)"
)
"""What is denied when it was somebody's words: "denied [reports that the port is broke]", a statement of nobody's."""
_QUOTED = re.compile(
    r"\bquot(?:ed|es|ing)\s+(?P<who>[^,.;:\"“”]{2,80}?)\s+as\s+(?:saying|telling|stating|writing|adding|having)\b"
)
_QUOTING = re.compile(r"[\"”]?,?[\"”]?\s+quoting\s+(?P<who>[^,.;:\"“”]{2,80}?)(?=[,.;\n]|$)")


def inner(page: Page, statements: Sequence[Statement]) -> list[Statement]:
    """The statements that plain words show inside the contents of others, in no order; their confidence is the outer's.

    Each content is read once, so this is linear in the text.
    """
    cues = {s.start for st in statements for s in st.cue}
    made: dict[int, Statement] = {}
    for outer in statements:
        for piece, match in _matches(page, outer):
            found = _inside(page, piece, match, outer)
            if found is not None and cues.isdisjoint(range(match.start(), match.end())):
                made.setdefault(found.cue[0].start, found)
    return list(made.values())


def with_nouns(page: Page, statement: Statement) -> Statement:
    """ "Denied reports" [that ...] as "denied" [reports that ...]: the noun belongs to what is denied."""
    cue, content = statement.cue, statement.content
    if not cue or not 0 < content[0].start - cue[-1].end < 3:
        return statement
    denies = _DENIES.match(page.text, cue[-1].start, cue[-1].end)
    denied = _DENIED.match(page.text, denies.end() + 1, content[0].start + 5) if denies is not None else None
    if denies is None or denied is None or denied.end() != content[0].start:
        return statement
    whole = (Span(denied.start(), content[0].end), *content[1:])
    return Statement(whole, statement.source, (*cue[:-1], Span(cue[-1].start, denies.end())), statement.confidence)


def is_denied(page: Page, statement: Statement) -> bool:
    """True for the statement of nobody's inside "denied reports that ...", which comes through no denier."""
    if statement.source or len(statement.cue) != 1:
        return False
    cue = statement.cue[0]
    found = _DENIED.match(page.text, cue.start, cue.end + 6)
    return found is not None and found.span("cue") == (cue.start, cue.end)


def _matches(page: Page, outer: Statement) -> Iterator[tuple[Span, re.Match[str]]]:
    for piece in outer.content:
        for pattern in (_ACTIVE, _PASSIVE, _TOLD, _TO_DO):
            for match in pattern.finditer(page.text, piece.start, piece.end):
                yield piece, match
    first = outer.content[0]
    if outer.source and any(_REPORTS.search(page.text, s.start, s.end) for s in outer.cue):
        begins = _REPORTED.match(page.text, first.start, first.end)
        if begins is not None:
            yield first, begins
    if any(_DENIES.search(page.text, s.start, s.end) for s in outer.cue):
        denied = _DENIED.match(page.text, first.start, first.end)
        if denied is not None:
            yield first, denied


def quoted(page: Page, statement: Statement) -> Span | None:
    """Where "Y quoted X as saying" and "Y said, quoting X" name X, who speaks through Y; None elsewhere."""
    if not statement.source or not statement.cue:
        return None
    cue, end = statement.cue[0], page.sentence(statement.cue[0].start).end
    match = _QUOTED.match(page.text, cue.start, end) or _QUOTING.match(page.text, statement.cue[-1].end, end)
    if match is None or statement.source[0].start >= match.end():
        return None
    return Span(*match.span("who"))


def _inside(page: Page, piece: Span, match: re.Match[str], outer: Statement) -> Statement | None:
    cue = Span(*match.span("cue"))
    if match.re is _DENIED:
        end = _last_word(page, match.end(), min(piece.end, page.sentence(match.end()).end))
        words = page.text[match.end() : end].split()
        return Statement((Span(match.end(), end),), (), (cue,), outer.confidence) if len(words) > _LEAST_WORDS else None
    source = Span(*match.span("source"))
    begin = max(piece.start, match.start() - 12)
    first = page.text[source.start : source.end].split()[0].lower()
    if not (match.start() == piece.start or _BEGINS.search(page.text, begin, match.start())):
        return None
    pronoun = first in listed("pronouns") - {"his", "her", "their"} or first in listed("relatives")
    if pronoun and match.re is not _REPORTED:
        return None
    end = _last_word(page, match.end(), min(piece.end, page.sentence(match.end()).end))
    if len(page.text[match.end() : end].split()) <= _LEAST_WORDS:
        return None
    return Statement((Span(match.end(), end),), (source,), (cue,), outer.confidence)


def _last_word(page: Page, start: int, end: int) -> int:
    """Where the last word before ``end`` ends; ``start`` where there is none."""
    while end > start and not page.text[end - 1].isalnum():
        end -= 1
    return end
