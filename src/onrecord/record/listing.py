"""Lists: articles and statements by filter, media, adverts, refusals. Newest first."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Table, and_, func, or_, select

from onrecord.outcome import Json
from onrecord.record import beside, keyset, tables, views
from onrecord.record.chunks import chunks
from onrecord.record.names import fold, storable
from onrecord.record.narrowing import DISPUTED, UNDISPUTED, lowered, of_statement, planned
from onrecord.record.newest import newest
from onrecord.record.paging import page

_BARE = re.compile(
    r"\W*(?:(?:advertis(?:e?ment|ing)|ads?|advert|sponsored|promoted|promotion)(?: (?:content|post|links?))?\W*)*"
    r"(?:(?:story|article)? ?continues? (?:reading )?below(?: this| the)?(?: advertisement)?\W*)?", re.IGNORECASE,
)  # fmt: skip
"""An advert's label without an advert."""
_NAMES = 6
"""Speakers named in an article's summary."""

Choice = str | Sequence[str] | None
"""A value, or several of which any fits, or no matter."""


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """What is asked of an article; None: no matter."""

    country: Choice = None
    topic: Choice = None
    medium: Choice = None
    furniture: Choice = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """What is asked of a statement; None: no matter."""

    speaker: str | None = None
    article: str | None = None
    disputed: bool | None = None
    act: str | None = None
    kind: str | None = None


def articles(
    connection: Connection, wanted: ArticleFilter, *, limit: int, offset: int, after: str | None = None
) -> list[Json]:  # fmt: skip
    """Article summaries; ``after``: only those behind the article of that id."""
    a = tables.articles.c
    query = _filtered(select(a.num), wanted).order_by(a.sort_at.desc(), a.num.desc())
    if after is not None:
        query = keyset.after_article(connection, query, storable(after))
    return summaries(connection, list(connection.execute(page(query, limit, offset)).scalars()))


def count_articles(connection: Connection, wanted: ArticleFilter) -> int:
    """How many there are."""
    return int(connection.execute(_filtered(select(func.count(tables.articles.c.num)), wanted)).scalar_one())


def article_ids(connection: Connection) -> list[str]:
    """Every id, in the order of adding."""
    return list(connection.execute(select(tables.articles.c.id).order_by(tables.articles.c.num)).scalars())


def _filtered(query: Select[Any], wanted: ArticleFilter) -> Select[Any]:
    a, t = tables.articles.c, tables.subjects
    for scheme, choice in (("country", wanted.country), ("topic", wanted.topic)):
        if choice is not None:
            fits = select(t.c.article).where(t.c.scheme == scheme, _any_of(t.c.code, choice))
            query = query.where(a.num.in_(fits))
    for table, choice in ((tables.media, wanted.medium), (tables.furniture, wanted.furniture)):
        if choice is not None:
            query = query.where(a.num.in_(_having(table, choice)))
    if wanted.outlet is not None:
        name, folded = storable(wanted.outlet), lowered(wanted.outlet)  # the index is by what lower() gives
        own, sites = (and_(func.lower(column) == folded, column == name) for column in (a.outlet, a.site))
        query = query.where(or_(own, sites))
    return query


def _having(table: Table, choice: str | Sequence[str]) -> Select[Any]:
    return select(table.c.article).where(_any_of(table.c.kind, choice))


def _any_of(column: Column[Any], choice: str | Sequence[str]) -> Any:
    return column.in_([storable(c) for c in ([choice] if isinstance(choice, str) else choice)])


def summaries(connection: Connection, nums: list[int]) -> list[Json]:
    """Article summaries in the order of their numbers."""
    about, said = views.subjects(connection, nums), _speaker_names(connection, nums)
    media, seen = _media_of(connection, nums), _seen(connection, nums)
    a = tables.articles.c
    fields = ("id", "key", "origin", "url", "title", "label", "headline", "byline", "site", "outlet", "published",
              "language", "seen_at", "lead", "statement_count")  # fmt: skip
    rows = {
        row.num: {f: getattr(row, f) for f in fields}
        for chunk in chunks(nums) for row in connection.execute(select(tables.articles).where(a.num.in_(chunk)))
    }  # fmt: skip
    return [
        {**rows[n], **about[n], "media": media.get(n, []), "speaker_names": said.get(n, []),
         "sightings": seen.get(n, 0)}
        for n in nums if n in rows
    ]  # fmt: skip


def _speaker_names(connection: Connection, nums: list[int]) -> dict[int, list[str]]:
    """The speakers of each article, those with most statements first."""
    s, n = tables.statements.c, tables.names.c
    found: dict[int, list[str]] = {}
    for chunk in chunks(nums):
        query = (
            select(s.article, n.name).join(tables.names, n.num == s.name_num)
            .where(s.article.in_(chunk), s.rejected == 0)
            .group_by(s.article, n.num).order_by(s.article, func.count().desc(), func.min(s.position))
        )  # fmt: skip
        for row in connection.execute(query):
            found.setdefault(row.article, []).append(row.name)
    return {num: names[:_NAMES] for num, names in found.items()}


