"""The record as the passes across articles see it: what is still to be compared, what was judged before.

A batch is one transaction that writes: a pass reads, judges and appends in it, so two programs that bring the same
record up to date take turns and judge nothing twice.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, exists, func, insert, select, text

from onrecord.across import MOST_FIGURES, ArticleRow, Kept, Paired, Placed, Sketch
from onrecord.record import beside, comparable, tables
from onrecord.record.connect import reading_from, writing_to
from onrecord.record.names import storable
from onrecord.record.step_comparing import clusters, compared, makers, marks, members, pairs, sketches

_MOST_FOUND = 64
"""Things remembered under one mark, the newest: a mark that more things share tells little."""

_MOST_COUNTED = 2000
_SPREAD = text("SELECT count(*) FROM (SELECT 1 FROM marks WHERE maker = :maker AND mark = :mark LIMIT :most) AS few")
_UNDER = text("SELECT item FROM marks WHERE maker = :maker AND mark = :mark ORDER BY item DESC LIMIT :most")


@dataclass(frozen=True, slots=True)
class Maker:
    """A pass in one version, as the record knows it."""

    num: int
    name: str
    of: str
    """What it puts into clusters: "article", "statement" or "entity"."""


class Batch:
    """Some articles that a pass has not seen, and what it knew before. Valid while its transaction is open."""

    def __init__(self, connection: Connection, maker: Maker, articles: list[ArticleRow], at: str) -> None:
        self._connection, self.articles, self._at = connection, articles, at
        self._seen: int | None = None
        self._maker, self._name, self._of = maker.num, maker.name, maker.of
        self._read = {article.num: article for article in articles}
        self._stories: dict[int, int | None] = {}

    @property
    def seen(self) -> int:
        """How many articles the pass saw before this batch."""
        if self._seen is None:
            query = select(func.count()).select_from(compared).where(compared.c.maker == self._maker)
            self._seen = int(self._connection.execute(query).scalar_one())
        return self._seen

    def spread(self, wanted: Iterable[int]) -> dict[int, int]:
        """By mark how many things are kept under it, up to some thousands."""
        asked = {"maker": self._maker, "most": _MOST_COUNTED}
        return {m: int(self._connection.execute(_SPREAD, {**asked, "mark": m}).scalar_one()) for m in set(wanted)}

    def find(self, wanted: Iterable[int], *, most: int = _MOST_FOUND) -> dict[int, list[int]]:
        """By mark the things kept under it, the newest first and at most so many; marks without any are left out."""
        found = {}
        for mark in dict.fromkeys(wanted):
            asked = {"maker": self._maker, "mark": mark, "most": most}
            items = list(self._connection.execute(_UNDER, asked).scalars())
            if items:
                found[mark] = items
        return found

    def kept(self, items: Iterable[int]) -> dict[int, Kept]:
        """The sketches of things, with the clusters they are in."""
        k, m = sketches.c, members.c
        query = (
            select(k.item, k.article, k.features, m.cluster)
            .outerjoin(members, (m.maker == k.maker) & (m.item == k.item)).where(k.maker == self._maker)
        )  # fmt: skip
        return {
            row.item: Kept(row.item, row.article, row.features, row.cluster)
            for chunk in beside.chunks(sorted(set(items)))
            for row in self._connection.execute(query.where(k.item.in_(chunk)))
        }

    def members(self, cluster: int, *, most: int) -> list[Kept]:
        """The sketches of a cluster's things, the newest first."""
        k, m = sketches.c, members.c
        query = (
            select(k.item, k.article, k.features, m.cluster).join(members, (m.maker == k.maker) & (m.item == k.item))
            .where(m.cluster == cluster).order_by(m.num.desc()).limit(most)
        )  # fmt: skip
        return [Kept(row.item, row.article, row.features, row.cluster) for row in self._connection.execute(query)]

    def neighbours(self, article: ArticleRow, *, most: int) -> list[ArticleRow]:
        """The articles of its story that came before it, the newest first."""
        m, own = members.c, members.alias().c
        mine = select(own.cluster).where(own.maker == latest(self._connection, "stories"), own.item == article.num)
        query = (
            select(m.article).where(m.cluster.in_(mine), m.article < article.num)
            .order_by(m.article.desc()).limit(most)
        )  # fmt: skip
        nums = list(self._connection.execute(query).scalars())
        lacking = [num for num in nums if num not in self._read]
        self._read |= {row.num: row for row in comparable.articles(self._connection, lacking)}
        return [self._read[num] for num in nums if num in self._read]

    def stories_of(self, articles: Iterable[int]) -> dict[int, int]:
        """By article the cluster of its story, as the newest pass judged; those in none yet are left out."""
        m = members.c
        wanted = list(dict.fromkeys(articles))
        lacking = sorted(num for num in wanted if num not in self._stories)
        if lacking:
            query = select(m.item, m.cluster).where(m.maker == latest(self._connection, "stories"))
            self._stories |= dict.fromkeys(lacking)
            for chunk in beside.chunks(lacking):
                for row in self._connection.execute(query.where(m.item.in_(chunk))):
                    self._stories[row.item] = row.cluster
        return {num: cluster for num in wanted if (cluster := self._stories[num]) is not None}

    def remember(self, sketch: Sketch) -> None:
        """Keeps what later things are to be compared with."""
        own = sorted(set(sketch.marks))
        row = {"maker": self._maker, "item": sketch.item, "article": sketch.article,
               "marks": array("q", own).tobytes(), "features": sketch.features}  # fmt: skip
        self._connection.execute(insert(sketches), row)
        if own:
            self._connection.execute(
                insert(marks), [{"maker": self._maker, "mark": mark, "item": sketch.item} for mark in own]
            )

    def place(self, placed: Placed) -> int:
        """Appends that a thing joined or opened a cluster; the cluster's number."""
        cluster = placed.cluster if placed.cluster is not None else self._open(placed)
        row = {"maker": self._maker, "cluster": cluster, "item": placed.item, "article": placed.article,
               "how": placed.how, "score": placed.score, "reason": storable(placed.reason),
               "made_at": self._at}  # fmt: skip
        self._connection.execute(insert(members), row)
        return cluster

    def _open(self, placed: Placed) -> int:
        """A cluster's id comes from what opened it, so that the same pass over the same record gives the same ids."""
        a, s, e = tables.articles.c, tables.statements.c, tables.entities.c
        own = self._connection.execute(select(a.id).where(a.num == placed.article)).scalar_one()
        local = ""
        if self._of == "figure":
            local = str(placed.item % MOST_FIGURES)
        elif self._of != "article":
            named, table = (s.uid, s) if self._of == "statement" else (e.local_id, e)
            local = self._connection.execute(select(named).where(table.num == placed.item)).scalar_one()
        digest = hashlib.sha256(f"{own}\x1f{local}".encode()).hexdigest()
        own = f"{self._name}-{digest[:16]}"
        row = {"maker": self._maker, "id": own, "opened_at": self._at}
        key = self._connection.execute(insert(clusters), row).inserted_primary_key
        assert key is not None
        return int(key[0])

    def pair(self, paired: Paired) -> None:
        """Appends what a pair was judged to be; the same pair again is left as it was."""
        p = pairs.c
        same = select(p.num).where(
            p.maker == self._maker, p.subject == paired.subject, p.object == paired.object, p.how == paired.how
        )
        if self._connection.execute(same).first() is not None:
            return
        row = {"maker": self._maker, "subject": paired.subject, "object": paired.object,
               "subject_article": paired.subject_article, "object_article": paired.object_article,
               "verdict": paired.verdict, "how": paired.how, "score": paired.score,
               "reason": storable(paired.reason), "details": json.dumps(dict(paired.details), sort_keys=True),
               "made_at": self._at}  # fmt: skip
        self._connection.execute(insert(pairs), row)


