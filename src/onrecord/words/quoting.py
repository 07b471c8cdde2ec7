"""Quotation marks: where a quotation begins and ends, whatever marks it is typed with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.offsets import Span

_OPENERS = {"“": "”", "„": "”“", "«": "»", "‘": "’", "‹": "›", "「": "」", "『": "』"}
_MARKS = re.compile(r"[\"“”„«»‘’‹›「」『』]|''|``|(?<![\w'])'(?=\w)|(?<=[\w.,!?…])'(?!\w)")


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """The quotations of a text, marks left out, outermost only, one span a paragraph.

    A quotation that no mark closes runs to its paragraph's end; one that the next paragraph opens again goes on
    there. A closing mark that nothing opened closes what began with its sentence or paragraph, since scrapers lose
    marks at line breaks; a lone straight mark is too weak for that and is left alone.
    """
    found: list[Span] = []
    carried: str | None = None
    for number, paragraph in enumerate(paragraphs):
        carried = _paragraph_quotations(text, paragraph, found, carried)
        if carried and not _goes_on(text, carried, paragraphs[number + 1 : number + 4]):
            carried = None
    return found


def _goes_on(text: str, opener: str, following: Sequence[Span]) -> bool:
    """True where the next mark closes what a paragraph left open: line breaks inside a quotation."""
    found = ((p, _MARKS.search(text, p.start, p.end)) for p in following)
    paragraph, match = next(((p, m) for p, m in found if m is not None), (None, None))
    if paragraph is None or match is None or match.start() == paragraph.start:
        return False
    before = text[match.start() - 1]
    return _closes_what(opener, match.group()) and (match.group() == "”" or not (before.isspace() or before in "(["))


def _paragraph_quotations(text: str, paragraph: Span, found: list[Span], carried: str | None) -> str | None:
    """Adds one paragraph's quotations to ``found``; the mark that is still open at its end, if any."""
    opened: tuple[str, int] | None = (carried, paragraph.start) if carried else None
    first = len(found)
    for match in _MARKS.finditer(text, paragraph.start, paragraph.end):
        mark, at = match.group(), match.start()
        if mark in ("''", "``"):
            mark = '"'
        if opened is None:
            if _opens(text, mark, match.end(), at, paragraph):
                opened = (mark, match.end())
            elif mark in ("”", '"') and len(found) == first and _closes(text, mark, at, match.end(), paragraph):
                _note(found, paragraph.start, at, text)
        elif _closes_what(opened[0], mark) and _closes(text, mark, at, match.end(), paragraph):
            _note(found, opened[1], at, text)
            opened = None
    if opened is None or opened[0] not in ('"', "“", "«", "„"):
        return None
    _note(found, opened[1], paragraph.end, text)
    return opened[0]


def _note(found: list[Span], start: int, end: int, text: str) -> None:
    if text[start:end].strip():
        found.append(Span(start, end))


def _opens(text: str, mark: str, after: int, at: int, paragraph: Span) -> bool:
    if mark in ("‘", "'"):
        return after < paragraph.end and text[after].isalnum() and _single_closes(text, after, paragraph)
    if mark in _OPENERS:
        return True
    before = text[at - 1] if at > paragraph.start else " "
    following = text[after] if after < paragraph.end else " "
    if mark == '"' and before.isspace() and following.isspace():  # typed with spaces on both sides: they go in pairs
        left = text.count('"', at, paragraph.end)
        return left > 0 and left % 2 == 0
    return mark == '"' and not following.isspace() and (before.isspace() or before in "([—–-:/" or not before.isalnum())


_SINGLE_CLOSE = re.compile(r"[’'](?!\w)")


def _single_closes(text: str, after: int, paragraph: Span) -> bool:
    """A single mark opens only where a closing one follows within a few hundred characters: else an apostrophe.

    "The voters' choice" closes nothing: after an "s" it may be a plural's possessive.
    """
    end = min(paragraph.end, after + 600)
    return any(
        text[match.start() - 1] != "s" or match.end() >= paragraph.end or text[match.end()] in ",.;:!?)"
        for match in _SINGLE_CLOSE.finditer(text, after, end)
    )


def _possessive(text: str, at: int, after: int, paragraph: Span) -> bool:
    """True where a single mark inside a single quotation is a plural's: a word follows, and a better closing mark."""
    if text[at - 1] != "s" or after + 1 >= paragraph.end or text[after] != " " or not text[after + 1].islower():
        return False
    opening = re.compile(r"(?:^|\s)[‘'](?=\w)").search(text, after, paragraph.end)
    return _single_closes(text, after, Span(paragraph.start, opening.start() if opening else paragraph.end))


def _closes_what(opener: str, mark: str) -> bool:
    if opener in ("'", "‘"):
        return mark in ("'", "’")
    if opener == '"':
        return mark in ('"', "”")
    return mark in _OPENERS.get(opener, "") or (opener == "“" and mark == '"')


def _closes(text: str, mark: str, at: int, after: int, paragraph: Span) -> bool:
    following = text[after] if after < paragraph.end else " "
    if mark in ("’", "'"):
        return not following.isalnum() and not _possessive(text, at, after, paragraph)
    if mark == '"':
        return not following.isalnum() or (at > paragraph.start and text[at - 1] in ".,!?…")
    return True
