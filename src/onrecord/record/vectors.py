"""Vectors of statements, an article's in one block, and the statements nearest to another vector.

Blocks hold 16-bit floats. The search compares with every vector: exact, and slower the more there are. A block goes
with its article, and is made anew when the article was read again or the sentence model changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, or_, select

from onrecord.outcome import Json
from onrecord.record import beside, tables
from onrecord.record.connect import reading_from, writing_to
from onrecord.record.step_feeds import vectors

FloatArray = NDArray[np.float32]
_V, _A, _S = vectors.c, tables.articles.c, tables.statements.c
_ROWS = 1000
"""Blocks that are compared at once."""


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """An article whose statements have no vectors yet: their ids and words."""

    article: int
    provenance: int
    uids: tuple[str, ...]
    quotes: tuple[str, ...]


class Vectors:
    """The face of the record for whoever finds by meaning. ``model`` is always the digest of the sentence model."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def unmeasured(self, model: str, *, limit: int) -> list[Unmeasured]:
        """Some articles whose statements have no vectors by this model; none: all is measured."""
        query = (
            select(_A.num, _A.provenance).outerjoin(vectors, _V.article == _A.num)
            .where(_A.statement_count > 0, _stale(model)).order_by(_A.num).limit(limit)
        )  # fmt: skip
        with reading_from(self._engine) as connection:
            articles = {row.num: row.provenance for row in connection.execute(query)}
            words = select(_S.article, _S.uid, _S.quote).where(_S.article.in_(articles)).order_by(_S.num)
            said: dict[int, list[tuple[str, str]]] = {num: [] for num in articles}
            for row in connection.execute(words):
                said[row.article].append((row.uid, row.quote))
        return [
            Unmeasured(num, made, tuple(u for u, _ in said[num]), tuple(q for _, q in said[num]))
            for num, made in articles.items()
        ]

    def count_unmeasured(self, model: str) -> int:
        """How many statements have no vector by this model."""
        query = (
            select(func.coalesce(func.sum(_A.statement_count), 0)).outerjoin(vectors, _V.article == _A.num)
            .where(_stale(model))
        )  # fmt: skip
        with reading_from(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def keep(self, model: str, measured: Iterable[tuple[Unmeasured, FloatArray]]) -> None:
        """Keeps the vectors of some articles, a row for each statement; what was there before goes."""
        with writing_to(self._engine) as connection:
            for article, rows in measured:
                connection.execute(delete(vectors).where(_V.article == article.article))
                if connection.execute(select(_A.num).where(_A.num == article.article)).scalar() is None:
                    continue  # forgotten meanwhile
                row = {"article": article.article, "model": model, "provenance": article.provenance,
                       "uids": "\n".join(article.uids).encode(), "block": rows.astype("<f2").tobytes()}  # fmt: skip
                connection.execute(insert(vectors).values(row))

    def like(self, model: str, vector: FloatArray, *, limit: int) -> list[Json]:
        """The statements nearest in meaning, the nearest first (``limit`` 0: all), with their disputes and context.

        Each has ``found`` ("statement"), ``score`` (the cosine, at most 1) and ``highlights`` (none).
        """
        with reading_from(self._engine) as connection:
            rejected = func.coalesce(func.sum(_S.rejected), 0)  # by people: they keep their vectors and are not shown
            spare = int(connection.execute(select(rejected)).scalar_one()) if limit else 0
            best = _nearest(connection, model, vector, limit + spare)
            nums: dict[str, int] = {}
            for at in range(0, len(best), 500):
                some = [uid for uid, _ in best[at : at + 500]]
                nums |= {
                    r.uid: r.num
                    for r in connection.execute(select(_S.uid, _S.num).where(_S.uid.in_(some), _S.rejected == 0))
                }
            scores = dict(best)
            shown = beside.view(connection, [nums[uid] for uid, _ in best if uid in nums])
        found = [{"found": "statement", "score": scores[s["uid"]], "highlights": [], **s} for s in shown]
        return found[:limit] if limit else found


def _stale(model: str) -> ColumnElement[bool]:
    return or_(_V.article.is_(None), _V.model != model, _V.provenance != _A.provenance)


def _nearest(connection: Connection, model: str, vector: FloatArray, limit: int) -> list[tuple[str, float]]:
    """Ids and cosines, the best first: block by block, so that memory does not grow with the record."""
    best: list[tuple[str, float]] = []
    for uids, rows in _blocks(connection, model, len(vector)):
        scores = rows @ vector
        top = np.argsort(-scores, kind="stable")
        best += [(uids[i], float(scores[i])) for i in (top[:limit] if limit else top)]
        best = sorted(best, key=lambda pair: -pair[1])[: limit or None]
    return best


def _blocks(connection: Connection, model: str, size: int) -> Iterator[tuple[Sequence[str], FloatArray]]:
    """The vectors of many articles at a time, with the ids they belong to."""
    query = select(_V.uids, _V.block).where(_V.model == model).order_by(_V.article)
    for part in connection.execution_options(yield_per=_ROWS).execute(query).partitions(_ROWS):
        uids = b"\n".join(bytes(row.uids) for row in part if row.uids).decode().split("\n")
        rows = np.frombuffer(b"".join(bytes(row.block) for row in part), "<f2").reshape(-1, size).astype(np.float32)
        if len(rows):
            yield uids, rows
