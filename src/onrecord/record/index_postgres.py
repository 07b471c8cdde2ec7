"""PostgreSQL's full-text index: a ``tsvector`` of words that we folded, stemmed by its English stemmer.

Words are cut and folded here as SQLite's index does it (letters and digits; case and accents gone), so that both
stores answer the same questions alike. What PostgreSQL's own parser makes of addresses and hyphens never comes in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from onrecord.record.indexing import CLOSE, OPEN, Hit, Kind, Narrowed, Term, asked_with, lists_of, source
from onrecord.record.names import storable

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_LONGEST = 400_000
"""Bytes of folded words that are indexed of one text: PostgreSQL takes a megabyte, positions included."""
_LONGEST_WORD = 500
_NAMES: dict[Kind, str] = {"statements": "statement_index", "articles": "article_index"}
_WORDS: dict[Kind, str] = {"statements": "statement_words", "articles": "article_words"}
_COLUMNS: dict[Kind, tuple[str, ...]] = {"statements": ("quote",), "articles": ("label", "text")}
_BY_ARTICLE = text(
    "SELECT w.num, w.quote, w.speaker_name FROM statement_words w JOIN statements s ON s.num = w.num"
    " WHERE s.article = ANY(:nums) AND s.rejected = 0"
)
_ARTICLES = text("SELECT num, label, text FROM article_words WHERE num = ANY(:nums)")
_PUT_ARTICLE = text(
    "INSERT INTO article_index VALUES (:num, setweight(to_tsvector('onrecord', :label), 'A')"
    " || to_tsvector('onrecord', :text))"
)
_BY_NUM = text("SELECT num, quote, speaker_name FROM statement_words WHERE num = ANY(:nums)")
_STEMS = text("SELECT t, ts_lexize('onrecord_stem', t) FROM unnest(CAST(:words AS text[])) AS t")
_KNOWN_STEMS: dict[str, str] = {}
"""Stems that were asked for: a stemmer is the same in every database, so they hold for all records of a process."""
_MOST_STEMS = 50_000


class PostgresIndex:
    """See :class:`onrecord.record.indexing.Index`."""

    def keep_article(self, connection: Connection, num: int) -> None:
        """Takes in an article and all its statements."""
        self.keep_articles(connection, [num])

    def keep_articles(self, connection: Connection, nums: Sequence[int]) -> None:
        """Takes in articles and all their statements, in as many questions as one article takes."""
        given = [
            {"num": row.num, "label": folded(row.label), "text": folded(row.text)}
            for row in connection.execute(_ARTICLES, {"nums": list(nums)})
        ]
        connection.execute(_PUT_ARTICLE, given)
        self._keep(connection, connection.execute(_BY_ARTICLE, {"nums": list(nums)}).all())

    def drop_article(self, connection: Connection, num: int) -> None:
        """Forgets them."""
        connection.execute(text("DELETE FROM article_index WHERE num = :num"), {"num": num})
        gone = "DELETE FROM statement_index WHERE num IN (SELECT num FROM statements WHERE article = :num)"
        connection.execute(text(gone), {"num": num})

    def keep_statements(self, connection: Connection, nums: Sequence[int]) -> None:
        """Takes in statements."""
        self._keep(connection, connection.execute(_BY_NUM, {"nums": list(nums)}).all())

    def drop_statements(self, connection: Connection, nums: Sequence[int]) -> None:
        """Forgets statements."""
        connection.execute(text("DELETE FROM statement_index WHERE num = ANY(:nums)"), {"nums": list(nums)})

    def _keep(self, connection: Connection, rows: Sequence[Any]) -> None:
        put = text("INSERT INTO statement_index VALUES (:num, to_tsvector('onrecord', :words))")
        given = [{"num": row.num, "words": folded(f"{row.quote} {row.speaker_name}")} for row in rows]
        if given:
            connection.execute(put, given)

    def ask(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], narrowed: Narrowed, count: int, skip: int
    ) -> list[Hit]:
        """The best rows that hold all the terms, by how often and how near to each other they stand."""
        asked = as_query(terms)
        if not asked:
            return []
        name, columns = _NAMES[kind], _COLUMNS[kind]
        sql = (
            f"SELECT f.num, f.score, {', '.join(f'w.{c}' for c in columns)} FROM (SELECT i.num, ts_rank_cd(i.words,"
            f" to_tsquery('onrecord', :words), 1) AS score {self._where(kind, name, narrowed)}"
            f" ORDER BY score DESC, i.num LIMIT :count OFFSET :skip) f JOIN {_WORDS[kind]} w ON w.num = f.num"
            " ORDER BY f.score DESC, f.num"
        )
        bound = {**narrowed.bound, "words": asked, "count": count if count >= 0 else None, "skip": skip}
        rows = connection.execute(asked_with(sql, lists_of(narrowed.bound)), bound).all()
        marker = _Marker(connection, terms, [value for row in rows for value in row[2:]])
        return [Hit(r[0], r[1], {c: marker.marked(v) for c, v in zip(columns, r[2:], strict=True)}) for r in rows]

    def ask_any(self, connection: Connection, kind: Kind, terms: Sequence[Term], count: int) -> list[int]:
        """The rows that hold one of the terms or more, by how often and how near to each other they stand."""
        asked = " | ".join(one for term in terms if (one := as_query([term])))
        if not asked:
            return []
        sql = (
            f"SELECT i.num FROM {_NAMES[kind]} i WHERE i.words @@ to_tsquery('onrecord', :words)"
            " ORDER BY ts_rank_cd(i.words, to_tsquery('onrecord', :words)) DESC, i.num LIMIT :count"
        )
        return list(connection.execute(text(sql), {"words": asked, "count": count}).scalars())

    def count(self, connection: Connection, kind: Kind, terms: Sequence[Term], narrowed: Narrowed) -> int:
        """How many there are."""
        asked = as_query(terms)
        if not asked:
            return 0
        sql = f"SELECT count(*) {self._where(kind, _NAMES[kind], narrowed)}"
        return int(
            connection.execute(
                asked_with(sql, lists_of(narrowed.bound)), {**narrowed.bound, "words": asked}
            ).scalar_one()
        )

    def _where(self, kind: Kind, name: str, narrowed: Narrowed) -> str:
        among = (f"i.num IN ({one})" for one in narrowed.among)
        conditions = ("i.words @@ to_tsquery('onrecord', :words)", *among, *narrowed.conditions)
        return f"FROM {name} i{source(kind, 'i.num', narrowed)} WHERE {' AND '.join(conditions)}"

    def faults(self, connection: Connection) -> Iterator[str]:
        """Every text is folded and stemmed again and compared."""
        sql = text("SELECT words = to_tsvector('onrecord', :words) FROM statement_index WHERE num = :num")
        query = "SELECT w.num, w.quote, w.speaker_name FROM statement_words w JOIN statements s ON s.num = w.num"
        for row in connection.execute(text(f"{query} WHERE s.rejected = 0")).all():
            words = folded(f"{row.quote} {row.speaker_name}")
            if connection.execute(sql, {"words": words, "num": row.num}).scalar() is not True:
                yield "the full-text index of statements does not hold the words of the statements"
                break
        for kind, table in (("statements", "statements WHERE rejected = 0"), ("articles", "articles")):
            sql_count = text(f"SELECT (SELECT count(*) FROM {table}) = (SELECT count(*) FROM {_NAMES[kind]})")  # type: ignore[index]
            if connection.execute(sql_count).scalar() is not True:
                yield f"the full-text index of {kind} does not hold all {kind}, or holds others"


def fold_word(word: str) -> str:
    """A word as the index has it.

    >>> fold_word("Négociations")
    'negociations'
    """
    if word.isascii() and word.isalnum():  # nearly every word, and nothing of it to fold but case
        return word.lower()[:_LONGEST_WORD]
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in apart if c.isalnum())[:_LONGEST_WORD]


def folded(words: str) -> str:
    """A text's words, folded, parted by spaces, as far as the index takes them."""
    made = " ".join(w for m in _WORD.finditer(storable(words)) if (w := fold_word(m[0])))
    data = made.encode()
    return made if len(data) <= _LONGEST else data[:_LONGEST].decode("utf-8", "ignore").rpartition(" ")[0]


