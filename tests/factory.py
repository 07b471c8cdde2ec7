"""One tiny factory for all tests: articles, clean texts, statements and readings, made by hand.

Spans are found by their words, so that no test counts characters:

>>> made = reading('Ana Ruiz said the bridge is safe.', [said('the bridge is safe', by='Ana Ruiz', cue='said')])
>>> made.statements[0].statement.cue, made.entity('e1').name
((Span(start=9, end=13),), 'Ana Ruiz')

``sample()`` is one reading with everything in it: a headline, glued sentences, furniture, a dispute, context, figures.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.offsets import Edit, Span, apply_edits
from onrecord.outcome import Reading
from onrecord.types import (
    Article,
    Attribution,
    Caution,
    CleanText,
    Context,
    Entity,
    Event,
    Figure,
    Found,
    Furniture,
    Medium,
    Mention,
    Provenance,
    Resolved,
    Statement,
    When,
)


def span(text: str, words: str, nth: int = 0) -> Span:
    """Where ``words`` stand in ``text``; ``nth`` for a later one."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def article(raw: str = "Ana Ruiz said no.", **fields: Any) -> Article:
    """An article of this raw text, its payload and id made from it."""
    payload = raw.encode("utf-8", "surrogatepass")
    fields.setdefault("id", "sha256:" + hashlib.sha256(payload).hexdigest())
    return Article(**{"key": "made", "origin": "made.txt", "raw": raw, "payload": payload, **fields})


def clean(
    raw: str, edits: Sequence[Edit] = (), *, furniture: Sequence[Furniture] = (), headline: bool = False, **fields: Any
) -> CleanText:
    """A clean text with these edits: paragraphs where blank lines stand, each one sentence; a headline is the first."""
    text = apply_edits(raw, edits)
    paragraphs, at = [], 0
    for piece in text.split("\n\n"):
        if piece.strip():
            paragraphs.append(Span(at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())))
        at += len(piece) + 2
    made = {"language": "en", "sentences": tuple(paragraphs), **fields}
    top = paragraphs[0] if headline else None
    return CleanText(raw, text, tuple(edits), tuple(paragraphs), furniture=tuple(furniture), headline=top, **made)


@dataclass(frozen=True)
class Said:
    """A statement by its words; ``reading`` finds them. Contents are pieces joined by `` … ``."""

    content: str
    by: str | None = None
    cue: str | None = None
    kind: str = "indirect"
    speaker: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def said(content: str, by: str | None = None, cue: str | None = None, kind: str = "indirect", **fields: Any) -> Said:
    """A statement in words. ``speaker`` is an entity's name, by default the source's own words; ``speaker=""`` none.

    Other keywords go to the Attribution; ``context`` may be given as ``(kind, voice, words)`` triples.
    """
    return Said(content, by, cue, kind, fields.pop("speaker", by), fields)


def reading(
    raw: str | CleanText, statements: Iterable[Said] = (), *, types: dict[str, str] | None = None, **fields: Any
) -> Reading:
    """A reading of a raw text (or a clean text made before), statements numbered s1, s2, ..., speakers e1, e2, ..."""
    text = clean(raw) if isinstance(raw, str) else raw
    statements = list(statements)
    names = list(dict.fromkeys(s.speaker for s in statements if s.speaker))
    ids = {name: f"e{n}" for n, name in enumerate(names, 1)}
    entities = tuple(
        Entity(ids[n], n, (types or {}).get(n, "person"), tuple(_all(text.text, n)), speaks=True) for n in names
    )
    made = [_attribution(text.text, s, n, ids) for n, s in enumerate(statements, 1)]
    about = fields.pop("article", None) or article(text.raw, **fields.pop("about", {}))
    resolved = Resolved(entities, tuple(made), **fields.pop("resolved", {}))
    return Reading(about, text, resolved, Provenance("0", "made by hand", "sha256:" + "0" * 64), **fields)


def _all(text: str, words: str) -> Iterable[Span]:
    at = text.find(words)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + 1)


