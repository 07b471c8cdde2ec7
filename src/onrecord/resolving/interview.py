"""Questions, answers and other labelled turns: who "A." is, and who "she" inside a turn is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from onrecord.offsets import Span
from onrecord.resolving.nouns import Finding
from onrecord.resolving.page import Page
from onrecord.resolving.roster import Draft, Roster
from onrecord.types import Statement

_ASKING = frozenset(("q", "question", "interviewer"))
_ANSWERING = frozenset(("a", "answer", "interviewee"))
_NEAR = 800
"""Characters in which the talk must have named whoever "she" is."""


class Interview:
    """The questions and answers of one article; an article without them has none."""

    def __init__(self, page: Page, roster: Roster, statements: Sequence[Statement]) -> None:
        self.page, self.roster = page, roster
        first = next((s.start for s in statements if self._part(s) in _ASKING | _ANSWERING), None)
        self.answers = self._interviewee(first) if first is not None else None

    def of(self, statement: Statement) -> Finding | None:
        """Who asks (nobody we can name) or answers; None for a statement that does neither."""
        part = self._part(statement)
        if part in _ASKING:
            return Finding(None, "a question of the interviewer: nobody is named")
        if part not in _ANSWERING:
            return None
        if self.answers is None:
            return Finding(None, "an answer: the text names nobody alone before the first question")
        return Finding(self.answers, f"an answer: {self.answers.name} is interviewed")

    def _part(self, statement: Statement) -> str:
        """The label of a turn, lower case; empty for any other source."""
        if len(statement.source) != 1:
            return ""
        span = statement.source[0]
        text = self.page.text
        if text[span.end : span.end + 1] not in (":", ".") or (span.start and text[span.start - 1] not in "\n >"):
            return ""
        return text[span.start : span.end].lower()

    def _interviewee(self, first: int) -> Draft | None:
        """The one person named in the headline, or else in what stands before the first question."""
        if not self.page.paragraphs:
            return None
        for end in (min(first, self.page.paragraphs[0].end), first):
            named = {id(d): d for _, _, d in self.roster.within(0, end) if d.type == "person"}
            if named:
                return next(iter(named.values())) if len(named) == 1 else None
        return None


def mind_turns(
    page: Page,
    roster: Roster,
    statements: Sequence[Statement],
    inside: Mapping[int, Sequence[int]],
    labels: Set[Span],
    findings: list[Finding],
) -> None:
    """Takes back a "she" inside a turn that means nobody but a voice of the dialogue, known by its label alone.

    Whoever speaks says "she" of somebody the talk has named, not of the one who asked. ``labels`` are the names in
    labels.
    """
    for i, outer in inside.items():
        draft, statement = findings[i].draft, statements[i]
        if draft is None or not any(x in labels for k in outer for x in statements[k].source):
            continue
        words = page.text[statement.source[0].start : statement.source[0].end].lower() if statement.source else ""
        near = roster.within(statement.start - _NEAR, statement.start) if words in ("he", "she") else ()
        if words in ("he", "she") and not any(d is draft and Span(s, e) not in labels for s, e, d in near):
            findings[i] = Finding(None, f"'{words}': {draft.name} is named here as a voice alone")
