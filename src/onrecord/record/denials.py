"""Denials across articles, for the rule of context: whoever shows a statement shows who denied it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from onrecord.record.chunks import chunks
from onrecord.record.step_comparing import pairs


def denials(connection: Connection, nums: Sequence[int], maker: int) -> list[tuple[int, int]]:
    """(denial, claim) where either is among these statements, as this pass judged; changes are none."""
    p = pairs.c
    query = select(p.subject, p.object).where(p.maker == maker, p.how == "denies")
    return [
        (row.subject, row.object)
        for chunk in chunks(nums)
        for column in (p.subject, p.object)
        for row in connection.execute(query.where(column.in_(chunk)))
    ]
