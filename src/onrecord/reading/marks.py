"""Marks that the text has lost, put in for the model's eyes only.

A dash that a scraper dropped, or the full stop of a paragraph that was glued to the next, cannot be put back into the
text: that would be a guess. But without them two speakers run into one. So the model reads a mark there, as a piece of
no width: no span can hold it, and the text stays as it was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading.features import Break, Case
from onrecord.reading.pieces import Pieces
from onrecord.types import CleanText
from onrecord.words.marks import QuoteState

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_DASH, _STOP = "—", "."


def lost_marks(clean: CleanText) -> list[tuple[int, str]]:
    """Clean places where a mark is missing, with the mark, in text order."""
    dashes = [span for caution in clean.cautions if caution.code == "lost_dash" for span in caution.spans]
    places = [(found.start, _DASH) for found in map(clean.map.to_clean, dashes) if found]
    for paragraph, following in zip(clean.paragraphs, clean.paragraphs[1:], strict=False):
        if clean.text[paragraph.end - 1].isalnum() and clean.text[following.start].isupper():
            places.append((paragraph.end, _STOP))
    return sorted(places)


def insert(pieces: Pieces, marks: list[tuple[int, str]], tokenizer: Tokenizer) -> Pieces:
    """The pieces with one of no width at each mark's place."""
    if not marks or not len(pieces):
        return pieces
    places = [place for place, _ in marks]
    at = np.searchsorted(pieces.offsets[:, 0], places)
    ids = [tokenizer.token_to_id(mark) or 0 for _, mark in marks]
    breaks = [Break.SPACE if mark == _DASH else Break.GLUED for _, mark in marks]
    features = np.array([(Case.PUNCTUATION, QuoteState.OUTSIDE, gap) for gap in breaks], dtype=np.int64)
    return Pieces(
        pieces.text,
        np.insert(pieces.ids, at, ids),
        np.insert(pieces.offsets, at, np.array([(place, place) for place in places]), axis=0),
        np.insert(pieces.features, at, features, axis=0),
    )
