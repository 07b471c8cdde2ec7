"""The quotations of a draft, by their marks in the first place: what a desk has put between them must stand on record.

A quotation that goes on in the next paragraph, or behind "he said", is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.comparing.wording import wording_of
from onrecord.offsets import Span
from onrecord.words.common import CONNECTORS
from onrecord.words.quoting import quotations

_ASIDE = re.compile(r"\s*[”\"’'»]?(?P<comma>[,—–-]?)\s*(?P<words>[^\"“”«».!?…]{2,120}?)(?P<end>[,:—–]?)\s*[“\"‘'«]\s*")
_MOST_ASIDE = 16
"""Words of an attribution that stands in the middle of a quotation."""
_OPENING = "“\"‘'«„"
_BLOCK = re.compile(r"(?:>\s?)+")
_SMALL = CONNECTORS | {
    "a", "an", "as", "at", "but", "by", "from", "into", "nor", "off", "or", "over", "so", "to", "up", "vs", "with",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between marks: one span of the text, or several where the outlet's words or a paragraph part it."""

    pieces: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From its first word to its last."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The quotations of a text in order, marks left out; those inside another are part of it.

    A paragraph of Markdown that begins with ``>`` and holds no marks is one too.
    """
    found: list[Quotation] = []
    blocks = [Span(p.start + len(m[0]), p.end) for p in paragraphs if (m := _BLOCK.match(text, p.start, p.end))]
    marked = quotations(text, paragraphs)
    whole = [b for b in blocks if not any(b.overlaps(q) for q in marked)]
    for span in sorted((*marked, *whole)):
        trimmed = _trimmed(text, span)
        if not wording_of(text, [trimmed]).forms:
            continue
        if found and span not in whole and _goes_on(text, found[-1].pieces[-1], trimmed, paragraphs):
            found[-1] = Quotation((*found[-1].pieces, trimmed))
        else:
            found.append(Quotation((trimmed,)))
    return found


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))


def _goes_on(text: str, before: Span, after: Span, paragraphs: Sequence[Span]) -> bool:
    """True where ``after`` continues the quotation ``before``: over a paragraph's end, or behind an attribution."""
    if any(p.end <= after.start and p.end >= before.end for p in paragraphs):
        ended = any(p.end == before.end for p in paragraphs)  # no mark closed it
        return ended and not text[before.end : after.start].strip(f"{_OPENING}> \n\t\r")
    aside = _ASIDE.fullmatch(text, before.end, after.start)
    if aside is None or not aside["end"]:
        return False
    last = text[before.end - 1]
    parted = bool(aside["comma"]) or last in ",—–-" or (last.isalnum() and aside["words"].lstrip()[:1].islower())
    return parted and aside["end"] != ":" and len(aside["words"].split()) <= _MOST_ASIDE


def is_title(words: str) -> bool:
    """True for words all written large, as the titles of books and films are.

    >>> is_title("The Art of the Deal"), is_title("We will not go back"), is_title("Never again")
    (True, False, False)
    """
    tokens = re.findall(r"[^\W\d_][\w'’]*", words)
    large = [t for t in tokens if t.lower() not in _SMALL]
    ends = words.rstrip()[-1:] in ".!?" and len(tokens) > 1
    return len(large) >= 1 and len(tokens) <= 10 and all(t[0].isupper() for t in large) and not ends
