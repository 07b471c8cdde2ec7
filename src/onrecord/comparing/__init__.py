"""The record -> Judgements: what several articles say of one event, in the same words, of the same people.

Each :class:`Pass` sees every article once, in the order they came, and only appends what it judges, each judgement with
its reason. What a pass needs of the record stands in ``memory.py`` as a Protocol; nothing here knows a database.
:func:`check_draft` judges nothing: it says what the record holds of a draft's quotations.
"""

from __future__ import annotations

from onrecord.comparing.drafts import check_draft
from onrecord.comparing.memory import Memory, Pass
from onrecord.comparing.repeats import Repeats
from onrecord.comparing.stories import Stories

__all__ = ["PASSES", "Memory", "Pass", "Repeats", "Stories", "check_draft"]

PASSES: tuple[Pass, ...] = (Stories(), Repeats())
"""Every pass, in the order in which they run."""
