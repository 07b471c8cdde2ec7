"""Cleaning of text whose structure the intake knows: the layout decides what is article, small repairs do the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from onrecord.cleaning.breaks import Break, Joint, Level, find_breaks
from onrecord.cleaning.paragraphs import assemble
from onrecord.cleaning.plain import Draft
from onrecord.offsets import OffsetMap, Span
from onrecord.types import Block, BlockRole, FurnitureKind

_OUTSIDE: FurnitureKind = "other"


def repair_layout(draft: Draft, layout: Sequence[Block], *, keep_furniture: bool) -> None:
    """One round of repair: paragraph blocks are body, the headline block the headline, all else is furniture."""
    text = draft.text
    blocks = _blocks(text, OffsetMap(draft.raw, draft.edits), layout)
    draft.headline = _starts_with_headline(blocks)
    inner = [b for b in find_breaks(text) if b.sure or b.joint == Joint.LINE]
    pieces: list[Span] = []
    labels: list[FurnitureKind | None] = []
    breaks: list[Break] = []
    at = 0
    for span, role in blocks:
        kind = None if keep_furniture or role in ("paragraph", "headline") else cast(FurnitureKind, role)
        while at < len(inner) and inner[at].end <= span.start:
            at += 1
        cuts = []
        while at < len(inner) and inner[at].start < span.end:
            cuts.append(_inside(text, inner[at]))
            at += 1
        start = span.start
        for item in cuts if kind is None else []:
            pieces.append(Span(start, item.end))
            breaks.append(item)
            labels.append(None)
            start = item.start
        pieces.append(Span(start, span.end))
        labels.append(kind)
        breaks.append(Break(span.end, span.end, Joint.EMPTY_LINE, True, Level.PARAGRAPH, True))
    draft.advance(assemble(text, pieces, breaks, labels, bordered=True))


def _blocks(text: str, there: OffsetMap, layout: Sequence[Block]) -> list[tuple[Span, BlockRole]]:
    """The layout's blocks, and what lies outside them, as trimmed spans of ``text`` with their roles, in order."""
    result: list[tuple[Span, BlockRole]] = []
    at = 0
    for block in sorted(layout, key=lambda b: b.span.start):
        span = there.to_clean(block.span)
        if span is None or span.end <= at:
            continue
        _add(text, result, at, max(at, span.start), _OUTSIDE)
        _add(text, result, max(at, span.start), span.end, block.role)
        at = span.end
    _add(text, result, at, len(text), _OUTSIDE)
    return result


def _add(text: str, result: list[tuple[Span, BlockRole]], start: int, end: int, role: BlockRole) -> None:
    words = text[start:end]
    if words.strip():
        left, right = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
        result.append((Span(start + left, end - right), role))


def _starts_with_headline(blocks: Sequence[tuple[Span, BlockRole]]) -> bool:
    """True when the headline block comes before every paragraph."""
    body = [role for _, role in blocks if role in ("paragraph", "headline")]
    return bool(body) and body[0] == "headline"


def _inside(text: str, item: Break) -> Break:
    """A break inside a block: white space is folded, and what is clearly glued gets a blank, no new paragraph."""
    if item.joint == Joint.LINE:
        return item._replace(level=Level.SENTENCE if item.stop else Level.JOIN)
    if item.joint == Joint.EMPTY_LINE:
        return item if item.stop else item._replace(level=Level.JOIN)
    if item.joint == Joint.STOP:
        return item._replace(level=Level.SENTENCE)
    return item
