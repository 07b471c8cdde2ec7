"""Words -> statements and articles, through the full-text index."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, or_, select, text

from onrecord.offsets import Span
from onrecord.outcome import Json
from onrecord.record import beside, listing, tables, views
from onrecord.record.excerpts import Excerpter
from onrecord.record.names import storable

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_MOST_TERMS = 32
_LONGEST_TERM = 100
_MOST = 2**62
"""Beyond what any list holds, and still a number that databases take."""
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Noncharacters that mark a hit in the database's answer; they never leave this file."""

_STATEMENTS = text(
    "SELECT rowid AS num, rank AS score, highlight(statement_index, 0, :opening, :closing) AS marked"
    " FROM statement_index WHERE statement_index MATCH :words ORDER BY rank LIMIT :count OFFSET :skip"
)
_ARTICLES = text(
    "SELECT rowid AS num, rank AS score, highlight(article_index, 0, :opening, :closing) AS marked_label,"
    " highlight(article_index, 1, :opening, :closing) AS marked FROM article_index"
    " WHERE article_index MATCH :words ORDER BY rank LIMIT :count OFFSET :skip"
)
_COUNTS = {
    "statements": text("SELECT count(*) FROM statement_index WHERE statement_index MATCH :words"),
    "articles": text("SELECT count(*) FROM article_index WHERE article_index MATCH :words"),
}


def search(connection: Connection, query: str, *, what: str, limit: int, offset: int) -> list[Json]:
    """Statements, then articles, best first."""
    words = as_match(query)
    if not words:
        return []
    left, skip = min(limit, _MOST) if limit > 0 else -1, min(max(offset, 0), _MOST)
    found: list[Json] = []
    if what != "articles":
        found = _statements(connection, _ask(connection, _STATEMENTS, words, left, skip))
        if left > 0:
            left -= len(found)
        if what == "all" and skip and not found:
            skip -= _count(connection, "statements", words)
        elif what == "all":
            skip = 0
    if what != "statements" and left:
        found += _articles(connection, _ask(connection, _ARTICLES, words, left, max(skip, 0)))
    return found


def count_found(connection: Connection, query: str) -> dict[str, int]:
    """How many statements and articles hold the words."""
    words = as_match(query)
    return {kind: _count(connection, kind, words) if words else 0 for kind in _COUNTS}


def as_match(query: str) -> str:
    """What was typed as a question the index takes, whatever was typed: each term quoted, so no operator is left.

    >>> as_match('kyiv "full ceasefire" negot* OR (')
    '"kyiv" "full ceasefire" "negot"* "OR"'
    """
    terms = []
    for phrase, word in _TERM.findall(storable(query[:4000]).replace("\0", " ")):
        plain = (phrase or word)[:_LONGEST_TERM]
        if any(c.isalnum() for c in plain):
            star = "*" if word.endswith("*") else ""
            terms.append(f'"{plain.rstrip("*") if star else plain}"{star}')
    return " ".join(terms[:_MOST_TERMS])


def _ask(connection: Connection, question: Any, words: str, count: int, skip: int) -> Sequence[Row[Any]]:
    bound = {"words": words, "count": count, "skip": skip, "opening": _OPEN, "closing": _CLOSE}
    return connection.execute(question, bound).all()


def _count(connection: Connection, kind: str, words: str) -> int:
    return int(connection.execute(_COUNTS[kind], {"words": words}).scalar_one())


def _statements(connection: Connection, rows: Sequence[Row[Any]]) -> list[Json]:
    shown = beside.view(connection, [row.num for row in rows])
    return [
        {"found": "statement", "score": -row.score, "highlights": _hits(row.marked, statement["quote"]), **statement}
        for row, statement in zip(rows, shown, strict=True)
    ]


def _articles(connection: Connection, rows: Sequence[Row[Any]]) -> list[Json]:
    nums = [row.num for row in rows]
    bound = _bound_statements(connection, nums)
    return [
        {"found": "article", "score": -row.score, **summary,
         "label_highlights": _hits(row.marked_label, summary["label"]),
         **_snippet(connection, row.num, row.marked, bound.get(row.num, []))}
        for row, summary in zip(rows, listing.summaries(connection, nums), strict=True)
    ]  # fmt: skip


def _bound_statements(connection: Connection, nums: list[int]) -> dict[int, list[Json]]:
    """By article, the spans of those statements that may not be shown alone: disputing, disputed or with context."""
    s, c = tables.statements.c, tables.contexts.c
    others = tables.statements.alias()
    other = others.c
    has_context = select(c.num).where(c.statement == s.num).exists()
    found: dict[int, list[Json]] = {}
    for chunk in beside.chunks(nums):
        query = (
            select(s.num, s.article, s.local_id, s.details, other.local_id.label("disputes"))
            .outerjoin_from(tables.statements, others, other.num == s.disputes)
            .where(s.article.in_(chunk), or_(s.disputed == 1, s.disputes.is_not(None), has_context))
        )
        rows = connection.execute(query).all()
        spans = _context_spans(connection, [row.num for row in rows])
        for row in rows:
            made = json.loads(row.details)
            found.setdefault(row.article, []).append({
                "id": row.local_id, "disputes": row.disputes, **{f: made[f] for f in ("source", "cue", "content")},
                "context": [{"span": span} for span in spans.get(row.num, ())],
            })  # fmt: skip
    return found


def _context_spans(connection: Connection, nums: list[int]) -> dict[int, list[list[int]]]:
    c = tables.contexts.c
    found: dict[int, list[list[int]]] = {}
    for chunk in beside.chunks(nums):
        for row in connection.execute(select(c.statement, c.first, c.last).where(c.statement.in_(chunk))):
            found.setdefault(row.statement, []).append([row.first, row.last])
    return found


def _snippet(connection: Connection, num: int, marked: str, statements: list[Json]) -> Json:
    """The sentences of the first hits, and with them what is set against the statements there."""
    b = tables.bodies.c
    body = connection.execute(select(b.text, b.details).where(b.article == num)).one()
    hits = [Span(*h) for h in _hits(marked, body.text)]
    made = {**views.unpacked(body.details), "statements": statements}
    cutter = Excerpter(views.raw_of(connection, num), body.text, made)
    cut = cutter.around(hits[:2]) if hits else cutter.beginning()
    return {"snippet": cut.text, "highlights": [list(p) for h in hits if (p := cut.place(h)) is not None]}


def _hits(marked: str, plain: str) -> list[list[int]]:
    """The spans of ``plain`` that stand between marks in ``marked``; none where the text has such characters itself."""
    if _OPEN in plain or _CLOSE in plain:
        return []
    found = []
    before, *rest = marked.split(_OPEN)
    at = len(before)
    for piece in rest:
        hit, _, after = piece.partition(_CLOSE)
        found.append([at, at + len(hit)])
        at += len(hit) + len(after)
    return found
