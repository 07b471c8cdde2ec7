"""Windows: the stretches of a document that the model sees at once, and their targets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.config import IGNORE
from training.pieces import IntArray, Pieces


@dataclass(frozen=True, slots=True)
class Cue:
    """One gold cue of a window: its pieces (end exclusive) and which pieces are its source and its content."""

    first: int
    last: int
    source: NDArray[np.bool_]
    content: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of pieces with its targets."""

    ids: IntArray
    features: IntArray
    tags: IntArray
    names: IntArray
    cues: tuple[Cue, ...]
    has_statements: bool


def targets(pieces: Pieces, start: int, end: int) -> Window:
    """The window between two pieces with all its targets."""
    span, name = pieces.span[start:end], pieces.name[start:end]
    roles = np.array([*pieces.span_roles, 0], dtype=np.int64)
    kinds = np.array([*pieces.name_types, 0], dtype=np.int64)
    return Window(
        ids=pieces.ids[start:end],
        features=pieces.features[start:end],
        tags=_bio(span, roles),
        names=np.where(name == -2, IGNORE, _bio(name, kinds)),
        cues=tuple(_cues(pieces, span)),
        has_statements=pieces.document.has_statements,
    )


def _bio(span: IntArray, types: IntArray) -> IntArray:
    """Tags 0 (outside), 1 + 2t (begins type t) and 2 + 2t (goes on)."""
    begins = span != np.concatenate(([-1], span[:-1]))
    return np.where(span >= 0, 2 * types[np.maximum(span, 0)] + np.where(begins, 1, 2), 0)


def _cues(pieces: Pieces, span: IntArray) -> list[Cue]:
    found = []
    for link in pieces.links:
        at = np.flatnonzero(span == link.cue)
        if len(at):
            source, content = np.isin(span, link.sources), np.isin(span, link.contents)
            found.append(Cue(int(at[0]), int(at[-1]) + 1, source, content))
    return found
