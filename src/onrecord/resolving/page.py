"""One clean text with what every step asks of it: which sentence, which paragraph, inside quotation marks or not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.types import CleanText
from onrecord.words.quoting import quotations

WORD = re.compile(r"\w+(?:[.'’&-]\w+)*")
"""A word as this room counts them: "U.S", "O'Brien", "34-year-old" and "al-Assad" are one each."""

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
