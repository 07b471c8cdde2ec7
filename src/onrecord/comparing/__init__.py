"""The record -> Judgements: what several articles say of one event, in the same words, of the same people.

Each :class:`Pass` sees every article once, in the order they came, and only appends what it judges, each judgement with
its reason. What a pass needs of the record stands in ``memory.py`` as a Protocol; nothing here knows a database.
:func:`check_draft` judges nothing: it says what the record holds of a draft's quotations.
"""

from __future__ import annotations

from onrecord.comparing.agenda import Agenda
from onrecord.comparing.boards import BOARDS, board_lines, may_fill_board
from onrecord.comparing.copies import Copies
from onrecord.comparing.disputes import Disputes
from onrecord.comparing.drafts import check_draft
from onrecord.comparing.entities import Entities
from onrecord.comparing.figures import Figures
from onrecord.comparing.likeness import differences
from onrecord.comparing.memory import Memory, Pass
from onrecord.comparing.positions import positions
from onrecord.comparing.reconciling import Reconciled, reconcile
from onrecord.comparing.repeats import Repeats
from onrecord.comparing.stories import Stories
from onrecord.comparing.trending import Burst, Count, bursts

__all__ = [
    "BOARDS", "PASSES", "Agenda", "Burst", "Copies", "Count", "Disputes", "Entities", "Figures", "Memory", "Pass",
    "Reconciled", "Repeats", "Stories", "board_lines", "bursts", "check_draft", "differences", "may_fill_board",
    "positions", "reconcile",
]  # fmt: skip

PASSES: tuple[Pass, ...] = (Stories(), Copies(), Entities(), Repeats(), Figures(), Disputes(), Agenda())
"""Every pass, in the order in which they run."""
