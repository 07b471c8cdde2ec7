"""Direct, indirect or mixed: read off the quotation marks, never off the cue."""

from __future__ import annotations

from onrecord.resolving.page import Page
from onrecord.types import Statement, StatementKind

_SMALL = frozenset({"that", "and", "but", "as", "because", "s"})


def kind_of(page: Page, statement: Statement) -> StatementKind:
    """How much of the content stands in quotation marks: all of it, none, or part.

    A span that begins a small word too early ("that 'we will win'") is still direct.
    """
    inside, outside = page.quoted_words(statement.content)
    if inside == 0:
        return "indirect"
    return "direct" if all(w in _SMALL for w in outside) and len(outside) <= 2 else "mixed"
