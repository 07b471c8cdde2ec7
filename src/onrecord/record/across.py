"""The record as the passes across articles see it: what is still to be compared, what was judged before.

A batch is one transaction that writes: a pass reads, judges and appends in it, so two programs that bring the same
record up to date take turns and judge nothing twice.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Connection, Engine, TextClause, bindparam, delete, exists, func, insert, select, text

from onrecord.across import MOST_FIGURES, ArticleRow, Kept, Paired, Placed, Sketch
from onrecord.record import comparable, tables
from onrecord.record.chunks import chunks
from onrecord.record.connect import reading_from, writing_to
from onrecord.record.step_comparing import clusters, compared, makers, marks, members, pairs, sketches
from onrecord.record.unwritten import Unwritten

_MOST_FOUND = 64
"""Things remembered under one mark, the newest: a mark that more things share tells little."""

_MOST_COUNTED = 2000
_AT_ONCE = 100
"""Marks that one query asks for: SQLite takes 500 parts of a union."""


_UNDER = (
    "SELECT * FROM (SELECT mark, item FROM marks WHERE maker = :maker AND mark = :m{n}"
    " ORDER BY item DESC LIMIT :most) AS q{n}"
)
"""The newest things under a mark."""
_SPREAD = (
    "SELECT {n} AS place, count(*) AS held FROM (SELECT 1 FROM marks WHERE maker = :maker AND mark = :m{n}"
    " LIMIT :most) AS q{n}"
)
"""How many things there are under a mark, not counted further than to ``:most``."""


@cache
def _for_marks(one: str, count: int) -> TextClause:
    """A question asked of so many marks, one query for all: asked one by one they took most of a pass's time."""
    return text(" UNION ALL ".join(one.format(n=n) for n in range(count)))


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
        self._kept: dict[int, Kept] = {}  # what has a cluster stays in it; names of many articles come again and again
        self._local: dict[int, dict[int, str]] = {}
        self._unwritten = Unwritten()

    @cached_property
    def _story_maker(self) -> int | None:
        return latest(self._connection, "stories")

    @property
    def seen(self) -> int:
        """How many articles the pass saw before this batch."""
        if self._seen is None:
            query = select(func.count()).select_from(compared).where(compared.c.maker == self._maker)
            self._seen = int(self._connection.execute(query).scalar_one())
        return self._seen

    def spread(self, wanted: Iterable[int]) -> dict[int, int]:
        """By mark how many things are kept under it, up to some thousands."""
        found = {}
        for asked, marks_asked in self._asked(wanted, _MOST_COUNTED):
            for row in self._connection.execute(_for_marks(_SPREAD, len(marks_asked)), asked):
                mark = marks_asked[row.place]
                found[mark] = int(row.held) + len(self._unwritten.under.get(mark, ()))
        return found

    def find(self, wanted: Iterable[int], *, most: int = _MOST_FOUND) -> dict[int, list[int]]:
        """By mark the things kept under it, the newest first and at most so many; marks without any are left out."""
        found = defaultdict[int, list[int]](list)
        marks_wanted = list(dict.fromkeys(wanted))
        for asked, marks_asked in self._asked(marks_wanted, most):
            for mark, item in self._connection.execute(_for_marks(_UNDER, len(marks_asked)), asked).all():
                found[mark].append(item)
        for mark in marks_wanted:
            if new := self._unwritten.under.get(mark):
                found[mark] = sorted([*new, *found[mark]], reverse=True)[:most]
        return {mark: found[mark] for mark in marks_wanted if mark in found}

    def _asked(self, wanted: Iterable[int], most: int) -> Iterator[tuple[dict[str, int], Sequence[int]]]:
        for chunk in chunks(dict.fromkeys(wanted), _AT_ONCE):
            yield {"maker": self._maker, "most": most, **{f"m{n}": mark for n, mark in enumerate(chunk)}}, chunk

    def kept(self, items: Iterable[int]) -> dict[int, Kept]:
        """The sketches of things, with the clusters they are in."""
        asked = set(items)
        new = self._unwritten.kept(asked)
        k, m = sketches.c, members.c
        query = (
            select(k.item, k.article, k.features, m.cluster)
            .outerjoin(members, (m.maker == k.maker) & (m.item == k.item)).where(k.maker == self._maker)
        )  # fmt: skip
        held = {item: self._kept[item] for item in asked - new.keys() if item in self._kept}
        for chunk in chunks(sorted(asked - new.keys() - held.keys())):
            for item, article, features, cluster in self._connection.execute(query.where(k.item.in_(chunk))).all():
                one = Kept(item, article, features, self._unwritten.clusters.get(item, cluster))
                held[item] = one
                if one.cluster is not None:
                    self._kept[item] = one
        return held | new

    def members(self, cluster: int, *, most: int) -> list[Kept]:
        """The sketches of a cluster's things, the newest first."""
        self.write()
        k, m = sketches.c, members.c
        query = (
            select(k.item, k.article, k.features, m.cluster).join(members, (m.maker == k.maker) & (m.item == k.item))
            .where(m.cluster == cluster).order_by(m.num.desc()).limit(most)
        )  # fmt: skip
        return [Kept(row.item, row.article, row.features, row.cluster) for row in self._connection.execute(query)]

    def neighbours(self, article: ArticleRow, *, most: int) -> list[ArticleRow]:
        """The articles of its story that came before it, the newest first."""
        self.write()
        m, own = members.c, members.alias().c
        mine = select(own.cluster).where(own.maker == self._story_maker, own.item == article.num)
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
            if self._name == "stories":
                self.write()
            query = select(m.item, m.cluster).where(m.maker == self._story_maker)
            self._stories |= dict.fromkeys(lacking)
            for chunk in chunks(lacking):
                for row in self._connection.execute(query.where(m.item.in_(chunk))):
                    self._stories[row.item] = row.cluster
        return {num: cluster for num in wanted if (cluster := self._stories[num]) is not None}

    def remember(self, sketch: Sketch) -> None:
        """Keeps what later things are to be compared with."""
        self._unwritten.remember(sketch)

    def place(self, placed: Placed) -> int:
        """Appends that a thing joined or opened a cluster; the cluster's number."""
        cluster = placed.cluster if placed.cluster is not None else self._open(placed)
        self._unwritten.place(placed, cluster)
        return cluster

    def _open(self, placed: Placed) -> int:
        """A cluster's id comes from what opened it, so that the same pass over the same record gives the same ids."""
        row = {"maker": self._maker, "id": placed.id or self._made_id(placed), "opened_at": self._at}
        key = self._connection.execute(_OPEN, row).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _made_id(self, placed: Placed) -> str:
        digest = hashlib.sha256(f"{self._id_of(placed.article)}\x1f{self._local_id(placed)}".encode()).hexdigest()
        return f"{self._name}-{digest[:16]}"

    def _id_of(self, num: int) -> str:
        if num in self._read:
            return self._read[num].id
        a = tables.articles.c
        return str(self._connection.execute(select(a.id).where(a.num == num)).scalar_one())

    def _local_id(self, placed: Placed) -> str:
        """What the thing is called in its article; of the batch's own articles that is known, and nothing is asked."""
        if self._of == "article":
            return ""
        if self._of == "figure":
            return str(placed.item % MOST_FIGURES)
        if placed.article not in self._local:
            read = self._read.get(placed.article)
            self._local[placed.article] = {} if read is None else (
                {s.num: s.uid for s in read.statements} if self._of == "statement"
                else {e.num: e.local_id for e in read.entities}
            )  # fmt: skip
        known = self._local[placed.article].get(placed.item)
        if known is not None:
            return known
        s, e = tables.statements.c, tables.entities.c
        named, table = (s.uid, s) if self._of == "statement" else (e.local_id, e)
        return str(self._connection.execute(select(named).where(table.num == placed.item)).scalar_one())

    def pair(self, paired: Paired) -> None:
        """Appends what a pair was judged to be; the same pair again is left as it was."""
        self._unwritten.pairs.append(paired)

    def write(self) -> None:
        """Writes down what was appended since the last time."""
        self._unwritten.write(self._connection, self._maker, self._at)


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
            batch = Batch(connection, maker, comparable.articles(connection, nums), at)
            yield batch
            batch.write()
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
    for chunk in chunks(held):
        connection.execute(delete(clusters).where(c.num.in_(chunk), empty))


_OPEN = insert(clusters)
_UNMARK = delete(marks).where(
    marks.c.maker == bindparam("of"), marks.c.mark == bindparam("under"), marks.c.item == bindparam("thing")
)
