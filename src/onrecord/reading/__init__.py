"""CleanText -> statements: the tagger and its links.

A :class:`Tagger` finds statements in clean text. Two keep the promise: the learned one (``tagger.py``) and plain
rules over quotation marks and cue words (``rules.py``), used as a baseline and where no model is at hand.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from onrecord.reading.turns import with_turns
from onrecord.types import CleanText, Found


class Tagger(Protocol):
    """What the pipeline asks of whatever finds statements."""

    @property
    def name(self) -> str:
        """The model's name and version."""

    @property
    def digest(self) -> str:
        """``sha256:`` of the model folder's files, for provenance."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages it reads."""

    def find_statements(self, clean: CleanText) -> Found:
        """The statements and names of one clean text, in clean offsets."""


def load_tagger(folder: str | None = None, *, threads: int = 0) -> Tagger:
    """The learned tagger of the package, or of a model folder; ``"rules"`` gives the rule baseline.

    Raises BrokenModel when the folder is not a whole model.
    """
    from onrecord.reading.rules import RuleTagger

    if folder == "rules":
        return RuleTagger()
    from onrecord.reading.folder import ModelFolder, packaged

    if folder is None and not packaged().is_dir():  # until the first model has landed
        return RuleTagger()
    from onrecord.reading.tagger import OnnxTagger

    return OnnxTagger(ModelFolder.open(Path(folder) if folder else packaged()), threads=threads)


def model_card(folder: str | None = None) -> str:
    """What the model of the package, or of a folder, says of itself; empty for the rules and where no card is."""
    if folder == "rules":
        return ""
    from onrecord.reading.folder import packaged

    card = (Path(folder) if folder else packaged()) / "MODEL_CARD.md"
    return card.read_text("utf-8", "replace")[:_LONGEST_CARD] if card.is_file() else ""


_LONGEST_CARD = 40_000

__all__ = ["Tagger", "load_tagger", "model_card", "with_turns"]
