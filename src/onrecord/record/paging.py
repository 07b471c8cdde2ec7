"""One page of a list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

MOST = 2**62
"""Beyond what any list holds, and still a number that databases take."""


def page(query: Select[Any], limit: int, offset: int) -> Select[Any]:
    """The query for one page: ``limit`` 0 is all; absurd numbers are taken for the nearest sane ones."""
    query = query.offset(min(max(offset, 0), MOST)) if offset > 0 else query
    return query.limit(min(limit, MOST)) if limit > 0 else query.limit(MOST)
