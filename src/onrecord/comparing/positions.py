"""Positions: who demands, refuses, offers or sets conditions in a story: a grid of quotations over time, no scoring."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

_STANCES = {
    "demand": "demands", "ask": "demands", "order": "demands", "want": "demands",
    "refuse": "refuses", "reject": "refuses", "deny": "refuses",
    "promise": "offers", "agree": "offers", "suggest": "offers",
    "warn": "warns",
}  # fmt: skip
"""The acts that take a position, and the column they stand in. A denial refuses what was said, not a demand; it is
among them because readers look for it there."""
_CONDITION = re.compile(
    r"\b(?:only if|unless|provided (?:that)?|on condition|as long as|until|in exchange for)\b", re.I
)


def stance(act: str, negated: bool, quote: str) -> str | None:
    """The column of the grid that a statement stands in, or None: it takes no position.

    A condition in the words ("unless", "only if", "in exchange for") makes any of them ``conditions``; a negated demand
    ("does not want") and a negated offer ("did not promise") refuse.
    """
    column = _STANCES.get(act)
    if column is None:
        return None
    if _CONDITION.search(quote):
        return "conditions"
    return "refuses" if negated and column in ("demands", "offers") else column


def positions(statements: Iterable[Json]) -> list[Json]:
    """A story's statements (as the record shows them) -> one row a speaker, most positions first.

    A row is ``{"speaker", "positions": [{"stance", "date", "statement"}]}`` in order of time; ``statement`` is the
    whole statement, its disputes and context with it. A statement without a speaker takes no row.
    """
    rows: dict[str, Json] = {}
    for statement in statements:
        column = stance(statement["act"], statement["negated"], statement["quote"])
        key = statement["speaker_key"]
        if column is None or not key:
            continue
        row = rows.setdefault(key, {"speaker": {"key": key, "name": statement["speaker_name"]}, "positions": []})
        row["positions"].append({"stance": column, "date": _day(statement), "statement": statement})
    for row in rows.values():
        row["positions"].sort(key=lambda p: p["date"] or "9999")
    return sorted(rows.values(), key=lambda row: -len(row["positions"]))


def _day(statement: Json) -> str | None:
    said = (statement.get("said_on") or {}).get("from")
    published = statement["article"]["published"]
    return said or (published[:10] if published else None)