def _media_of(connection: Connection, nums: list[int]) -> dict[int, list[Json]]:
    m = tables.media.c
    found: dict[int, list[Json]] = {}
    for chunk in chunks(nums):
        query = select(m.article, m.kind, m.url, m.title).where(m.article.in_(chunk)).order_by(m.article, m.position)
        for row in connection.execute(query):
            found.setdefault(row.article, []).append({"kind": row.kind, "url": row.url, "title": row.title})
    return found


def _seen(connection: Connection, nums: list[int]) -> dict[int, int]:
    s = tables.sightings.c
    found: dict[int, int] = {}
    for chunk in chunks(nums):
        query = select(s.article, func.count()).where(s.article.in_(chunk)).group_by(s.article)
        found.update({row[0]: row[1] for row in connection.execute(query)})
    return found


def statements(
    connection: Connection, wanted: StatementFilter, *, limit: int, offset: int, after: str | None = None
) -> list[Json]:  # fmt: skip
    """Statements with their disputes and context; ``after``: only those behind the statement of that global id."""
    bound: dict[str, Any] = {}
    for field in ("act", "kind"):
        if (value := getattr(wanted, field)) is not None:
            bound[field] = storable(value)
    if wanted.speaker is not None:
        bound["speaker"] = fold(wanted.speaker)
    if wanted.article is not None:
        bound["article"] = views.article_num(connection, wanted.article)
    conditions = [_CONDITIONS[field] for field in bound]
    if wanted.disputed is not None:
        conditions.append(DISPUTED if wanted.disputed else UNDISPUTED)
    narrowed = planned(connection, conditions, bound)
    if after is not None:
        place = keyset.after_statement(connection, storable(after))
        rows = (*narrowed.conditions, keyset.AFTER_STATEMENT)
        narrowed = replace(narrowed, conditions=rows, bound={**narrowed.bound, **place})
    return beside.view(connection, newest(connection, narrowed, limit, offset))


_CONDITIONS = {
    "speaker": of_statement("name_num = (SELECT coalesce(head, num) FROM names WHERE key = :speaker)"),
    "article": of_statement("article = :article"),
    "act": of_statement("act = :act"),
    "kind": of_statement("kind = :kind", indexed=False),
}


def media(connection: Connection, kind: str | None, *, limit: int, offset: int) -> list[Json]:
    """Linked media whose address a reader may safely follow."""
    m, a = tables.media.c, tables.articles.c
    query = (
        select(m.num, m.kind, m.url, m.title, m.article).join_from(tables.articles, tables.media, m.article == a.num)
        .where(or_(m.url.ilike("http://_%"), m.url.ilike("https://_%")))
        .order_by(a.sort_at.desc(), a.num.desc(), m.position)
    )  # fmt: skip
    query = query.where(m.kind == storable(kind)) if kind is not None else query
    rows = connection.execute(page(query, limit, offset)).all()
    briefs = beside.article_briefs(connection, {row.article for row in rows})
    return [
        {"id": f"medium-{row.num}", "kind": row.kind, "url": row.url, "title": row.title,
         "article": briefs[row.article]}
        for row in rows
    ]  # fmt: skip


def adverts(connection: Connection, *, limit: int, offset: int) -> list[Json]:
    """Adverts on pages, in the pages' own words; a bare "Advertisement", which offers nothing, is passed over."""
    f, a = tables.furniture.c, tables.articles.c
    query = (
        select(f.num, f.first, f.last, f.article).join_from(tables.articles, tables.furniture, f.article == a.num)
        .where(f.kind == "advert").order_by(a.sort_at.desc(), a.num.desc(), f.first)
    )  # fmt: skip
    offers = _offers(connection, connection.execute(query))
    start = min(max(offset, 0), sys.maxsize)
    chosen = list(islice(offers, start, min(start + limit, sys.maxsize) if limit > 0 else None))
    briefs = beside.article_briefs(connection, {row.article for row, _ in chosen})
    return [
        {"id": f"advert-{row.num}", "label": "Advertisement", "words": words, "span": [row.first, row.last],
         "article": briefs[row.article]}
        for row, words in chosen
    ]  # fmt: skip


def _offers(connection: Connection, rows: Iterable[Row[Any]]) -> Iterator[tuple[Row[Any], str]]:
    """Each advert that says something, with its words; the same words on one page once."""
    for num, group in groupby(rows, key=lambda row: row.article):
        raw, seen = views.raw_of(connection, num), set[str]()
        for row in group:
            words = storable(raw[row.first : row.last]).strip()
            if words not in seen and not _BARE.fullmatch(words):
                yield row, words
            seen.add(words)


def refusals(connection: Connection, *, limit: int, offset: int) -> list[Json]:
    """What could not be read."""
    r = tables.refusals.c
    query = select(tables.refusals).order_by(r.seen_at.desc(), r.num.desc())
    return [
        {"id": f"refusal-{row.num}", "origin": row.origin, "stage": row.stage, "reason": row.reason,
         "article_id": row.article_id, "seen_at": row.seen_at}
        for row in connection.execute(page(query, limit, offset))
    ]  # fmt: skip