class Across:
    """The face of the record for passes over it. Reached as ``Record.across``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def maker(self, name: str, version: str, of: str, *, at: str) -> Maker:
        """A pass in a version, written down when it is new.

        What older versions judged stays on record; the index they kept for themselves goes.
        """
        m = makers.c
        known = select(m.num).where(m["pass"] == name, m.version == version)
        with reading_from(self._engine) as connection:
            num = connection.execute(known).scalar()
        if num is None:
            with writing_to(self._engine) as connection:
                num = connection.execute(known).scalar()
                if num is None:
                    older = list(connection.execute(select(m.num).where(m["pass"] == name)).scalars())
                    for table in (marks, sketches):
                        connection.execute(delete(table).where(table.c.maker.in_(older)))
                    connection.execute(insert(makers), {"pass": name, "version": version, "made_at": at})
                    num = connection.execute(known).scalar_one()
        return Maker(int(num), name, of)

    def count_pending(self, maker: Maker) -> int:
        """How many articles a maker has not seen."""
        with reading_from(self._engine) as connection:
            return int(
                connection.execute(select(func.count()).select_from(_pending(maker.num).subquery())).scalar_one()
            )

    @contextmanager
    def batch(self, maker: Maker, *, limit: int, at: str) -> Iterator[Batch]:
        """The next articles that a maker has not seen, oldest first; when the block ends they count as seen."""
        a = tables.articles.c
        with writing_to(self._engine) as connection:
            nums = list(connection.execute(_pending(maker.num).order_by(a.num).limit(limit)).scalars())
            yield Batch(connection, maker, comparable.articles(connection, nums), at)
            if nums:
                connection.execute(insert(compared), [{"maker": maker.num, "article": num} for num in nums])


def _pending(maker: int) -> Any:
    a, c = tables.articles.c, compared.c
    return select(a.num).where(~exists().where(c.maker == maker, c.article == a.num))


def latest(connection: Connection, name: str) -> int | None:
    """The number of a pass's newest version, or None where it never ran."""
    m = makers.c
    return connection.execute(
        select(m.num).where(m["pass"] == name).order_by(m.num.desc()).limit(1)
    ).scalar()  # fmt: skip


def clear(connection: Connection, article: int) -> None:
    """Takes out all that passes kept of an article and its parts; it counts as not yet seen."""
    k = sketches.c
    for row in connection.execute(select(k.maker, k.item, k.marks).where(k.article == article)).all():
        own = array("q")
        own.frombytes(row.marks)
        if own:
            connection.execute(_UNMARK, [{"of": row.maker, "under": mark, "thing": row.item} for mark in own])
    m, c, p = members.c, clusters.c, pairs.c
    held = list(connection.execute(select(m.cluster).where(m.article == article)).scalars())
    for table in (sketches, compared, members):
        connection.execute(delete(table).where(table.c.article == article))
    connection.execute(delete(pairs).where((p.subject_article == article) | (p.object_article == article)))
    empty = ~select(m.num).where(m.cluster == c.num).exists()  # its id was made from what is gone
    for chunk in beside.chunks(held):
        connection.execute(delete(clusters).where(c.num.in_(chunk), empty))


_UNMARK = delete(marks).where(
    marks.c.maker == bindparam("of"), marks.c.mark == bindparam("under"), marks.c.item == bindparam("thing")
)
