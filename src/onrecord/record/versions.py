"""What stood at one address, time after time. A version is another clean text; other bytes alone are none."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urldefrag

from sqlalchemy import Connection, select, union

from onrecord.outcome import Json
from onrecord.record import beside, listing, tables
from onrecord.record.differing import differences
from onrecord.record.names import storable


def versions(connection: Connection, url: str) -> list[Json]:
    """The versions met at an address, oldest first, each with its ``changes`` against the one before."""
    met = _met(connection, storable(url.strip()))
    nums = [num for num, _, _ in met]
    briefs = {s["id"]: s for s in listing.summaries(connection, sorted(set(nums)))}
    compared = set(nums) if len(met) > 1 else set[int]()  # most addresses were met with one text
    statements = {num: statements_of(connection, num) for num in compared}
    found = []
    for place, (num, article_id, seen_at) in enumerate(met):
        before = statements[met[place - 1][0]] if place else None
        changes = None if before is None else differences(before, statements[num])
        found.append({**briefs[article_id], "version": place + 1, "met_at": seen_at, "changes": changes})
    return found


def _met(connection: Connection, url: str) -> list[tuple[int, str, str]]:
    """The articles met there by time, one that stayed the same only once."""
    s, a = tables.sightings.c, tables.articles.c
    names = list(dict.fromkeys((url, urldefrag(url)[0])))
    by_index = union(select(s.num).where(s.url.in_(names)), select(s.num).where(s.origin.in_(names)))
    query = (
        select(a.num, a.id, s.seen_at).join(tables.articles, a.num == s.article)
        .where(s.num.in_(by_index)).order_by(s.seen_at, s.num)
    )  # fmt: skip
    rows = [(row.num, row.id, row.seen_at) for row in connection.execute(query)]
    return rows[:1] + [later for earlier, later in pairwise(rows) if later[0] != earlier[0]]


def statements_of(connection: Connection, num: int) -> list[Json]:
    """An article's statements, each whole."""
    s = tables.statements.c
    query = select(s.num).where(s.article == num, s.rejected == 0).order_by(s.position)
    return beside.view(connection, list(connection.execute(query).scalars()))
