"""The rule of context: the one place where a stored statement becomes something to show.

A statement never leaves the record without what disputes it and what was set beside it. Whatever hands out a
statement calls :func:`view`; nothing else reads the words of the ``statements`` table for showing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, or_, select

from onrecord.outcome import Json
from onrecord.record import tables
from onrecord.record.denials import denials

T = TypeVar("T")

_ANY_JUDGEMENT = select(tables.judgements.c.num).limit(1)

_ROUNDS = 4
"""How far disputes of disputes are followed."""
_CHUNK = 900
"""How many numbers one query is asked about: databases limit their parameters."""


@dataclass(slots=True)
class _Loaded:
    """Statements and all that stands beside them, by number."""

    rows: dict[int, Row[Any]] = field(default_factory=dict)
    across: set[tuple[int, int]] = field(default_factory=set)
    """(denial, claim) in two articles."""
    disputers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    contexts: dict[int, list[Json]] = field(default_factory=lambda: defaultdict(list))
    people: dict[int, dict[str, list[tuple[str, str]]]] = field(default_factory=dict)
    articles: dict[int, Json] = field(default_factory=dict)
    judgements: dict[str, list[Json]] = field(default_factory=dict)


def view(connection: Connection, nums: Sequence[int], *, inside_article: bool = False) -> list[Json]:
    """The statements of these numbers, in this order, each with its disputes and context.

    ``inside_article``: the ``id`` is the article's own ("s1"), else the global one.
    """
    loaded = _Loaded()
    _load_rows(connection, loaded, nums)
    ids = list(loaded.rows)
    _load_contexts(connection, loaded, ids)
    _load_people(connection, loaded, ids)
    loaded.judgements = standing(connection, [loaded.rows[n].uid for n in nums if n in loaded.rows])
    loaded.articles = article_briefs(connection, {row.article for row in loaded.rows.values()})
    return [_full(loaded, n, inside_article) for n in nums if n in loaded.rows]


def article_briefs(connection: Connection, nums: Iterable[int]) -> dict[int, Json]:
    """By number, what tells a reader which article it is."""
    a = tables.articles.c
    fields = ("id", "title", "label", "site", "outlet", "published", "origin", "url")
    wanted = (a.num, *(a[f] for f in fields))
    return {
        row.num: {f: getattr(row, f) for f in fields}
        for chunk in chunks(nums) for row in connection.execute(select(*wanted).where(a.num.in_(chunk)))
    }  # fmt: skip


def standing(connection: Connection, subjects: Sequence[str]) -> dict[str, list[Json]]:
    """By subject, what people judged of it and did not withdraw, in the order they did."""
    j = tables.judgements.c
    found: dict[str, list[Json]] = {}
    if connection.execute(_ANY_JUDGEMENT).scalar() is None:  # most records, and then nothing more is asked
        return found
    for chunk in chunks(subjects):
        for row in connection.execute(select(tables.judgements).where(j.subject.in_(chunk)).order_by(j.made_at, j.num)):
            now = found.setdefault(row.subject, [])
            if row.kind == "withdraw":
                now[:] = [made for made in now if made["id"] != row.object]
            else:
                now.append({"id": row.id, "kind": row.kind, "object": row.object, "author": row.author,
                            "at": row.made_at, "note": row.note})  # fmt: skip
    return {subject: made for subject, made in found.items() if made}


def chunks(nums: Iterable[T], size: int = _CHUNK) -> Iterator[list[T]]:
    """Numbers in portions that one query can take."""
    left = list(nums)
    for at in range(0, len(left), size):
        yield left[at : at + size]


def _load_rows(connection: Connection, loaded: _Loaded, nums: Sequence[int]) -> None:
    """The statements asked for and, round by round, those that they dispute and that dispute them."""
    s, e, n = tables.statements.c, tables.entities.c, tables.names.c
    query = (
        select(*tables.statements.c, e.local_id.label("speaker_id"), e.name.label("speaker_name"),
               e.type.label("speaker_type"), n.key.label("speaker_key"))
        .outerjoin(tables.entities, e.num == s.speaker).outerjoin(tables.names, n.num == s.name_num)
    )  # fmt: skip
    asked: set[int] = set()
    frontier = set(nums)
    for _ in range(_ROUNDS):
        asked |= frontier
        for chunk in chunks(sorted(frontier)):
            found = connection.execute(query.where(or_(s.num.in_(chunk), s.disputes.in_(chunk))))
            loaded.rows.update({row.num: row for row in found})
        known = loaded.rows.values()
        across = denials(connection, sorted(set(loaded.rows) & asked))
        loaded.across.update(across)
        reached = {num for pair in across for num in pair}
        frontier = ({row.disputes for row in known if row.disputes} | set(loaded.rows) | reached) - asked
        if not frontier:
            break
    for row in sorted(loaded.rows.values(), key=lambda r: (r.article, r.position)):
        if row.disputes and not row.rejected:
            loaded.disputers[row.disputes].append(row.num)
    for denial, claim in sorted(loaded.across):
        if denial in loaded.rows and not loaded.rows[denial].rejected and denial not in loaded.disputers[claim]:
            loaded.disputers[claim].append(denial)


def _load_contexts(connection: Connection, loaded: _Loaded, nums: Sequence[int]) -> None:
    c, e = tables.contexts.c, tables.entities.c
    query = select(c.statement, c.kind, c.first, c.last, c.text, e.local_id, e.name).outerjoin(
        tables.entities, e.num == c.voice
    )
    for chunk in chunks(nums):
        for row in connection.execute(query.where(c.statement.in_(chunk)).order_by(c.statement, c.position)):
            loaded.contexts[row.statement].append({
                "kind": row.kind, "voice": row.local_id or "outlet", "span": [row.first, row.last], "text": row.text,
                "voice_name": row.name,
            })  # fmt: skip


def _load_people(connection: Connection, loaded: _Loaded, nums: Sequence[int]) -> None:
    r, e = tables.roles.c, tables.entities.c
    query = select(r.statement, r.role, e.local_id, e.name).join(tables.entities, e.num == r.entity)
    for chunk in chunks(nums):
        for row in connection.execute(query.where(r.statement.in_(chunk)).order_by(r.statement, r.position)):
            loaded.people.setdefault(row.statement, {}).setdefault(row.role, []).append((row.local_id, row.name))


def _full(loaded: _Loaded, num: int, inside_article: bool) -> Json:
    row = loaded.rows[num]
    details, people = json.loads(row.details), loaded.people.get(num, {})
    addressee = people.get("addressee", [(None, None)])[0]
    target = row.disputes or min((claim for denial, claim in loaded.across if denial == num), default=None)
    disputed = loaded.rows.get(target) if target is not None else None
    disputed = None if disputed is None or disputed.rejected else disputed
    return {
        "id": row.local_id if inside_article else row.uid, "uid": row.uid, "local_id": row.local_id,
        "article": loaded.articles[row.article], **_core(loaded, num),
        "source": details["source"], "cue": details["cue"], "content": details["content"],
        "speaker": row.speaker_id, "via": [local for local, _ in people.get("via", ())],
        "addressee": addressee[0], "addressee_name": addressee[1],
        "about": [local for local, _ in people.get("about", ())],
        "about_names": [name for _, name in people.get("about", ())],
        "said_on": details["said_on"], "disputes": disputed.local_id if disputed and row.disputes else None,
        "disputes_statement": _brief(loaded, disputed.num, (num,)) if disputed else None,
        "disputed_by": _against(loaded, num, (num,)), "disputed": bool(row.disputed),
        "confidence": row.confidence, "evidence": details["evidence"], "rejected": bool(row.rejected),
        "judgements": loaded.judgements.get(row.uid, []),
    }  # fmt: skip


def _core(loaded: _Loaded, num: int) -> Json:
    """What a full and a brief statement share; its context always among it."""
    row = loaded.rows[num]
    site = loaded.articles[row.article]["site"] or loaded.articles[row.article]["outlet"] or "the outlet"
    return {
        "kind": row.kind, "act": row.act, "negated": bool(row.negated), "hedged": bool(row.hedged), "quote": row.quote,
        "speaker_name": row.speaker_name, "speaker_type": row.speaker_type, "speaker_key": row.speaker_key,
        "via_names": [name for _, name in loaded.people.get(num, {}).get("via", ())],
        "context": [{**c, "voice_name": c["voice_name"] or site} for c in loaded.contexts.get(num, ())],
    }  # fmt: skip


def _brief(loaded: _Loaded, num: int, seen: tuple[int, ...]) -> Json:
    row = loaded.rows[num]
    return {
        "uid": row.uid, "local_id": row.local_id, "article_id": loaded.articles[row.article]["id"],
        **_core(loaded, num), "disputed_by": _against(loaded, num, (*seen, num)),
    }  # fmt: skip


def _against(loaded: _Loaded, num: int, seen: tuple[int, ...]) -> list[Json]:
    """The statements that dispute this one, but for those on the way here, which the reader sees already."""
    if len(seen) > _ROUNDS:
        return []
    return [_brief(loaded, d, seen) for d in loaded.disputers.get(num, ()) if d not in seen]
