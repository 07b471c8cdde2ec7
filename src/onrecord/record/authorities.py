"""What local authority files say of names on record: asked for, appended as judgements, shown beside the names.

The pass is called ``authorities``; its version is a number, the file's digest and its name. Of each file the version
that was read last counts. An id of a file is the id of a cluster, its members are those on record taken for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from sqlalchemy import Connection, Engine, func, select

from onrecord.across import Bearer, Crossed, Paired, Placed
from onrecord.outcome import Json
from onrecord.record import tables
from onrecord.record.across import Across, Batch, Maker, latest
from onrecord.record.chunks import chunks
from onrecord.record.connect import reading_from, writing_to
from onrecord.record.names import key_of
from onrecord.record.step_comparing import clusters, makers, members, pairs

PASS = "authorities"

_E, _N, _C, _P, _K = tables.entities.c, tables.names.c, clusters.c, pairs.c, makers.c


class Asking:
    """One file beside the record, while a transaction that writes is open."""

    def __init__(self, connection: Connection, maker: Maker, at: str) -> None:
        self._connection, self._maker = connection, maker
        self._batch = Batch(connection, maker, [], at)
        self._entities = latest(connection, "entities")

    def cluster(self, id_: str) -> int | None:
        """The cluster of an id of the file, or None where nobody was taken for it yet."""
        query = select(_C.num).where(_C.maker == self._maker.num, _C.id == id_)
        return self._connection.execute(query).scalar()

    def bearers(self, key: str) -> list[Bearer]:
        """Everybody on record of that folded name, with the identity that the pass ``entities`` put it into."""
        m, own = members.alias(), members.alias()
        query = (
            select(_E.num, _E.article, _E.type, m.c.cluster, own.c.num.label("own"))
            .join(tables.names, _N.num == _E.name_num).join(m, (m.c.maker == self._entities) & (m.c.item == _E.num))
            .outerjoin(own, (own.c.maker == self._maker.num) & (own.c.item == _E.num))
            .where(_N.key == key).order_by(_E.num)
        )  # fmt: skip
        rows = self._connection.execute(query)
        return [Bearer(row.num, row.article, row.type, row.cluster, row.own is not None) for row in rows]

    def crossed(self) -> Iterator[Crossed]:
        """Pairs that the pass ``entities`` left unsure, and identities of two ids: where the file knows both sides."""
        s, o, cs, co = members.alias(), members.alias(), clusters.alias(), clusters.alias()
        query = (
            select(_P.subject, _P.subject_article, cs.c.id, _P.object, _P.object_article, co.c.id)
            .join(s, (s.c.maker == self._maker.num) & (s.c.item == _P.subject)).join(cs, cs.c.num == s.c.cluster)
            .join(o, (o.c.maker == self._maker.num) & (o.c.item == _P.object)).join(co, co.c.num == o.c.cluster)
            .where(_P.maker == self._entities, _P.verdict == "unsure").order_by(_P.num)
        )  # fmt: skip
        for row in self._connection.execute(query):
            yield Crossed(*row, joined=False)
        yield from self._joined()

    def _joined(self) -> Iterator[Crossed]:
        m, own = members.alias(), members.alias()
        first = (
            select(m.c.cluster, own.c.cluster.label("known"), func.min(own.c.item).label("item"))
            .join(own, (own.c.maker == self._maker.num) & (own.c.item == m.c.item))
            .where(m.c.maker == self._entities).group_by(m.c.cluster, own.c.cluster).subquery()
        )  # fmt: skip
        query = (
            select(first.c.cluster, first.c.item, _E.article, _C.id).join(tables.entities, _E.num == first.c.item)
            .join(clusters, _C.num == first.c.known).order_by(first.c.cluster, first.c.item)
        )  # fmt: skip
        for _, rows in groupby(self._connection.execute(query), key=lambda row: row.cluster):
            one, *others = rows
            for other in others:
                yield Crossed(one.item, one.article, one.id, other.item, other.article, other.id, joined=True)

    def place(self, placed: Placed) -> int:
        """Appends that somebody on record is an entity of the file; the number of the cluster."""
        return self._batch.place(placed)

    def pair(self, paired: Paired) -> None:
        """Appends what the file says of two on record; the same pair again is left as it was."""
        self._batch.pair(paired)

    def write(self) -> None:
        """Writes down what was appended."""
        self._batch.write()


class Authorities:
    """The face of the record for reconciliation. Reached as ``Record.authorities``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keys_of(self, names: Iterable[str]) -> dict[str, str]:
        """Of these names those that are on record, each with its folded key."""
        keys = {name: key_of(name) for name in names}
        held: set[str] = set()
        with reading_from(self._engine) as connection:
            for chunk in chunks(set(keys.values())):
                held |= set(connection.execute(select(_N.key).where(_N.key.in_(chunk))).scalars())
        return {name: key for name, key in keys.items() if key in held}

    def maker(self, file: str, digest: str, *, at: str) -> Maker:
        """The file in this version: the one that was asked last, or a new one."""
        with reading_from(self._engine) as connection:
            versions = [version for version in _versions(connection) if version.split(" ", 2)[2] == file]
        if versions and versions[-1].split(" ", 2)[1] == digest:
            version = versions[-1]
        else:
            version = f"{len(versions) + 1} {digest} {file}"
        return Across(self._engine).maker(PASS, version, "entity", at=at)

    @contextmanager
    def asking(self, maker: Maker, *, at: str) -> Iterator[Asking]:
        """The record while it is asked about some names: one transaction, written down when the block ends."""
        with writing_to(self._engine) as connection:
            asking = Asking(connection, maker, at)
            yield asking
            asking.write()


def current(connection: Connection) -> dict[str, int]:
    """By file the number of the version that was read last."""
    return {version.split(" ", 2)[2]: num for version, num in _versions(connection).items()}


def _versions(connection: Connection) -> dict[str, int]:
    query = select(_K.version, _K.num).where(_K["pass"] == PASS).order_by(_K.num)
    return {row.version: row.num for row in connection.execute(query)}


def of_names(connection: Connection, nums: Sequence[int]) -> list[Json]:
    """For which entities of files these names were taken: ``id file how score reason``, in the order of the files."""
    files = {num: file for file, num in current(connection).items()}
    if not files:
        return []
    m = members.c
    under = select(_N.num).where(_N.num.in_(nums) | _N.head.in_(nums))
    query = (
        select(m.maker, _C.id, m.how, m.score, func.min(m.reason).label("reason")).join(clusters, _C.num == m.cluster)
        .join(tables.entities, _E.num == m.item).where(m.maker.in_(files), _E.name_num.in_(under))
        .group_by(m.maker, _C.id, m.how, m.score).order_by(m.maker, _C.id, m.score.desc())
    )  # fmt: skip
    found: dict[tuple[int, str], Json] = {}
    for row in connection.execute(query):
        told = {"id": row.id, "file": files[row.maker], "how": row.how, "score": row.score, "reason": row.reason}
        found.setdefault((row.maker, row.id), told)
    return list(found.values())
