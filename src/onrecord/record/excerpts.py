"""Pieces of an article's text to show: whole sentences, and with them what is set against the statements in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.offsets import Edit, OffsetMap, Span
from onrecord.outcome import Json, Reading
from onrecord.record.names import storable

_LEAD = 220
"""Characters after which a lead takes no further sentence."""
_LABEL = 140
"""Characters of a label made from the first sentence."""
_LONGEST_LABEL = 400
"""Characters of a title that are shown in lists."""
_WINDOW = 600
"""Characters shown of a sentence that has no end."""
_LONGEST = 4000
"""Characters beyond which an excerpt that must not be cut is rather not shown."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words to show, and the text spans they came from (joined by an ellipsis)."""

    text: str
    pieces: tuple[Span, ...]

    def place(self, span: Span) -> Span | None:
        """Where a span of the article's text stands in the excerpt, or None."""
        at = 0
        for piece in self.pieces:
            if piece.covers(span):
                return Span(at + span.start - piece.start, at + span.end - piece.start)
            at += piece.end - piece.start + len(_JOIN)
        return None


_JOIN = " … "


class Excerpter:
    """Cuts excerpts from one article's text. ``made`` needs the contract's ``edits sentences statements``."""

    def __init__(self, raw: str, text: str, made: Json) -> None:
        self._text = text
        edits = [Edit(Span(*e["span"]), e["text"], e["why"]) for e in made["edits"]]
        self._map = OffsetMap(raw, edits)
        self.sentences = sorted(self._clean(made["sentences"]))
        self._starts = [s.start for s in self.sentences]
        self._groups = self._group(made["statements"])

    def around(self, spans: Sequence[Span]) -> Excerpt:
        """The sentences of these text spans, widened; empty where nothing can be shown whole."""
        wanted = {i for span in spans for i in self._touched(span)}
        return self._cut(self._widen(wanted), wanted, spans)

    def beginning(self) -> Excerpt:
        """The first sentences, widened."""
        wanted, length = set[int](), 0
        for i, sentence in enumerate(self.sentences[:3]):
            if length < _LEAD:
                wanted.add(i)
                length += sentence.end - sentence.start
        return self._cut(self._widen(wanted), wanted, ())

    def stands_alone(self, sentence: int) -> bool:
        """True when no statement in the sentence has anything set against it."""
        return not any(sentence in trigger for trigger, _ in self._groups)

    def _clean(self, spans: Iterable[Sequence[int]]) -> list[Span]:
        found = (self._map.to_clean(Span(*s)) for s in spans)
        return [t for s in found if s is not None and (t := self._trimmed(s))]

    def _trimmed(self, span: Span) -> Span | None:
        """Without the white space that cleaning put in at the edges; None where nothing of the body is left."""
        start, end = span.start, min(span.end, len(self._text))
        while start < end and self._text[start].isspace():
            start += 1
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return Span(start, end) if end > start else None

    def _touched(self, span: Span) -> range:
        """The sentences that share a character with the span."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return range(first, bisect_left(self._starts, span.end))

    def _sentences_of(self, spans: Iterable[Sequence[int]]) -> set[int]:
        return {i for span in self._clean(spans) for i in self._touched(span)}

    def _group(self, statements: Sequence[Json]) -> list[tuple[set[int], set[int]]]:
        """For each statement with something beside it: the sentences it is in, and those that must then be shown."""
        by_id = {s["id"]: s for s in statements}
        groups = []
        for s in statements:
            own = self._sentences_of(s["content"])
            disputed = by_id.get(s["disputes"])
            if disputed is not None:
                theirs = self._sentences_of(disputed["content"])
                both = own | theirs | self._sentences_of([*s["source"], *s["cue"]])
                groups += [(own, both), (theirs, both)]
            if s["context"]:
                groups.append((own, own | self._sentences_of(c["span"] for c in s["context"])))
        return groups

    def _widen(self, wanted: set[int]) -> set[int]:
        """All that must be shown with these sentences; each group is taken at most once."""
        shown, left = set(wanted), self._groups
        while True:
            taken = [g for g in left if g[0] & shown]
            if not taken:
                return shown
            left = [g for g in left if not g[0] & shown]
            shown = shown.union(*(g[1] for g in taken))

    def _cut(self, shown: set[int], wanted: set[int], spans: Sequence[Span]) -> Excerpt:
        pieces: list[Span] = []
        for i in sorted(shown):
            sentence = self.sentences[i]
            if pieces and (i - 1) in shown:
                pieces[-1] = Span(pieces[-1].start, sentence.end)
            else:
                pieces.append(sentence)
        if sum(p.end - p.start for p in pieces) > _LONGEST:
            bound = any(not self.stands_alone(i) for i in wanted)
            pieces = [] if bound else [_window(pieces[0], spans)]
        text = _JOIN.join(self._text[p.start : p.end] for p in pieces)
        return Excerpt("".join(" " if c.isspace() else c for c in text), tuple(pieces))


def beginning(reading: Reading, made: Json) -> tuple[str, str]:
    """An article's lead, and a label that is never empty: its title, headline, first words, site or key."""
    cutter = Excerpter(reading.article.raw, made["text"], made)
    first = made["text"][slice(*cutter.sentences[0])] if cutter.sentences and cutter.stands_alone(0) else ""
    headline = reading.clean.words(reading.clean.headline) if reading.clean.headline else ""
    if len(first) > _LABEL:
        first = first[:_LABEL].rsplit(" ", 1)[0] + " …"
    article = reading.article
    candidates = (article.title, headline, first, article.site, article.key, article.origin)
    label = next((words for c in candidates if (words := " ".join((c or "").split()))), "untitled")
    return storable(cutter.beginning().text), storable(label[:_LONGEST_LABEL])


def _window(span: Span, spans: Sequence[Span]) -> Span:
    start = max(span.start, (spans[0].start if spans else span.start) - _WINDOW // 3)
    return Span(start, min(span.end, start + _WINDOW))
