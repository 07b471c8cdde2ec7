"""Whether a feed's items come out as they used to: what an outlet's redesign looks like from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

RECENT = 5
"""Items that are compared with those before them."""
ENOUGH = 10
"""Items before them without which nothing can be said."""
_MOST = 4
"""Of the recent, from which it is no accident."""
_SHRUNK = 0.25
"""Of the usual length, below which the recent items have lost their text."""


@dataclass(frozen=True, slots=True)
class Yield:
    """What one item gave: whether nothing came out of it, else its characters and statements."""

    empty: bool
    characters: int
    statements: int


def notice(items: Sequence[Yield]) -> str | None:
    """What changed between the items before and the latest, as a sentence, or None. ``items``: the oldest first.

    A feed is only ever measured against itself: one whose pages never gave anything is not redesigned.
    """
    before, recent = items[:-RECENT], items[-RECENT:]
    if len(before) < ENOUGH:
        return None
    empty, used_to = sum(i.empty for i in recent), sum(i.empty for i in before)
    if empty >= _MOST and used_to < len(before) / 4:
        return (
            f"{empty} of the last {RECENT} items came out empty, {used_to} of the {len(before)} before:"
            " the outlet may have changed its pages"
        )
    now, usual = median(i.characters for i in recent), median(i.characters for i in before)
    if usual and now < _SHRUNK * usual:
        return (
            f"the last {RECENT} items have {now:,.0f} characters in the middle, those before had {usual:,.0f}:"
            " the outlet may have changed its pages"
        )
    said = sum(i.statements > 0 for i in before)
    if said > len(before) / 2 and not any(i.statements for i in recent):
        return (
            f"no statement was found in the last {RECENT} items, and some in {said} of the {len(before)} before:"
            " the outlet may have changed its pages"
        )
    return None
