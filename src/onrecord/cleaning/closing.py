"""Where a page says that its article is over: the copyright line, the tags below it, the readers' comments.

What a learned model takes for prose behind such a line is a teaser or a reader's opinion. It is the most expensive of
mistakes (a comment becomes a statement of the article), and the line that tells is the same on most sites.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.types import FurnitureKind

_LONGEST = 240
"""A longer piece is prose that mentions such words."""
_LEAST = 400
"""Characters of article that must stand before: the same lines stand above articles, in bars for sharing."""
_END = re.compile(
    r"(?:©|\(c\)|copyright)\s*©?\s*(?:19|20)\d\d|all rights reserved"
    r"|^\d[\d,]* (?:responses?|replies) (?:to|on)\b|\bfeed for comments|\bcomments are closed"
    r"|^top (?:rated )?comments\b|\btrust principles\b"
    r"|^(?:read|view|show|see|load) (?:all |more |the )?(?:\d+ )?comments\b|^join the (?:conversation|discussion)\b"
    r"|^(?:tags?|topics|filed under)\s*:|^(?:rating:? *)?\d+ (?:up)?votes?\b",
    re.IGNORECASE,
)
_SURE_END = re.compile(
    r"reader interactions\b|you must be (?:logged|signed) in to \w+ a\b|your email address will not be published\b"
    r"|leave a (?:reply|comment)(?: cancel reply)?\W*$|tags\s*:|our standards\s*:"
    r"|(?:this|our) (?:web)?site uses (?:\w+ )?cookies\b|we use cookies\b"
    r"|(?:sharing is caring|post navigation|(?:newer|next|older|previous) (?:article|entry|post|story)|read these next"
    r"|more (?:articles|posts|stories) (?:from|like)|you (?:may|might) also (?:enjoy|like|be interested))\b.{0,40}$",
    re.IGNORECASE,
)
"""What no article says of itself: the model need not have told that the line is furniture."""
_THOUGHTS = re.compile(r"(?:\d|\b[Oo]ne) thoughts? on [“\"‘']")
"""The same, often glued behind other lines."""
_PICTURE = re.compile(r"\b(?:photo|photograph|image|picture|getty|afp|reuters|credit|file)\b", re.IGNORECASE)
"""A picture's own copyright stands in the middle of articles."""


def end_of_article(text: str, pieces: Sequence[Span], labels: Sequence[FurnitureKind | None]) -> int:
    """The index of the first piece that says the article is over; the number of pieces where none does.

    Only behind some article, and unless its words leave no doubt only a piece that is furniture itself can say so.
    """
    before = 0
    for k, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        size = piece.end - piece.start
        if before >= _LEAST and size <= _LONGEST:
            if _SURE_END.match(text, piece.start, piece.end) or _THOUGHTS.search(text, piece.start, piece.end):
                return k
            words = text[piece.start : piece.end]
            if label and _END.search(words) and not _PICTURE.search(words):
                return k
        if label is None:
            before += size
    return len(pieces)