def as_query(terms: Sequence[Term]) -> str:
    """The terms as a question that ``to_tsquery`` takes: folded words, each quoted, and nothing else.

    >>> as_query([Term("Kyiv"), Term("full ceasefire"), Term("negot", True)])
    "'kyiv' & ('full' <-> 'ceasefire') & 'negot':*"
    """
    parts = []
    for term in terms:
        words = [f"'{w}'" for w in folded(term.words).split()]
        if not words:
            continue
        words[-1] += ":*" if term.prefix else ""
        parts.append(words[0] if len(words) == 1 else f"({' <-> '.join(words)})")
    return " & ".join(parts)


class _Marker:
    """Puts marks around what was found: the database stems the words, the places are the text's own."""

    def __init__(self, connection: Connection, terms: Sequence[Term], texts: Sequence[str]) -> None:
        asked = [folded(t.words).split() for t in terms]
        own = {w for a in asked for w in a}
        firsts = {w[0] for w in own}  # a stemmer cuts ends: what begins otherwise is no other form of the word
        words = {w for value in texts for m in _WORD.finditer(value) if (w := fold_word(m[0])) and w[0] in firsts} | own
        self._stems = _stems(connection, words) if texts else {}
        self._terms = [
            ([self._stems.get(w, w) for w in found], term.prefix)
            for found, term in zip(asked, terms, strict=True) if found
        ]  # fmt: skip

    def marked(self, plain: str) -> str:
        """The text with marks around each term; those that touch or overlap become one."""
        words = [(m.start(), m.end(), self._stems.get(f := fold_word(m[0]), f)) for m in _WORD.finditer(plain)]
        stems = [w[2] for w in words]
        spans = [
            (words[at][0], words[at + len(term) - 1][1])
            for term, prefix in self._terms
            for at in range(len(words) - len(term) + 1) if _fits(stems, at, term, prefix)
        ]  # fmt: skip
        pieces, done = [], 0
        for start, end in _joined(spans):
            pieces += [plain[done:start], OPEN, plain[start:end], CLOSE]
            done = end
        return "".join([*pieces, plain[done:]])


def _fits(stems: list[str], at: int, term: list[str], prefix: bool) -> bool:
    last = stems[at + len(term) - 1]
    return stems[at : at + len(term) - 1] == term[:-1] and (last.startswith(term[-1]) if prefix else last == term[-1])


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _stems(connection: Connection, words: set[str]) -> Mapping[str, str]:
    """The stem of each word; asked of the database once for each word while the process lives."""
    new = sorted(words - _KNOWN_STEMS.keys() - {""})
    if new:
        if len(_KNOWN_STEMS) > _MOST_STEMS:
            _KNOWN_STEMS.clear()
        found = connection.execute(_STEMS, {"words": new})
        _KNOWN_STEMS.update({word: stems[0] for word, stems in found if stems})
    return {word: _KNOWN_STEMS.get(word, word) for word in words}
