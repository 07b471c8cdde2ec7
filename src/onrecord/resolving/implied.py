"""Statements without a source of their own: whom a neighbouring verb or a running quotation gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.resolving.clauses import naming_weight
from onrecord.resolving.nouns import Finding
from onrecord.resolving.page import WORD, Page
from onrecord.resolving.roster import Draft, Roster
from onrecord.types import Statement

_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|reportedly|allegedly|apparently|widely|supposedly|seems?|seemed|appears?|"
    r"appeared)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:\band\b|\bbut\b|\bthen\b|\bor\b|,)\s*(?:[\w’']+\s+){0,2}$", re.IGNORECASE)
_ONLY_MARKS = re.compile(r"[\s\"“”‘’'«».,;:—–-]*")
_ADVERBS = re.compile(
    r"\s*(?:,[^,.;]{2,80},)?\s*(?:(?:has|had|have|also|later|then|further|now|again|still|never|once|even|so far|"
    r"\w+ly)\s+){0,3}"
)


def implied(page: Page, roster: Roster, statements: Sequence[Statement], i: int, earlier: Sequence[Finding]) -> Finding:
    """The speaker of a statement whose source the text leaves out; nobody where it is nobody's."""
    statement = statements[i]
    if not statement.cue:
        return _running(page, roster, statements, i, earlier)
    cue = statement.cue[0]
    words = page.text[cue.start : statement.cue[-1].end]
    lead = page.text[max(page.sentence(cue.start).start, cue.start - 16) : cue.start]
    if _PASSIVE.search(words) or re.search(r"\b(?:was|were|is|are|been|be)\s+(?:\w+\s+)?$", lead):
        return Finding(None, "the text names nobody: passive or hearsay")
    return (
        _coordinated(page, statements, i, earlier)
        or _subject(page, roster, statement)
        or Finding(None, "no source in the text")
    )


def _running(
    page: Page, roster: Roster, statements: Sequence[Statement], i: int, earlier: Sequence[Finding]
) -> Finding:
    """A quotation that goes on in the next paragraph belongs to whoever began it."""
    start = min(s.start for s in statements[i].content)
    first = WORD.search(page.text, start)
    if first is None or page.quote_at(first.start()) is None:
        return Finding(None, "no source in the text")
    for k in range(i - 1, max(-1, i - 4), -1):
        before = statements[k]
        end = max(s.end for s in (*before.content, *before.source, *before.cue))
        if earlier[k].draft is None or end > start or start - end > 200:
            continue
        quoted = page.quote_at(max(s.start for s in before.content) + 1) is not None
        if _ONLY_MARKS.fullmatch(page.text, end, start) or (quoted and _nobody_else(page, roster, end, start, first)):
            return Finding(earlier[k].draft, "the quotation before it goes on", earlier[k].via)
        break
    return Finding(None, "no source in the text")


def _nobody_else(page: Page, roster: Roster, end: int, start: int, first: re.Match[str]) -> bool:
    """True where a quotation opens its sentence and nobody is named between it and the one before."""
    opens = page.sentence(first.start()).start
    named = [d for _, _, d in roster.within(end, start) if d.type == "person"]
    return not named and start - opens < 3 and page.paragraph_at(start) - page.paragraph_at(end) < 2


def _coordinated(page: Page, statements: Sequence[Statement], i: int, earlier: Sequence[Finding]) -> Finding | None:
    """ "..., he said, adding that ...": the subject of the verb before serves both."""
    cue = statements[i].cue[0]
    sentence = page.sentence(cue.start)
    for k in range(i - 1, max(-1, i - 6), -1):
        other, finding = statements[k], earlier[k]
        if finding.draft is None or not other.cue or not (sentence.start <= other.cue[0].start < cue.start):
            continue
        if any(s.start <= cue.start < s.end for s in other.content):
            continue
        word = _first_word(page, cue)
        if word.endswith("ing") or _LINK.search(page.text, max(sentence.start, cue.start - 40), cue.start):
            return Finding(
                finding.draft, f"'{word}' has the subject of the verb before: {finding.draft.name}", finding.via
            )
    return None


def _subject(page: Page, roster: Roster, statement: Statement) -> Finding | None:
    """The name that stands just before the cue, or for a participle the sentence's subject."""
    cue = statement.cue[0]
    sentence = page.sentence(cue.start)
    spots = [s for s in roster.within(sentence.start, cue.start) if page.quote_at(s[0]) is None]
    if not spots:
        return None
    start, end, draft = spots[-1]
    if _ADVERBS.fullmatch(page.text, end, cue.start) and naming_weight(page, start, end) > 0.5:
        return Finding(draft, f"the name before '{page.text[cue.start : cue.end][:30]}'")
    participle = _first_word(page, cue).endswith("ing")
    start, end, draft = spots[0]
    if participle and start - sentence.start < 30 and naming_weight(page, start, end) >= 1.0 and _speaks(draft):
        return Finding(draft, f"subject of the sentence: {draft.name}")
    return None


def _first_word(page: Page, span: Span) -> str:
    match = WORD.search(page.text, span.start, span.end)
    return match.group().lower() if match else ""


def _speaks(draft: Draft) -> bool:
    return draft.type in ("person", "organization", "place", "unknown")
