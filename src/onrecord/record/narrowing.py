"""What a search is narrowed by: who, about whom, when, where, how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from onrecord.record import people
from onrecord.record.indexing import Narrowed
from onrecord.record.names import storable


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked besides words; None: no matter."""

    by: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    kind: str | None = None
    act: str | None = None
    disputed: bool | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, name) is not None for name in self.__slots__)


_OF_ARTICLES = {
    "since": "a.sort_at >= :since",
    "until": "a.sort_at < :until",
    "outlet": "(lower(a.outlet) = :outlet OR lower(a.site) = :outlet)",
}
_OF_STATEMENTS = {
    "by": "s.name_num IN :by",
    "about": (
        "s.num IN (SELECT r.statement FROM statement_entities r JOIN entities e ON e.num = r.entity"
        " WHERE r.role = 'about' AND e.name_num IN :about)"
    ),
    "kind": "s.kind = :kind",
    "act": "s.act = :act",
    "disputed": "s.disputed = :disputed",
}


def narrow(connection: Connection, asked: Filter) -> tuple[Narrowed, Narrowed | None]:
    """The conditions on statements, and those on articles: None where only statements can answer."""
    if not asked:
        return Narrowed(), Narrowed()
    bound = _bound(connection, asked)
    of_articles = _chosen(_OF_ARTICLES, bound)
    of_statements = _chosen(_OF_ARTICLES | _OF_STATEMENTS, bound)
    only_statements = len(of_statements.conditions) > len(of_articles.conditions)
    return of_statements, None if only_statements else of_articles


def _chosen(conditions: Mapping[str, str], bound: Mapping[str, Any]) -> Narrowed:
    names = [name for name in conditions if name in bound]
    return Narrowed(tuple(conditions[n] for n in names), {n: bound[n] for n in names})


def _bound(connection: Connection, asked: Filter) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("since", "outlet", "kind", "act"):
        if (value := getattr(asked, name)) is not None:
            found[name] = storable(value)
    if asked.outlet is not None:
        found["outlet"] = "".join(c.lower() if c.isascii() else c for c in storable(asked.outlet))
    if asked.until is not None:
        found["until"] = storable(asked.until) + "U"  # after every time of that day, which a "T" begins
    if asked.disputed is not None:
        found["disputed"] = int(asked.disputed)
    for name in ("by", "about"):
        if (value := getattr(asked, name)) is not None:
            found[name] = people.numbers(connection, value, speaking=name == "by") or [0]
    return found
