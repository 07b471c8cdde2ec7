"""Headlines name people by their office ("Lawmaker urges ..."): whoever the body has say the same is meant."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.resolving.disputes import stems
from onrecord.resolving.nouns import Finding, Nouns
from onrecord.resolving.page import Page
from onrecord.types import Statement

_FIRST = 8
_LEAD = 2
"""How many paragraphs may be a headline and the line below it."""


def by_the_body(page: Page, nouns: Nouns, statements: Sequence[Statement], findings: list[Finding]) -> None:
    """Puts a name in place of a headline's bare office, where one statement of the body says the same."""
    contents = [stems(" ".join(page.text[s.start : s.end] for s in st.content)) for st in statements[: _FIRST + 12]]
    for i, finding in enumerate(findings[:_FIRST]):
        if not statements[i].source or page.paragraph_at(statements[i].source[0].start) >= _LEAD:
            continue
        if finding.draft is None or not nouns.by_words_alone(finding.draft) or not _bare(page, statements[i]):
            continue
        if finding.draft.type in ("document", "group"):
            continue
        if any(other.draft is finding.draft for other in findings[i + 1 : i + 40]):
            continue  # the body uses the same words
        home = page.paragraph_at(statements[i].source[0].start)
        best: tuple[float, int] = (0.0, -1)
        for k in range(i + 1, min(len(statements), i + 12)):
            other = findings[k].draft
            anchor = (*statements[k].source, *statements[k].content)[0]
            if other is None or nouns.by_words_alone(other) or page.paragraph_at(anchor.start) == home:
                continue
            common = len(contents[i] & contents[k])
            share = common / max(1, len(contents[i]))
            if common >= 2 and share >= 0.5 and share > best[0]:
                best = (share, k)
        if best[1] >= 0:
            named = findings[best[1]].draft
            assert named is not None
            findings[i] = Finding(named, f"the body has {named.name} say it", findings[best[1]].via)


def _bare(page: Page, statement: Statement) -> bool:
    """True for a source as headlines put it: no article, nothing after a comma."""
    words = page.text[statement.source[0].start : statement.source[0].end].split()
    return bool(words) and words[0].lower() not in ("the", "a", "an") and "," not in " ".join(words) and len(words) < 7
