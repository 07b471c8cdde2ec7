"""Dirt for the training texts: what scraping, other houses' styles and capitals do to an article, spans moved along."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from training.documents import Document, remap

Edit = tuple[int, int, str]
Change = Callable[[Document, random.Random], Document]

_DOUBLE = re.compile(r"[\"“”]")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_PARAGRAPH = re.compile(r"(?<=\S)[^\S\n]*\n\s*\n\s*(?=\S)")
_STROKE = re.compile(r"\s*[—–]\s*|\s+--?\s+|,(?=\s)")
_SENTENCE = re.compile(r"(?<=[.!?\"”])\s+(?=[A-Z\"“])")
_STYLES = (('"', '"'), ("“", "”"), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"))


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """Return the document with stretches of text replaced (in order, not overlapping) and every span moved along."""
    text = document.text
    parts: list[str] = []
    steps = [1] * len(text)
    end = 0
    for start, stop, new in edits:
        parts += [text[end:start], new]
        steps[start:stop] = [0] * (stop - start)
        if stop > start:
            steps[stop - 1] = len(new)
        end = stop
    parts.append(text[end:])
    positions = [0, *accumulate(steps)]
    return remap(replace(document, text="".join(parts)), positions.__getitem__)


def choose(chance: random.Random) -> Change | None:
    """Return one kind of dirt, or none three times in four."""
    dice = chance.random()
    for share, change in _CHANGES:
        if dice < share:
            return change
        dice -= share
    return None


def _restyle(document: Document, chance: random.Random) -> Document:
    """Give all double quotation marks another style; a mark opens where no word stands before it."""
    style = chance.choice(_STYLES)
    edits = [
        (match.start(), match.end(), style[0] if _opens(document.text, match) else style[1])
        for match in _DOUBLE.finditer(document.text)
    ]
    return edited(document, edits)


def _opens(text: str, match: re.Match[str]) -> bool:
    mark, before = match.group(), text[match.start() - 1 : match.start()]
    return mark == "“" or (mark == '"' and (not before or before.isspace() or before in "([—–-"))


def _swap_apostrophes(document: Document, chance: random.Random) -> Document:
    new = chance.choice("'’")
    return edited(document, [(*match.span(), new) for match in _APOSTROPHE.finditer(document.text)])


def _drop_quotes(document: Document, chance: random.Random) -> Document:
    """Lose all quotation marks, or some of them."""
    share = chance.choice((1.0, 1.0, 0.3))
    return edited(document, [(*m.span(), "") for m in _DOUBLE.finditer(document.text) if chance.random() < share])


def _other_case(document: Document, chance: random.Random) -> Document:
    return replace(document, case=chance.choice(("lower", "upper")))


def _glue(document: Document, chance: random.Random) -> Document:
    """Lose the break between paragraphs: nothing, a space or one newline is left of it."""
    left = chance.choice(("", "", " ", "\n"))
    return edited(document, [(*m.span(), left) for m in _PARAGRAPH.finditer(document.text) if chance.random() < 0.8])


def _glue_sentences(document: Document, chance: random.Random) -> Document:
    return edited(document, [(*m.span(), "") for m in _SENTENCE.finditer(document.text) if chance.random() < 0.3])


def _drop_strokes(document: Document, chance: random.Random) -> Document:
    """Lose dashes and commas here and there."""
    found = [match for match in _STROKE.finditer(document.text) if chance.random() < 0.25]
    return edited(document, [(*m.span(), "" if m.group() == "," else " ") for m in found])


_CHANGES: tuple[tuple[float, Change], ...] = (
    (0.06, _restyle),
    (0.02, _swap_apostrophes),
    (0.05, _drop_quotes),
    (0.04, _other_case),
    (0.05, _glue),
    (0.01, _glue_sentences),
    (0.02, _drop_strokes),
)
