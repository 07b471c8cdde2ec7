"""Whether a text begins with its headline."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.offsets import Span

_SHORTEST, _LONGEST = 15, 160


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
