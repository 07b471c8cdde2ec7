"""Markup inside a Markdown paragraph -> edits that take it off and leave the words.

Every pattern is bounded, so that a line of a million asterisks costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from onrecord.offsets import Edit, Span

_TARGET = (
    r"\((?:<[^<>\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)"
    r"(?:\s+[\"'][^\"\n]{0,300}[\"'])?\s*\)"
)
_SPECIAL = re.compile(r"[\\`*_\[<~]")
_IMAGE = re.compile(rf"!\[[^\[\]\n]{{0,1000}}\](?:{_TARGET}|\[[^\[\]\n]{{0,200}}\])")
_LINK = re.compile(rf"\[((?:[^\[\]]|\[[^\[\]]{{0,200}}\]){{0,1000}})\]({_TARGET})")
_REFERENCE = re.compile(r"\[([^\[\]]{1,1000})\]\[([^\[\]\n]{0,200})\]")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,60}\]")
_CODE = re.compile(r"(?<![`\\])(`{1,2})(?!`)([^`\n]{1,500})(?<!`)\1(?!`)")
_AUTO = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>\n]{0,500})?/?>|<!--.{0,500}?-->", re.DOTALL)
_STRONG = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*]{0,1000}[^\s*\\])(\1)(?!\*)")
_UNDER = re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_]{0,1000}[^\s_\\])(\1)(?!\w)")
_STRUCK = re.compile(r"(~~)(?=\S)([^~\n]{1,500})(~~)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|>~<&\"'$])|\\$", re.MULTILINE)


def edits_of(raw: str, block: Span, known: Set[str]) -> list[Edit]:
    """The edits that take the markup off one paragraph of ``raw``, sorted and apart.

    ``known`` are the link definitions of the file, lower case: "[he]" followed by one of them is a link, else words.
    """
    text = raw[block.start : block.end]
    if not _SPECIAL.search(text):
        return []
    taken = bytearray(len(text))
    made: list[Edit] = []
    for start, end, why in _spans(text, known):
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            made.append(Edit(Span(block.start + start, block.start + end), "", why))
    return sorted(made)


def linked(text: str, known: Set[str]) -> int:
    """How many characters of a paragraph are the words of links."""
    whole = list(_LINK.finditer(text))
    named = [m for m in _REFERENCE.finditer(text) if (m[2] or m[1]).lower() in known]
    return sum(len(m.group(1)) for m in (*whole, *named))


def _spans(text: str, known: Set[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of markup with the reason, the outermost kinds first."""
    for m in _CODE.finditer(text):
        yield m.start(), m.start(2), "markup"
        yield m.end(2), m.end(), "markup"
    for m in _IMAGE.finditer(text):
        yield m.start(), m.end(), "picture"
    for m in _LINK.finditer(text):
        yield m.start(), m.start(1), "markup"
        yield m.end(1), m.end(), "link's address"
    for m in _REFERENCE.finditer(text):
        if (m[2] or m[1]).lower() in known:
            yield m.start(), m.start(1), "markup"
            yield m.end(1), m.end(), "link's address"
    for m in _FOOTNOTE.finditer(text):
        yield m.start(), m.end(), "footnote mark"
    for m in _AUTO.finditer(text):
        yield m.start(), m.start(1), "markup"
        yield m.end(1), m.end(), "markup"
    for m in _TAG.finditer(text):
        yield m.start(), m.end(), "markup"
    for pattern in (_STRONG, _UNDER, _STRUCK):
        for m in pattern.finditer(text):
            yield m.start(1), m.end(1), "markup"
            yield m.start(3), m.end(3), "markup"
            inner = _UNDER if pattern is _STRONG else _STRONG
            for n in inner.finditer(text, m.start(2), m.end(2)):
                yield n.start(1), n.end(1), "markup"
                yield n.start(3), n.end(3), "markup"
    for m in _ESCAPE.finditer(text):
        yield m.start(), m.end(), "markup"
