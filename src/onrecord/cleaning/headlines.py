"""Whether a text begins with its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.words.furniture import sure_kind

_SHORTEST, _LONGEST = 15, 160
_BEFORE, _LEAD, _SHARED = 4, 900, 4
"""How many pieces before the article may hide its headline, in how many characters below its words come again, and how
many of them must."""
_TELLING = re.compile(r"[^\W\d_]{4,}")


def looks_like_headline(text: str, paragraphs: Sequence[Span]) -> bool:
    """True when the first paragraph is short, ends with no full stop, and a longer one that does comes next.

    >>> text = "Ministers Meet in Lund Over Fish Quotas\\n\\nFive ministers met in Lund on Monday, they said."
    >>> looks_like_headline(text, [Span(0, 39), Span(41, 89)])
    True
    """
    if len(paragraphs) < 2:
        return False
    first, second = paragraphs[0], paragraphs[1]
    line = text[first.start : first.end]
    if not _SHORTEST <= len(line) <= _LONGEST or line.count(" ") < 2 or not (line[0].isupper() or line[0] in "\"“‘'"):
        return False
    if line[-1] in ".:;,…-–—" or second.end - second.start < len(line):
        return False
    return text[second.end - 1] in ".!?\"”'’)"


def hidden_headline(text: str, pieces: Sequence[Span], body: int) -> int | None:
    """The piece before the article (piece number ``body``) that is its headline, though it stood among menu lines.

    It is known by its words: most of them come again in the article's first paragraphs, which a menu's or another
    story's do not. None where no piece, or more than one, is like that.
    """
    if not 0 < body < len(pieces):
        return None
    start = pieces[body].start
    lead = {w.lower() for w in _TELLING.findall(text, start, start + _LEAD)}
    found = []
    for k in range(max(0, body - _BEFORE), body):
        line = text[pieces[k].start : pieces[k].end]
        words = {w.lower() for w in _TELLING.findall(line)}
        fits = _SHORTEST <= len(line) <= _LONGEST and line[-1] not in ".:;,…-–—|" and sure_kind(line) is None
        if fits and len(words & lead) >= max(_SHARED, 0.6 * len(words)):
            found.append(k)
    return found[0] if len(found) == 1 else None
