"""Denials across articles, for the rule of context: whoever shows a statement shows who denied it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from onrecord.record.step_comparing import makers, pairs

_NEWEST = select(makers.c.num).where(makers.c["pass"] == "disputes").order_by(makers.c.num.desc()).limit(1)
_CHUNK = 900
"""How many numbers one query is asked about: databases limit their parameters."""


def denials(connection: Connection, nums: Sequence[int]) -> list[tuple[int, int]]:
    """(denial, claim) where either is among these statements, as the newest pass judged; changes are none."""
    maker = connection.execute(_NEWEST).scalar()
    if maker is None:  # most records: nothing was compared yet
        return []
    p = pairs.c
    query = select(p.subject, p.object).where(p.maker == maker, p.how == "denies")
    return [
        (row.subject, row.object)
        for at in range(0, len(nums), _CHUNK)
        for column in (p.subject, p.object)
        for row in connection.execute(query.where(column.in_(nums[at : at + _CHUNK])))
    ]
