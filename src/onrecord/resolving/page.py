"""One clean text with what every step asks of it: which sentence, which paragraph, inside quotation marks or not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.types import CleanText

WORD = re.compile(r"\w+(?:[.'’&-]\w+)*")
"""A word as this room counts them: "U.S", "O'Brien", "34-year-old" and "al-Assad" are one each."""

_OPENERS = {"“": "”", "„": "”“", "«": "»", "‘": "’", "‹": "›", "「": "」", "『": "』"}
_MARKS = re.compile(r"[\"“”„«»‘’‹›「」『』]|''|``|(?<![\w'])'(?=\w)|(?<=[.,!?…])'(?!\w)")
_SENTENCE = re.compile(r"[.!?…][\"”’»')\]]*\s+(?=[\"“‘«(\[]?[^\W_a-z])")


class Page:
    """A clean text, indexed. Made once an article; every look-up takes logarithmic time."""

    def __init__(self, clean: CleanText) -> None:
        self.clean, self.text = clean, clean.text
        self.paragraphs = list(clean.paragraphs) or ([Span(0, len(self.text))] if self.text.strip() else [])
        self.sentences = list(clean.sentences) or [s for p in self.paragraphs for s in split_sentences(self.text, p)]
        self.headline = clean.headline
        self._paragraph_starts = [p.start for p in self.paragraphs]
        self._sentence_starts = [s.start for s in self.sentences]
        self.quotes = quotations(self.text, self.paragraphs)
        self._quote_starts = [q.start for q in self.quotes]

    def paragraph_at(self, place: int) -> int:
        """The number of the paragraph that a place stands in (or after)."""
        return max(0, bisect_right(self._paragraph_starts, place) - 1)

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that a place stands in (or after)."""
        return max(0, bisect_right(self._sentence_starts, place) - 1)

    def sentence(self, place: int) -> Span:
        """The sentence that a place stands in; an empty page gives an empty span."""
        return self.sentences[self.sentence_at(place)] if self.sentences else Span(0, len(self.text))

    def quote_at(self, place: int) -> int | None:
        """The number of the quotation that a place stands in, or None outside quotation marks."""
        k = bisect_right(self._quote_starts, place) - 1
        return k if k >= 0 and place < self.quotes[k].end else None

    def quoted_words(self, spans: Sequence[Span]) -> tuple[int, list[str]]:
        """How many words of the spans stand inside quotation marks, and the other words, lower case."""
        inside, outside = 0, list[str]()
        for span in spans:
            for match in WORD.finditer(self.text, span.start, span.end):
                if self.quote_at(match.start()) is None:
                    outside.append(match.group().lower())
                else:
                    inside += 1
        return inside, outside

    def quotes_between(self, start: int, end: int) -> list[Span]:
        """The quotations that share a character with ``start:end``."""
        k = max(0, bisect_right(self._quote_starts, start) - 1)
        return [q for q in self.quotes[k : bisect_left(self._quote_starts, end)] if q.end > start]

    def headline_covers(self, place: int) -> bool:
        """True inside the headline."""
        return self.headline is not None and self.headline.start <= place < self.headline.end


def split_sentences(text: str, paragraph: Span) -> list[Span]:
    """A plain split, for texts that come without sentences."""
    made, at = [], paragraph.start
    for match in _SENTENCE.finditer(text, paragraph.start, paragraph.end):
        made.append(Span(at, match.end()))
        at = match.end()
    if at < paragraph.end:
        made.append(Span(at, paragraph.end))
    return [s for s in made if text[s.start : s.end].strip()]


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
    return mark == '"' and not following.isspace() and (before.isspace() or before in "([—–-:/" or not before.isalnum())


_SINGLE_CLOSE = re.compile(r"[’'](?!\w)")


def _single_closes(text: str, after: int, paragraph: Span) -> bool:
    """A single mark opens only where a closing one follows within a few hundred characters: else an apostrophe."""
    match = _SINGLE_CLOSE.search(text, after, min(paragraph.end, after + 600))
    return (match is not None and text[match.start() - 1] != "s") or bool(match and text[match.start() - 1] in ".,!?")


def _closes_what(opener: str, mark: str) -> bool:
    if opener in ("'", "‘"):
        return mark in ("'", "’")
    if opener == '"':
        return mark in ('"', "”")
    return mark in _OPENERS.get(opener, "") or (opener == "“" and mark == '"')


def _closes(text: str, mark: str, at: int, after: int, paragraph: Span) -> bool:
    following = text[after] if after < paragraph.end else " "
    if mark in ("’", "'"):
        return not following.isalnum()
    if mark == '"':
        return not following.isalnum() or (at > paragraph.start and text[at - 1] in ".,!?…")
    return True
