"""Names with a hyphen, whole: a model trained on US news cuts "Chandavarkar-Sen" and "al-Mayahi" at it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.types import Mention

_BEHIND = re.compile(r"(?:[-‐‑][^\W\d_]+)+")
_BEFORE = re.compile(r"(?:[^\W\d_]+[-‐‑])+$")
_ARTICLES = frozenset(("al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ul", "ur"))
"""What stands before an Arabic name's hyphen in small letters; "anti-" and "pro-" are no part of a name."""
_LONGEST = 40


def whole_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions in text order, persons' names widened over their hyphens and put together where one was cut in two.

    A part that is somebody else's name stays apart: "the Adams-Baker debate" has two names.
    """
    found: list[Mention] = []
    borders = [*(m.span.start for m in mentions[1:]), len(text)][: len(mentions)]
    for mention, border in zip(mentions, borders, strict=True):
        if mention.type != "person":
            found.append(mention)
            continue
        before = found[-1].span if found else Span(0, 1)
        start = _start(text, mention.span.start, before.end if found else 0)
        end = _end(text, mention.span.end, border)
        if found and found[-1].type == "person" and _cut_article(text, before, mention.span.start):
            start, _ = found.pop().span
        found.append(Mention(Span(start, end), mention.type, mention.score))
    return found


def _start(text: str, start: int, least: int) -> int:
    """Where the name begins if what hangs before it by a hyphen is a name too."""
    match = _BEFORE.search(text, max(least, start - _LONGEST), start)
    while match:
        word = match.group()
        if word[0].isupper() or word[:-1].lower() in _ARTICLES:
            return match.start()
        match = _BEFORE.search(text, match.start() + len(re.split(r"[-‐‑]", word)[0]) + 1, start)
    return start


def _end(text: str, end: int, border: int) -> int:
    """Where the name ends if what hangs behind it by a hyphen begins with a capital."""
    match = _BEHIND.match(text, end, min(border, end + _LONGEST))
    if not match:
        return end
    parts = re.split(r"(?=[-‐‑])", match.group())[1:]
    for part in parts:
        if not part[1].isupper():
            break
        end += len(part)
    return end


def _cut_article(text: str, before: Span, start: int) -> bool:
    """True where the name before ends with an Arabic article whose hyphen leads to this one."""
    last = text[before.start : before.end].rsplit(maxsplit=1)[-1].lower()
    return last in _ARTICLES and start == before.end + 1 and text[before.end] in "-‐‑"
