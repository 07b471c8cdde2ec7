"""``brat``: the raw text beside its standoff annotation, at our own offsets.

brat compares the words in the ``.ann`` file with the text and takes one line an annotation, so a span that runs over a
line's end is written as two pieces, the line end itself left out (``12 15;16 26``). Everything else stands at the
offsets of the JSON. A statement is an event whose trigger is its cue, or its content where it has no cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.formats.safe import writable
from onrecord.formats.shown import Shown, shown
from onrecord.offsets import Span
from onrecord.outcome import Reading

CONFIGURATION = """\
[entities]
Source
Cue
Content
Context
Furniture
Person
Organization
Place
Group
Document
Unknown

[relations]
Disputes\tArg1:Statement, Arg2:Statement
<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]
Statement\tSource?:Source, Cue?:Cue, Content:Content, Speaker?:<ENTITY>, Rebuts*:Context, Qualifies*:Context, \
Background*:Context

[attributes]
Kind\tArg:Statement, Value:direct|indirect|mixed
Negated\tArg:Statement
Hedged\tArg:Statement
"""
"""``annotation.conf``: the types this export uses."""


def brat(reading: Reading) -> Iterator[tuple[str, str]]:
    """The ending and the text of each of one article's two files."""
    raw = writable(reading.article.raw)
    yield ".txt", raw
    yield ".ann", "".join(f"{line}\n" for line in _Annotations(reading, raw).lines)


class _Annotations:
    """The lines of one ``.ann`` file, made in order; brat numbers each sort of line by itself."""

    def __init__(self, reading: Reading, raw: str) -> None:
        self._reading, self._raw, self.lines = reading, raw, list[str]()
        self._counts: dict[str, int] = {}
        statements = shown(reading)
        speakers = self._entities()
        events = {s.id: self._statement(s, speakers) for s in statements}
        for s in statements:
            if s.disputes and events[s.id] and events[s.disputes.id]:
                self._add("R", f"Disputes Arg1:{events[s.id]} Arg2:{events[s.disputes.id]}")
        for furniture in reading.clean.furniture:
            if t := self._text_bound("Furniture", [furniture.span]):
                self._add("#", f"AnnotatorNotes {t}\t{furniture.kind}")

    def _add(self, sort: str, rest: str) -> str:
        self._counts[sort] = self._counts.get(sort, 0) + 1
        name = f"{sort}{self._counts[sort]}"
        self.lines.append(f"{name}\t{rest}")
        return name

    def _text_bound(self, type_name: str, spans: Iterable[Span]) -> str | None:
        pieces = _apart(piece for span in spans for piece in _by_line(self._raw, span))
        if not pieces:
            return None
        offsets = ";".join(f"{s} {e}" for s, e in pieces)
        return self._add("T", f"{type_name} {offsets}\t{' '.join(self._raw[s:e] for s, e in pieces)}")

    def _clean(self, type_name: str, spans: Iterable[Span]) -> str | None:
        return self._text_bound(type_name, [p for span in spans for p in self._reading.clean.to_raw(span)])

    def _entities(self) -> dict[str, str]:
        """Every mention, those of one entity tied together; gives each entity's first."""
        first: dict[str, str] = {}
        for entity in self._reading.resolved.entities:
            names = [t for m in entity.mentions if (t := self._clean(entity.type.capitalize(), [m]))]
            if names:
                first[entity.id] = names[0]
                self._add("#", f"AnnotatorNotes {names[0]}\t{_line(entity.name)}")
            if len(names) > 1:
                self.lines.append(f"*\tEquiv {' '.join(names)}")
        return first

    def _statement(self, s: Shown, speakers: dict[str, str]) -> str | None:
        of = s.attribution.statement
        arguments = [("Source", self._clean("Source", of.source)), ("Cue", self._clean("Cue", of.cue))]
        arguments.append(("Content", self._clean("Content", of.content)))
        arguments.append(("Speaker", speakers.get(s.attribution.speaker or "")))
        arguments += [(c.kind.capitalize(), self._clean("Context", [c.span])) for c in s.context]
        trigger = self._clean("Statement", of.cue or of.content[:1])
        if trigger is None:  # every character of it was put in by a repair: there is nothing to point at
            return None
        event = self._add("E", " ".join([f"Statement:{trigger}", *(f"{r}:{t}" for r, t in _numbered(arguments))]))
        self._add("A", f"Kind {event} {s.attribution.kind}")
        for flag in ("Negated", "Hedged"):
            if getattr(s.attribution, flag.lower()):
                self._add("A", f"{flag} {event}")
        self._add("#", f"AnnotatorNotes {event}\t{_line(_note(s))}")
        return event


def _note(s: Shown) -> str:
    parts = [s.id, f"speaker: {s.speaker}", f"act: {s.attribution.act}", f"confidence: {s.attribution.confidence:.2f}"]
    parts += [f"disputed by {o.id} {o.speaker}: {o.quote}" for o in s.disputed_by]
    parts += [f"{c.kind} ({c.voice}): {c.words}" for c in s.context]
    return "; ".join(parts)


def _numbered(arguments: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    """brat numbers a repeated role: ``Rebuts:T5 Rebuts2:T6``."""
    seen: dict[str, int] = {}
    for role, target in arguments:
        if target:
            seen[role] = seen.get(role, 0) + 1
            yield (role if seen[role] == 1 else f"{role}{seen[role]}"), target


def _by_line(raw: str, span: Span) -> Iterator[Span]:
    """The pieces of a span on each line, white space at their edges left out."""
    at = span.start
    for line in raw[span.start : span.end].splitlines(keepends=True):
        if line.strip():
            yield Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
        at += len(line)


def _apart(pieces: Iterable[Span]) -> list[Span]:
    """Pieces in order, those that touch or overlap joined: brat refuses them."""
    joined: list[Span] = []
    for piece in sorted(pieces):
        if joined and piece.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return joined


def _line(text: str) -> str:
    return writable(" ".join(text.split()))
