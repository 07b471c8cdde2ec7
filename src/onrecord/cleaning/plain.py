"""Cleaning of plain text: rounds of repair until there is nothing left to do.

A text that is laid out as clean text is (a blank line between paragraphs, or a paragraph on each line, and hardly
anything glued) is judged by rules alone, each paragraph by itself. Any other goes through the learned models first:
joints, then pieces.
What a round leaves is laid out; so cleaning clean text changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.cleaning.breaks import Break, Joint, Level, find_breaks, laid_out
from onrecord.cleaning.characters import character_edits
from onrecord.cleaning.edits import compose
from onrecord.cleaning.furniture import (
    ARTICLE,
    HEADLINE,
    Floats,
    Labels,
    is_menu_line,
    learned_chances,
    learned_labels,
    rule_labels,
)
from onrecord.cleaning.headlines import hidden_headline
from onrecord.cleaning.joints import joint_rows
from onrecord.cleaning.network import load_network
from onrecord.cleaning.paragraphs import Assembly, assemble, pieces_between
from onrecord.offsets import Edit, OffsetMap, Span, apply_edits
from onrecord.types import Furniture

_ROUNDS = 10
_SPLIT = 0.75
"""A joint that is surely inside a word, with this chance or more, does not cut a piece."""
_GLUED = {Joint.STOP: 0.5, Joint.WORD: 0.4}
"""Below this chance of being inside a word a joint is repaired."""
_LEAST_MENU = 12
_HEADLINE = 0.45
_LEAST_PAGE = 400
"""A text shorter than this gives the model too little to judge its pieces by."""


@dataclass(slots=True)
class Draft:
    """A text on its way: the edits that made it from raw, what was taken out (raw spans), and its paragraphs."""

    raw: str
    text: str
    edits: list[Edit]
    furniture: list[Furniture]
    paragraphs: list[Span]
    headline: bool = False

    def advance(self, made: Assembly) -> None:
        """Goes on to the text that one more round of edits makes."""
        back = OffsetMap(self.raw, self.edits, sorted(f.span for f in self.furniture))
        for span, kind in made.furniture:
            self.furniture += [Furniture(part, kind) for part in back.to_raw(span)]
        self.edits = compose(self.raw, self.text, self.edits, made.edits)
        self.text = apply_edits(self.raw, self.edits)
        self.paragraphs = made.paragraphs

    def mend_characters(self) -> bool:
        """Repairs what showed only when a repair put something beside it; True when there was anything."""
        more = character_edits(self.text)
        if more:
            self.edits = compose(self.raw, self.text, self.edits, more)
            self.text = apply_edits(self.raw, self.edits)
        return bool(more)


def repair_plain(draft: Draft, *, keep_furniture: bool) -> None:
    """Rounds of repair on a draft whose characters are clean, until a round changes nothing."""
    for left in range(_ROUNDS, 0, -1):
        made, headline = _round(draft.text, keep_furniture)
        draft.headline = headline if headline is not None else draft.headline
        draft.paragraphs = made.paragraphs
        if made.edits:
            draft.advance(made)
        elif left == 1 or not draft.mend_characters():
            break


def _round(text: str, keep: bool) -> tuple[Assembly, bool | None]:
    """One round: the edits, and whether the first paragraph is the headline where the model can tell."""
    lines = laid_out(text)
    if lines is not None:
        pieces = pieces_between(text, lines)
        if keep or not _is_page(text, pieces):
            labels = [None] * len(pieces) if keep else rule_labels(text, pieces)
            return assemble(text, pieces, lines, labels), None
    breaks, chances = judge_joints(text, find_breaks(text))
    pieces = pieces_between(text, breaks)
    if keep or not pieces:
        return assemble(text, pieces, breaks, [None] * len(pieces)), None
    breaks, chances = breaks[: len(pieces) - 1], chances[: len(pieces) - 1]
    if len(text) < _LEAST_PAGE or (_is_spaced(breaks) and not _is_page(text, pieces)):
        # no page: only rules may call something furniture, in the next round, when lines are joined
        return assemble(text, pieces, breaks, [None] * len(pieces)), None
    told = learned_chances(text, pieces, breaks, chances)
    labels = learned_labels(text, pieces, breaks, told)
    headline = _mark_headline(pieces, breaks, labels, told) or _find_headline(text, pieces, breaks, labels, told)
    return assemble(text, pieces, breaks, labels), headline


def _is_spaced(breaks: Sequence[Break]) -> bool:
    """True when most paragraphs stand between blank lines, as in a text somebody has laid out before."""
    lines = sum(b.joint == Joint.LINE for b in breaks)
    return sum(b.joint == Joint.EMPTY_LINE for b in breaks) >= max(2, 2 * lines)


def _is_page(text: str, paragraphs: Sequence[Span]) -> bool:
    """True when so many paragraphs are menu lines that the text must be a whole page."""
    lines = sum(is_menu_line(text, p) for p in paragraphs)
    return lines >= _LEAST_MENU and lines * 10 > len(paragraphs) * 4


def judge_joints(text: str, breaks: Sequence[Break]) -> tuple[list[Break], Floats]:
    """Breaks with the level that rules and model give them, those inside words left out, and the model's chances."""
    joints = np.fromiter((b.joint for b in breaks), dtype=np.int64, count=len(breaks))
    sure = np.fromiter((b.sure for b in breaks), dtype=bool, count=len(breaks))
    chances = np.zeros((len(breaks), 4), dtype=np.float32)
    chances[:, Level.SENTENCE] = 1
    chances[joints == Joint.EMPTY_LINE] = (0, 0, 0, 1)
    glued = (joints == Joint.STOP) | (joints == Joint.WORD)
    judged = glued | (joints == Joint.LINE)
    wanted = np.flatnonzero(judged)
    network = load_network("joints")
    chances[wanted] = np.concatenate([np.zeros((0, 4)), *map(network.chances, joint_rows(text, breaks, wanted))])
    within, level = chances[:, Level.NONE], 1 + chances[:, 1:].argmax(axis=1)
    for joint, most in _GLUED.items():
        level[(joints == joint) & (within >= most)] = Level.NONE
    rows = np.flatnonzero(~(glued & ~sure & (within >= _SPLIT)))
    told = np.where(judged & ~sure, level, -1)[rows].tolist()
    kept = [breaks[k] for k in rows.tolist()]
    return [b if new in (-1, b.level) else b._replace(level=Level(new)) for b, new in zip(kept, told, strict=True)], (
        chances[rows]
    )


