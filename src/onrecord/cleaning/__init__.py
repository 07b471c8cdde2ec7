"""Article -> CleanText: repairs that can be undone.

:func:`repair` goes through stages, each a function from a text to edits on it: single characters, then breaks,
furniture and paragraphs. Every change is an :class:`~onrecord.offsets.Edit` on raw offsets with its reason.
"""

from __future__ import annotations

from onrecord.cleaning.language import language_of
from onrecord.cleaning.repairing import explain, repair

__all__ = ["explain", "language_of", "repair"]
