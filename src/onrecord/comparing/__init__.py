"""The record -> Judgements: what several articles say of one event, in the same words, of the same people.

Each :class:`Pass` sees every article once, in the order they came, and only appends what it judges, each judgement with
its reason. What a pass needs of the record stands in ``memory.py`` as a Protocol; nothing here knows a database.
"""

from __future__ import annotations

from onrecord.comparing.agenda import Agenda
from onrecord.comparing.disputes import Disputes
from onrecord.comparing.figures import Figures
from onrecord.comparing.memory import Memory, Pass
from onrecord.comparing.positions import positions
from onrecord.comparing.repeats import Repeats
from onrecord.comparing.stories import Stories
from onrecord.comparing.trending import Burst, Count, bursts

__all__ = [
    "PASSES", "Agenda", "Burst", "Count", "Disputes", "Figures", "Memory", "Pass", "Repeats", "Stories", "bursts",
    "positions",
]  # fmt: skip

PASSES: tuple[Pass, ...] = (Stories(), Repeats(), Figures(), Disputes(), Agenda())
"""Every pass, in the order in which they run."""
