"""SQLite's full-text index (FTS5, over the tables' own words: nothing is kept twice)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from onrecord.record.indexing import CLOSE, OPEN, Hit, Kind, Narrowed, Term, asked_with, lists_of, source

_NAMES: dict[Kind, str] = {"statements": "statement_index", "articles": "article_index"}
_COLUMNS: dict[Kind, tuple[str, ...]] = {"statements": ("quote",), "articles": ("label", "text")}
_ARTICLE = text(
    "INSERT INTO article_index (rowid, label, text) SELECT num, label, text FROM article_words WHERE num = :num"
)
_ARTICLE_OUT = text(
    "INSERT INTO article_index (article_index, rowid, label, text)"
    " SELECT 'delete', num, label, text FROM article_words WHERE num = :num"
)
_OF_ARTICLE = "w.num IN (SELECT num FROM statements WHERE article = :num AND rejected = 0)"
_ANY = {
    kind: text(f"SELECT rowid FROM {name} WHERE {name} MATCH :words ORDER BY rank LIMIT :count")
    for kind, name in _NAMES.items()
}


def _statements(wanted: str, *, out: bool) -> TextClause:
    first, kept = ("statement_index, ", "'delete', ") if out else ("", "")
    return text(
        f"INSERT INTO statement_index ({first}rowid, quote, speaker_name)"
        f" SELECT {kept}w.num, w.quote, w.speaker_name FROM statement_words w WHERE {wanted}"
    )


_IN_ARTICLE, _OUT_ARTICLE = _statements(_OF_ARTICLE, out=False), _statements(_OF_ARTICLE, out=True)
_IN, _OUT = _statements("w.num = :num", out=False), _statements("w.num = :num", out=True)


class SqliteIndex:
    """See :class:`onrecord.record.indexing.Index`."""

    def keep_article(self, connection: Connection, num: int) -> None:
        """Takes in an article and all its statements."""
        connection.execute(_ARTICLE, {"num": num})
        connection.execute(_IN_ARTICLE, {"num": num})

    def drop_article(self, connection: Connection, num: int) -> None:
        """Forgets them; FTS5 must be told the very words that it took in."""
        connection.execute(_ARTICLE_OUT, {"num": num})
        connection.execute(_OUT_ARTICLE, {"num": num})

    def keep_statements(self, connection: Connection, nums: Sequence[int]) -> None:
        """Takes in statements."""
        for num in nums:
            connection.execute(_IN, {"num": num})

    def drop_statements(self, connection: Connection, nums: Sequence[int]) -> None:
        """Forgets statements."""
        for num in nums:
            connection.execute(_OUT, {"num": num})

    def ask(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], narrowed: Narrowed, count: int, skip: int
    ) -> list[Hit]:
        """The best rows that hold all the terms, by BM25."""
        bound = {**narrowed.bound, "words": as_match(terms), "count": count, "skip": skip, "opening": OPEN,
                 "closing": CLOSE}  # fmt: skip
        rows = connection.execute(_question(kind, narrowed.conditions, narrowed.among, lists_of(narrowed.bound)), bound)
        columns = _COLUMNS[kind]
        return [Hit(row[0], -row[1], dict(zip(columns, row[2:], strict=True))) for row in rows]

    def ask_any(self, connection: Connection, kind: Kind, terms: Sequence[Term], count: int) -> list[int]:
        """The rows that hold one of the terms or more, by BM25."""
        if not terms:
            return []
        words = " OR ".join(as_match([term]) for term in terms)
        return list(connection.execute(_ANY[kind], {"words": words, "count": count}).scalars())

    def count(self, connection: Connection, kind: Kind, terms: Sequence[Term], narrowed: Narrowed) -> int:
        """How many there are."""
        bound = {**narrowed.bound, "words": as_match(terms)}
        return int(
            connection.execute(
                _counted(kind, narrowed.conditions, narrowed.among, lists_of(narrowed.bound)), bound
            ).scalar_one()
        )

    def faults(self, connection: Connection) -> Iterator[str]:
        """FTS5 compares what it holds with the tables' words itself."""
        for kind, name in _NAMES.items():
            try:
                connection.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
            except DBAPIError:
                yield f"the full-text index of {kind} does not hold the words of the {kind}"


def as_match(terms: Sequence[Term]) -> str:
    """The terms as a question that FTS5 takes: each quoted.

    >>> as_match([Term("kyiv"), Term("full ceasefire"), Term("negot", True)])
    '"kyiv" "full ceasefire" "negot"*'
    """
    return " ".join(f'"{t.words}"{"*" if t.prefix else ""}' for t in terms)


# Built once: putting a question together takes longer than the database takes to answer it.
@cache
def _question(kind: Kind, conditions: tuple[str, ...], among: tuple[str, ...], lists: tuple[str, ...]) -> TextClause:
    name = _NAMES[kind]
    marked = ", ".join(f"highlight({name}, {n}, :opening, :closing)" for n in range(len(_COLUMNS[kind])))
    return asked_with(
        f"SELECT {name}.rowid, {name}.rank, {marked} {_where(kind, conditions, among)}"
        f" ORDER BY {name}.rank LIMIT :count OFFSET :skip",
        lists,
    )


@cache
def _counted(kind: Kind, conditions: tuple[str, ...], among: tuple[str, ...], lists: tuple[str, ...]) -> TextClause:
    return asked_with(f"SELECT count(*) {_where(kind, conditions, among)}", lists)


def _where(kind: Kind, conditions: tuple[str, ...], among: tuple[str, ...]) -> str:
    """The index asked first, always. The plus sign: SQLite would look each number up in the index of words anew."""
    name = _NAMES[kind]
    wanted = (f"{name} MATCH :words", *(f"+{name}.rowid IN ({one})" for one in among), *conditions)
    return f"FROM {name}{source(kind, f'{name}.rowid', Narrowed(conditions))} WHERE {' AND '.join(wanted)}"
