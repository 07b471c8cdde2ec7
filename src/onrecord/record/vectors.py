"""Vectors of statements, an article's in one block, and the statements nearest to another vector.

Blocks hold 16-bit floats. The search compares with every vector: exact, and slower the more there are. A block goes
with its article, and is made anew when the article was read again or the sentence model changed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, or_, select

from onrecord.errors import RecordError
from onrecord.outcome import Json
from onrecord.record import beside, tables
from onrecord.record.connect import reading_from, writing_to
from onrecord.record.indexing import Narrowed, asked_with, lists_of
from onrecord.record.narrowing import Filter, narrow
from onrecord.record.step_feeds import vectors

FloatArray = NDArray[np.float32]
_V, _A, _S = vectors.c, tables.articles.c, tables.statements.c
_ROWS = 1000
"""Blocks that are compared at once."""
_ASKED = 500
"""Statements that one question is about."""


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

    def like(self, model: str, vector: FloatArray, *, limit: int, asked: Filter | None = None) -> list[Json]:
        """The statements nearest in meaning, the nearest first (``limit`` 0: all), with their disputes and context.

        ``asked``: only those that these options leave. Each has ``found`` ("statement"), ``score`` (the cosine, at most
        1) and ``highlights`` (none).
        """
        with reading_from(self._engine) as connection:
            narrowed, _ = narrow(connection, asked or Filter())
            best = _nearest(connection, model, vector, limit, narrowed)
            shown = beside.view(connection, [num for num, _ in best])
        return [
            {"found": "statement", "score": score, "highlights": [], **statement}
            for (_, score), statement in zip(best, shown, strict=True)
        ]


def dump(connection: Connection, article: int) -> Json | None:
    """An article's vectors as text, or None where it has none that are of its reading."""
    query = select(vectors, _A.provenance.label("now")).join(tables.articles, _A.num == _V.article)
    row = connection.execute(query.where(_V.article == article)).one_or_none()
    if row is None or row.provenance != row.now:
        return None
    block = base64.b64encode(bytes(row.block)).decode()
    return {"model": row.model, "uids": bytes(row.uids).decode().split("\n"), "block": block}


def load(connection: Connection, article: int, given: Json) -> None:
    """Keeps vectors that :func:`dump` gave, unless there are some. Raises RecordError where they do not fit.

    They must be of this article's statements and finite; that they are right nobody can see, and nothing depends on it
    but the order of what is found by meaning.
    """
    if connection.execute(select(_V.article).where(_V.article == article)).scalar() is not None:
        return
    own = list(connection.execute(select(_S.uid).where(_S.article == article).order_by(_S.num)).scalars())
    uids, data = list(given["uids"]), base64.b64decode(given["block"], validate=True)
    numbers = np.frombuffer(data, "<f2") if len(data) % 2 == 0 else np.zeros(0, np.float16)
    if not own or sorted(uids) != sorted(own) or not len(numbers) or len(numbers) % len(uids):
        raise RecordError("an article's vectors, one for each of its statements, were expected")
    if not np.isfinite(numbers).all():
        raise RecordError("an article's vectors are no numbers")
    made = connection.execute(select(_A.provenance).where(_A.num == article)).scalar_one()
    row = {"article": article, "model": str(given["model"]), "provenance": made, "uids": "\n".join(uids).encode(),
           "block": data}  # fmt: skip
    connection.execute(insert(vectors).values(row))


def _stale(model: str) -> ColumnElement[bool]:
    return or_(_V.article.is_(None), _V.model != model, _V.provenance != _A.provenance)


def _nearest(
    connection: Connection, model: str, vector: FloatArray, limit: int, narrowed: Narrowed
) -> list[tuple[int, float]]:
    """Numbers and cosines, the best first: block by block, so that memory does not grow with the record.

    Of each block only those are asked whether they fit that would be among the best: soon these are few.
    """
    best: list[tuple[float, int]] = []
    for uids, rows in _blocks(connection, model, len(vector), narrowed):
        scores = rows @ vector
        order = np.argsort(-scores, kind="stable")
        for at in range(0, len(order), _ASKED):
            part = order[at : at + _ASKED]
            if limit and len(best) >= limit:
                part = part[scores[part] > best[-1][0]]
            if not len(part):
                break
            fits = _fitting(connection, [uids[i] for i in part], narrowed)
            best += [(float(scores[i]), fits[uids[i]]) for i in part if uids[i] in fits]
            best = sorted(best, key=lambda pair: -pair[0])[: limit or None]
    return [(num, score) for score, num in best]


def _fitting(connection: Connection, uids: Sequence[str], narrowed: Narrowed) -> dict[str, int]:
    """Of these statements those that people did not reject and that the conditions leave, with their numbers."""
    among = (f"s.num IN ({one})" for one in narrowed.among)
    where = " AND ".join(("s.uid IN :uids", "s.rejected = 0", *among, *narrowed.conditions))
    question = f"SELECT s.uid, s.num FROM statements s JOIN articles a ON a.num = s.article WHERE {where}"
    bound = {**narrowed.bound, "uids": list(uids)}
    return {row.uid: row.num for row in connection.execute(asked_with(question, lists_of(bound)), bound)}


def _blocks(
    connection: Connection, model: str, size: int, narrowed: Narrowed
) -> Iterator[tuple[Sequence[str], FloatArray]]:  # fmt: skip
    """The vectors of many articles at a time, with the ids they belong to; only of articles that hold any of a few."""
    held = (f"v.article IN (SELECT s.article FROM statements s WHERE s.num IN ({one}))" for one in narrowed.among)
    question = (
        f"SELECT v.uids, v.block FROM vectors v WHERE {' AND '.join(('v.model = :model', *held))} ORDER BY v.article"
    )
    own = {name: value for name, value in narrowed.bound.items() if f":{name}" in question}
    bound = {**own, "model": model}
    rows_of = connection.execution_options(yield_per=_ROWS).execute(asked_with(question, lists_of(bound)), bound)
    for part in rows_of.partitions(_ROWS):
        uids = b"\n".join(bytes(row.uids) for row in part if row.uids).decode().split("\n")
        rows = np.frombuffer(b"".join(bytes(row.block) for row in part), "<f2").reshape(-1, size).astype(np.float32)
        if len(rows):
            yield uids, rows