def _near(text: str, words: str, content: Span) -> Span:
    """The whole words nearest to a statement's content: "he" is not the "he" of "the"."""
    found = [Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return min(found, key=lambda s: max(s.start - content.end, content.start - s.end))


def _attribution(text: str, s: Said, number: int, ids: dict[str, str]) -> Attribution:
    content = tuple(span(text, piece) for piece in s.content.split(" … "))
    source = (_near(text, s.by, content[0]),) if s.by else ()
    cue = (_near(text, s.cue, content[0]),) if s.cue else ()
    fields = dict(s.fields)
    context = tuple(
        c if isinstance(c, Context) else Context(c[0], ids.get(c[1], c[1]), span(text, c[2]))
        for c in fields.pop("context", ())
    )
    fields = {"act": "say", "confidence": 0.9, **fields, "context": context}
    return Attribution(
        f"s{number}", Statement(content, source, cue), s.kind, speaker=ids.get(s.speaker or ""), **fields
    )


SAMPLE = (
    "Bridge talks collapse in Port Vell\n"
    'Minister Ana Ruiz said Monday that the new bridge is "entirely safe", despite a report that found cracks in two '
    "of its piers.Engineer Tomas Brandt rejected the claim as careless.\n"
    '"Nobody asked us," he told reporters. "The piers moved by at least 3 centimetres."\n'
    "The crossing will open next week, officials said.\n"
    "Share this\nMore stories"
)
"""An invented page as a scraper left it."""


def sample() -> Reading:
    """One reading with everything in it."""
    glued, share = SAMPLE.index("Engineer"), SAMPLE.index("\nShare")
    breaks = [Edit(Span(at, at), "\n", "line end between paragraphs") for at in _line_ends(SAMPLE[:share])]
    edits = sorted([
        *breaks,
        Edit(Span(glued, glued), "\n\n", "glued sentence end"),
        Edit(Span(share, len(SAMPLE)), "", "furniture"),
    ])  # fmt: skip
    furniture = [Furniture(span(SAMPLE, "Share this"), "share"), Furniture(span(SAMPLE, "More stories"), "teaser")]
    text = clean(SAMPLE, edits, furniture=furniture, headline=True)
    made = reading(
        text,
        [
            said('the new bridge is "entirely safe"', by="Minister Ana Ruiz", cue="said", kind="mixed",
                 speaker="Ana Ruiz", said_on=When("Monday", "2025-03-03", "2025-03-03"), confidence=0.94,
                 evidence=("named in the source",),
                 context=[("rebuts", "outlet", "despite a report that found cracks in two of its piers")]),
            said("the claim as careless", by="Engineer Tomas Brandt", cue="rejected", act="deny", disputes="s1",
                 speaker="Tomas Brandt", negated=True, confidence=0.71),
            said('"Nobody asked us," … "The piers moved by at least 3 centimetres."', by="he", cue="told",
                 kind="direct", speaker="Tomas Brandt", confidence=0.97),
            said("The crossing will open next week", by="officials", cue="said", speaker="", confidence=0.55),
        ],
        about={"byline": "Mira Oduya", "site": "The Vell Courier", "title": "Bridge talks collapse in Port Vell",
               "media": (Medium("video", "https://vell.example/clip", "The bridge"),)},
        published="2025-03-04",
    )  # fmt: skip
    number, opening = span(text.text, "at least 3 centimetres"), span(text.text, "will open next week")
    return replace(made, resolved=replace(
        made.resolved,
        figures=(Figure(number, ">=", 3.0, unit="centimetres", of="moved", owner="e2", statement="s3"),),
        events=(Event(opening, When("next week", "2025-03-10", "2025-03-16"), "scheduled"),),
        cautions=(Caution("vague_source", "one statement names no one: officials", (span(SAMPLE, "officials"),)),),
    ))  # fmt: skip


class FakeTagger:
    """Finds ``"..." Name said``, nothing else: a real class behind the Tagger's promise, with no model to load."""

    name, digest, languages = "fake", "sha256:" + "0" * 64, frozenset({"en"})

    def find_statements(self, text: CleanText) -> Found:
        """The quotations that two capitalised words and "said" follow."""
        matches = re.finditer(r'("[^"]*") ([A-Z]\w+ [A-Z]\w+) (said)', text.text)
        spans = [[Span(*m.span(n)) for n in (1, 2, 3)] for m in matches]
        return Found(
            tuple(Statement((quote,), (name,), (cue,), 0.9) for quote, name, cue in spans),
            tuple(Mention(name, "person") for _, name, _ in spans),
        )


def _line_ends(text: str) -> list[int]:
    return [n for n, character in enumerate(text) if character == "\n"]
