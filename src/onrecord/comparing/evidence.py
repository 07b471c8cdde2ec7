"""What the record holds at a place: the statement there with its speaker, day, disputes and context, in raw offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.comparing.finding import Json, Place, Shelf
from onrecord.comparing.voices import Voice, bare, is_named, same_voice, sexes_clash, voice_of
from onrecord.offsets import Edit, OffsetMap, Span

_COVERED = 0.5
"""Share of the shorter of two spans that must agree for a statement to be what a place holds."""
_NEAR = 600
"""Characters before a place in which somebody named may be the "he" of it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One article of the record, whole, with the way from its text to its raw text."""

    made: Json
    raw: str
    way: OffsetMap

    def to_raw(self, place: Place) -> Span:
        """Where the place stands in the raw text; one in the headline where the headline does."""
        shift, headline = place.body.shift, self.made["headline"]
        if place.span.start < shift and headline:
            return Span(*headline)
        length = self.way.text_length
        start = max(0, place.span.start - shift)
        pieces = self.way.to_raw(Span(start, max(start + 1, min(place.span.end - shift, length))))
        return Span(pieces[0].start, pieces[-1].end) if pieces else Span(0, 0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place on record and what goes with it."""

    place: Place
    holding: Holding
    span: Span
    statement: Json | None
    voice: Voice
    """Who speaks there; without names where the record cannot say."""
    source: tuple[str, ...]
    """The source beside the words as it stands there, lower case: a name, or "he"."""
    named_there: bool
    """The source has a name: no pronoun had to be read."""

    def agrees(self, voice: Voice | None) -> bool | None:
        """Whether the words are this speaker's on record: True, False, or None where it cannot be told."""
        if voice is None or not voice.names:
            return None
        made, answer = self.holding.made, same_voice(voice, self.voice)
        if answer is None and not self.voice.names:
            about = " ".join(
                filter(None, (made["title"], made["byline"], made["site"], made["origin"], made["outlet"]))
            )
            return None if is_named(voice, f"{self.holding.raw} {about}") else False
        if answer is False and not self.named_there:
            before = self.holding.raw[max(0, self.span.start - _NEAR) : self.span.start]
            names = [e["name"] for e in made["entities"] if e["type"] == "person"]
            clash = any(sexes_clash(voice, word, names) for word in self.source)
            return None if is_named(voice, before) and not clash else False
        return answer

    def days(self) -> tuple[str, str] | None:
        """The first and last day on which it may have been said, as far as the record says so (ISO)."""
        said = (self.statement or {}).get("said_on")
        first, last = (said["from"], said["to"] or said["from"]) if said else (None, None)
        return (first, last) if first and last else None

    def to_dict(self) -> Json:
        """The match as the report gives it: never without disputes and context."""
        made, s = self.holding.made, self.statement or {}
        return {
            "statement": s.get("uid"), "article": made["id"], "label": made["label"], "origin": made["origin"],
            "url": made["url"], "outlet": made["outlet"] or made["site"], "published": made["published"],
            "span": list(self.span), "quote": self.place.words, "in_quotation_marks": self.place.inside,
            "speaker": s.get("speaker_name"), "via": s.get("via_names", []), "kind": s.get("kind"),
            "act": s.get("act"), "said_on": s.get("said_on"), "date": self._date(),
            "disputes": s.get("disputes_statement"), "disputed_by": s.get("disputed_by", []),
            "context": s.get("context", []),
            "likeness": round(self.place.matched, 2),
        }  # fmt: skip

    def _date(self) -> str | None:
        days = self.days()
        return days[0] if days else (self.holding.made["published"] or "")[:10] or None


@dataclass(slots=True)
class Witness:
    """Fetches what goes with places; articles are kept for the next place of the same draft."""

    shelf: Shelf
    _held: dict[str, Holding] = field(default_factory=dict)

    def of(self, place: Place) -> Evidence:
        """The evidence at a place."""
        holding = self._holding(place.body.article)
        span = holding.to_raw(place)
        statement = _statement_at(holding.made["statements"], span)
        source = tuple(bare(holding.raw[a:b]) for a, b in statement["source"]) if statement else ()
        voice = _voice(holding, statement, source)
        small = tuple(words.lower() for words in source)
        return Evidence(place, holding, span, statement, voice, small, bool(voice_of(source).names))

    def _holding(self, article: str) -> Holding:
        if article not in self._held:
            made = self.shelf.article(article)
            assert made is not None  # the shelf has just given it
            raw = self.shelf.raw_text(article) or ""
            edits = [Edit(Span(*e["span"]), e["text"], e["why"]) for e in made["edits"]]
            self._held[article] = Holding(
                made, raw, OffsetMap(raw, edits, [Span(*f["span"]) for f in made["furniture"]])
            )
        return self._held[article]


def _statement_at(statements: Iterable[Json], span: Span) -> Json | None:
    """The statement whose content the place is: of several the shortest, for a report may hold a quotation."""
    best: tuple[int, Json] | None = None
    for statement in statements:
        pieces = [Span(*c) for c in statement["content"]]
        shared = shared_characters(pieces, [span])
        length = sum(p.end - p.start for p in pieces)
        if shared < _COVERED * min(span.end - span.start, length) or shared < _COVERED * (span.end - span.start) / 2:
            continue
        if best is None or length < best[0]:
            best = (length, statement)
    return best[1] if best else None


def shared_characters(some: Sequence[Span], others: Sequence[Span]) -> int:
    """How many characters two lists of spans have in common."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)


def _voice(holding: Holding, statement: Json | None, source: Sequence[str]) -> Voice:
    if statement is None:
        return Voice(())
    raw = holding.raw
    own = next((e for e in holding.made["entities"] if e["id"] == statement["speaker"]), None)
    mentions = [raw[a:b] for a, b in own["mentions"]] if own else []
    stands_for = [own["stands_for"]] if own else []
    return voice_of([statement["speaker_name"], *statement["via_names"], *stands_for, *source, *mentions])
