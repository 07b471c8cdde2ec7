"""Articles as rows that passes compare: see :mod:`onrecord.across`."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from onrecord.across import MOST_FIGURES, ArticleRow, EntityRow, StatementRow
from onrecord.outcome import Json
from onrecord.record import tables, views
from onrecord.record.chunks import chunks

_A, _B, _S, _E, _N, _R = (
    tables.articles.c, tables.bodies.c, tables.statements.c, tables.entities.c, tables.names.c, tables.roles.c
)  # fmt: skip


def articles(connection: Connection, nums: Sequence[int]) -> list[ArticleRow]:
    """The articles of these numbers, in this order; those that have no text are left out."""
    found: dict[int, ArticleRow] = {}
    query = select(tables.articles, _B.text, _B.details).join(tables.bodies, _B.article == _A.num)
    for chunk in chunks(list(nums)):
        entities, statements = _entities(connection, chunk), _statements(connection, chunk)
        about = views.subjects(connection, list(chunk))
        for row in connection.execute(query.where(_A.num.in_(chunk))):
            details: Json = views.unpacked(row.details)
            raw = views.raw_of(connection, row.num) if details["figures"] or details["events"] else ""
            found[row.num] = ArticleRow(
                row.num, row.id, row.key, row.origin, row.title, row.headline, row.label, row.outlet or row.site,
                row.published, row.seen_at, row.language, row.text, tuple(entities[row.num]),
                tuple(statements[row.num]), tuple(about[row.num]["countries"]),
                tuple(t["id"] for t in about[row.num]["topics"]), _told(raw, details, "figures"),
                _told(raw, details, "events"), row.byline,
            )  # fmt: skip
    return [found[num] for num in nums if num in found]


def _entities(connection: Connection, nums: Sequence[int]) -> dict[int, list[EntityRow]]:
    query = (
        select(_E.num, _E.article, _E.local_id, _E.name, _E.type, _E.speaks, _E.stands_for, _E.mentions, _N.key)
        .outerjoin(tables.names, _N.num == _E.name_num).where(_E.article.in_(nums)).order_by(_E.num)
    )  # fmt: skip
    found: dict[int, list[EntityRow]] = defaultdict(list)
    for row in connection.execute(query):
        spans = tuple((start, end) for start, end in json.loads(row.mentions))
        found[row.article].append(
            EntityRow(row.num, row.local_id, row.name, row.key or row.name, row.type, bool(row.speaks),
                      row.stands_for, spans)
        )  # fmt: skip
    return found


def _statements(connection: Connection, nums: Sequence[int]) -> dict[int, list[StatementRow]]:
    about: dict[int, list[int]] = defaultdict(list)
    of_these = select(_S.num).where(_S.article.in_(nums))
    told = select(_R.statement, _R.entity).where(_R.statement.in_(of_these), _R.role == "about")
    for row in connection.execute(told.order_by(_R.statement, _R.position)):
        about[row.statement].append(row.entity)
    query = select(tables.statements).where(_S.article.in_(nums), _S.rejected == 0).order_by(_S.article, _S.position)
    found: dict[int, list[StatementRow]] = defaultdict(list)
    for row in connection.execute(query):
        details = json.loads(row.details)
        content = tuple((start, end) for start, end in details["content"])
        found[row.article].append(
            StatementRow(row.num, row.uid, row.local_id, row.position, row.quote, row.kind, row.act,
                         bool(row.negated), bool(row.hedged), row.speaker, details["said_on"], row.disputes, content,
                         tuple(about[row.num]))
        )  # fmt: skip
    return found


def _told(raw: str, details: Json, field: str) -> tuple[Json, ...]:
    """An article's figures or events with their words and the sentence around them."""
    sentences = sorted((start, end) for start, end in details["sentences"])
    starts = [start for start, _ in sentences]
    made = []
    for item in details[field][:MOST_FIGURES]:
        start, end = item["span"]
        place = bisect_right(starts, start) - 1
        first, last = sentences[place] if place >= 0 and sentences[place][1] >= end else (start, end)
        made.append({**item, "words": raw[start:end], "sentence": raw[first:last], "at": start - first})
    return tuple(made)