def _find_headline(text: str, pieces: Sequence[Span], breaks: list[Break], labels: Labels, told: Floats) -> bool:
    """Gives back a headline that the model took for one of the menu lines around it, where its words show it."""
    body = next((k for k in range(len(pieces)) if labels[k] is None and told[k, ARTICLE] > 0.5), len(pieces))
    found = hidden_headline(text, pieces, body)
    if found is None or any(label is None for label in labels[:body]):
        return False
    labels[found] = None
    for k in (found - 1, found):
        if 0 <= k < len(breaks):
            breaks[k] = breaks[k]._replace(level=Level.PARAGRAPH)
    return True


def _mark_headline(pieces: Sequence[Span], breaks: list[Break], labels: Labels, told: Floats) -> bool:
    """Keeps the last headline before the article as a paragraph of its own; others before it are furniture."""
    body = next((k for k in range(len(pieces)) if labels[k] is None and told[k, ARTICLE] > 0.5), len(pieces))
    lines = [k for k in range(min(body, len(pieces))) if told[k, HEADLINE] > _HEADLINE]
    if not lines or not 12 <= pieces[lines[-1]].end - pieces[lines[-1]].start <= 220:
        return False
    best = first = lines[-1]
    while first > 0 and first - 1 in lines and breaks[first - 1].joint == Joint.BLANK:
        first -= 1
    for k in range(first):
        labels[k] = labels[k] or "other"
    for k in range(first, best + 1):
        labels[k] = None
    for k in (first - 1, best):
        if 0 <= k < len(breaks):
            breaks[k] = breaks[k]._replace(level=Level.PARAGRAPH)
    return True
