"""Places where something is wrong and no repair is safe: they become warnings, never guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.cleaning.plain import Draft
from onrecord.offsets import OffsetMap, Span
from onrecord.types import Caution
from onrecord.words.lists import word_list

_APPOSED = (
    "claim|claims|charge|charges|allegation|allegations|accusation|accusations|assertion|move|moves|decision|proposal|"
    "suggestion|demand|figure|number|step|fact|plan|policy|position|view|argument|statement|remark|comment|notion|idea"
)
_DASH = re.compile(rf" (?:a|an|the) (?:{_APPOSED}) (?:that )?(?:[A-Z][\w’'-]+ ){{1,3}}(?:has|have|had)\b")
_BEFORE_DASH = re.compile(r"\b[a-z]{3,}\Z")
_GLUED = re.compile(
    r"(?<![\w@#/.])(?:of|in|to|on|for|and|at|by|from|with|that|is|was|as|but)"
    r"(?:the|this|that|these|those|their|they|his|its|she|which)(?![\w@/])"
)
_CODES = re.compile("\ufffd+")


def find_cautions(draft: Draft) -> tuple[Caution, ...]:
    """What a reader should know of the text's damage; spans are raw.

    ``lost_dash``: two clauses stand side by side as if a dash had been dropped. ``glued_words``: two words in small
    letters without a blank. ``lost_characters``: replacement characters stand where the source could not be decoded.
    """
    back = OffsetMap(draft.raw, draft.edits, sorted(f.span for f in draft.furniture))
    found = []
    for code, message, spans in _damage(draft.text):
        raw = tuple(part for span in spans for part in back.to_raw(span))
        if raw:
            found.append(Caution(code, message, raw))
    return tuple(found)


def _may_lose_dash(before: str) -> bool:
    """True where the last word is in small letters and none that goes with what follows."""
    word = _BEFORE_DASH.search(before)
    return word is not None and word.group() not in word_list("no_dash")


def _damage(text: str) -> Iterator[tuple[str, str, list[Span]]]:
    dashes = [Span(*m.span()) for m in _DASH.finditer(text) if _may_lose_dash(text[max(0, m.start() - 40) : m.start()])]
    if dashes:
        yield (
            "lost_dash",
            "a dash seems to have been lost here: what follows may not belong to what stands before",
            dashes,
        )
    words = [Span(*m.span()) for m in _GLUED.finditer(text)]
    if words:
        yield "glued_words", "two words seem to be glued here; they are left as found", words
    lost = [Span(*m.span()) for m in _CODES.finditer(text)] if "\ufffd" in text else []
    if lost:
        yield "lost_characters", "characters that could not be decoded are missing here", lost
