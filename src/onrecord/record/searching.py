"""Words -> statements and articles, through the full-text index."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, or_, select

from onrecord.offsets import Span
from onrecord.outcome import Json
from onrecord.record import beside, listing, tables, views
from onrecord.record.chunks import chunks
from onrecord.record.excerpts import Excerpter
from onrecord.record.indexing import CLOSE, OPEN, Hit, Kind, Narrowed, Term, index_of, terms_of
from onrecord.record.narrowing import Filter, narrow
from onrecord.record.newest import newest
from onrecord.record.paging import MOST


def search(
    connection: Connection, query: str, *, what: str, limit: int, offset: int, asked: Filter | None = None
) -> list[Json]:
    """Statements, then articles, best first; without words the statements that ``asked`` leaves, newest first."""
    terms = terms_of(query)
    narrowed, articles = narrow(connection, asked or Filter())
    if not terms:
        no_words = not query.strip() and bool(narrowed) and what != "articles"
        return _newest(connection, narrowed, limit, offset) if no_words else []
    index = index_of(connection)
    left, skip = min(limit, MOST) if limit > 0 else -1, min(max(offset, 0), MOST)
    found: list[Json] = []
    if what != "articles":
        found = _statements(connection, index.ask(connection, "statements", terms, narrowed, left, skip))
        if left > 0:
            left -= len(found)
        if what == "all" and skip and not found:
            skip -= index.count(connection, "statements", terms, narrowed)
        elif what == "all":
            skip = 0
    if what != "statements" and left and articles is not None:
        hits = index.ask(connection, "articles", terms, articles, left, max(skip, 0))
        found += _articles(connection, hits)
    return found


def count_found(connection: Connection, query: str, asked: Filter | None = None) -> dict[str, int]:
    """How many statements and articles hold the words."""
    narrowed, articles = narrow(connection, asked or Filter())
    return {
        "statements": _count(connection, "statements", terms_of(query), narrowed),
        "articles": _count(connection, "articles", terms_of(query), articles) if articles is not None else 0,
    }


def _newest(connection: Connection, narrowed: Narrowed, limit: int, offset: int) -> list[Json]:
    shown = beside.view(connection, newest(connection, narrowed, limit, offset))
    return [{"found": "statement", "score": 0.0, "highlights": [], **s} for s in shown]


def _count(connection: Connection, kind: Kind, terms: Sequence[Term], narrowed: Narrowed) -> int:
    return index_of(connection).count(connection, kind, terms, narrowed) if terms else 0


def _statements(connection: Connection, rows: Sequence[Hit]) -> list[Json]:
    shown = beside.view(connection, [row.num for row in rows])
    return [
        {"found": "statement", "score": row.score, "highlights": _hits(row.marked["quote"], statement["quote"]),
         **statement}
        for row, statement in zip(rows, shown, strict=True)
    ]  # fmt: skip


def _articles(connection: Connection, rows: Sequence[Hit]) -> list[Json]:
    nums = [row.num for row in rows]
    bound = _bound_statements(connection, nums)
    return [
        {"found": "article", "score": row.score, **summary,
         "label_highlights": _hits(row.marked["label"], summary["label"]),
         **_snippet(connection, row.num, row.marked["text"], bound.get(row.num, []))}
        for row, summary in zip(rows, listing.summaries(connection, nums), strict=True)
    ]  # fmt: skip


def _bound_statements(connection: Connection, nums: list[int]) -> dict[int, list[Json]]:
    """By article, the spans of those statements that may not be shown alone: disputing, disputed or with context."""
    s, c = tables.statements.c, tables.contexts.c
    others = tables.statements.alias()
    other = others.c
    has_context = select(c.num).where(c.statement == s.num).exists()
    found: dict[int, list[Json]] = {}
    for chunk in chunks(nums):
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
    for chunk in chunks(nums):
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
    if OPEN in plain or CLOSE in plain:
        return []
    found = []
    before, *rest = marked.split(OPEN)
    at = len(before)
    for piece in rest:
        hit, _, after = piece.partition(CLOSE)
        found.append([at, at + len(hit)])
        at += len(hit) + len(after)
    return found
