"""Where a page says that its article is over: the copyright line, the tags below it, the readers' comments.

What a learned model takes for prose behind such a line is a teaser or a reader's opinion. It is the most expensive of
mistakes (a comment becomes a statement of the article), and the line that tells is the same on most sites.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.types import FurnitureKind

_LONGEST = 240
"""A longer piece is prose that mentions such words."""
_LEAST = 400
"""Characters of article that must stand before: the same lines stand above articles, in bars for sharing."""
_END = re.compile(
    r"(?:©|\(c\)|copyright)\s*©?\s*(?:19|20)\d\d|all rights reserved"
    r"|^\d[\d,]* (?:responses?|replies) (?:to|on)\b|\bcomments are closed"
    r"|^top (?:rated )?comments\b|\btrust principles\b"
    r"|^(?:read|view|show|see|load) (?:all |more |the )?(?:\d+ )?comments\b|^join the (?:conversation|discussion)\b"
    r"|^(?:tags?|topics|filed under)\s*:|^(?:rating:? *)?\d+ (?:up)?votes?\b",
    re.IGNORECASE,
)
_SURE_END = re.compile(
    r"reader interactions\b|(?:\d+ comments? )?feed for comments\b"
    r"|you must be (?:logged|signed) in to \w+ a\b|your email address will not be published\b"
    r"|leave a (?:reply|comment)(?: cancel reply)?\W*$|tags\s*:|our standards\s*:"
    r"|(?:this|our) (?:web)?site uses (?:\w+ )?cookies\b|we use cookies\b"
    r"|(?:sharing is caring|post navigation|(?:newer|next|older|previous) (?:article|entry|post|story)|read these next"
    r"|more (?:articles|posts|stories) (?:from|like)|you (?:may|might) also (?:enjoy|like|be interested))\b.{0,40}$",
    re.IGNORECASE,
)
"""What no article says of itself: the model need not have told that the line is furniture."""
_THOUGHTS = re.compile(r"(?:\d|\b[Oo]ne) thoughts? on [“\"‘']")
"""The same, often glued behind other lines."""
_COMMENTED = re.compile(
    r"\bsays:\s*(?:on\s)?(?:[A-Z][a-z]{2,8}\.? \d{1,2},|\d{1,2} [A-Z][a-z]{2,8},?|\d{1,2}[./]\d{1,2}[./]) ?\d{2,4}"
    r"(?: at| @| -|,)? ?\d{1,2}[:.]\d\d"
)
"""What many blogs and papers put over each reader's comment: "mary says:", then the day and the hour."""
_LEAST_COMMENTED = 2
_PICTURE = re.compile(r"\b(?:photo|photograph|image|picture|getty|afp|reuters|credit|file)\b", re.IGNORECASE)
"""A picture's own copyright stands in the middle of articles."""


def end_of_article(text: str, pieces: Sequence[Span], labels: Sequence[FurnitureKind | None]) -> int:
    """The index of the first piece that says the article is over; the number of pieces where none does.

    Only behind some article, and unless its words leave no doubt only a piece that is furniture itself can say so.
    """
    before, comments = 0, _first_comment(text, pieces)
    for k, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        if before >= _LEAST and (k == comments or _says_over(text, piece, label)):
            return k
        if label is None:
            before += piece.end - piece.start
    return len(pieces)


def _says_over(text: str, piece: Span, label: FurnitureKind | None) -> bool:
    """True for a piece whose words tell that the article ends before it."""
    if piece.end - piece.start > _LONGEST:
        return False
    if _SURE_END.match(text, piece.start, piece.end) or _THOUGHTS.search(text, piece.start, piece.end):
        return True
    words = text[piece.start : piece.end]
    return bool(label and _END.search(words) and not _PICTURE.search(words))


def _first_comment(text: str, pieces: Sequence[Span]) -> int | None:
    """The index of the piece that holds the name over the first reader's comment; None where too few stand there."""
    if text.count("says:") < _LEAST_COMMENTED:
        return None
    heads = [match.start() for match in _COMMENTED.finditer(text)]
    if len(heads) < _LEAST_COMMENTED:
        return None
    found = bisect_right(pieces, heads[0], key=lambda piece: piece.start) - 1
    return found - (found > 0 and pieces[found].start == heads[0])  # its name may stand on the line before
