"""Sentences of clean text: inside each paragraph, with the quotation marks and brackets that close them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from onrecord.cleaning.stops import ends_plainly, ends_sentence, find_stops
from onrecord.offsets import Span
from onrecord.words.marks import closing_quotes


def split_sentences(text: str, paragraphs: Iterable[Span], forced: Collection[int] = ()) -> list[Span]:
    """The sentences of each paragraph, in order and apart, without the white space between them.

    ``forced`` are places where repair has seen a sentence end that no mark shows.

    >>> [text[s.start:s.end] for text in ['Mr. Orr left. "No." He ran.'] for s in split_sentences(text, [Span(0, 27)])]
    ['Mr. Orr left.', '"No."', 'He ran.']
    """
    result: list[Span] = []
    ends = sorted(forced)
    at = 0
    for paragraph in paragraphs:
        inside = []
        while at < len(ends) and ends[at] < paragraph.end:
            if ends[at] > paragraph.start:
                inside.append(ends[at])
            at += 1
        result += _split(text[paragraph.start : paragraph.end], paragraph.start, inside)
    return result


def _split(text: str, base: int, forced: list[int]) -> list[Span]:
    """The sentences of one paragraph's text that begins at ``base``."""
    ends = {place - base for place in forced}
    for stop in find_stops(text, closing_quotes(text)):
        if ends_plainly(text, stop):
            ends.add(stop.end)
            continue
        right = stop.end
        while right < len(text) and text[right].isspace():
            right += 1
        if (right > stop.end or _needs_no_blank(text, stop.at)) and ends_sentence(text, stop, right):
            ends.add(stop.end)
    ends.add(len(text))
    result, start = [], 0
    for end in sorted(ends):
        while start < end and text[start].isspace():
            start += 1
        if end > start:
            result.append(Span(base + start, base + end))
            start = end
    return result


def _needs_no_blank(text: str, at: int) -> bool:
    return text[at] in "。．！？｡"
