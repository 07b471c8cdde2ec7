"""What a search is narrowed by: who, about whom, when, where, how; and the way that stays quick for each.

Where few statements fit an option, all of them are found first, through an index; where many do, each statement that
the words find is asked whether it fits. So nothing is looked at that is not either among a few or in the way of the
next hit. No database can know which is which when it makes its plan: one short count for each option tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection

from onrecord.record import people
from onrecord.record.indexing import Narrowed, asked_with, lists_of
from onrecord.record.names import storable

FEW = 5000
"""Statements up to which all that fit an option are found first."""


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


class Condition(NamedTuple):
    """One condition: asked of a row of ``s`` (statements) and ``a`` (articles), or the question for all that fit."""

    row: str
    whole: str | None = None
    """None where no index could find them."""
    of_article: bool = False


_IN_ARTICLES = "SELECT s.num FROM articles a CROSS JOIN statements s WHERE s.article = a.num AND "
"""CROSS JOIN: SQLite keeps the order, articles first; to PostgreSQL it is a join like others."""


def of_article(condition: str, row: str = "") -> Condition:
    """A condition on an article, which all its statements share; ``row``: the same where no index is wanted."""
    return Condition(row or condition, _IN_ARTICLES + condition, of_article=True)


def of_statement(column: str, *, indexed: bool = True) -> Condition:
    """A condition on one column of a statement."""
    return Condition(f"s.{column}", f"SELECT num FROM statements s WHERE s.{column}" if indexed else None)


_ABOUT = (
    "SELECT r.statement FROM statement_entities r JOIN entities e ON e.num = r.entity"
    " WHERE r.role = 'about' AND e.name_num IN :about"
)
_DENIED = (
    "SELECT p.object FROM pairs p JOIN statements d ON d.num = p.subject WHERE p.how = 'denies' AND d.rejected = 0"
    " AND p.maker = (SELECT max(num) FROM makers WHERE pass = 'disputes')"
)
"""What a statement of another article denies, as the newest pass judged."""
DISPUTED = Condition(
    f"(s.disputed = 1 OR s.num IN ({_DENIED}))",
    f"SELECT s.num FROM statements s WHERE s.disputed = 1 UNION ALL {_DENIED}",  # of UNION all would be sorted first
)
UNDISPUTED = Condition(f"s.disputed = 0 AND s.num NOT IN ({_DENIED})")
_CONDITIONS: dict[str, Condition] = {
    "since": of_article("a.sort_at >= :since"),
    "until": of_article("a.sort_at < :until"),
    "outlet": of_article(
        "(lower(a.outlet) = :outlet OR lower(a.site) = :outlet)",
        "(lower(a.outlet || '') = :outlet OR lower(a.site || '') = :outlet)",  # else all of an outlet would be sorted
    ),
    "by": of_statement("name_num IN :by"),
    "about": Condition(f"s.num IN ({_ABOUT})", _ABOUT),
    "kind": of_statement("kind = :kind", indexed=False),
    "act": of_statement("act = :act"),
    "disputed": DISPUTED,
    "undisputed": UNDISPUTED,
}
_PERIOD = of_article(f"{_CONDITIONS['since'].row} AND {_CONDITIONS['until'].row}")


def narrow(connection: Connection, asked: Filter) -> tuple[Narrowed, Narrowed | None]:
    """The conditions on statements, and those on articles: None where only statements can answer."""
    if not asked:
        return Narrowed(), Narrowed()
    bound = _bound(connection, asked)
    chosen = [_CONDITIONS[name] for name in _CONDITIONS if name in bound]
    if "since" in bound and "until" in bound:  # one stretch of one index
        chosen = [_PERIOD, *(c for c in chosen if c not in (_CONDITIONS["since"], _CONDITIONS["until"]))]
    for_articles = all(c.of_article for c in chosen)
    rows = tuple(c.row for c in chosen)
    bound = {name: value for name, value in bound.items() if f":{name}" in " ".join(rows)}
    return planned(connection, chosen, bound), Narrowed(rows, bound=bound) if for_articles else None


def planned(connection: Connection, conditions: list[Condition], bound: Mapping[str, Any]) -> Narrowed:
    """The conditions, those that few statements fit as questions for all of these."""
    few = _few(connection, [c for c in conditions if c.whole is not None], bound)
    return Narrowed(
        tuple(c.row for c in conditions if c not in few), tuple(c.whole for c in few if c.whole is not None), bound
    )


def _few(connection: Connection, conditions: list[Condition], bound: Mapping[str, Any]) -> list[Condition]:
    """Those of the conditions that few statements fit: one question for all of them."""
    if not conditions:
        return []
    question = ", ".join(f"(SELECT count(*) FROM ({c.whole} LIMIT {FEW}) AS few)" for c in conditions)
    own = {name: value for name, value in bound.items() if f":{name}" in question}
    counts = connection.execute(asked_with(f"SELECT {question}", lists_of(own)), own).one()
    return [c for c, count in zip(conditions, counts, strict=True) if count < FEW]


def _bound(connection: Connection, asked: Filter) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("since", "outlet", "kind", "act"):
        if (value := getattr(asked, name)) is not None:
            found[name] = storable(value)
    if asked.outlet is not None:
        found["outlet"] = lowered(asked.outlet)
    if asked.until is not None:
        found["until"] = storable(asked.until) + "U"  # after every time of that day, which a "T" begins
    if asked.disputed is not None:
        found["disputed" if asked.disputed else "undisputed"] = True
    for name in ("by", "about"):
        if (value := getattr(asked, name)) is not None:
            found[name] = people.numbers(connection, value, speaking=name == "by") or [0]
    return found


def lowered(outlet: str) -> str:
    """An outlet as the databases' own ``lower`` has it: letters of ASCII alone."""
    return "".join(c.lower() if c.isascii() else c for c in storable(outlet))
