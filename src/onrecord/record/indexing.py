"""The full-text index: one promise, kept by each kind of database in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, TextClause, bindparam, text

from onrecord.record.names import storable

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Noncharacters that mark a hit in an answer; they never leave this room."""

Kind = Literal["statements", "articles"]

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_MOST_TERMS = 32
_LONGEST_TERM = 100


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a phrase, that must occur; ``prefix``: its last word is the beginning of one."""

    words: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A row found: its number, a score (higher is better), and its columns with marks around what was found."""

    num: int
    score: float
    marked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Further conditions, and what they are bound to; how they are chosen: ``narrowing.py``."""

    conditions: tuple[str, ...] = ()
    """In SQL over ``s`` (statements) and ``a`` (articles), asked of each row."""
    among: tuple[str, ...] = ()
    """Questions that give the numbers of all rows that fit."""
    bound: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.conditions or self.among)


class Index(Protocol):
    """What a database's index can do."""

    def keep_article(self, connection: Connection, num: int) -> None:
        """Takes in an article and all its statements."""

    def drop_article(self, connection: Connection, num: int) -> None:
        """Forgets them; called while their rows are still there."""

    def keep_statements(self, connection: Connection, nums: Sequence[int]) -> None:
        """Takes in statements."""

    def drop_statements(self, connection: Connection, nums: Sequence[int]) -> None:
        """Forgets statements; called while their rows are what they were when taken in."""

    def ask(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], narrowed: Narrowed, count: int, skip: int
    ) -> list[Hit]:
        """The best rows that hold all the terms; ``count`` below 0: all."""

    def ask_any(self, connection: Connection, kind: Kind, terms: Sequence[Term], count: int) -> list[int]:
        """The numbers of the rows that hold one of the terms or more, best first; at most ``count``."""

    def count(self, connection: Connection, kind: Kind, terms: Sequence[Term], narrowed: Narrowed) -> int:
        """How many there are."""

    def faults(self, connection: Connection) -> Iterator[str]:
        """What is wrong with the index, a sentence each."""


def index_of(connection: Connection) -> Index:
    """The index of the database at the other end."""
    if connection.dialect.name == "postgresql":
        from onrecord.record.index_postgres import PostgresIndex

        return PostgresIndex()
    from onrecord.record.index_sqlite import SqliteIndex

    return SqliteIndex()


def terms_of(query: str) -> list[Term]:
    """What was typed, term by term, whatever was typed: no operator is left.

    >>> terms_of('kyiv "full ceasefire" negot*')
    [Term(words='kyiv', prefix=False), Term(words='full ceasefire', prefix=False), Term(words='negot', prefix=True)]
    """
    terms = []
    for phrase, word in _TERM.findall(storable(query[:4000])):
        plain = (phrase or word)[:_LONGEST_TERM]
        if any(c.isalnum() for c in plain):
            prefix = word.endswith("*")
            terms.append(Term(plain.rstrip("*") if prefix else plain, prefix))
    return terms[:_MOST_TERMS]


def phrases_of(phrases: Sequence[str]) -> list[Term]:
    """Phrases as they stand in a text, as terms; marks in them part words and mean nothing else."""
    plain = (storable(phrase).replace('"', " ")[:_LONGEST_TERM] for phrase in phrases[:_MOST_TERMS])
    return [Term(words) for words in plain if any(c.isalnum() for c in words)]


def source(kind: Kind, column: str, narrowed: Narrowed) -> str:
    """The tables to join to the index so that the conditions can be asked; ``column`` holds the row's number."""
    if not narrowed.conditions:
        return ""
    if kind == "articles":
        return f" JOIN articles a ON a.num = {column}"
    of_article = any(_OF_ARTICLE.search(condition) for condition in narrowed.conditions)
    return f" JOIN statements s ON s.num = {column}" + (" JOIN articles a ON a.num = s.article" if of_article else "")


_OF_ARTICLE = re.compile(r"\ba\.")
"""What a condition calls an article by; where none does, no article is looked at."""


def lists_of(bound: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of what is bound to several values."""
    return tuple(name for name, value in bound.items() if isinstance(value, list))


def asked_with(sql: str, lists: Sequence[str]) -> TextClause:
    """A question in which these names stand for lists of any length."""
    return text(sql).bindparams(*(bindparam(name, expanding=True) for name in lists))


def for_numbers(sql: str) -> Mapping[str, TextClause]:
    """By kind of database, a question about the rows whose numbers are bound as ``nums``.

    Built once: putting a question together takes longer than the database takes to answer it. PostgreSQL is given one
    array, so that it keeps its plan however many numbers there are: planning takes longer than answering, too.
    """
    array = sql.replace("IN :nums", "= ANY(CAST(:nums AS BIGINT[]))")
    return {"sqlite": asked_with(sql, ["nums"]), "postgresql": text(array)}
