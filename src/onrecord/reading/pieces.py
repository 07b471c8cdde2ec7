"""Clean text as word pieces, and the windows of whole paragraphs that the model sees at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.features import Break, piece_features

if TYPE_CHECKING:
    from tokenizers import Tokenizer

IntArray = NDArray[np.int64]

_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*$")
_CHUNK = 200_000
"""Characters given to the tokenizer at once: a long text is cut at line ends so that memory stays flat."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text: their ids, (N, 2) character offsets and (N, 3) features."""

    text: str
    ids: IntArray
    offsets: IntArray
    features: IntArray

    def __len__(self) -> int:
        return len(self.ids)


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text, in reading order."""
    ids: list[int] = []
    parts: list[IntArray] = []
    for start, end in _chunks(text):
        encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        ids += encoding.ids
        parts.append(np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2) + start)
    offsets = np.concatenate(parts) if parts else np.zeros((0, 2), dtype=np.int64)
    return Pieces(text, np.array(ids, dtype=np.int64), offsets, piece_features(text, offsets))


def _chunks(text: str) -> list[tuple[int, int]]:
    chunks, start = [], 0
    while len(text) - start > _CHUNK:
        end = max(text.rfind("\n", start, start + _CHUNK), text.rfind(" ", start, start + _CHUNK))
        end = end + 1 if end > start else start + _CHUNK
        chunks.append((start, end))
        start = end
    return [*chunks, (start, len(text))]


def windows(pieces: Pieces, room: int, first_room: int | None = None) -> list[tuple[int, int]]:
    """Stretches of at most ``room`` pieces: paragraphs packed in order, long ones cut where a sentence seems to end.

    Training keeps the first one smaller (``first_room``), so that borders differ from epoch to epoch.
    """
    packed: list[tuple[int, int]] = []
    start = reach = 0
    limit = first_room or room
    for end in _units(pieces, room):
        if end - start > limit and reach > start:
            packed.append((start, reach))
            start, limit = reach, room
        reach = end
    if reach > start:
        packed.append((start, reach))
    return packed


def _units(pieces: Pieces, room: int) -> list[int]:
    """Ends of the smallest stretches a window may hold."""
    paragraphs = np.flatnonzero(pieces.features[:, 2] == Break.PARAGRAPH).tolist() if len(pieces) else []
    ends: list[int] = []
    start = 0
    for border in [*paragraphs[1:], len(pieces)]:
        while border - start > room:
            start = _sentence_border(pieces, start, room)
            ends.append(start)
        ends.append(border)
        start = border
    return [end for end in ends if end > 0]


def _sentence_border(pieces: Pieces, start: int, room: int) -> int:
    """The last place in reach where a sentence seems to end, in the second half of the room; else the room's end."""
    for at in range(start + room, start + room // 2, -1):
        before = int(pieces.offsets[at - 1, 1])
        if pieces.features[at, 2] != Break.GLUED and _SENTENCE_END.search(pieces.text[max(0, before - 4) : before]):
            return at
    return start + room
