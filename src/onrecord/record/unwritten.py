"""What a pass has appended and its batch has not written down yet.

Rows written one by one took longer than comparing did; so they are held until the batch ends, or until a query needs
to see them. What is held is found like what is written: see :class:`onrecord.record.across.Batch`.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Executable, insert, text

from onrecord.across import Kept, Paired, Placed, Sketch
from onrecord.record.names import storable
from onrecord.record.step_comparing import marks, members, sketches

_PAIR = text(
    "INSERT INTO pairs (maker, subject, object, subject_article, object_article, verdict, how, score, reason, details,"
    " made_at) VALUES (:maker, :subject, :object, :subject_article, :object_article, :verdict, :how, :score, :reason,"
    " :details, :made_at) ON CONFLICT (maker, subject, object, how) DO NOTHING"
)


class Unwritten:
    """Sketches, members of clusters and pairs, in the order in which they were appended."""

    def __init__(self) -> None:
        self.under: dict[int, list[int]] = defaultdict(list)
        """By mark the things remembered under it."""
        self.pairs: list[Paired] = []
        self.clusters: dict[int, int] = {}
        """The cluster of every thing placed in this batch, written or not."""
        self._sketches: dict[int, Sketch] = {}
        self._placed: list[Placed] = []

    def remember(self, sketch: Sketch) -> None:
        """Holds a sketch."""
        self._sketches[sketch.item] = sketch
        for mark in set(sketch.marks):
            self.under[mark].append(sketch.item)

    def place(self, placed: Placed, cluster: int) -> None:
        """Holds that a thing is in a cluster."""
        self.clusters[placed.item] = cluster
        self._placed.append(placed)

    def kept(self, items: Iterable[int]) -> dict[int, Kept]:
        """Those of the things whose sketches are held."""
        return {
            item: Kept(item, sketch.article, sketch.features, self.clusters.get(item))
            for item in items if (sketch := self._sketches.get(item)) is not None
        }  # fmt: skip

    def write(self, connection: Connection, maker: int, at: str) -> None:
        """Writes everything held, and holds nothing any more."""
        rows: dict[Executable, list[dict[str, Any]]] = {
            insert(sketches): [
                {"maker": maker, "item": s.item, "article": s.article, "features": s.features,
                 "marks": array("q", sorted(set(s.marks))).tobytes()} for s in self._sketches.values()
            ],
            insert(marks): [
                {"maker": maker, "mark": mark, "item": item} for mark, items in self.under.items() for item in items
            ],
            insert(members): [
                {"maker": maker, "cluster": self.clusters[p.item], "item": p.item, "article": p.article, "how": p.how,
                 "score": p.score, "reason": storable(p.reason), "made_at": at}
                for p in self._placed
            ],
            _PAIR: [
                {"maker": maker, "subject": p.subject, "object": p.object, "subject_article": p.subject_article,
                 "object_article": p.object_article, "verdict": p.verdict, "how": p.how, "score": p.score,
                 "reason": storable(p.reason), "details": json.dumps(dict(p.details), sort_keys=True), "made_at": at}
                for p in self.pairs
            ],
        }  # fmt: skip
        for statement, given in rows.items():
            if given:
                connection.execute(statement, given)
        self.under.clear()
        self.pairs.clear()
        self._sketches.clear()
        self._placed.clear()
