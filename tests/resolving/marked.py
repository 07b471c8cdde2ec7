"""Texts with their statements marked in place, so that no case counts characters.

``[1 Ana Ruiz] <1 said> {1 the bridge is safe}.``: source, cue and content of statement 1; ``[12 She]`` serves two;
content may hold another statement's marks. Statements come out in text order, as a tagger gives them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from onrecord import resolving
from onrecord.offsets import Span
from onrecord.resolving.page import split_sentences
from onrecord.types import Attribution, CleanText, Found, Mention, Resolved, Statement

_OPEN = re.compile(r"([\[<{])(\d+) ")
_CLOSERS = {"[": "]", "<": ">", "{": "}"}
_ROLES = {"[": "source", "<": "cue", "{": "content"}


def unmark(marked: str) -> tuple[str, list[Statement]]:
    """The plain text and its statements."""
    text, spans, stack, at = "", defaultdict(lambda: defaultdict(list)), [], 0
    while at < len(marked):
        opening = _OPEN.match(marked, at)
        if opening:
            stack.append((opening[1], opening[2], len(text)))
            at = opening.end()
            continue
        if stack and marked[at] == _CLOSERS[stack[-1][0]]:
            mark, numbers, start = stack.pop()
            for number in numbers:
                spans[number][_ROLES[mark]].append(Span(start, len(text)))
        else:
            text += marked[at]
        at += 1
    assert not stack, f"marks left open: {stack}"
    made = [Statement(tuple(s["content"]), tuple(s["source"]), tuple(s["cue"]), 0.9) for _, s in sorted(spans.items())]
    return text, sorted(made, key=lambda s: (s.start, s.content[0].start))


def clean_text(text: str) -> CleanText:
    """A clean text without repairs: paragraphs at blank lines, sentences by a plain split."""
    paragraphs = [Span(m.start(), m.end()) for m in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", text) if m.group().strip()]
    sentences = [s for p in paragraphs for s in split_sentences(text, p)]
    return CleanText(text, text, (), tuple(paragraphs), tuple(sentences), language="en")


def resolve(marked: str, published: str | None = None, mentions: tuple[Mention, ...] = ()) -> tuple[str, Resolved]:
    """The plain text of a marked one, and what resolving makes of it."""
    text, statements = unmark(marked)
    day = date.fromisoformat(published) if published else None
    return text, resolving.attribute(clean_text(text), Found(tuple(statements), mentions), published=day)


class Shown:
    """A resolved text with names in place of ids."""

    def __init__(self, marked: str, published: str | None = None) -> None:
        self.text, self.resolved = resolve(marked, published)
        self.names = {e.id: e.name for e in self.resolved.entities}

    def name(self, entity_id: str | None) -> str:
        """The entity's name; empty for none."""
        return self.names[entity_id] if entity_id else ""

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    def field(self, a: Attribution, key: str) -> object:
        """One field of a statement as the cases write it."""
        if key in ("speaker", "addressee"):
            return self.name(getattr(a, key))
        if key in ("via", "about"):
            return [self.name(e) for e in getattr(a, key)]
        if key == "said_on":
            when = a.said_on
            return [when.text, when.first or "", when.last or ""] if when else []
        if key == "context":
            voices = [c.voice if c.voice == "outlet" else self.name(c.voice) for c in a.context]
            return [[c.kind, v, self.words(c.span)] for c, v in zip(a.context, voices, strict=True)]
        if key == "content":
            return [self.words(span) for span in a.statement.content]
        if key == "disputes":
            return a.disputes or ""
        return getattr(a, key)
