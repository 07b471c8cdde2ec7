""" "..., a claim Kyiv has rejected": a rejection told in passing, right behind the statement it is against.

Where the tagger reads it as a statement of its own, it becomes a dispute (``disputes.py``). Often it does not, above
all where a scraper lost the dash before it; then the words stand beside the statement as context.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.offsets import Span
from onrecord.resolving.disputes import Claim
from onrecord.resolving.page import Page
from onrecord.types import Context
from onrecord.words import against

_REJECTING = frozenset({"reject", "deny"})


def told_rejection(page: Page, claims: Sequence[Claim], i: int) -> Context | None:
    """The rejection behind one statement, in the outlet's voice; None where it is a statement of its own."""
    claim = claims[i]
    end = max(s.end for s in (*claim.statement.content, *claim.statement.cue, *claim.statement.source))
    match = _pattern().match(page.text, end, page.sentence(max(0, end - 1)).end)
    if match is None:
        return None
    span = Span(match.start("told"), match.end("told"))
    others = [*claims[max(0, i - 3) : i], *claims[i + 1 : i + 4]]
    told = any(o.act in _REJECTING and o.start < span.end and span.start < o.end for o in others)
    return None if told or page.quote_at(span.start) is not None else Context("rebuts", "outlet", span)


@cache
def _pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted(against.anaphors(), key=len, reverse=True))
    return re.compile(
        rf"[\s,–—-]*(?P<told>(?:an?|the) (?:[\w’'-]+ ){{0,2}}?(?:{nouns})s?,? (?:that |which )?"
        r"(?:[\w’'.-]+ ){1,6}?(?:(?:has|have|had|was|were|is|are|been|be|also|since|repeatedly|strongly|flatly|firmly|"
        r"categorically|consistently|long|later) ){0,3}"
        r"(?:rejected|rejects|denied|denies|disputed|disputes|dismissed|dismisses|refuted|refutes|debunked|contradicted)"
        r"\b[^.;:!?“”\"]{0,120}?)(?=[.;:!?“”\"]|$|, (?:and|but|who|which)\b)"
    )
